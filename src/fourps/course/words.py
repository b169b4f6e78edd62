"""The few words that pages and players say themselves, in the reader's language.

English stands here; every other language is a gettext catalogue in ``locale/``, read with Babel.
A word in braces is replaced when it is shown. ``make words`` writes ``locale/fourps.pot``,
which a new translation begins with.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from fourps.course.language import is_pseudo, pseudo

if TYPE_CHECKING:
    from collections.abc import Mapping

LOCALE = Path(__file__).parents[1] / "locale"

ENGLISH = {
    # both
    "content-note": "Content note",
    "begin": "Begin",
    "again": "Start again",
    "source": "Source",
    "sources": "Sources",
    "why": "Why",
    "copy": "Copy",
    "copied": "Copied.",
    "record": "Your decision record",
    "record-help": "This line replays your choices exactly. It holds no name and no text of yours.",
    "resume": "Continue from a decision record",
    "resume-field": "Paste the record here",
    "resume-go": "Continue",
    "record-foreign": "This is not a decision record of this page.",
    "record-damaged": "This record was damaged on its way. Copy the whole line again.",
    "record-version": "This record was made with another version. The choices have changed since, "
    "so it cannot be replayed.",
    "record-step": "Step {step} of this record is not possible here.",
    "keep-question": "Keep finished attempts on this device?",
    "keep-help": "Nothing is kept until you say yes. What is kept stays in this browser, on this "
    "device, until you erase it. On a shared device, others may see it.",
    "keep-yes": "Yes, keep them here",
    "kept": "Finished attempts are kept on this device.",
    "kept-none": "Nothing is kept on this device.",
    "kept-list": "Kept on this device",
    "kept-erase": "Erase everything kept",
    "kept-erased": "Erased. Nothing of what you did is kept on this device now.",
    "kept-denied": "This browser does not let pages keep anything. The course works all the same.",
    "kept-full": "This browser has no room left, so this was not kept. The course works all the "
    "same.",
    "kept-newer": "What is kept here comes from a newer release of the course. This one leaves it "
    "as it is.",
    "kept-damaged": "What is kept here is damaged and cannot be read. It stays as it is until you "
    "erase it.",
    "erase-question": "Erase everything that is kept on this device?",
    "erase-help": "Your attempts, your place in each of them and your marks will be gone. This "
    "cannot be undone.",
    "erase-yes": "Erase",
    "erase-no": "Keep it",
    "import-large": "This file is too large to be one of this course. Nothing was added.",
    "import-foreign": "This is not a file of this course, or it was damaged. Nothing was added.",
    "import-newer": "This file was made with a newer release of the course. Nothing was added.",
    "continue": "Go on where you stopped",
    "minutes": "About {minutes} minutes",
    "table": "Table",
    # scenarios
    "choose": "What do you do?",
    "chosen": "You chose",
    "then": "What happens",
    "next": "Go on",
    "back": "Go back one step",
    "way": "The way you took",
    "way-empty": "You have not chosen yet.",
    "critical": "Critical error",
    "critical-confidentiality": "Confidentiality was broken.",
    "critical-consent": "Someone acted for an adult without consent.",
    "critical-interview": "The talk became an interview, a confrontation or a rescue.",
    "critical-promise": "A promise was made, or help became conditional.",
    "critical-help": "It limits how this can end until it is repaired. Points never offset it.",
    "repair": "Repair",
    "repair-help": "This repairs an earlier error.",
    "ended": "The scenario is over",
    "kind-safe": "Safe",
    "kind-gaps": "Safe, with gaps",
    "kind-repaired": "Harm contained: an error was repaired",
    "kind-unsafe": "Unsafe",
    "debrief": "How it went",
    "band-practise": "To practise",
    "band-growing": "Growing",
    "band-strong": "Strong",
    "errors-open": "Critical errors not repaired",
    "errors-repaired": "Critical errors that you repaired",
    "keeps-track": "What changes as you play",
    "open-when": "Open when",
    "and": "and",
    "or": "or",
    "otherwise": "not",
    "leads-end": "Go to the endings",
    "endings": "How it can end",
    "text-version": "To read this scenario as text, follow the links under each choice.",
    # quizzes
    "question": "Question {number} of {count}",
    "check": "Check my answer",
    "retry": "Not yet. Read the notes, then try once more.",
    "right-first": "Right.",
    "right-second": "Right, at the second try.",
    "shown": "The answer is shown below.",
    "answer": "Answer",
    "answer-why": "Answer and why",
    "true": "True",
    "false": "False",
    "true-false": "True or false?",
    "reason": "Because",
    "several": "More than one answer is right.",
    "order-help": "Move the steps with the buttons until the order is right.",
    "up": "Move up: {text}",
    "down": "Move down: {text}",
    "moved": "{text}: now at place {place} of {count}",
    "match-help": "Choose an answer for each.",
    "match-choose": "Choose",
    "incomplete": "Answer the whole question first.",
    "right-mark": "Right",
    "wrong-mark": "Not right",
    "previous-question": "Previous question",
    "next-question": "Next question",
    "finish": "See how it went",
    "quiz-done": "You have answered every question",
    "outcome-first": "Right at the first try",
    "outcome-second": "Right at the second try",
    "outcome-shown": "Shown",
    "outcome-open": "Not answered",
    # tests
    "save-answer": "Save my answer",
    "answered": "Answered. You will see how it went at the end.",
    "sure": "How sure are you?",
    "sure-1": "Not sure",
    "sure-2": "Fairly sure",
    "sure-3": "Very sure",
    "test-right": "{right} of {count} answers are right.",
    "test-sure": "Of the answers that you were very sure of, {right} of {count} are right.",
    "change-test": "Test",
    "change-day": "Day",
    "change-right": "Right answers",
    "change-situations": "Right in situations",
    "change-sure": "Very sure, and right",
    "change-none": "No finished test is kept on this device. Finish a test, and say yes to keeping "
    "it.",
    "change-of": "{right} of {count}",
    "change-other": "made with another version",
    "text-quiz": "Each answer is folded below its question.",
    "place": "Put in the right order",
    # my course
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
    "course-data": "In your hands",
    "course-save-help": "The file holds what is kept here, and no name of yours. Whoever opens it "
    "can read it.",
    "course-save": "Save it as a file",
    "course-saved": "Saved as {name}.",
    "course-add": "Add what a file from another device holds",
    "course-added": "Added: attempts {attempts}, places where you stopped {places}, pages read "
    "{pages}.",
    "course-added-none": "The file holds nothing new.",
    "course-add-ask": "To add what a file from another device holds, say yes to keeping first.",
    "course-print": "Print this page",
    "course-erase-saved": "Also remove the course that is saved on this device",
    # the mark at a page's end
    "mark-read": "Mark this page as read",
    "mark-done": "Marked as read.",
    "mark-undo": "Take the mark away",
    "mark-undone": "The mark is gone.",
    # figures
    "figure-choose": "Change what the figure shows",
    "figure-data": "Data behind this figure",
    "figure-views": "The other views of this figure, in words",
    "figure-problem": "This view could not be drawn.",
    # the saved course
    "offline-size": "Save this course on this device? It loads {wire} MB and takes {size} MB of "
    "room here.",
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
    "offline-renewed": "It opens without a network. When there is one, what is new is loaded by "
    "itself, and only that.",
    "offline-remove": "Remove the saved course",
    "offline-removed": "Removed. Nothing of the course is saved on this device.",
    "offline-full": "There is not enough room on this device. Nothing was saved; the course works "
    "all the same.",
    "offline-refused": "This browser does not let pages save anything. The course works all the "
    "same.",
    "offline-broken": "The course could not be loaded just now. What was saved stays; try again "
    "when the network is better.",
    "offline-retry": "Try again",
    "offline-impossible": "This browser cannot save the course from this address. Ask whoever "
    "shares the course for it as one file.",
    # the page around the text
    "page-leave": "Leave",
    "page-leave-help": "Leave this page",
    "page-skip": "Skip to content",
    "page-menu": "Menu",
    "page-contents": "On this page",
    "page-search": "Search",
    "page-search-help": "Search the course",
    "page-search-script": "The search needs JavaScript. Every page is in the menu.",
    "page-search-busy": "Searching …",
    "page-search-none": "No page has all these words. Try fewer words, or the beginning of one.",
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
    "cell-code": "Code",
    "cell-output": "Output",
    # boxes
    "guidance": "Course guidance: check your organisation's procedure",
    "official-text": "Recalled, not checked: read the official text",
    "activity-minutes": "({minutes} min)",
    "page-shortcuts": "Shortcuts",
    "page-languages": "Languages",
    "page-untranslated": "This page is not yet translated. It is in {language}.",
    "page-expand": "Show or hide the pages of {title}",
    # records of completion
    "done-title": "Record of completion",
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
    "done-total": "Hours planned, together",
    "done-version": "Version of the course",
    "done-id": "Learner's id",
    "done-criteria": "What completing an exercise takes",
    "done-criteria-practitioner": "Practitioner: at least {needed} of the first {of} points, in "
    "tasks 1 to {last}.",
    "done-criteria-information": "Information management: at least {needed} of all {of} points.",
    "done-criteria-marked": "Checks gave the points of the short tasks, and a person marked the "
    "written ones. Lateness takes no points off here. Hours are those planned, not hours "
    "measured.",
    "done-limits": "What this record does not say",
    "done-limits-text": "It is no accreditation and no certificate of competence. It qualifies "
    "nobody to identify or interview a trafficked person. No organisation endorses the course, "
    "and whoever issues this record speaks for themselves alone.",
    "done-check": "How to check it",
    "done-check-text": "This file carries a signature. Ask the issuer for the public key, and "
    "run: fourps grade verify FILE --key KEY. A valid signature proves who issued the record, "
    "and nothing more.",
    "done-key": "Fingerprint of the key (SHA-256): {key}",
}


@cache
def words(language: str = "en") -> dict[str, str]:
    """Return every word in a language.

    Parameters
    ----------
    language
        A code such as ``fr`` or ``pt-BR``. Where a translation is missing, English stands.

    Returns
    -------
    dict
        Word by key.

    Examples
    --------
    >>> words("en")["begin"], words("fr")["begin"]
    ('Begin', 'Commencer')
    """
    return translated(ENGLISH, language)


def translated(english: Mapping[str, str], language: str, domain: str = "fourps") -> dict[str, str]:
    """Return texts in a language.

    Parameters
    ----------
    english
        English text by key.
    language
        A code such as ``fr`` or ``pt-BR``. Where a translation is missing, English stands. Those of
        `fourps.course.language.is_pseudo` are made here.
    domain
        The name of the gettext catalogue.

    Returns
    -------
    dict
        Text by key.

    Examples
    --------
    >>> translated({"go": "Begin", "here": "Not in any catalogue"}, "fr-CA")
    {'go': 'Commencer', 'here': 'Not in any catalogue'}
    """
    if is_pseudo(language):
        return {key: pseudo(text) for key, text in english.items()}
    code = language.replace("-", "_")
    for candidate in (code, code.split("_")[0]):
        path = LOCALE / candidate / "LC_MESSAGES" / f"{domain}.po"
        if path.is_file():
            with path.open("rb") as stream:
                catalogue = read_po(stream)
            found = {message.id: message.string for message in catalogue if message.string}
            return {key: str(found.get(text, text)) for key, text in english.items()}
    return dict(english)


def template(english: Mapping[str, str]) -> bytes:
    """Return what a translation into a new language begins with, as gettext's tools read it."""
    catalogue = Catalog(charset="utf-8")
    for key, text in english.items():
        catalogue.add(text, auto_comments=[key])
    out = BytesIO()
    write_po(out, catalogue, width=100, omit_header=True)
    return out.getvalue()


if __name__ == "__main__":
    (LOCALE / "fourps.pot").write_bytes(template(ENGLISH))
