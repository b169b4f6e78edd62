"""Answers that were handed in as texts, put into the notebook that was released."""

from __future__ import annotations

import ast
import copy
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from nbseal.base.cells import grade_id
from nbseal.base.errors import RefusedError
from nbseal.base.from_outside import several, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

# what IPython takes off the lines of a cell, as if it were copied from a session
_PROMPT = re.compile(r"(?<=\n)([^\S\n]*)(>(?=>>)|\.(?=\.\.)|I(?=n \[))")
# those that would end the text: one before another, and the last
_QUOTE = re.compile(r'"(?="|\Z)')


class UnknownAnswerError(RefusedError):
    """An answer for which the released notebook has no cell."""


def fill(released: Any, answers: Mapping[str, str]) -> Any:
    r"""Return the released notebook with answers in it; the same answers give the same notebook.

    A text cell that is answered gets the text, a code cell a literal that is read back as exactly
    the same text. All others stay as they were released, and so does a text cell whose answer is
    blank: nobody has to mark it.

    Parameters
    ----------
    released
        The released exercise; it stays as it is.
    answers
        Texts from anybody, by the ``grade_id`` of their cells.

    Raises
    ------
    UnknownAnswerError
        If there is one that none of its cells can take.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> about = {"nbgrader": {"grade_id": "task-1", "solution": True}}
    >>> cell = new_code_cell('task_1 = ""', metadata=about)
    >>> filled = fill(new_notebook(cells=[cell]), {"task-1": "a: seen\nb: guess"})
    >>> print(filled.cells[0].source.replace('"', "'"))
    task_1 = '''a: seen
    b: guess'''
    """
    notebook = copy.deepcopy(released)
    cells = {grade_id(cell): cell for cell in notebook.cells if _takes_a_text(cell)}
    if unknown := [name for name in answers if name not in cells]:
        raise UnknownAnswerError(f"no answer is called {several(map(shown, unknown))}")
    for name, text in answers.items():
        cell = cells[name]
        if names := _names(cell):
            cell.source = " = ".join([*names, literal(text)])
        elif text.strip():
            # halves of characters no file can hold
            cell.source = text.encode("utf-8", "replace").decode()
    return notebook


def literal(text: str) -> str:
    r"""Return Python, over as many lines as the text has, that IPython too reads as exactly it.

    Nothing in it steers who looks at it: signs that are not seen are written as escapes.

    Examples
    --------
    >>> print(literal("a\\b\0")[3:-3])
    a\\b\x00
    """
    seen = "".join(map(_sign, text))
    seen = _PROMPT.sub(lambda match: f"{match[1]}\\x{ord(match[2]):02x}", seen)
    return '"""' + _QUOTE.sub(r'\\"', seen) + '"""'


def _sign(one: str) -> str:
    """Return a character of a text as it stands in a literal."""
    seen = one.isprintable() or unicodedata.category(one) == "Zs"
    if one == "\n" or (seen and one != "\\"):
        return one
    return one.encode("unicode_escape").decode()


def _takes_a_text(cell: Any) -> bool:
    about = cell.metadata.get("nbgrader") or {}
    return bool(about.get("solution")) and (cell.cell_type != "code" or bool(_names(cell)))


def _names(cell: Any) -> list[str]:
    """Return the names that a code cell gives to one text, if it does nothing else."""
    if cell.cell_type != "code":
        return []
    try:
        body = ast.parse(cell.source).body
    except (SyntaxError, ValueError):
        # magics are no Python
        return []
    match body:
        case [ast.Assign(targets=targets, value=ast.Constant(value=str()))]:
            return [target.id for target in targets if isinstance(target, ast.Name)]
    return []
