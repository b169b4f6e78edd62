"""What the search of a built book knows, read back as its page reads it."""

from __future__ import annotations

import json
import re
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_ZERO = ord("#")


def unpacked(text: str) -> dict[str, list[int]]:
    """Return words and the pages that hold each, of what was packed."""
    found: dict[str, list[int]] = {}
    word = ""
    # of white space only this: a sign may be of another kind
    words, signs = (part.split(" ") if part else [] for part in text.split("\n"))
    for short, steps in zip(words, signs, strict=True):
        word = word[: ord(short[0]) - _ZERO] + short[1:]
        # the first says which of the pages says it most
        found[word] = list(accumulate(ord(step) - _ZERO for step in steps[1:]))
    return found


def shelves(html: Path) -> list[str]:
    """Return the names of the files that hold words."""
    return _told(html / "searchindex.js")[0]["shelves"]


def terms(html: Path) -> dict[str, set[str]]:
    """Return the pages that the search finds, by word."""
    names = _told(html / "searchindex.js")[0]["docnames"]
    found: dict[str, set[str]] = {}
    for name in shelves(html):
        _, packed = _told(html / "searchindex" / f"{name}.js")
        for word, places in unpacked(packed).items():
            found[word] = {names[place] for place in places}
    return found


def _told(path: Path) -> list:
    """Return what a file of the index tells the page."""
    return json.loads(
        re.fullmatch(r"Search\.\w+\((.*)\);\n", path.read_text("utf-8"))[1].join("[]")
    )
