"""Cells by the names that nbgrader gave them, and which of several copies counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ORDINALS = ("first", "second", "third")


def grade_id(cell: Any) -> str:
    """Return the name by which nbgrader knows a cell; empty if it does not.

    Examples
    --------
    >>> grade_id({"metadata": {"nbgrader": {"grade_id": "task-1"}}}), grade_id({"metadata": {}})
    ('task-1', '')
    """
    marks = cell["metadata"].get("nbgrader")
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    return name if isinstance(name, str) else ""


def cell_id(name: str) -> str:
    """Return a name as the id of a cell can be.

    Examples
    --------
    >>> cell_id("task 1")
    'task-1'
    """
    return re.sub(r"[^a-zA-Z0-9_-]", "-", name)[:64]


def places(names: Sequence[str]) -> dict[str, list[int]]:
    """Return the places of each name, in their order.

    Examples
    --------
    >>> places(["a", "", "b", "a"])
    {'a': [0, 3], 'b': [2]}
    """
    by_name: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        if name:
            by_name.setdefault(name, []).append(place)
    return by_name


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
    copies = {name: at for name, at in places(names).items() if name in released}
    chosen = {name: at[0] for name, at in copies.items() if len(at) == 1}
    for name, at in copies.items():
        same = [place for place in at if cells[place].get("id") == released[name]]
        if len(at) > 1 and released[name] and same:
            chosen[name] = same[0]
    order = [*released]
    for number, name in enumerate(order):
        if name in copies and name not in chosen:
            before = [chosen[other] for other in order[:number] if other in chosen]
            after = [chosen[other] for other in order[number:] if other in chosen]
            start, end = (before or [-1])[-1], (after or [len(cells)])[0]
            within = [place for place in copies[name] if start < place < end]
            chosen[name] = (within or copies[name])[0]
    return chosen


def copied(places: Sequence[int], chosen: int) -> str:
    """Say how often a cell is there, and which of them counts.

    Examples
    --------
    >>> copied([2, 7], 2), copied([2, 7, 9, 11], 11)
    ('2 times; the first one counts', '4 times; number 4 counts')
    """
    number = places.index(chosen)
    which = f"the {ORDINALS[number]} one" if number < len(ORDINALS) else f"number {number + 1}"
    return f"{len(places)} times; {which} counts"
