"""Whom the course asks for a review, and what of it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import fourps.review.standing
from fourps.check.gathered import loaded
from fourps.course.problem import Problem
from fourps.review import answers, reviewers
from fourps.review.material import listed
from fourps.review.statements import statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fourps.check.gathered import Gathered

_TO_DO = "write under 'settled' what was done, or why it stays as it is"


def read(gathered: Gathered) -> Iterator[Problem]:
    """Read whom a course asks, and what came back; yield what cannot be understood."""
    root = gathered.root
    if not (root / reviewers.FILE).is_file():
        return
    gathered.reviewers = yield from loaded(reviewers.load, root)
    if gathered.reviewers and (root / answers.FILE).is_file():
        fields = gathered.reviewers.fields
        given = yield from loaded(lambda path: answers.read(path, fields), root / answers.FILE)
        gathered.answers = given or []


def standing(gathered: Gathered) -> tuple[list[str], list[Problem]]:
    """Return a line for each field, and the answers that wait for somebody.

    Parameters
    ----------
    gathered
        A course that could be read whole: of a file that cannot no statement would be known.
    """
    if not gathered.reviewers:
        return [], []
    gathered.material.pages = [gathered.read(path) for path in listed(gathered.root)]
    every = statements(gathered.material)
    found = fourps.review.standing.standing(gathered.reviewers, every, gathered.answers)
    path = gathered.root / answers.FILE
    waiting = [
        Problem(path, one.line, "unsettled", f"{one.id}, {one.verdict}", _TO_DO)
        for one in found.waiting
    ]
    return found.lines, waiting
