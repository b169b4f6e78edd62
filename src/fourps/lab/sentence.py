"""Sentences, words and numbers of a lab in the language of whoever reads them.

A lab says what it shows in sentences with places in braces, so that a translator meets each once,
whatever it is filled with. The cells of a lab run anew for each language, so that what is drawn has
the room that its words need. English cells note every text that they ask for; the page gives them
to translators.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from functools import cache
from html import escape, unescape
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fourps.course.catalogue import Catalogue, files
from fourps.course.english.players import FIGURES
from fourps.course.files import content_root
from fourps.course.language import has_words, here, is_pseudo, tag, without_region
from fourps.course.mime import CATALOGUES
from fourps.course.words import translated

if TYPE_CHECKING:
    from collections.abc import Iterable


# as English writes one: 9,300 and 0.5, which are two numbers nowhere
_NUMBER = re.compile(r"(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\d,]|\.\d)")
# a number alone, or with signs that need no translator, or the name of a fact of the course
_SIGNS = re.compile(r"[A-Z]-\d\d|[\d\s.,:%+()<\N{RIGHTWARDS ARROW}\N{MINUS SIGN}-]*")
_NO_BREAK = "\N{NO-BREAK SPACE}"
# where French has such a space
_SPACED = re.compile(r"(?=[:;] )| (?=%)")


@dataclass
class Reader:
    """Whoever reads what the cells of this process draw."""

    language: str = "en"
    catalogues: list[Catalogue] = field(default_factory=list)
    """What pages say in it."""
    asked: dict[str, None] = field(default_factory=dict)
    """Every English text that was asked for since it was last emptied, in order."""
    said: set[str] = field(default_factory=set)
    """Every text that is in the reader's language already."""
    lines: set[str] = field(default_factory=set)
    """Every line of such a text that a drawing breaks."""

    def __post_init__(self) -> None:
        ours = translated(FIGURES, self.language).values()
        self._ours = dict(zip(FIGURES.values(), ours, strict=True))
        point, comma = ".", ","
        if self.language != "en" and not is_pseudo(self.language):
            from babel import Locale

            symbols = Locale.parse(tag(self.language), sep="-").number_symbols["latn"]
            point, comma = symbols["decimal"], symbols["group"]
        # narrow ones are missing from fonts, and look alike everywhere
        self.marks = point, comma.replace("\N{NARROW NO-BREAK SPACE}", _NO_BREAK)

    def translation(self, text: str) -> str:
        """Return what an English text is in the language, or itself, and note that it was asked."""
        if text in self._ours:
            return self._ours[text]
        if not has_words(text):
            return self.signs(text)
        self.asked[text] = None
        catalogue = next((known for known in self.catalogues if not known.lacks(text)), None)
        return catalogue.gettext(text) if catalogue else text

    def number(self, text: str) -> str:
        """Return a text with each number as the language writes it, and remember it.

        Examples
        --------
        >>> Reader("fr").number("9,300.5 (54 %)").replace("\\xa0", "_")
        '9_300,5 (54_%)'
        """
        if text in self.said:
            return text
        point, comma = self.marks
        if (point, comma) != (".", ","):
            text = _NUMBER.sub(
                lambda match: match[1].replace(",", comma) + (match[2] or "").replace(".", point),
                text,
            )
            text = self.signs(text)
        self.said.add(text)
        return text

    def signs(self, text: str) -> str:
        """Return a text that is nothing but places and signs as the language sets it.

        Examples
        --------
        >>> Reader("fr").signs("{site}: {people}; {more}").replace("\\xa0", "_")
        '{site}_: {people}_; {more}'
        """
        return _SPACED.sub(_NO_BREAK, text) if without_region(self.language) == "fr" else text

    def take(self) -> list[str]:
        """Return what was asked for, and forget it."""
        asked = list(self.asked)
        self.asked.clear()
        return asked


def is_number(text: str) -> bool:
    """Return whether a text is a number with its signs: no work for a translator.

    Examples
    --------
    >>> is_number("54.7 %"), is_number("<5"), is_number("about 5")
    (True, True, False)
    """
    return _SIGNS.fullmatch(text) is not None


