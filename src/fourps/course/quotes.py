"""Curly quotation marks for what authors typed with straight ones, as Sphinx has them on pages."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

_PARSER = MarkdownIt("zero", {"typographer": True, "quotes": "\u201c\u201d\u2018\u2019"}).enable(
    "smartquotes"
)
# what is shown letter by letter, or not at all: code, addresses of links, tags, roles' names
_LITERAL = re.compile(r"(`+).+?\1|(?<=\])\([^)\s]*\)|<[^<>\s][^<>]*>|https?://\S+", re.DOTALL)
# what the parser would replace, or take out
_ODD = re.compile(r"[\r\0]")
# bold and italics stand between a quotation mark and its word, and say nothing of its side
_MARKS = "*_"


def curly(text: str) -> str:
    """Return a text, plain or in Markdown, with curly quotation marks and apostrophes.

    Parameters
    ----------
    text
        A text as it is written; what has curly marks already stays as it is.

    Examples
    --------
    >>> curly('"Later," she says. Write `"no"`, or "**not yet**".')
    '“Later,” she says. Write `"no"`, or “**not yet**”.'
    """
    if '"' not in text and "'" not in text:
        return text
    masked = _LITERAL.sub(lambda found: "x" * len(found[0]), text)
    kept = [one for one in range(len(masked)) if masked[one] not in _MARKS]
    said = _turned("".join(masked[one] for one in kept))
    letters = list(text)
    for place, letter in zip(kept, said, strict=True):
        if masked[place] in "\"'":
            letters[place] = letter
    return "".join(letters)


def _turned(text: str) -> str:
    (line,) = _PARSER.parseInline(_ODD.sub("x", text))
    return "".join(one.content for one in line.children or ())
