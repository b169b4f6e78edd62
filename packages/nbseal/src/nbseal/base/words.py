"""The words of a page of feedback around the learner's own work, in English, and all others."""

from nbseal.base.desk_words import DESK

FEEDBACK = {
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
    "feedback-comment": "Comment",
    "feedback-late": "Late submission penalty (Score: -{score})",
    # what a check said, where it may not be repeated
    "feedback-stopped": "The check stopped with {name}.",
    "feedback-failed": "The check stopped with an error.",
    "feedback-quoted": "Left out: this output quoted a hidden test.",
    "feedback-later": "Left out: a hidden test ran before this cell. See in your notebook what the "
    "cell shows.",
}

WORDS = FEEDBACK | DESK
