"""The tools of the checks of a graded exercise: strict types, fair marks, messages that teach.

A check is a notebook cell. Its visible part says whether an answer has the right shape; its hidden
part ends with `points`, whose value nbgrader reads as the points earned. Everything here looks at
exact types, so that an object that claims to equal everything earns nothing.

Whoever hands in an exercise may have changed anything in the kernel: these helpers are honest with
honest code and with odd objects; they do not replace a sandbox.
"""

from fourps.course.english.exercises import HINT
from fourps.exercise.fields import NUMBER, WEEKDAY_TIME, WHOLE, check_fields, several
from fourps.exercise.letter_answers import (
    check_choice,
    check_order,
    check_sorting,
    choice,
    safe_order,
    sorting,
)
from fourps.exercise.plain_text import field, moment, number_field
from fourps.exercise.points import points
from fourps.exercise.records import check_record
from fourps.exercise.strict import cells, pairs, same
from fourps.exercise.tries import passes

__all__ = [
    "HINT",
    "NUMBER",
    "WEEKDAY_TIME",
    "WHOLE",
    "cells",
    "check_choice",
    "check_fields",
    "check_order",
    "check_record",
    "check_sorting",
    "choice",
    "field",
    "moment",
    "number_field",
    "pairs",
    "passes",
    "points",
    "safe_order",
    "same",
    "several",
    "sorting",
]
