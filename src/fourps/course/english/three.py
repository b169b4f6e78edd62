"""What the page "Three questions" says, and other pages of it."""

THREE = {
    "three-quizzes": "The quizzes can be answered again at any time:",
    "three-none": "You have finished no story or quiz yet. About a week after you finish one, the "
    "questions of its module begin to come back.",
    "three-due": "Three questions are waiting for you: {titles}.",
    "three-rest": "Nothing is waiting today. The next questions come on {day}.",
    "three-end": "You have answered all the questions that come back. When you finish a story "
    "or quiz of another module, its questions begin.",
    "three-week": "week {week} of {weeks}",
    "three-now": "waiting now",
    "three-next": "next on {day}",
    "three-over": "all {weeks} weeks done",
    "three-where": "How far you are",
    "three-begin": "Three questions from {title}",
    "three-done": "That was this week. The next three from this module come on {day}.",
    "three-module-end": "That was the last week of this module.",
    "three-broken": "The questions could not be loaded. Open this page again when there is a "
    "network.",
    "three-remind": "A reminder each week",
    "three-remind-why": "Once a week from the day below on, for the weeks that are left ({weeks}).",
}
