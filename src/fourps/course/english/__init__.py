"""Every word in English, in a file for each that says them."""

from __future__ import annotations

from fourps.course.english.certificate import COMPLETION
from fourps.course.english.exercise import CHECKS
from fourps.course.english.feedback import FEEDBACK
from fourps.course.english.figures import FIGURES
from fourps.course.english.group import GROUP
from fourps.course.english.handing_in import HANDING_IN
from fourps.course.english.kept import PROGRESS
from fourps.course.english.local import LOCAL
from fourps.course.english.notebooks import NOTEBOOKS
from fourps.course.english.pages import PAGES
from fourps.course.english.players import PLAYERS
from fourps.course.english.saved import SAVED
from fourps.course.english.three import THREE

ENGLISH = {
    **PLAYERS,
    **PROGRESS,
    **SAVED,
    **PAGES,
    **LOCAL,
    **THREE,
    **COMPLETION,
    **FIGURES,
    **GROUP,
}
# in a catalogue of their own: no page and no player says them
EXERCISES = {**CHECKS, **NOTEBOOKS, **HANDING_IN, **FEEDBACK}
