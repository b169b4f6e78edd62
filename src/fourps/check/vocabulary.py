"""Words that the course does not use, and terms that have one form."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUOTED = re.compile(r"\"[^\"\n]*\"|\u201c[^\u201d\n]*\u201d")


class UnwantedWord(NamedTuple):
    """A word to avoid."""

    name: str
    """``word-to-avoid``, or ``other-term`` where the glossary has another one."""
    word: str
    """As it was found."""
    instead: str
    why: str
    """What to write, and the reason."""

    @property
    def message(self) -> str:
        """What to do."""
        return f"'{self.word}': write {self.instead} ({self.why})"


def terms() -> list[str]:
    """Return what the list sends to the glossary, in its order, so that a test can compare them.

    Examples
    --------
    >>> "smuggling of migrants" in terms()
    True
    """
    return [entry["instead"] for entry in _entries() if entry.get("term")]


def find(text: str) -> Iterator[UnwantedWord]:
    """Yield each word of a text that is to be avoided, in the order of the text.

    Parameters
    ----------
    text
        What a reader sees; words between double quotation marks pass.

    Examples
    --------
    >>> [one.instead for one in find("They were slaves.")]
    ['trafficked person; person in forced labour']
    >>> list(find('Never say "slaves".'))
    []
    """
    pattern, known = _pattern()
    for found in pattern.finditer(_QUOTED.sub(lambda one: " " * len(one[0]), text)):
        entry = known[re.sub(r"\s+", " ", found[0].lower())]
        name = "other-term" if entry.get("term") else "word-to-avoid"
        yield UnwantedWord(name, found[0], entry["instead"], entry["why"])


@cache
def _entries() -> list[dict[str, str]]:
    text = (resources.files("fourps.check") / "words.yaml").read_text("utf-8")
    return list(yaml.safe_load(text))


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, dict[str, str]]]:
    known = {word.lower(): entry for entry in _entries() for word in entry["words"]}
    longest = sorted(known, key=len, reverse=True)
    words = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest)
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE), known
