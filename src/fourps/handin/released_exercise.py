"""A released exercise as it was: the notebook carries that in its metadata.

So a learner's notebook can be checked against the release that it was made from, with whatever
version of the course is installed, and without nbgrader.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, ValidationError

from fourps.course.english import EXERCISES
from fourps.course.english.exercises import HANDING_IN
from fourps.course.language import without_region
from fourps.course.source import Identifier, Strict, Text
from nbseal.base.cells import ORDINALS, cell_id, originals, places
from nbseal.base.handins import NotAnExerciseError as NamelessError
from nbseal.base.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

KEY = "fourps"
_PROFILE = Profile(key=KEY)
# where a notebook's metadata say its language, if it is not English
LANGUAGE_KEY = _PROFILE.language_key
_POINTS = re.compile(r"\s*\([\d.,]+\spoints?\)$")
Release = Annotated[str, Field(pattern=r"^[0-9A-Za-z.+!-]{1,40}$")]
Points = Annotated[float, Field(ge=0, strict=False)]


class NotAnExerciseError(NamelessError):
    """A notebook that is no exercise of a course; the message is meant for the learner."""

    texts = HANDING_IN


class ReleasedCell(Strict):
    """A cell that counts, as it was released."""

    grade_id: Text
    """Its name in nbgrader."""
    title: str
    """The heading that it stands under."""
    points: Points
    """What can be earned with it."""
    graded: bool
    """Whether it earns points."""
    answer: bool
    """Whether the learner writes in it."""
    sha256: Text
    """Of its source."""

    def called(self, words: Mapping[str, str], language: str) -> str:
        """Return what a learner can find the cell by, in a language whose words for it are given.

        Examples
        --------
        >>> from fourps.course.words import exercise_words
        >>> cell = {"grade_id": "one", "title": "Tâche 1", "points": 0, "graded": True}
        >>> released = ReleasedCell.model_validate(cell | {"answer": False, "sha256": "0"})
        >>> released.called(exercise_words("fr"), "fr").replace(chr(160), " ")
        'Tâche 1 (one, 0 point)'
        """
        title = without_points(self.title)
        key = f"cell-{_number(self.points, language)}" if self.graded else "cell"
        points = number(self.points, language)
        return words[key].format(title=title, id=self.grade_id, points=points)

    @property
    def id(self) -> str:
        """The cell's id in the notebook that learners get."""
        return cell_id(self.grade_id)

    def unchanged(self, source: str) -> bool:
        """Say whether a source is what was released."""
        return digest(source) == self.sha256


class ReleasedExercise(Strict):
    """The release of an exercise that a notebook was made from."""

    exercise: Identifier
    """The exercise's id: the name of its module."""
    release: Release
    """The version of the course."""
    # a list, since nbformat sorts the keys of what it writes
    cells: Annotated[list[ReleasedCell], Field(min_length=1)]
    """In the order of the notebook."""

    @property
    def by_id(self) -> dict[str, ReleasedCell]:
        """The cells by ``grade_id``."""
        return {cell.grade_id: cell for cell in self.cells}

    def unchanged(self, name: str, source: str) -> bool:
        """Say whether a cell, by its ``grade_id``, was released with a source."""
        return name in self.by_id and self.by_id[name].unchanged(source)


def language_of(notebook: Any) -> str:
    """Return the language that a notebook of this course says it is in.

    Examples
    --------
    >>> language_of({"metadata": {LANGUAGE_KEY: "fr"}}), language_of({"metadata": {}})
    ('fr', 'en')
    """
    return _PROFILE.language_of(notebook)


def number(value: float, language: str) -> str:
    """Return a number of points as a language writes it.

    Examples
    --------
    >>> number(2.5, "fr"), number(5, "en")
    ('2,5', '5')
    """
    if language == "en":
        # Babel is not loaded for it
        return f"{value:g}"
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=without_region(language)))


def _number(value: float, language: str) -> str:
    """Return whether a language speaks of one point or of several: French of none as of one."""
    if language == "en":
        return "one" if value == 1 else "other"
    from babel import Locale

    return "one" if Locale.parse(without_region(language)).plural_form(value) == "one" else "other"


def without_points(heading: str) -> str:
    """Return the heading of a task without the points at its end.

    Examples
    --------
    >>> without_points("Task 1: seen, guessed (5 points)")
    'Task 1: seen, guessed'
    """
    return _POINTS.sub("", heading)


