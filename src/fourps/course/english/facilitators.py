"""The words for whoever runs a course: on records of completion and the group page."""

COMPLETION = {
    "done-title": "Record of completion",
    # the name that is signed, in the language of the record
    "done-course": "Four Ps",
    "done-whole": "has completed the exercises of all modules of the course {course}, on "
    "counter-trafficking in humanitarian action.",
    "done-modules": "has completed the exercises of these modules of the course {course}, on "
    "counter-trafficking in humanitarian action.",
    "done-module": "Module",
    "done-way": "Way",
    "done-hours": "Hours planned",
    "done-practitioner": "Practitioner",
    "done-information": "Information management",
    "done-issuer": "Issued by",
    "done-date": "Date",
    "done-marked": "Written tasks marked by",
    "done-marker": "{name}, on {date} at the latest",
    "done-total": "Hours planned, together",
    "done-version": "Version of the course",
    "done-number": "Number of this record",
    "done-id": "Learner's id",
    "done-criteria": "What completing an exercise takes",
    "done-criteria-practitioner": "Practitioner: at least {needed} of the first {of} points, in "
    "tasks 1 to {last}.",
    "done-criteria-information": "Information management: at least {needed} of all {of} points.",
    "done-criteria-marked": "Automatic checks gave the points of the short tasks, and a person "
    "marked the written tasks. Lateness takes no points off here. The hours are planned hours, "
    "not measured hours.",
    "done-limits": "What this record does not say",
    "done-limits-text": "It is no accreditation and no certificate of competence. It qualifies "
    "nobody to identify or interview a trafficked person. No organisation endorses the course, "
    "and the person who issues this record speaks only for themselves.",
    "done-check": "How to check it",
    "done-check-text": "This file carries a signature. Ask the issuer for the public key and the "
    "list of revoked records, and run: fourps grade verify FILE --key KEY. A valid signature "
    "proves who issued the record, and nothing more.",
    "done-key": "Fingerprint of the key (SHA-256): {key}",
}


GROUP = {
    "group-title": "What came out, for a group",
    "group-lead": "For whoever runs the course. People who agree save a file on the page “My "
    "course”, with “Save my tests only”, and give it to you. This page reads such files and "
    "nothing else.",
    "group-kept": "The files are read on this device. Nothing is kept and nothing is sent: when "
    "you close the page, the numbers are gone. Print the page if you need them.",
    "group-ask": "Do not ask anybody for plays, endings or pages that they read. Giving a file is "
    "a choice, and nobody has to say why not.",
    "group-text": "This page needs JavaScript.",
    "group-choose": "Choose the files, or drop them on this page",
    "group-forget": "Forget the files",
    "group-forgotten": "The files are forgotten.",
    "group-few": "{files} files read, too few to show. This page says something about {enough} "
    "people or more.",
    "group-read": "{files} files read, of {people} people.",
    "group-notes": "Files that were not counted, or not in full",
    "group-copy": "{name} contains the same answers as {other}. It was counted once.",
    "group-broken": "{name} is not a file of tests of this course, or it is damaged. Ask for it "
    "again.",
    "group-unread": "{name} could not be read. Copy it onto this device, and choose it again.",
    "group-newer": "{name} was made with a newer release of the course. Use the group page of that "
    "release.",
    "group-version": "{name} contains a test of another version of the course. That test was not "
    "counted.",
    "group-open": "{name} contains a test that was not finished. That test was not counted.",
    "group-more": "{name} contains more than tests. What else it contains was not read. Delete "
    "it, and ask for the file that “Save my tests only” makes.",
    "group-results": "What the tests show",
    "group-people": "People",
    "group-each": "Each test, everybody who took it",
    "group-same": "The same people in both tests",
    "group-before": "Before",
    "group-later": "Afterwards",
    "group-percent": "{value}\u00a0%",
    "group-hidden": "not shown",
    "group-under": "fewer than ten",
    "group-again": "What to repeat with the group",
    "group-again-none": "In no outcome were fewer than 60\u00a0% of the answers right after the "
    "course.",
    "group-outcome": "Outcome",
    "group-outcomes": "The same people before and after the course, by outcome. To repeat: fewer "
    "than 60\u00a0% right afterwards",
    "group-chance": "Shares are rounded to five per cent. The tests are not piloted, and with "
    "fewer than fifty people much of a difference is chance. People who took both tests may "
    "differ from those who did not. Make these numbers once, when everybody has given a file: "
    "beside numbers from another day they could show what one person answered.",
    "group-levels": "Four levels to look at",
    "group-levels-lead": "Answers in a test are only the second of four. You may write here before "
    "you print; nothing of it is kept. Write nothing by which a person can be recognised.",
    "group-liked": "1. What people said of it (from the evaluation sheets)",
    "group-learned": "2. What people learned: the numbers above, and what surprised you",
    "group-week-4": "3. What colleagues do differently, as observed in week 4",
    "group-week-12": "3. What colleagues do differently, as observed in week 12",
    "group-changed": "4. Which procedures, forms or referral maps were changed, and by whom",
    "group-never": "The number of victims found is never a result of this course. To count them "
    "would make people search and ask, and the course teaches them to do neither.",
}


