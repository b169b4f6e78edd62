"""Errors of a learner's cells in plain words: what they mean, and where to look."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fourps.course.english import EXERCISES
from fourps.handin.released_exercise import marks
from nbseal.base.from_outside import COLOURS, LINE, line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fourps.handin.released_exercise import ReleasedExercise


_FRAME = re.compile(r"Cell In\[(\d+)\], line (\d+)")
_LINE = re.compile(r"\s*\w+\s*:")
# what Python 3.13 calls a cell that ends too early; learners know it by its public name
_PUBLIC = {"_IncompleteInputError": "SyntaxError"}


def error_of(cell: Any) -> Any:
    """Return the error that a cell stopped with, or None."""
    return next(
        (output for output in cell.get("outputs", []) if output.output_type == "error"), None
    )


def printed(cell: Any, words: Mapping[str, str] = EXERCISES) -> str:
    """Return what a check printed about the points that it gave."""
    text = "".join(output.text for output in cell.outputs if output.output_type == "stream")
    return clean(text) or words["check-partly"]


def explain(
    error: Any, notebook: Any, words: Mapping[str, str] = EXERCISES, say: Callable[[str], str] = str
) -> str:
    """Say what a check's error means, without its traceback.

    Parameters
    ----------
    error
        As the cell shows it.
    notebook
        After it was run.
    words
        Of the learner's language.
    say
        Gives what the exercise's own checks say in that language.
    """
    value = clean(error.evalue)
    if error.ename == "AssertionError":
        return say(value) if value else words["answer-wrong"]
    key, place = _where(error, notebook)
    return words[f"check-stopped{key}"].format(error=_named(error, words), **place)


def own_errors(
    notebook: Any, release: ReleasedExercise, words: Mapping[str, str] = EXERCISES
) -> list[str]:
    """Return a sentence for each cell of the learner's own that stopped with an error."""
    sentences = []
    cells = release.by_id
    for cell in notebook.cells:
        error = error_of(cell)
        known = cells.get(marks(cell).get("grade_id", ""))
        check = known is not None and known.graded and not known.answer
        untouched = known is not None and known.answer and known.unchanged(cell.source)
        if error and not check and not untouched:
            key, place = _where(error, notebook)
            place.setdefault("number", cell.execution_count)
            named = _named(error, words, cell.source)
            sentences.append(words[f"own-error{key}"].format(error=named, **place))
    return sentences


def _named(error: Any, words: Mapping[str, str], source: str = "") -> str:
    name = _PUBLIC.get(error.ename, error.ename)
    hint = words["help-lost"] if _lost(name, source) else words.get(f"help-{name}", "")
    return f"{clean(name)}: {clean(error.evalue)}. {hint}".strip()


def _lost(name: str, source: str) -> bool:
    """Say whether one or both of the lines around an answer of plain text are gone."""
    if name == "SyntaxError" and source.count('"""') % 2:
        return True
    lines = [line for line in source.splitlines() if line.strip()]
    bare = bool(lines) and all(_LINE.match(line) for line in lines)
    return bare and name in {"SyntaxError", "NameError"}


def _where(error: Any, notebook: Any) -> tuple[str, dict[str, object]]:
    """Return the last of the notebook's own lines that an error came through.

    What it is called in our words comes first: the line itself may not be known, or no line.
    """
    frames = _FRAME.findall(COLOURS.sub("", "\n".join(error.traceback)))
    if not frames:
        return "", {}
    number, line = (int(digits) for digits in frames[-1])
    for cell in notebook.cells:
        lines = cell.source.split("\n")
        # IPython leaves out empty lines at the start before it counts
        skipped = next((at for at, text in enumerate(lines) if text.strip()), 0)
        if cell.get("execution_count") == number and line + skipped <= len(lines):
            shown = clean(lines[line + skipped - 1].strip())
            return "-line", {"number": number, "line": line + skipped, "shown": shown}
    return "-cell", {"number": number, "line": line}


def clean(text: str) -> str:
    r"""Return text that is safe to print, with the ends of its lines, and not endless.

    Examples
    --------
    >>> clean("\x1b[31mred\x1b[0m\x07\nblue\x9b2J")
    'red?\nblue?2J'
    """
    shown = "\n".join(map(line, str(text).splitlines())).strip()
    return shown if len(shown) <= LINE else f"{shown[:LINE].strip()} ..."
