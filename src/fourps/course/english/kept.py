"""The words about what a device keeps: somebody's work, and the course itself."""

PROGRESS = {
    "keep-question": "Keep finished attempts on this device?",
    "keep-help": "Nothing is kept until you say yes. What is kept stays in this browser, on this "
    "device, until you erase it. On a shared device, others may see it.",
    "keep-yes": "Yes, keep them here",
    "keep-no": "No",
    "keep-declined": "Nothing is kept. If you reload this page, you keep your place, until you "
    "leave or close the page.",
    "kept": "Finished attempts are kept on this device.",
    "kept-none": "Nothing is kept on this device.",
    "kept-list": "Kept on this device",
    "kept-erase": "Erase everything kept",
    "kept-erased": "Erased. Nothing of what you did is kept on this device now.",
    "kept-denied": "This browser does not let pages keep anything. The course works all the same.",
    "kept-full": "This browser has no room left, so this was not kept. The course works all the "
    "same.",
    "kept-newer": "What is kept here comes from a newer release of the course. This older release "
    "leaves it as it is.",
    "kept-damaged": "What is kept here is damaged and cannot be read. It stays as it is until you "
    "erase it.",
    "erase-question": "Erase everything that is kept on this device?",
    "erase-help": "Your attempts, your place in each of them, your marks and your answers to "
    "exercises will be gone. This cannot be undone.",
    "erase-yes": "Erase",
    "erase-no": "Keep it",
    "import-large": "This file is too large to be one of this course. Nothing was added.",
    "import-foreign": "This is not a file of this course, or it was damaged. Nothing was added.",
    "import-unread": "This file could not be read. Copy it onto this device, and choose it again.",
    "import-newer": "This file was made with a newer release of the course. Nothing was added.",
    # my course
    "course-far": "{done} of {count} parts of the course are done",
    "course-over": "You have finished the course. Play a story again: other choices lead to "
    "another ending.",
    "course-again": "Worth doing again",
    "course-again-none": "Nothing yet. When you have finished a story or a quiz, this list says "
    "what is still to practise.",
    "course-practised": "What you have practised",
    "course-of": "{done} of {count} done",
    "course-kept": "What is kept",
    "course-counts": "Attempts: {attempts}. Places where you stopped: {places}. Pages read: "
    "{pages}. Questions that came back: {answers}.",
    "course-text": "This page needs JavaScript. Without it, the course keeps nothing.",
    "course-read": "Read on {day}",
    "course-unread": "not marked as read",
    "course-unplayed": "not finished yet",
    "course-stopped": "stopped half-way: you can go on there",
    "course-earlier": "Earlier attempts: {count}",
    "course-older": "This is from an earlier version, whose choices can no longer be shown here. "
    "It stays kept.",
    "course-quiz": "{first} of {count} right at the first try, {second} at the second",
    "course-look": "To look at again: outcomes {outcomes}",
    "course-tests": "Before, after and later",
    "course-others": "From an earlier release",
    "course-others-help": "These belong to parts that this release of the course does not have. "
    "They stay kept.",
    "course-remind": "A reminder of the last test",
    "course-remind-help": "This makes a calendar file on your device and sends nothing. Others may "
    "see your calendar, so the file names no course: choose a title that tells them nothing.",
    "course-remind-after": "You finished the test after the course on {day}. The day below is "
    "{weeks} weeks later.",
    "course-remind-none": "No finished test after the course is kept here. The day below is "
    "{weeks} weeks from today.",
    "course-remind-day": "Day of the reminder",
    "course-remind-title": "Title in your calendar",
    "course-remind-default": "Reminder",
    "course-remind-save": "Make the calendar file",
    "course-remind-saved": "Made {name}. Open it to put the day into your calendar.",
    "course-data": "A file to take with you",
    "course-save-help": "The file contains what is kept here, without your name. Anyone who opens "
    "it can read it.",
    "course-save": "Save it as a file",
    "course-saved": "Saved as {name}.",
    "course-tests-help": "For whoever runs the course with you, if you want to give it to them: a "
    "file with your answers to the three tests. It contains no name, no play, no ending and no "
    "page. Nobody has to give it.",
    "course-tests-save": "Save my tests only",
    "course-add": "Add what a file from another device contains",
    "course-added": "Added: attempts {attempts}, places where you stopped {places}, pages read "
    "{pages}, questions that came back {answers}.",
    "course-added-none": "The file contains nothing new.",
    "course-add-ask": "Before you can add what a file from another device contains, say yes to "
    "keeping attempts here.",
    "course-print": "Print your own record",
    "course-print-help": "The record lists what you practised. It is for yourself and is no "
    "certificate.",
    "course-printed": "A record of practice, printed on {day} for your own use. It is no "
    "certificate: nobody has checked it.",
    "course-erase-saved": "Also remove the course that is saved on this device",
    # the mark at a page's end
    "mark-read": "Mark this page as read",
    "mark-done": "Marked as read.",
    "mark-undo": "Take the mark away",
    "mark-undone": "The mark is gone.",
}


SAVED = {
    "offline-size": "Save this course on this device? It takes {size} MB.",
    "offline-help": "Then pages, search, scenarios, quizzes and figures work without a network. "
    "Nothing is saved until you say so. On a shared device, others may see the saved course.",
    "offline-language": "This saves the course in {language}. Each other language is saved from "
    "its own pages.",
    "offline-save": "Save this course on this device",
    "offline-saving": "Saving the course on this device",
    "offline-count": "{done} of {size} MB",
    "offline-stop": "Stop saving",
    "offline-stopped": "Stopped. Nothing of the course is saved on this device.",
    "offline-done": "Done. The course is saved on this device.",
    "offline-half": "Saving was interrupted: {done} of {size} MB are here.",
    "offline-resume": "Go on saving",
    "offline-saved": "The course is saved on this device: version {version}, {size} MB.",
    "offline-renewed": "It opens without a network. When there is a network, it loads by itself "
    "what is new, and nothing else.",
    "offline-remove": "Remove the saved course",
    "offline-removed": "Removed. Nothing of the course is saved on this device.",
    "offline-full": "There is not enough room on this device. Nothing was saved; the course works "
    "all the same.",
    "offline-refused": "This browser does not let pages save anything. The course works all the "
    "same.",
    "offline-broken": "The course could not be loaded just now. What was saved stays; try again "
    "when the network is better.",
    "offline-retry": "Try again",
    "offline-impossible": "This browser cannot save the course from this address. Ask the person "
    "who shares the course to give it to you as one file.",
}
