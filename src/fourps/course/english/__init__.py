"""Every word in English, in a file for each that says them."""

from __future__ import annotations

from fourps.course.english.e_reader import E_READER
from fourps.course.english.exercise_page import EXERCISE_PAGE
from fourps.course.english.exercises import CHECKS, HANDING_IN, NOTEBOOKS, POINTS
from fourps.course.english.facilitators import COMPLETION, FOLDER, GROUP
from fourps.course.english.kept import PROGRESS, SAVED
from fourps.course.english.pages import LOCAL, PAGES, THREE
from fourps.course.english.players import FIGURES, PLAYERS
from fourps.course.english.shell import SHELL
from fourps.course.english.shelves import SHELVES
from nbseal.base.desk_words import DESK
from nbseal.base.words import FEEDBACK

ENGLISH = PLAYERS | PROGRESS | SAVED | PAGES | LOCAL | THREE | COMPLETION | FIGURES | GROUP
ENGLISH |= EXERCISE_PAGE | FOLDER | SHELVES | SHELL | E_READER
# in a catalogue of their own: no page and no player says them
EXERCISES = CHECKS | NOTEBOOKS | HANDING_IN | FEEDBACK | POINTS | DESK
