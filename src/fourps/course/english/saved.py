"""What the panel says that saves the course on a device."""

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
