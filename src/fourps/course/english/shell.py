"""What the frame says that holds the course on somebody else's platform, and a hand-in inside."""

SHELL = {
    "shell-unrecorded": "Not recorded: no platform keeps what you do here. The course works all "
    "the same, and forgets what you did when you close it.",
    "shell-lost": "What you did last is not recorded: the platform did not answer. The course "
    "tries again when you go on.",
    "shell-close": "You can close this tab now.",
    # instead of the words without `shelf-`
    "shelf-hand-what": "The hand-in is a file with your answers. This page sends nothing: you give "
    "the file to your facilitator yourself. Without a facilitator you can check the form of your "
    "answers.",
    "shelf-hand-saved": "If this platform lets files out, {name} is in the folder for downloads of "
    "this device. If you find no file there, copy the text below. Give one of the two to your "
    "facilitator.",
    "shelf-hand-copy": "The hand-in as a text: copy it, and give it to your facilitator",
    "shelf-course-saved": "If this platform lets files out, {name} is in the folder for downloads "
    "of this device. The same stands below as a text.",
}
