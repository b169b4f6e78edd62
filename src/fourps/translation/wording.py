"""Whether a translation uses the words that were agreed on, and none that are to be avoided."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

from fourps.course.problem import BrokenSourceError, Problem
from fourps.course.source import Source, Strict, Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_QUOTED = re.compile(r"«[^»]*»")
_BETWEEN = r"[\s\N{NO-BREAK SPACE}*_]+"
# how it is written is another gate's business
_APOSTROPHE = "['\N{RIGHT SINGLE QUOTATION MARK}]"
_HEAD = ["English", "French"]
TERMS, AVOID = "terms.csv", "avoid.yaml"


@dataclass(frozen=True)
class Term:
    """A term, and each form that its translation may have.

    Attributes
    ----------
    english
        As the course writes it; its plural passes too.
    forms
        A word ending in ``*`` has any ending, and ``*`` alone stands for up to five words.
    """

    english: str
    forms: tuple[str, ...]

    @cached_property
    def found(self) -> re.Pattern[str]:
        """What finds one of its forms."""
        return re.compile("|".join(map(_form, self.forms)), re.IGNORECASE)


class Unwanted(Strict):
    """Words to avoid, as a regular expression, and what to write instead."""

    words: Text
    instead: Text


class _Avoid(Strict):
    avoid: list[Unwanted] = []


@dataclass(frozen=True)
class Wording:
    """The words of a language, as they stand beside its catalogues."""

    terms: tuple[Term, ...] = ()
    avoid: tuple[Unwanted, ...] = ()

    @classmethod
    def read(cls, terms: Path, avoid: Path) -> Self:
        """Read the two files of a language; what is not there says nothing.

        Raises
        ------
        BrokenSourceError
            With file and line.
        """
        unwanted = Source.load(avoid, _Avoid)[0].avoid if avoid.is_file() else []
        return cls(tuple(_terms(terms)) if terms.is_file() else (), tuple(unwanted))

    def lacking(self, english: str, said: str) -> Iterator[str]:
        """Yield each term of the English that the translation lacks.

        Parameters
        ----------
        english, said
            A text without roles and code, and its translation.

        Examples
        --------
        >>> words = Wording((Term("focal point", ("point* focal*", "points focaux")),))
        >>> list(words.lacking("Ask the focal points.", "Demandez aux **points** focaux."))
        []
        >>> list(words.lacking("Ask the focal point.", "Demandez au référent."))
        ["'focal point' is 'point* focal*' or 'points focaux' here"]
        """
        # a term within a longer one is no term of its own
        met = {match[1].lower(): match[1] for match in self._wanted.finditer(english)}
        for key, written in met.items():
            term = self._by_name[key]
            # a name has its capital
            if term.english[0].isupper() and not written[0].isupper():
                continue
            if not term.found.search(said):
                forms = " or ".join(f"'{form}'" for form in term.forms)
                yield f"'{term.english}' is {forms} here"

    def unwanted(self, said: str) -> Iterator[str]:
        """Yield each word to avoid; within guillemets it is spoken about, and passes."""
        spoken = _QUOTED.sub(" ", said)
        for avoided in self.avoid:
            pattern = rf"(?<!\w)(?:{avoided.words})(?!\w)"
            for match in re.finditer(pattern, spoken, re.IGNORECASE):
                yield f"avoid '{match[0]}': {avoided.instead}"

    @cached_property
    def _by_name(self) -> dict[str, Term]:
        longest_first = sorted(self.terms, key=lambda term: -len(term.english))
        return {term.english.lower(): term for term in longest_first}

    @cached_property
    def _wanted(self) -> re.Pattern[str]:
        """What finds each term; its plural passes too."""
        names = "|".join(map(re.escape, self._by_name)) or "(?!)"
        return re.compile(rf"\b({names})(?:e?s)?\b", re.IGNORECASE)


def _terms(path: Path) -> Iterator[Term]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        if next(rows, None) != _HEAD:
            raise _broken(path, 1, f"the first line must be {','.join(_HEAD)}")
        for row in rows:
            if len(row) != len(_HEAD) or not all(row):
                raise _broken(path, rows.line_num, "expected a term and its forms")
            yield Term(row[0], tuple(row[1].split("|")))


def _broken(path: Path, line: int, message: str) -> BrokenSourceError:
    return BrokenSourceError(Problem(path, line, "shape", "", message))


def _form(form: str) -> str:
    parts = []
    for word in form.split():
        plain = re.sub(
            "\N{RIGHT SINGLE QUOTATION MARK}", _APOSTROPHE, re.escape(word.removesuffix("*"))
        )
        if word == "*":
            parts.append(rf"(?:\S+{_BETWEEN}){{0,5}}")
        elif word.endswith("*"):
            parts.append(rf"{plain}\w*{_BETWEEN}")
        else:
            parts.append(rf"{plain}[sx]?{_BETWEEN}")
    return rf"(?<!\w){''.join(parts).removesuffix(_BETWEEN)}(?!\w)"
