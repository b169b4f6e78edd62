"""Sphinx's index of the search, written so that a phone loads little more than half of it.

It leaves out what our page "Search" does not read, and packs the rest; Sphinx reads it back when
only a few pages have changed.
"""

from __future__ import annotations

import json
from itertools import accumulate, pairwise
from os.path import commonprefix
from typing import TYPE_CHECKING, Any

from sphinx.search import _JavaScriptIndex

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx

# stands for nothing; a space parts words, and a line's end the words from their pages
_ZERO = ord("#")
_READ = ("docnames", "titles", "envversion")
_PACKED = ("terms", "titleterms")


def packed(places: Mapping[str, int | list[int]]) -> str:
    """Return all words, and then the pages that hold each.

    Of a word stands how many letters it shares with the one before, and the rest; of a page how far
    it is from the one before. Both are small numbers, a sign each, which compress well.

    Examples
    --------
    >>> packed({"rains": [2], "rain": [1, 2], "door": 0, "gone": []})
    "#door #rain 's\\n# $$ %"
    """
    pages = {word: [on] if isinstance(on, int) else on for word, on in places.items()}
    # Sphinx keeps words of which no page is left
    words = sorted(word for word, on in pages.items() if on)
    # letters are meant, and not parts of a path
    shared = (len(commonprefix(pair)) for pair in pairwise(["", *words]))  # noqa: RUF071
    short = (f"{chr(_ZERO + same)}{word[same:]}" for same, word in zip(shared, words, strict=True))
    steps = (pairwise([0, *sorted(pages[word])]) for word in words)
    signs = ("".join(chr(_ZERO + on - before) for before, on in one) for one in steps)
    return f"{' '.join(short)}\n{' '.join(signs)}"


def unpacked(text: str) -> dict[str, list[int]]:
    """Return what was packed.

    Examples
    --------
    >>> unpacked("#door #rain 's\\n# $$ %")
    {'door': [0], 'rain': [1, 2], 'rains': [2]}
    """
    found: dict[str, list[int]] = {}
    word = ""
    # of white space only this: a sign may be of another kind
    words, signs = (part.split(" ") if part else [] for part in text.split("\n"))
    for short, steps in zip(words, signs, strict=True):
        word = word[: ord(short[0]) - _ZERO] + short[1:]
        found[word] = list(accumulate(ord(step) - _ZERO for step in steps))
    return found


class PackedIndex(_JavaScriptIndex):
    """The format of the file ``searchindex.js``."""

    def dumps(self, data: Any) -> str:
        """Write the index as a call of the page's script."""
        kept = {key: data[key] for key in _READ} | {key: packed(data[key]) for key in _PACKED}
        text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return f"{self.PREFIX}{text}{self.SUFFIX}"

    def loads(self, s: str) -> Any:
        """Read it back, with empty places for what Sphinx expects and no page reads."""
        data = super().loads(s)
        if not all("\n" in str(data.get(key)) for key in _PACKED):
            raise ValueError("an index of another format")
        full = {key: unpacked(data[key]) for key in _PACKED}
        return {**data, **full, "filenames": data["docnames"], "alltitles": {}}


def register(app: Sphinx) -> None:
    """Put our format in place of Sphinx's."""

    def use(app: Sphinx) -> None:
        if app.builder.name == "html":
            app.builder.indexer_format = PackedIndex()  # type: ignore[attr-defined]

    app.connect("builder-inited", use)
