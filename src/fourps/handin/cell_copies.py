"""The released cells of a learner's notebook: which of several copies counts, which became text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fourps.course.english import EXERCISES
from fourps.handin.released_exercise import marks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fourps.handin.released_exercise import ReleasedExercise

_NUMBERS = ("first", "second", "third")


def found(names: Sequence[str]) -> dict[str, list[int]]:
    """Return the places of each name, in their order.

    Examples
    --------
    >>> found(["a", "", "b", "a"])
    {'a': [0, 3], 'b': [2]}
    """
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        if name:
            places.setdefault(name, []).append(place)
    return places


def originals(
    cells: Sequence[Any], names: Sequence[str], released: Mapping[str, str]
) -> dict[str, int]:
    """Return the place of the cell that counts for each name that is there.

    Whoever copies a cell copies its name in nbgrader too. Jupyter gives the copy an id of its own,
    so the cell with the released id counts. Notebooks of older formats have no ids: there it is the
    first that stands between the released neighbours, or else the first.

    Parameters
    ----------
    cells
        Of a learner's notebook.
    names
        For each of them its name in nbgrader, or nothing.
    released
        By name, in the order of the release: the cell's id there, or nothing if it is not known.

    Examples
    --------
    >>> copied, original = {"id": "4f1b"}, {"id": "task-1"}
    >>> originals([copied, original], ["task-1", "task-1"], {"task-1": "task-1"})
    {'task-1': 1}
    """
    places = {name: at for name, at in found(names).items() if name in released}
    chosen = {name: at[0] for name, at in places.items() if len(at) == 1}
    for name, at in places.items():
        same = [place for place in at if cells[place].get("id") == released[name]]
        if len(at) > 1 and released[name] and same:
            chosen[name] = same[0]
    order = [*released]
    for number, name in enumerate(order):
        if name in places and name not in chosen:
            before = [chosen[other] for other in order[:number] if other in chosen]
            after = [chosen[other] for other in order[number:] if other in chosen]
            start, end = (before or [-1])[-1], (after or [len(cells)])[0]
            within = [place for place in places[name] if start < place < end]
            chosen[name] = (within or places[name])[0]
    return chosen


def copied(places: Sequence[int], chosen: int) -> str:
    """Say how often a cell is there, and which of them counts.

    Examples
    --------
    >>> copied([2, 7], 2), copied([2, 7, 9, 11], 11)
    ('2 times; the first one counts', '4 times; number 4 counts')
    """
    number = places.index(chosen)
    which = f"the {_NUMBERS[number]} one" if number < len(_NUMBERS) else f"number {number + 1}"
    return f"{len(places)} times; {which} counts"


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
    places = originals(notebook.cells, names, {cell.grade_id: cell.id for cell in release.cells})
    lines = [
        _copied(name, at, places[name], words)
        for name, at in found(names).items()
        if name in places and len(at) > 1
    ]
    return places, lines


def _copied(name: str, places: Sequence[int], chosen: int, words: Mapping[str, str]) -> str:
    number = places.index(chosen) + 1
    key = f"copied-{number}" if number <= len(_NUMBERS) else "copied"
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
