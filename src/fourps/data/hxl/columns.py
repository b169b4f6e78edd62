"""The columns of a file, and the patterns of hashtags that mean some of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

_WORD = "[a-z][a-z0-9_]*"
_HASHTAG = re.compile(rf"\s*#({_WORD})((?:\s*\+{_WORD})*)\s*")
_PATTERN = re.compile(rf"\s*#?({_WORD}|\*)((?:\s*[+-]{_WORD})*)\s*(!?)\s*")


@dataclass(frozen=True)
class Column:
    """One column of a file."""

    number: int
    """Its place in the file, from 0."""
    header: str
    """What people read above it."""
    tag: str = ""
    """Its hashtag without attributes, such as ``#adm1``; empty if it carries none."""
    attributes: tuple[str, ...] = ()
    """What its hashtag says further, such as ``("name", "fr")``."""

    @classmethod
    def of(cls, number: int, header: str, cell: str) -> Column:
        """Make a column of what stands in its header and in its cell of the row of hashtags."""
        hashtag = _HASHTAG.fullmatch(cell.lower())
        if not hashtag:
            return cls(number, header)
        return cls(number, header, f"#{hashtag[1]}", tuple(re.findall(_WORD, hashtag[2])))

    @property
    def hashtag(self) -> str:
        """The hashtag with its attributes, or nothing if the column carries none.

        Examples
        --------
        >>> Column(4, "region", "#adm1", ("name", "fr")).hashtag
        '#adm1+name+fr'
        """
        return "+".join([self.tag, *self.attributes])

    def matches(self, patterns: str) -> bool:
        """Say whether a pattern of hashtags means this column; never so if it has no hashtag.

        Parameters
        ----------
        patterns
            ``#adm1`` means the hashtag with whatever attributes, ``#adm1+name`` only with this one,
            ``#adm1-code`` only without that one, ``#adm1+name!`` with exactly this one, and ``#*``
            any hashtag. Several are set apart by commas; one of them is enough.

        Examples
        --------
        >>> region = Column(4, "region", "#adm1", ("name", "fr"))
        >>> [region.matches(one) for one in ("#adm1", "#adm1+name", "#adm1-fr", "#adm1+name!")]
        [True, True, False, False]
        >>> region.matches("#loc,#*+fr")
        True
        """
        has = set(self.attributes)
        return any(
            pattern.tag in (self.tag, "#*")
            and pattern.wanted <= has
            and not pattern.barred & has
            and not (pattern.exactly and has - pattern.wanted)
            for pattern in _patterns(patterns)
            if self.tag
        )


class _Pattern(NamedTuple):
    tag: str
    wanted: set[str]
    barred: set[str]
    exactly: bool


@cache
def _patterns(text: str) -> list[_Pattern]:
    return [_pattern(part) for part in text.split(",")]


def _pattern(text: str) -> _Pattern:
    parts = _PATTERN.fullmatch(text.lower())
    if not parts or ("-" in parts[2] and parts[3]):
        raise ValueError(
            f"'{text}' is no pattern of hashtags: write one such as #adm1, #adm1+name "
            "or #adm1-code."
        )
    signed = re.findall(rf"([+-])({_WORD})", parts[2])
    return _Pattern(
        f"#{parts[1]}",
        {word for sign, word in signed if sign == "+"},
        {word for sign, word in signed if sign == "-"},
        parts[3] == "!",
    )