FOLDER = {
    "folder-title": "Marking desk",
    "folder-lead": "This page marks exercises that were handed in as text files. It needs no "
    "network and no other program, and sends nothing.",
    "folder-secret": "It holds all answers. Give it to nobody who learns.",
    "folder-files-fold": "Hand-ins, saved marks, feedback",
    "folder-none": "Open hand-ins: then the first task to mark is shown here.",
    "folder-open": "Hand-ins",
    "folder-files": "Choose the files (.txt)",
    "folder-folder": "Or choose a folder that holds them",
    "folder-opened": "Open hand-ins: {count}. Tasks 1 to 9 of each are marked.",
    "folder-refused": "Not opened:",
    "folder-noted": "Open, but to be looked at:",
    "folder-task": "Task to mark",
    "folder-kept": "Decisions in this browser: {count}. Not in a file yet: {unsaved}.",
    "folder-unkept": "This browser keeps nothing of this page, as in a private window. Decisions "
    "({count}) last until you close the page: save the file before. Not in a file yet: {unsaved}.",
    "folder-save": "Save my marks as a file",
    "folder-saved": "Saved: {name}. It is where your browser puts what it downloads.",
    "folder-mine": "Take back a file that you saved",
    "folder-theirs": "Take the file of a second marker",
    "folder-taken": "Decisions that came with the file: {count}.",
    "folder-where": "Where your marks are",
    "folder-where-kept": "What you decide is in this browser at once: points, comments, and a code "
    "for each text. Neither names nor texts are kept: open the hand-ins again when you come back.",
    "folder-where-browser": "If you move this page or its folder, Firefox no longer finds what you "
    "decided. In Chrome, Edge and Chromium, other pages that are opened from this computer's disk "
    "can read it. The file that you save can go anywhere: keep it where only markers can read it.",
    "folder-give": "Give back",
    "folder-give-help": "You get a zip file with a page of feedback for each learner, and "
    "marks.csv for yourself.",
    "folder-told": "Nobody can hand in any more: feedback also tells what the rubric says of the "
    "points that were given",
    "folder-give-do": "Feedback and marks.csv",
    "folder-gave": "Made: {names}. Not marked yet: {count}.",
    "folder-gave-none": "Open hand-ins first.",
    "folder-waits": "not marked yet",
    "folder-stopped": "stopped: speak with the learner",
    "folder-unfinished": "What you entered for a text is not kept yet. Leave it all the same?",
    # what the desk says here in place of what it says over a gradebook
    "folder-desk-all-saved": "All of it is in this browser.",
    "folder-desk-saving": "On the way into this browser: {count}.",
    "folder-desk-being-saved": "On the way into this browser ...",
    "folder-desk-unsaved": "Not in this browser yet: {count}. The page tries again; leave it open, "
    "and look whether the disk is full.",
    "folder-desk-save": "Keep, and go to the next",
    "folder-desk-not-back": "It could not be taken back. Look whether the disk is full.",
    "folder-desk-not-mine": "Another window of yours gave this text {points} points meanwhile; "
    "yours are not kept. Look at both, and press Enter to put yours in their place.",
    "folder-desk-not-undone": "Another window of yours took the mark of this text back meanwhile; "
    "yours is not kept. Press Enter to keep it.",
    "folder-desk-practice": "This is practice: nothing is kept. Escape ends it.",
    "folder-desk-first-samples": "Mark the samples of the rubric first, together if you are "
    "several: nothing of that is kept.",
    "folder-desk-gone": "No hand-in with this text is open any more. Open it again.",
    "handin-none": "this is no hand-in.",
    "handin-large": "it is over 128 KB, more than answers can take. Ask for the file as the "
    "exercise's page made it.",
    "handin-changed": "another program changed it. Ask for the file as the exercise's page made "
    "it.",
    "handin-cut": "its end is missing, or it was changed. Ask for the file as the exercise's page "
    "made it.",
    "handin-more": "a text stands before or behind the answers. Ask for the file as the exercise's "
    "page made it.",
    "handin-odd": "it is not as it should be at {field}. Ask for the file as the exercise's page "
    "made it.",
    "handin-format": "it is another format of hand-in. Use the newest marking desk.",
    "handin-long": "{field} has over 8,000 characters. Ask for a shorter answer.",
    "handin-exercise": "this course has no exercise {exercise}.",
    "handin-release": "it was made with release {theirs} of the course, and this desk belongs to "
    "{ours}. If the exercise has changed since, mark it with the desk of release {theirs}.",
    "handin-twice": "{learner} has handed in already, with other answers: {other}. That file "
    "stays. Open only the one that counts.",
    "handin-unread": "it cannot be read.",
    "marks-broken": "This is no file of marks, or it was changed. Nothing was taken from it.",
    "marks-newer": "A newer release of the course made this file. Open it with the desk of that "
    "release.",
}
