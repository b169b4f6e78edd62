"""The cells of a notebook as they were released, put back into what was handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import nbformat
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme

from nbseal.base.cells import grade_id
from nbseal.collect.released_notebooks import restore
from nbseal.seal.one_child import order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from traitlets.config import Configurable

    from nbseal.gradebook.cells import KnownCells, SourceCell


class ReleasedCells:
    """The cells of one notebook as they were released.

    Parameters
    ----------
    known
        As the gradebook has them.
    cells
        Of the source or of what learners got, as far as it is there: a database keeps neither their
        order nor their ids.
    parent
        Whose configuration says how hidden tests are marked.

    Attributes
    ----------
    order
        As `nbseal.seal.one_child.order` returns it of those cells.
    code
        Those of code, with hidden tests; none where nobody knows their order.
    """

    def __init__(self, known: KnownCells, cells: Sequence[Any], parent: Configurable) -> None:
        self.order = order(cells)
        place = {grade_id(cell): number for number, cell in enumerate(cells)}
        ids = {grade_id(cell): cell.get("id", "") for cell in cells}
        rows = sorted(known.cells, key=lambda cell: place.get(cell.name, len(place)))
        self._notebook = nbformat.v4.new_notebook()
        # put in afterwards, since older formats have no ids, and a new notebook has to be valid
        self._notebook.cells = [_cell(cell, known, ids.get(cell.name, "")) for cell in rows]
        named = {row.name: cell for row, cell in zip(rows, self._notebook.cells, strict=True)}
        self.code = [_as_released(cell, named) for cell in cells if cell.cell_type == "code"]
        shown = nbformat.from_dict(self._notebook)
        for step in (ClearHiddenTests, ClearMarkScheme):
            shown, _ = step(parent=parent).preprocess(shown, {})
        self._tests = {
            grade_id(cell): _plain(cell.source)
            for cell in shown.cells
            if cell.metadata.nbgrader.grade and not cell.metadata.nbgrader.solution
        }

    def put_back(self, notebook: Any) -> list[str]:
        """Put cells back that were deleted, and say so, and which tests were changed, in sentences.

        Parameters
        ----------
        notebook
            What was handed in; it is changed in place. nbgrader's own step overwrites the tests
            that were changed.
        """
        sources = [(grade_id(cell), _plain(cell.source)) for cell in notebook.cells]
        changed = [
            name
            for name, text in self._tests.items()
            if any(mine == name and other != text for mine, other in sources)
        ]
        self._notebook.nbformat_minor = notebook.nbformat_minor
        done = restore(notebook, self._notebook)
        remarks = [f"Tests were changed and are put back: {', '.join(changed)}."] if changed else []
        return remarks + [f"{text[0].upper()}{text[1:]}" for text in done.said]


def _cell(cell: SourceCell, known: KnownCells, key: str) -> Any:
    make: Any = getattr(nbformat.v4, f"new_{cell.cell_type}_cell")
    marks: dict[str, Any] = {kind: cell.name in names for kind, names in known.kinds.items()}
    marks |= {"grade_id": cell.name, "locked": cell.locked, "schema_version": 3}
    marks |= {"cell_type": cell.cell_type, "checksum": cell.checksum}
    released = make(cell.source, metadata={"nbgrader": marks})
    if (points := known.points.get(cell.name)) is not None:
        released.metadata.nbgrader["points"] = points
    released["id"] = key
    return released


def _as_released(cell: Any, named: dict[str, Any]) -> Any:
    """Return a cell of a file with what the gradebook has of it, which has no tags."""
    made = nbformat.from_dict(named.get(grade_id(cell), cell))
    if "tags" in cell.metadata:
        made.metadata["tags"] = cell.metadata["tags"]
    return made


def _plain(source: str) -> list[str]:
    return [line.rstrip() for line in source.strip().splitlines()]
