"""What the page "Three questions" says, and other pages of it."""

THREE = {
    "three-quizzes": "The quizzes can be answered again at any time:",
    "three-none": "No module is finished yet. One is finished when its scenario and its quizzes "
    "are played to the end, and each of its other pages is marked as read.",
    "three-nearest": "The module nearest to its end is {title}. What is left there:",
    "three-due": "Three questions are waiting for you: {titles}.",
    "three-rest": "Nothing is waiting today. The next questions come on {day}.",
    "three-end": "You have answered all the questions that come back. When you finish another "
    "module, its questions begin.",
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
