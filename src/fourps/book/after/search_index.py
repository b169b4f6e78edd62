"""Sphinx's index of the search, written so that a phone loads little more than half of it.

It leaves out what our page "Search" does not read, and packs the rest; Sphinx reads it back when
only a few pages have changed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sphinx.search import _JavaScriptIndex

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx

# the sign of the first page; the space before it parts the words
_FIRST = ord("#")
_READ = ("docnames", "titles", "envversion")
_PACKED = ("terms", "titleterms")


def packed(places: Mapping[str, int | list[int]]) -> str:
    """Return each word and the pages that hold it, a sign for each page.

    Examples
    --------
    >>> packed({"rain": [1, 2], "door": 0, "gone": []})
    'door # rain $%'
    """
    signs = {word: _signs(pages) for word, pages in places.items()}
    # Sphinx keeps words of which no page is left
    return " ".join(f"{word} {signs[word]}" for word in sorted(places) if signs[word])


def _signs(pages: int | list[int]) -> str:
    return "".join(chr(_FIRST + page) for page in ([pages] if isinstance(pages, int) else pages))


def unpacked(text: str) -> dict[str, list[int]]:
    """Return what was packed.

    Examples
    --------
    >>> unpacked("door # rain $%")
    {'door': [0], 'rain': [1, 2]}
    """
    # of white space only this: a sign may be of another kind
    parts = text.split(" ") if text else []
    return {
        word: [ord(sign) - _FIRST for sign in signs]
        for word, signs in zip(parts[::2], parts[1::2], strict=True)
    }


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
        if not all(isinstance(data.get(key), str) for key in _PACKED):
            raise ValueError("an index of another format")
        full = {key: unpacked(data[key]) for key in _PACKED}
        return {**data, **full, "filenames": data["docnames"], "alltitles": {}}


def register(app: Sphinx) -> None:
    """Put our format in place of Sphinx's."""

    def use(app: Sphinx) -> None:
        if app.builder.name == "html":
            app.builder.indexer_format = PackedIndex()  # type: ignore[attr-defined]

    app.connect("builder-inited", use)
