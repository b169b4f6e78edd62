"""What stands in notebooks, and what ``fourps validate`` and ``fourps submit`` say."""

NOTEBOOKS = {
    # around the text of a page
    "about-title": "These are notebooks",
    "about": "They contain the same pages as the online book. Read a page here as you would read "
    "it there. Where there is a code cell, click it and press Shift + Enter to run it. The online "
    'book\'s "Leave" button is not here: to leave, close the browser tab. What you write stays '
    "in files in this folder, where others who use this computer may open it.",
    "partly": "Some of this notebook is not translated yet. That part is in English.",
    "all-title": "All pages",
    "previous": "Previous: {title}",
    "next": "Next: {title}",
    "all": "All pages: {title}",
    "begin-cell": "To begin, click the next cell and press Shift + Enter.",
    # what only the online book shows
    "online-kept-records": "In a notebook the course keeps nothing in your browser. Your work is "
    "in the files of this folder, on this computer: to erase it, delete the files. The online book "
    "shows a panel here.",
    "online-change": "The online book shows here what changed between your tests, if you chose to "
    "keep them. In a notebook, compare the counts that each test shows at its end.",
    "online-my-course": "The online book shows here what you read, played and answered, if you "
    "chose to keep it. In a notebook, your work is in the files of this folder.",
    "online-three": "The online book asks here, week by week, questions from the modules that you "
    "finished. In a notebook, answer the quizzes of the modules again.",
    # boxes
    "attention": "Attention",
    "caution": "Caution",
    "danger": "Danger",
    "error": "Error",
    "hint-box": "Hint",
    "important": "Important",
    "note": "Note",
    "seealso": "See also",
    "tip": "Tip",
    "warning": "Warning",
    "activity": "Activity: {title}",
    "not-right": "Not right.",
}
