"""The words of the course: its glossary, its terms in two languages, and words from elsewhere.

Each list stands in the order in which a reader looks words up, which is that of a dictionary.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from textwrap import dedent
from typing import TYPE_CHECKING, NamedTuple

from fourps.course.catalogue import beside
from fourps.course.language import without_region
from fourps.course.problem import BrokenSourceError, Problem
from fourps.course.source import Source, Strict, Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ENTRY = re.compile(r"((?:^\S.*\n)+)((?:[ \t].*\n|\n)*)", re.MULTILINE)
# each with the word that says it
STATUSES = {
    "iom": "term-iom",
    "official": "term-official",
    "usage": "term-usage",
    "proposed": "term-proposed",
}
_LANGUAGES = ("en", "fr")
SYNONYMS = "synonyms.yaml"
_BETWEEN = re.compile(r"[\W_]+")


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
    for match in _ENTRY.finditer(text):
        terms, meaning = match.groups()
        above, before = (text.count("\n", 0, match.start(group)) for group in (1, 2))
        yield Entry(terms.split("\n")[:-1], dedent(meaning).rstrip(), line + above, line + before)


def columns(language: str) -> list[str]:
    """Return the two languages, the reader's own first.

    Examples
    --------
    >>> columns("fr-CA"), columns("es")
    (['fr', 'en'], ['en', 'fr'])
    """
    return sorted(_LANGUAGES, key=lambda code: code != without_region(language))


def read_pairs(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table of terms.

    Raises
    ------
    BrokenSourceError
        With file and line of a row without one of the languages, or with an unknown status.
    """
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
    problems = [
        Problem(
            path,
            line,
            "shape",
            "",
            f"expected {', '.join(_LANGUAGES)} and a status that is one of {', '.join(STATUSES)}",
        )
        for line, row in enumerate(rows, 2)
        if row.get("status") not in STATUSES or not all(row.get(code) for code in _LANGUAGES)
    ]
    if problems:
        raise BrokenSourceError(*problems)
    return rows


class _Synonyms(Strict):
    synonyms: dict[Text, Text] = {}


def load_synonyms(root: Path, language: str) -> dict[str, str]:
    """Return what the course says for each such word, in the order of the words.

    Parameters
    ----------
    root
        The folder of the course. In its ``locale``, ``synonyms.yaml`` of a language has them.
    language
        Its code.

    Raises
    ------
    BrokenSourceError
        With file and line.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> load_synonyms(content_root(), "fr")["référencement"]
    'orientation'
    >>> load_synonyms(content_root(), "en")["hotline"]
    'local help'
    """
    path = beside(root, language, SYNONYMS)
    if not path.is_file():
        return {}
    known = Source.load(path, _Synonyms)[0].synonyms
    return dict(sorted(known.items(), key=lambda pair: place(pair[0])))


def folded(text: str) -> str:
    """Return a text without accents and capitals.

    ``front/find.js`` has the same rule.

    Examples
    --------
    >>> folded("Élan, œuvre")
    'elan, oeuvre'
    """
    apart = unicodedata.normalize("NFD", text)
    letters = "".join(sign for sign in apart if not unicodedata.category(sign).startswith("M"))
    return letters.lower().replace("œ", "oe").replace("æ", "ae")


def place(text: str) -> tuple[str, str]:
    """Return what sorts a text: word by word; accents and signs only where all else is alike.

    Examples
    --------
    >>> sorted(["zone", "État", "été", "etat des lieux", "œuvre", "4W", "ete"], key=place)
    ['4W', 'État', 'etat des lieux', 'ete', 'été', 'œuvre', 'zone']
    """
    return _BETWEEN.sub(" ", folded(text)).strip(), text.casefold()
