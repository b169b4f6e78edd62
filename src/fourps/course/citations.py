"""The bibliography: which keys exist, and the short label that each is printed with."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pybtex.database import BibliographyData, parse_string
from pybtex.errors import capture
from pybtex.exceptions import PybtexError
from pybtex.scanner import PybtexSyntaxError

from fourps.course.problem import BrokenSourceError, Problem

if TYPE_CHECKING:
    from pathlib import Path


def labels(path: Path) -> dict[str, str]:
    """Read the short labels of a bibliography, by citation key.

    Parameters
    ----------
    path
        A BibTeX file whose entries carry a ``shorthand``, such as ``WHO 2003``.

    Raises
    ------
    BrokenSourceError
        If the file cannot be parsed, or an entry has no shorthand or one that another entry has.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> labels(content_root() / "book" / "references.bib")["who2003"]
    'WHO 2003'
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"cannot be read as UTF-8 text: {error}"
        raise BrokenSourceError(Problem(path, 1, "unreadable", "", message)) from error
    return dict(_labels(path, text))


# each player of the book asks, and all sources are parsed each time
@lru_cache(maxsize=4)
def _labels(path: Path, text: str) -> dict[str, str]:
    try:
        # strict here, whatever another library has set for the whole process
        with capture() as complaints:
            data: BibliographyData = parse_string(text, "bibtex")
    except PybtexError as error:
        complaints = [error]
    for complaint in complaints:
        line = complaint.lineno if isinstance(complaint, PybtexSyntaxError) else None
        problem = Problem(path, line or 1, "syntax", "", f"not valid BibTeX: {complaint}")
        raise BrokenSourceError(problem) from complaint
    result: dict[str, str] = {}
    problems = []
    for key, entry in data.entries.items():
        label = entry.fields.get("shorthand", "")
        if not label:
            message = "add a field shorthand={...}, the label printed in the text"
        elif label in result.values():
            message = f"the shorthand {label!r} belongs to another entry too; make it unique"
        else:
            result[key] = label
            continue
        line = text.split(f"{{{key},", 1)[0].count("\n") + 1
        problems.append(Problem(path, line, "shorthand", key, message))
    if problems:
        raise BrokenSourceError(*problems)
    return result
