"""The words around the text of a page, and on pages that have no text of their own."""

PAGES = {
    # the page around the text
    "page-leave": "Leave",
    "page-leave-help": "Leave this page",
    "page-letters": "Letters",
    "page-escape": "In this tab, pressing Escape three times quickly leaves too",
    "page-skip": "Skip to content",
    "page-menu": "Menu",
    "page-contents": "On this page",
    "page-search": "Search",
    "page-search-help": "Search the course",
    "page-search-script": "The search needs JavaScript. Every page is in the menu.",
    "page-search-busy": "Searching …",
    "page-search-none": "No page has all these words. Try fewer words, or the beginning of one.",
    "page-search-lost": "The search could not be loaded. Look at your connection, and try again.",
    "page-search-idle": "Search for a word that not every page has.",
    "page-search-one": "One page found.",
    "page-search-many": "{count} pages found.",
    "page-search-instead": 'This course says "{words}": the pages with these words are listed too.',
    "page-search-near": 'No page has "{asked}". This is what there is for "{words}".',
    "page-search-or": "Or did you mean:",
    "page-search-nearest": "Words that are a little like it:",
    "page-search-more": "More pages",
    "page-top": "Back to top",
    "page-ways": "Next and previous page",
    "page-next": "Next",
    "page-print": "Print this page",
    "page-previous": "Previous",
    "page-licence": "Text: {text}, code: {code}.",
    "page-report": "Report an error",
    "page-offline": "Read without a network",
    "page-news": "What is new",
    "page-parts": "Parts of {title}",
    "page-part": "part {number} of {count}",
    "page-minutes": "about {minutes} min",
    "page-core": "Core route",
    "page-glossary": "Open the glossary",
    "page-close": "Close",
    "term-checked": "How far checked",
    "term-iom": "Wording of IOM's page",
    "term-official": "Seen in the official text",
    "term-usage": "Seen in texts of other bodies",
    "term-proposed": "Proposed by the course",
    "other-words": "Words that you may know from elsewhere, and what this course says:",
    "other-words-there": "Elsewhere",
    "other-words-here": "In this course",
    # a job aid on paper
    "aid-try": "A story of five minutes to practise with:",
    "aid-code": "A code for the camera of a telephone. It leads to {address}",
    "page-all": "Contents",
    "page-run": "Run this page yourself",
    "page-run-what": "On a computer this page is a notebook too, whose code you can change.",
    "page-run-how": "What you need, and how to begin",
    "page-run-alone": "To download this page alone:",
    "page-shortcuts": "Shortcuts",
    "page-languages": "Languages",
    "page-untranslated": "This page is not yet translated. It is in {language}.",
    "page-partly": "A part of this page is not yet translated. It is in {language}.",
    "page-source": "Read the whole page in {language}",
    "page-expand": "Show or hide the pages of {title}",
    # the first page, and the map
    "front-start": "Start the course",
    "front-go": "Go on with {title}",
    "front-where": "You said yes to keeping your place on this device.",
    "front-done": "Finished",
    "front-module": "Next module: {title}",
    "front-three": "Three questions from a module that you practised are waiting",
    "map-here": "You are here",
    # a module whose lesson comes in pieces
    "module-number": "Module {number} of {count}",
    "module-core": "core route about {minutes} min",
    "module-whole": "everything about {minutes} min",
    "module-start": "Begin this module",
    "piece-next": "Done. Next:",
    "piece-on": "Next:",
    "piece-way": "The way on",
    "piece-sources": "Sources of this page",
    # the page at the top of a site in several languages
    "lead-read": "Read the course in {language}",
    # the course as one file, and where no page is
    "zip-open": "Open the course",
    "zip-unpack": "If the link does not open, unpack the whole file first. On Windows, click the "
    "file with the right button and choose “Extract all”. Then open this page from the new folder.",
    "zip-local": "The course asks no server for anything. What you do in it stays on this device.",
    # the file for facilitators in a release
    "release-facilitators": "For facilitators",
    "release-begin": "These files are for people who run the course with others. Begin with the "
    "guide. You may print and change all of them.",
    "release-keys": "The folder “keys” holds the answers. Give it to nobody who wants to learn "
    "with the course.",
    # where a saved course has no such page, and there is no network
    "unsaved-title": "This page is not on this device",
    "unsaved-text": "There is no network, and this page is not among the saved ones. Perhaps it "
    "is in another language, which has to be saved separately. Load the page again when there is "
    "a network, or continue with what is saved:",
    "missing-title": "This page is not here",
    "missing-text": "Its address may have been mistyped, or the page may have gone. All pages are "
    "in the menu of the course:",
    # cells
    "cell-code": "Code, for those who program",
    "cell-output": "Output",
    # boxes
    "guidance": "Course guidance: check your organisation's procedure",
    "official-text": "Not all checked: read the official text",
    "activity-minutes": "({minutes} min)",
    # under a rule of Selvarra, around the line that the reader's organisation wrote
    "here": "Here:",
    "here-who": "Written by: {who}.",
    "here-day": "Checked on {day}.",
    "here-holds": "In the course, Selvarra's rule still holds.",
    # the two columns of the sheet for a lawyer
    "law-theirs": "Theirs: the law of Selvarra",
    "law-ours": "Ours: what our law says, with its article",
    # half a minute, to say aloud
    "aloud-title": "Say it aloud",
    "aloud-say": "What would you say first to this person? Say it aloud, to a colleague or alone. "
    "You have thirty seconds. Nothing is recorded.",
    "aloud-left": "Seconds left: {seconds}",
    "aloud-start": "Start",
    "aloud-over": "The clock has stopped.",
    "aloud-tick": "You, or the person who listened, tick what was said:",
    "aloud-heard-limits": "What must be passed on came first.",
    "aloud-heard-help": "Help does not depend on talking.",
    "aloud-heard-stop": "The person can stop.",
    "aloud-heard-ask": "No question was asked.",
    "aloud-missing": "If a point has no tick, try once more:",
    "aloud-again-limits": "Begin with what you must pass on.",
    "aloud-again-help": "Say that the person gets the same help, whatever they tell you.",
    "aloud-again-stop": "Say that the person can stop at any moment.",
    "aloud-again-ask": "Ask nothing. The person decides what to tell you.",
    "aloud-all": "You said all four. Say it once more tomorrow, without this page.",
    "aloud-example": "One way to say it",
    # the bibliography
    "source-url": "URL:",
    "source-doi": "doi:",
    "source-numbered": "Number {number} in {series}",
    "source-edition": "{edition} edition",
    "source-undated": "n.d.",
    "source-others": "others",
    # the map of outcomes
    "taught": "Taught",
    "practised": "Practised",
    "assessed": "Assessed",
    "in-lesson": "Lesson: {title}",
    "in-lab": "Lab: {title}",
    "in-scenario": "Scenario: {title}",
    "by-scenario": "Scenario",
    "by-question": "Quiz: 1 question",
    "by-questions": "Quiz: {count} questions",
    "by-task": "Exercise: task {numbers}",
    "by-tasks": "Exercise: tasks {numbers}",
    "by-written-task": "Exercise, written: task {numbers}",
    "by-written-tasks": "Exercise, written: tasks {numbers}",
    "one-more": "{before}; {next}",
    # the page that "Leave" leads to
    "units-short": "Units",
    "units-title": "Units of measurement",
    "units-unit": "Unit",
    "units-about": "Is about",
    "units-kilometre": "1 kilometre",
    "units-mile": "0.62 mile",
    "units-metre": "1 metre",
    "units-feet": "3.28 feet",
    "units-kilogram": "1 kilogram",
    "units-pounds": "2.20 pounds",
    "units-litre": "1 litre",
    "units-gallon": "0.26 US gallon",
    "units-hectare": "1 hectare",
    "units-acres": "2.47 acres",
}


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


THREE = {
    "three-quizzes": "The quizzes can be answered again at any time:",
    "three-none": "You have finished no story or quiz yet. About a week after you finish one, the "
    "questions of its module begin to come back.",
    "three-due": "Three questions are waiting for you: {titles}.",
    "three-rest": "Nothing is waiting today. The next questions come on {day}.",
    "three-end": "You have answered all the questions that come back. When you finish a story "
    "or quiz of another module, its questions begin.",
    "three-week": "week {week} of {weeks}",
    "three-now": "waiting now",
    "three-next": "next on {day}",
    "three-over": "all {weeks} weeks done",
    "three-where": "How far you are",
    "three-begin": "Three questions from {title}",
    "three-done": "That was this week. The next three from this module come on {day}.",
    "three-module-end": "That was the last week of this module.",
    "three-broken": "The questions could not be loaded. Open this page again when there is a "
    "network.",
    "three-remind": "A reminder each week",
    "three-remind-why": "Once a week from the day below on, for the weeks that are left ({weeks}).",
}
