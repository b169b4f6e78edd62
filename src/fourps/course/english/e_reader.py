"""What the course says as a book for e-readers, in English."""

from __future__ import annotations

E_READER = {
    "epub-notes": "Answers and details",
    "epub-no-proof": "The course qualifies nobody to identify or interview a trafficked person. No "
    "organisation endorses it.",
    "epub-what": "This book holds pages of the course as text. Read a story by its numbers, and "
    "mark its slip in pencil. Answers stand at the end of their chapter, where a link leads. To "
    "play stories, to search, to hand in an exercise or to have anything kept, open the course in "
    "a browser.",
    "epub-leave": "This book has no button “Leave”. To leave, close it. Your reader may still show "
    "its title in a list.",
    "epub-handin": "To hand in this exercise, open its page in a browser, or ask your facilitator "
    "for it on paper.",
    "epub-title-page": "Title page",
    "epub-begin": "Beginning of the text",
    "epub-places": "Places in this book",
    "epub-access": "All of it is text: drawings and figures are described, and each figure has its "
    "table. Headings, lists and tables are marked as such, and the contents lead to every "
    "chapter. Colours and fonts are those of the reader.",
}
