"""For whom a lab draws: the language, and what its texts are there.

The cells of a lab run anew for each language, so that what is drawn has the room that its words
need. English cells note every text that they ask for; the page gives them to translators.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from fourps.course.catalogue import Catalogue, files
from fourps.course.english.players import FIGURES
from fourps.course.files import content_root
from fourps.course.language import has_words, here, is_pseudo, tag, without_region
from fourps.course.mime import CATALOGUES
from fourps.course.words import translated

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
        catalogue = next((one for one in self.catalogues if not one.lacks(text)), None)
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
                lambda one: one[1].replace(",", comma) + (one[2] or "").replace(".", point), text
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
        return Reader(language, [Catalogue.read(Path(one)) for one in json.loads(named)])
    root = content_root()
    labs = [path for name, path in files(root, language).items() if name.endswith("/lab")]
    return Reader(language, [Catalogue.read(path) for path in labs])
