"""What came of one notebook."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import nbformat

from fourps.grading.marker_note import note
from fourps.grading.reasons import because

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fourps.course.reason import Reason

Kind = Literal["ok", "timeout", "memory", "died", "output", "tampered"]
Cell = tuple[list[dict[str, Any]], int | None]


class Executed(NamedTuple):
    """The outputs of an executed notebook, and how far it came."""

    cells: Sequence[Cell | None]
    """For each cell of the notebook its outputs and execution count; None for a cell without code.
    All are plain values, and valid in a notebook of format 4."""
    kind: Kind = "ok"
    """``ok`` if every cell had its turn. Otherwise what stopped it: ``timeout`` (a cell that did
    not let itself be interrupted, or the notebook as a whole), ``memory``, ``died`` (it ended its
    own process), ``output`` (it said more than it may), ``tampered`` (it changed what the tests
    rely on, or spoke for itself)."""
    reason: Reason | None = None
    """Why it was stopped; None if it is ``ok``."""
    late: tuple[tuple[int, int], ...] = ()
    """Which cells took too long and were interrupted, counted from 1, each with the seconds that it
    had; the next one ran."""
    marked: bool = False
    """Whether checks ran in the marker, where no learner's code ran."""

    def starved(self, memory_mb: int) -> Reason | None:
        """Return a reason that names the cells that ended with an error for want of memory.

        Parameters
        ----------
        memory_mb
            What there was.
        """
        cells = [
            str(number)
            for number, made in enumerate(self.cells, 1)
            if any(one.get("ename") in _STARVED for one in (made or ((), None))[0])
        ]
        return because("memory", memory=memory_mb, cells=", ".join(cells)) if cells else None

    def fill(self, notebook: Any) -> None:
        """Put the outputs into a notebook, as if it had been executed.

        Parameters
        ----------
        notebook
            The one that was executed; it is changed in place.
        """
        notebook.metadata["language_info"] = nbformat.from_dict(_LANGUAGE)
        note(notebook, marked=self.marked)
        for cell, made in zip(notebook.cells, self.cells, strict=True):
            if made is not None:
                outputs, count = made
                cell.outputs = [nbformat.from_dict(output) for output in outputs]
                cell.execution_count = count


# Python's own, and NumPy's
_STARVED = {"MemoryError", "_ArrayMemoryError"}
# as ipykernel writes it
_LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
    "version": ".".join(map(str, sys.version_info[:3])),
}
