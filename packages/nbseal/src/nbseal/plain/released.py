"""A notebook as it was released, for those who hand it in with texts and numbers alone."""

from __future__ import annotations

import ast
import functools
import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from nbgrader.utils import is_grade, is_solution

from nbseal.base.cells import grade_id
from nbseal.base.profile import profile
from nbseal.marker import checks
from nbseal.plain.literals import bound, parsed, targets
from nbseal.plain.reach import reaches
from nbseal.seal.one_child import left_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nbseal.plain.literals import Bound

# characters of all cells that are not as released: to read them takes time
_LONGEST = 400_000
_DESCRIBED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Plain(NamedTuple):
    """A notebook of which nothing has to be run but what was released."""

    released: ReleasedCode
    """What it was made from."""
    places: Sequence[int | None]
    """For each of its cells the place among the released ones."""
    answers: dict[int, Bound]
    """What it binds, by the place of the released cell."""
    language: str
    """In which checks speak to the learner."""


class ReleasedCode:
    """The code of a notebook as it was released.

    Parameters
    ----------
    cells
        Its code cells, in order, with nbgrader's metadata and hidden tests.
    marker
        Whether checks run apart from the answers.
    order
        For the marker, as `nbseal.seal.one_child.order` returns it.

    Attributes
    ----------
    why
        What of it a process that is not sealed, and is used again, cannot do; empty if it can all.
    """

    def __init__(self, cells: Iterable[Any], *, marker: bool, order: Sequence[str] = ()) -> None:
        self._cells = [cell for cell in cells if cell.source.strip()]
        self._trees = [parsed(cell.source) for cell in self._cells]
        self._marker = marker
        self.why = next(self._reasons(order), "")

    @functools.cached_property
    def asked(self) -> dict[str, Any]:
        """What the process is told that runs it."""
        return {"marker": self._marker, "cells": [*map(self._asked, self._cells)]}

    @functools.cached_property
    def key(self) -> str:
        """By which that process knows it."""
        return hashlib.sha256(json.dumps(self.asked).encode()).hexdigest()

    def read(self, notebook: Any) -> Plain | None:
        """Return what a notebook binds; None if any of its code has to be run.

        Parameters
        ----------
        notebook
            What was handed in, with nbgrader's metadata and the tests put back.
        """
        there = [at for at, cell in enumerate(notebook.cells) if _is_code(cell)]
        if self.why or len(there) != len(self._cells):
            return None
        places: list[int | None] = [None] * len(notebook.cells)
        answers: dict[int, Bound] = {}
        left = _LONGEST
        for place, at in enumerate(there):
            cell = notebook.cells[at]
            left -= 0 if cell.source == self._cells[place].source else len(cell.source)
            given = self._given(place, cell) if left >= 0 else None
            if given is None:
                return None
            places[at] = place
            answers |= {place: given} if given else {}
        return Plain(self, places, answers, profile().language_of(notebook))

    def untouched(self, notebook: Any) -> frozenset[str]:
        """Return the names of a learner's answer cells of code in which nothing was changed."""
        places = {grade_id(cell): place for place, cell in enumerate(self._cells)}
        return frozenset(
            name
            for cell in notebook.cells
            if _is_code(cell) and is_solution(cell) and (name := grade_id(cell)) in places
            if self._given(places[name], cell) == {}
        )

    def _given(self, place: int, cell: Any) -> Bound | None:
        """Return what a cell binds; nothing if it is as released, None if it is neither."""
        released = self._cells[place]
        if (grade_id(cell), left_out(cell)) != (grade_id(released), left_out(released)):
            return None
        if cell.source == released.source:
            return {}
        if not is_solution(released):
            return None
        given = bound(cell.source)
        if given is not None and given.keys() == self._names[place]:
            return given
        # such as a function that nobody has begun, described in another language
        mine = _without_words(parsed(cell.source))
        return {} if mine is not None and mine == self._wordless[place] else None

    @functools.cached_property
    def _names(self) -> list[set[str]]:
        """The names that each cell binds to constants, if it does nothing else."""
        return [_constants(tree) for tree in self._trees]

    @functools.cached_property
    def _wordless(self) -> list[str | None]:
        return [_without_words(parsed(cell.source)) for cell in self._cells]

    def _asked(self, cell: Any) -> dict[str, Any]:
        test = is_grade(cell) and not is_solution(cell)
        kind = ("check" if self._marker else "test") if test else "cell"
        about = {"kind": kind, "source": cell.source, "skip": left_out(cell)}
        if kind == "check":
            about["names"] = checks.names(cell.source)
            about["imports"] = checks.shown_imports(cell.source)
        elif self._marker:
            about["read_only"] = _is_locked(cell) and not is_grade(cell) and not is_solution(cell)
        return about

    def _reasons(self, order: Sequence[str]) -> Iterator[str]:
        names = [name for cell in self._cells if (name := grade_id(cell)) in {*order}]
        if names != [name for name in order if name in {*names}]:
            yield "its cells were put in another order"
        for tree, cell in zip(self._trees, self._cells, strict=True):
            name = grade_id(cell) or "one without a name"
            if self._marker and is_grade(cell) and not (is_solution(cell) or _is_locked(cell)):
                yield f"cell {name}: a check that can be changed"
            if tree is None:
                yield f"cell {name}: more than Python"
        yield from reaches(filter(None, self._trees))


def _is_code(cell: Any) -> bool:
    return bool(cell.cell_type == "code" and cell.source.strip())


def _is_locked(cell: Any) -> bool:
    about = cell.metadata.get("nbgrader", {})
    return bool(about.get("locked")) and bool(about.get("grade_id"))


def _constants(tree: ast.Module | None) -> set[str]:
    """Return the names that code binds to constants, if it does nothing else.

    nbgrader ends a cell that waits for an answer with an error.
    """
    names: set[str] = set()
    for statement in tree.body if tree else []:
        if isinstance(statement, ast.Raise | ast.Pass):
            continue
        mine = targets(statement)
        if not (mine and isinstance(statement, ast.Assign) and _is_constant(statement.value)):
            return set()
        names.update(mine)
    return names


def _is_constant(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        node = node.operand
    return isinstance(node, ast.Constant)


def _without_words(tree: ast.Module | None) -> str | None:
    """Return code as text, without comments and without what its parts say of themselves."""
    if tree is None:
        return None
    try:
        for node in ast.walk(tree):
            if isinstance(node, _DESCRIBED) and ast.get_docstring(node) is not None:
                node.body[0] = ast.Pass()
        return ast.dump(tree)
    except RecursionError:
        return None