@cache
def reader() -> Reader:
    """Return for whom this process draws: what `fourps.course.mime.LANGUAGE` names, or English.

    The catalogues are those of `fourps.course.mime.CATALOGUES`, or else all of the course's labs.
    """
    language = tag(here())
    named = os.environ.get(CATALOGUES)
    if named is not None:
        return Reader(language, [Catalogue.read(Path(path)) for path in json.loads(named)])
    root = content_root()
    labs = [path for name, path in files(root, language).items() if name.endswith("/lab")]
    return Reader(language, [Catalogue.read(path) for path in labs])


def short(value: float) -> str:
    """Write a number with at most two decimals, as a drawing's places are written.

    Examples
    --------
    >>> short(12.30456), short(-0.001), short(7.999), short(20.0)
    ('12.3', '0', '8', '20')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def number(value: float, *, signed: bool = False) -> str:
    r"""Write a number as each figure, tick and table of the labs writes it.

    In English it has commas and at most two decimals; its minus is as wide as a plus.

    Parameters
    ----------
    value
        What to write.
    signed
        Put a plus before what is above zero, as changes need it.

    Examples
    --------
    >>> number(1204.0), number(0.5), number(1.032), number(-0.001)
    ('1,204', '0.5', '1.03', '0')
    >>> number(-3) == "\N{MINUS SIGN}3"
    True
    >>> number(9.3, signed=True), number(0, signed=True)
    ('+9.3', '0')
    """
    # a tiny number below zero would be written as -0
    rounded = round(float(value), 2) + 0.0
    text = f"{abs(rounded):,.2f}".rstrip("0").rstrip(".")
    if rounded < 0:
        text = f"\N{MINUS SIGN}{text}"
    elif signed and rounded:
        text = f"+{text}"
    return reader().number(text)


def sentence(template: str, **values: Any) -> str:
    """Say a sentence in the reader's language.

    Parameters
    ----------
    template
        The English sentence, with the name of each place in braces.
    **values
        What comes into each place: a word that is translated by itself, another sentence, a list
        of them, or a number. A whole number has no commas, since it may be a year:
        `fourps.lab.sentence.number` gives it some.

    Examples
    --------
    >>> people = number(9300)
    >>> sentence("{site}: {people} people in {year}", site="Ferry Road", people=people, year=2030)
    'Ferry Road: 9,300 people in 2030'
    >>> sentence("Nothing: {what}", what=["the weather", "the tide"])
    'Nothing: the weather, the tide'
    """
    text = reader().translation(template)
    if values:
        text = text.format_map({name: _say(value) for name, value in values.items()})
    return said(text)


def word(text: str) -> str:
    """Say a word in the reader's language, or leave what is in it already.

    Examples
    --------
    >>> word("under 30"), word("9,300")
    ('under 30', '9,300')
    """
    known = reader()
    if text in known.said or not text.strip():
        return text
    if is_number(text):
        return known.number(text)
    return said(known.translation(text))


def in_markup(text: str) -> str:
    """Say what stands in a table or drawing; a line that a drawing broke is said already.

    Examples
    --------
    >>> in_markup("rose &amp; fell")
    'rose &amp; fell'
    """
    plain = unescape(text)
    return escape(plain if plain in reader().lines else word(plain), quote=False)


def said(text: str) -> str:
    """Return a text that is made of what the reader understands, as it is.

    Examples
    --------
    >>> said(f"{word('Ferry Road')} ({word('3')})")
    'Ferry Road (3)'
    """
    reader().said.add(text)
    return text


def listed(texts: Iterable[str], between: str = ", ") -> str:
    """Say words or sentences one after another.

    Parameters
    ----------
    texts
        What is listed.
    between
        A sign with its space: a comma, or a semicolon, or a colon.

    Examples
    --------
    >>> listed(["rose", "fell"], "; ")
    'rose; fell'
    """
    return said(reader().signs(between).join(map(word, texts)))


def _say(value: Any) -> str:
    if isinstance(value, str):
        return word(value)
    if isinstance(value, list):
        return listed(value)
    return str(value) if isinstance(value, Integral) else number(value)
