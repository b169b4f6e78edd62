"""The words of feedback around the learner's own work, in English, and all others."""

from nbseal.base.desk_words import DESK

# the one page that everybody gets
PAGE = {
    "feedback-for": "Feedback for {learner}",
    "feedback-points": "Points: {points} of {most}",
    "feedback-part": "{name}: {points} of {most}",
    "feedback-late": "Late submission penalty (Score: -{score})",
    "feedback-open": "Not in it yet: {titles}.",
    "feedback-waits": "Not marked yet.",
    "feedback-talk": "The person who marks stopped reading this text, and will speak with you "
    "about it in private. You lose no points, and you can do another task.",
    "feedback-trouble": "Not all of your work could be marked.",
    "feedback-notebook": "Your notebook with everything that it shows is beside this page: {name}",
    "feedback-corrected": "A person set these points.",
    "feedback-check": "What the check says",
    "feedback-cap": "This text can have {most} points at most.",
    "feedback-comment": "Comment",
    "feedback-read": "Read again",
    "feedback-yours": "Your answer",
    "feedback-short": "Shortened: what you handed in has all of it.",
    "feedback-decimal": ".",
}
# and of the page of a whole notebook
FEEDBACK = PAGE | {
    "feedback-score": "Score: {score} / {points}",
    "feedback-task": "Task",
    "feedback-test": "Test cell",
    "feedback-code": "Coding free-response",
    "feedback-written": "Written response",
    "feedback-own-task": "Student's task",
    "feedback-answer": "Student's answer",
    "feedback-cell": "Grade cell:",
    "feedback-top": "(Top)",
    "feedback-comments": "Comments:",
    # what a check said, where it may not be repeated
    "feedback-stopped": "The check stopped with {name}.",
    "feedback-failed": "The check stopped with an error.",
    "feedback-quoted": "Left out: this output quoted a hidden test.",
    "feedback-later": "Left out: a hidden test ran before this cell. See in your notebook what the "
    "cell shows.",
}

WORDS = FEEDBACK | DESK
