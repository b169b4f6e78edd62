"""How long cells and notebooks may take, as an nbgrader course says it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from fourps.grading.inside.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# seconds of a cell of which the configuration says that it may take for ever
UNBOUNDED = 3600
# of those of a cell: what the whole notebook may take, and one process of a processor
_NOTEBOOK, _PROCESSOR = 10, 4


def limits(timeout: object, given: Mapping[str, Any], *, each: bool = False) -> Limits:
    """Return limits with the time that cells have; the longer a cell may take, the longer all may.

    Parameters
    ----------
    timeout
        Seconds of a cell, as nbclient takes it: None and what is below 1 mean no limit.
    given
        Limits by name, which count more.
    each
        Whether the configuration says it of each cell, by `of_cells`.

    Examples
    --------
    >>> limits(30, {}) == limits(5, {"cell_seconds": 30}) == Limits()
    True
    >>> long = limits(600, {"memory_mb": 4096})
    >>> long.cell_seconds, long.total_seconds, long.cpu_seconds, long.memory_mb
    (600, 6000, 2400, 4096)
    >>> limits(-1, {}).cell_seconds, limits(None, {"total_seconds": 60}).total_seconds
    (3600, 60)
    """
    seconds = given.get("cell_seconds", UNBOUNDED if each else _seconds(timeout))
    usual = Limits()
    times = {"cell_seconds": seconds}
    # what is no number the limits refuse themselves
    if type(seconds) is int:
        times["total_seconds"] = max(usual.total_seconds, _NOTEBOOK * seconds)
        times["cpu_seconds"] = max(usual.cpu_seconds, _PROCESSOR * seconds)
    return Limits(**{**times, **given})


def of_cells(timeout: Callable[[Any], object] | None, cells: Sequence[Any]) -> tuple[int, ...]:
    """Return the seconds of each cell; none where the configuration says it of all cells at once.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_markdown_cell
    >>> cells = [new_code_cell("a"), new_markdown_cell("a"), new_code_cell("b"), new_code_cell()]
    >>> of_cells(lambda cell: {"a": 2.5, "b": -1}[cell.source], cells), of_cells(None, cells)
    ((3, 3600, 3600, 3600), ())
    """
    if timeout is None:
        return ()
    run = (cell.cell_type == "code" and cell.source.strip() for cell in cells)
    return tuple(
        _seconds(timeout(cell) if is_run else None) for cell, is_run in zip(cells, run, strict=True)
    )


def _seconds(timeout: Any) -> int:
    return math.ceil(timeout) if timeout and timeout > 0 else UNBOUNDED
