"""What the frame says that holds the course on somebody else's platform."""

SHELL = {
    "shell-unrecorded": "Not recorded: no platform answered. The course works all the same, and "
    "forgets what you did when you close it.",
    "shell-lost": "What you did last is not recorded: the platform did not answer. The course "
    "tries again when you go on.",
    "shell-close": "You can close this tab now.",
}
