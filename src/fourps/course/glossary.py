"""The entries of a glossary, as its page has them: terms, and below them what they mean."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENTRY = re.compile(r"((?:^\S.*\n)+)((?:[ \t].*\n|\n)*)", re.MULTILINE)


class Entry(NamedTuple):
    """Some terms that mean the same.

    Attributes
    ----------
    terms
        Each stands at the start of a line; the lines follow each other.
    meaning
        In MyST, from the start of its lines.
    line, first
        On which the first term, and the meaning, start.
    """

    terms: list[str]
    meaning: str
    line: int
    first: int


def entries(body: str, line: int) -> Iterator[Entry]:
    r"""Yield the entries of a glossary.

    Parameters
    ----------
    body
        Of the directive.
    line
        On which it starts.

    Examples
    --------
    >>> [*entries("cluster\n  A group.\n\ncase\nfile\n  One person's.", 7)][1]
    Entry(terms=['case', 'file'], meaning="One person's.", line=10, first=12)
    """
    # a last line ends as the others do
    text = f"{body}\n"
    for found in _ENTRY.finditer(text):
        terms, meaning = found.groups()
        above, before = (text.count("\n", 0, found.start(group)) for group in (1, 2))
        yield Entry(terms.split("\n")[:-1], dedent(meaning).rstrip(), line + above, line + before)
