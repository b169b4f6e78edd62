"""What an exercise is called where a learner reads of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import fourps.course.outcomes
from fourps.course.catalogue import load
from fourps.course.problem import BrokenSourceError

if TYPE_CHECKING:
    from pathlib import Path


def titled(exercise: str, root: Path, language: str) -> str:
    """Return the name of an exercise: in English its id, else the title of its module.

    Parameters
    ----------
    exercise
        Its id; of another course, it is returned as it is.
    root
        The folder of the course.
    language
        The learner's.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> titled("prevention", content_root(), "fr"), titled("prevention", content_root(), "en")
    ('Prévention', 'prevention')
    >>> titled("elsewhere", content_root(), "fr")
    'elsewhere'
    """
    if language == "en":
        return exercise
    try:
        outcomes, _ = fourps.course.outcomes.load(root / "modules" / exercise / "outcomes.yaml")
    except BrokenSourceError:
        return exercise
    page = f"modules/{exercise}/lesson"
    return load(root, page, language).gettext(outcomes.title)
