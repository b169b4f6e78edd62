"""What stands around the text of a page, and on pages that have no text of their own."""

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
    "page-search-idle": "Search for a word that not every page has.",
    "page-search-one": "One page found.",
    "page-search-many": "{count} pages found.",
    "page-search-more": "More pages",
    "page-top": "Back to top",
    "page-ways": "Next and previous page",
    "page-next": "Next",
    "page-previous": "Previous",
    "page-text": "Text",
    "page-report": "Report an error",
    "page-offline": "Read without a network",
    "page-news": "What is new",
    "page-parts": "Parts of {title}",
    "page-part": "part {number} of {count}",
    "page-minutes": "about {minutes} min",
    "page-core": "Core route",
    "page-glossary": "Open the glossary",
    "page-close": "Close",
    "page-all": "Contents",
    "page-run": "Run this page yourself",
    "page-run-install": "Once, in the folder of the course's source, install the course:",
    "page-run-learn": "Then make the notebooks and open them in JupyterLab:",
    "page-run-here": "This page is there as",
    "page-run-alone": "Or download this page alone, and open it where the course is installed:",
    "page-shortcuts": "Shortcuts",
    "page-languages": "Languages",
    "page-untranslated": "This page is not yet translated. It is in {language}.",
    "page-expand": "Show or hide the pages of {title}",
    # the first page, and the map
    "front-start": "Start the course",
    "front-go": "Go on with {title}",
    "front-where": "You said yes to keeping your place on this device.",
    "front-done": "Finished",
    "front-three": "Three questions from a module that you finished are waiting",
    "map-here": "You are here",
    # the course as one file, and where no page is
    "zip-open": "Open the course",
    "zip-unpack": "If the link does not open, unpack the whole file into a folder first, and open "
    "this page from there.",
    "zip-local": "The course asks no server for anything. What you do in it stays on this device.",
    # where a saved course has no such page, and there is no network
    "unsaved-title": "This page is not on this device",
    "unsaved-text": "There is no network, and what is saved here does not hold this page. It may "
    "be in another language, which is saved by itself. Load it again when there is a network, or "
    "go on with what is saved:",
    "missing-title": "This page is not here",
    "missing-text": "Its address may have been mistyped, or the page may have gone. All pages are "
    "in the menu of the course:",
    # cells
    "cell-code": "Code, for those who program",
    "cell-output": "Output",
    # boxes
    "guidance": "Course guidance: check your organisation's procedure",
    "official-text": "Recalled, not checked: read the official text",
    "activity-minutes": "({minutes} min)",
}
