"""Curly quotation marks for what authors typed with straight ones, as Sphinx has them on pages."""

from __future__ import annotations

import re

from docutils.utils.smartquotes import educateQuotes

# what is shown letter by letter, or not at all: code, addresses of links, tags, roles' names
_LITERAL = re.compile(r"(`+).+?\1|(?<=\])\([^)\s]*\)|<[^<>\s][^<>]*>|https?://\S+", re.DOTALL)
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
    # where a text begins with one, only what is before it says that it opens
    said = educateQuotes(f" {''.join(masked[one] for one in kept)}", "en")[1:]
    letters = list(text)
    for place, letter in zip(kept, said, strict=True):
        if masked[place] in "\"'":
            letters[place] = letter
    return "".join(letters)
