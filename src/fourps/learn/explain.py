"""Say in words what a cell's error means to the learner who wrote it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fourps.handin.released_exercise import marks

if TYPE_CHECKING:
    from fourps.handin.released_exercise import ReleasedExercise

_COLOURS = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_FRAME = re.compile(r"Cell In\[(\d+)\], line (\d+)")
_LINE = re.compile(r"\s*\w+\s*:")
_LONGEST = 2000
_HINTS = {
    "AttributeError": "The value is not of the kind that has this.",
    "IndentationError": "Look at the spaces at the start of this line.",
    "IndexError": "There are fewer items than this line expects.",
    "KeyError": "There is no such column or key: is it spelt as in the data?",
    "KeyboardInterrupt": "It was stopped.",
    "ModuleNotFoundError": "Use only what the exercise imports.",
    "NameError": "The name has no value yet: is it spelt alike everywhere, and set further up?",
    "NotImplementedError": "Replace this line by your answer.",
    "SyntaxError": "Python cannot read this line: look for a missing bracket, colon or quote.",
    "TypeError": "The value is of a kind that this line cannot use.",
    "ValueError": "The value is not one that this line can use.",
    "ZeroDivisionError": "The number to divide by is 0.",
}
_LOST = (
    "A line with three quotation marks is missing: each answer has one before it and one after it. "
    "Press Ctrl + Z until it is back, or write it again."
)
# what Python 3.13 calls a cell that ends too early; learners know it by its public name
_PUBLIC = {"_IncompleteInputError": "SyntaxError"}


def error_of(cell: Any) -> Any:
    """Return the error that a cell stopped with, or None."""
    return next((one for one in cell.get("outputs", []) if one.output_type == "error"), None)


def printed(cell: Any) -> str:
    """Return what a check printed about the points that it gave."""
    text = "".join(one.text for one in cell.outputs if one.output_type == "stream")
    return clean(text) or "This check gave some of the points; it does not say why."


def explain(error: Any, notebook: Any) -> str:
    """Say what a check's error means, without its traceback."""
    value = clean(error.evalue)
    if error.ename == "AssertionError":
        return value or "The answer is not right yet; this check does not say more."
    return f"The check stopped{_where(error, notebook)}: {_name(error)}"


def own_errors(notebook: Any, release: ReleasedExercise) -> list[str]:
    """Return a sentence for each cell of the learner's own that stopped with an error."""
    found = []
    cells = release.by_id
    for cell in notebook.cells:
        error = error_of(cell)
        known = cells.get(marks(cell).get("grade_id", ""))
        check = known is not None and known.graded and not known.answer
        untouched = known is not None and known.answer and known.unchanged(cell.source)
        if error and not check and not untouched:
            place = _where(error, notebook) or f" in code cell {cell.execution_count}"
            found.append(f"An error{place}: {_name(error, cell.source)}")
    return found


def _name(error: Any, source: str = "") -> str:
    name = _PUBLIC.get(error.ename, error.ename)
    hint = _LOST if _lost(name, source) else _HINTS.get(name, "")
    return f"{clean(name)}: {clean(error.evalue)}. {hint}".strip()


def _lost(name: str, source: str) -> bool:
    """Say whether one or both of the lines around an answer of plain text are gone."""
    if name == "SyntaxError" and source.count('"""') % 2:
        return True
    lines = [line for line in source.splitlines() if line.strip()]
    bare = bool(lines) and all(_LINE.match(line) for line in lines)
    return bare and name in {"SyntaxError", "NameError"}


def _where(error: Any, notebook: Any) -> str:
    """Name the last of the notebook's own lines that an error came through."""
    frames = _FRAME.findall(_COLOURS.sub("", "\n".join(error.traceback)))
    if not frames:
        return ""
    number, line = (int(one) for one in frames[-1])
    for cell in notebook.cells:
        lines = cell.source.split("\n")
        # IPython leaves out empty lines at the start before it counts
        skipped = next((at for at, one in enumerate(lines) if one.strip()), 0)
        if cell.get("execution_count") == number and line + skipped <= len(lines):
            shown = clean(lines[line + skipped - 1].strip())
            return f" in code cell {number}, line {line + skipped} ({shown})"
    return f" in code cell {number}, line {line}"


def clean(text: str) -> str:
    r"""Return text that is safe to print: no colours, no control characters, not endless.

    Examples
    --------
    >>> clean("\x1b[31mred\x1b[0m\x07 \x9b2J")
    'red 2J'
    """
    kept = "".join(one for one in _COLOURS.sub("", str(text)) if one.isprintable() or one == "\n")
    return kept.strip() if len(kept) <= _LONGEST else f"{kept[:_LONGEST].strip()} ..."
