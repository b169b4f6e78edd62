"""The criteria: which points complete an exercise, and in which of two ways."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from fourps.course.words import exercise_words
from nbseal.base.about import Part, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nbseal.gradebook.marks import Marks

Way = Literal["practitioner", "information"]
# tasks 1 to 11 make up the first 70 points; see book/guide-marking.md
LAST_TASK = 11
FIRST_POINTS, FIRST_NEEDED = 70, 49
ALL_POINTS, ALL_NEEDED = 100, 70
# hours of learning and of the exercise, as book/how.md and book/guide-plans.md plan them
LEARNING = 2.5
EXERCISE = {"capstone": 3.0}
_EXERCISE = 2.0


def way(marks: Marks) -> Way | None:
    """Say which way an exercise was completed; None if neither was.

    Points count before anything is taken off for lateness: when somebody learned it does not
    matter here. Nothing counts before a person has marked every written task; the 0 that nbgrader
    gives an untouched one by itself is no marking.

    If both were, it is the information manager's.

    Parameters
    ----------
    marks
        A learner's marks of an exercise of this course.

    Examples
    --------
    >>> from nbseal.gradebook.marks import Marks
    >>> first, tables = {"task-1-check": (50, 70)}, {"task-12-check": (20, 30)}
    >>> ada = Marks("ada", "protection", first, by_hand={"task-10": 0.0})
    >>> ben = Marks("ben", "protection", first | tables, by_hand={"task-10": 0.0})
    >>> way(ada), way(ben), way(Marks("cem", "protection", first, by_hand={"task-10": None}))
    ('practitioner', 'information', None)
    """
    if not marks.done or not marks.by_hand or marks.unmarked:
        return None
    if _points(marks.cells.values()) >= ALL_NEEDED:
        return "information"
    return "practitioner" if _points(_first(marks)) >= FIRST_NEEDED else None


def first_points(marks: Marks) -> float | None:
    """Return the points of the part that the practitioner's way needs, before any lateness.

    None where tasks 1 to 11 do not bring 70 of 100 points, as in other courses.

    Parameters
    ----------
    marks
        A learner's marks of an exercise.

    Examples
    --------
    >>> from nbseal.gradebook.marks import Marks
    >>> first, tables = {"task-1-check": (50, 70)}, {"task-12-check": (20, 30)}
    >>> first_points(Marks("ada", "protection", first | tables))
    50.0
    >>> first_points(Marks("ada", "ps1", {"problem": (1, 2)})) is None
    True
    """
    first = _first(marks)
    known = sum(most for _, most in first) == FIRST_POINTS and marks.maximum == ALL_POINTS
    return float(_points(first)) if known else None


def standing(marks: Marks, language: str = "en") -> Standing:
    """Return what counts for which way; nothing for an exercise of another course.

    Parameters
    ----------
    marks
        A learner's marks of an exercise.
    language
        Such as ``fr``.

    Examples
    --------
    >>> from nbseal.gradebook.marks import Marks
    >>> first, tables = {"task-1-check": (50, 70)}, {"task-12-check": (20, 30)}
    >>> standing(Marks("ada", "protection", first | tables)).parts
    (Part(name='Tasks 1 to 11', points=50.0, most=70),)
    >>> standing(Marks("ada", "ps1", {"problem": (1, 2)})).parts
    ()
    """
    first = first_points(marks)
    if first is None:
        return Standing()
    words = exercise_words(language)
    needed = {"first": FIRST_NEEDED, "most_first": FIRST_POINTS, "all": ALL_NEEDED}
    return Standing(
        (Part(words["points-first"].format(last=LAST_TASK), first, FIRST_POINTS),),
        (words["points-needed"].format(**needed, most=ALL_POINTS),),
    )


def hours(module: str) -> float:
    """Return the hours planned for a module and its exercise."""
    return LEARNING + EXERCISE.get(module, _EXERCISE)


def _first(marks: Marks) -> list[tuple[float, float]]:
    return [value for name, value in marks.cells.items() if _task(name) <= LAST_TASK]


def _points(cells: Iterable[tuple[float, float]]) -> float:
    return sum(given for given, _ in cells)


def _task(name: str) -> int:
    """Return the number of a task; cells without one belong to no part that counts."""
    number = re.match(r"task-(\d+)", name)
    return int(number[1]) if number else LAST_TASK + 1