def digest(source: str) -> str:
    """Return the SHA-256 of a cell's source; spaces at its end do not count."""
    return hashlib.sha256(source.rstrip().encode()).hexdigest()


def marks(cell: Any) -> dict[str, Any]:
    """Return a cell's nbgrader metadata, empty if it does not count.

    Examples
    --------
    >>> marks({"metadata": {"nbgrader": {"grade_id": "one", "grade": True}}})["grade_id"]
    'one'
    """
    about = cell.get("metadata", {}).get("nbgrader", {})
    if not isinstance(about, dict) or not isinstance(about.get("grade_id"), str):
        return {}
    counts = about.get("grade") or about.get("solution") or about.get("task")
    return about if counts else {}


def describe(notebook: Any, exercise: str, release: str) -> ReleasedExercise | None:
    """Describe an exercise as it is about to be released; None if no cell has nbgrader metadata.

    Parameters
    ----------
    notebook
        A notebook (nbformat 4).
    exercise, release
        Its id, and the version of the course.

    Raises
    ------
    ValueError
        If two cells have the same ``grade_id``.
    """
    cells: list[ReleasedCell] = []
    for cell, title in under_headings(notebook):
        about = marks(cell)
        if not about:
            continue
        if about["grade_id"] in (known.grade_id for known in cells):
            raise ValueError(f"two cells have the grade_id '{about['grade_id']}'")
        cells.append(
            ReleasedCell(
                grade_id=about["grade_id"],
                title=title,
                points=float(about.get("points") or 0),
                graded=bool(about.get("grade") or about.get("task")),
                answer=bool(about.get("solution")),
                sha256=digest(cell["source"]),
            )
        )
    return ReleasedExercise(exercise=exercise, release=release, cells=cells) if cells else None


def read(notebook: Any) -> ReleasedExercise:
    """Read which release a notebook was made from.

    Raises
    ------
    NotAnExerciseError
        If it does not say.
    """
    try:
        return ReleasedExercise.model_validate(notebook["metadata"][KEY])
    except (KeyError, TypeError, ValidationError) as error:
        raise NotAnExerciseError.of("no-exercise") from error


def under_headings(notebook: Any) -> Iterator[tuple[Any, str]]:
    """Yield each cell with the heading that it stands under."""
    title = "Before the first heading"
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            headings = re.findall(r"^#{1,6}\s+(.*?)\s*#*$", cell["source"], re.MULTILINE)
            title = headings[-1] if headings else title
        yield cell, title


def counting(
    notebook: Any, release: ReleasedExercise, words: Mapping[str, str] = EXERCISES
) -> tuple[dict[str, int], list[str]]:
    """Return the place of the cell that counts for each ``grade_id``, and a line for each copy.

    Parameters
    ----------
    notebook
        A learner's.
    release
        What it was made from.
    words
        Of the learner's language.
    """
    names = [marks(cell).get("grade_id", "") for cell in notebook.cells]
    counts = originals(notebook.cells, names, {cell.grade_id: cell.id for cell in release.cells})
    lines = [
        _copied(name, at, counts[name], words)
        for name, at in places(names).items()
        if name in counts and len(at) > 1
    ]
    return counts, lines


def _copied(name: str, places: Sequence[int], chosen: int, words: Mapping[str, str]) -> str:
    number = places.index(chosen) + 1
    key = f"copied-{number}" if number <= len(ORDINALS) else "copied"
    return words[key].format(name=name, count=len(places), number=number)


def turned(
    notebook: Any,
    release: ReleasedExercise,
    places: Mapping[str, int],
    words: Mapping[str, str] = EXERCISES,
) -> list[str]:
    """Return a line for each cell that was code and has become text, so that it does not run.

    Parameters
    ----------
    notebook
        A learner's.
    release
        What it was made from.
    places
        As `counting` returns them.
    words
        Of the learner's language.
    """
    lines = []
    for was in release.cells:
        cell = notebook.cells[places[was.grade_id]] if was.grade_id in places else None
        # what a person marks may be text
        runs = was.graded != was.answer and not marks(cell or {}).get("task")
        if cell and runs and cell.cell_type != "code":
            lines.append(words["turned"].format(name=was.grade_id))
    return lines
