"""What pages say of what the host filled in, and the page with which it does."""

LOCAL = {
    # on Local help and the safety page, while nothing is filled in or the next check is overdue
    "local-empty": "Local help is not filled in yet. Ask your supervisor first.",
    "local-open": "Open Local help",
    "local-set": "Fill in these lines, without a program",
    "local-overdue": "Local help had to be checked by {date}. Until somebody has checked it, treat "
    "each line as not filled in, and ask your supervisor first.",
    # where the host's lines are shown
    "local-by": "Hosted by {name}",
    "local-until": "Next check of the lines of this place: {date}.",
    "local-old": "The lines of this place had to be checked by {date}, so they are left blank "
    "here. Ask, and write them by hand.",
    # why a file of the host is not used
    "local-large": "The file is too large: local.css has at most 60 KB. No page shows any of it.",
    "local-broken": "The file is damaged, or somebody changed it by hand. No page shows any of it.",
    "local-version": "The file belongs to another version of the course. No page shows any of it.",
    "local-foreign": "This file does not come from this page, or somebody added something to it. "
    "Nothing in it was run.",
    # the form
    "setup-title": "Set up for your place",
    "setup-text": "What you write here is shown on Local help, on the job aids, under rules of "
    "the course, and on paper. This page sends nothing and keeps nothing: only the file that you "
    "save, local.css, holds what you wrote. If you close the page before you save, it is lost.",
    "setup-before": "Allow half a day, with the focal points and a lawyer. Leave a line empty "
    "rather than guess. First read how to fill it in:",
    "setup-script": "To save a file, this page needs JavaScript. Printed, it is a form to fill in "
    "by hand.",
    "setup-none": "The folder of the course has no lines of yours yet.",
    "setup-has": "The folder of the course has {count} lines of yours, saved on {date}. The "
    "next check is on {next}.",
    "setup-open": "Change a file that you saved before",
    "setup-read": "The file was read: {count} lines.",
    "setup-place": "Your organisation",
    "setup-name": "Name",
    "setup-logo": "Logo, a PNG or JPEG. It is made small here.",
    "setup-no-logo": "Take the logo away",
    "setup-no-picture": "This picture cannot be used. Choose a PNG or JPEG.",
    "setup-second": "A second language for the lines, if you need one: its code, such as ar for "
    "Arabic or sw for Swahili",
    "setup-no-code": "This is no code of a language. Write one such as ar, sw or uk.",
    "setup-in": "The same in the second language",
    "setup-aids": "What else the job aids ask",
    "setup-aids-text": "You are asked each of these once, and each aid that has the line shows "
    "your answer. Lines that differ for each reader, such as the supervisor, stay blank.",
    "setup-rules": "Rules of Selvarra, and yours",
    "setup-rules-text": "Fill these in with a lawyer. Selvarra's rule still holds in the course. "
    "Readers see your line under it, with who wrote it and when it was checked.",
    "setup-theirs": "In Selvarra",
    "setup-ours": "Here",
    "setup-who": "Who wrote it (role)",
    "setup-checked": "Checked on (date)",
    "setup-count": "{done} of {count}",
    "setup-save": "Save local.css",
    "setup-print": "Print this form",
    "setup-empty": "Empty the form",
    "setup-sure": "Take out everything that is written on this page? The folder stays as it is "
    "until you save the file and put it there.",
    "setup-saved": "Saved: {count} lines. Now put the file into the folder of the course, beside "
    "index.html, in place of the one that is there. Its name must be local.css; if your browser "
    "called it local(1).css, rename it. Then load this page again: at the top it says what the "
    "folder has.",
    "setup-erased": "Saved: a file without lines. Put it into the folder of the course, beside "
    "index.html, in place of the one that is there, under the name local.css. Then no page shows "
    "a line of yours any more.",
    "setup-undated": "Write the day of the next check. Without it, nobody knows how long your "
    "lines hold.",
    "setup-early": "The next check must come after the last one.",
    "setup-future": "This day has not come yet.",
    "setup-much": "This is too much for one file: it would have more than 60 KB. Make some lines "
    "shorter, or take the logo away.",
}
