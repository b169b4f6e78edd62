"""What an exercise says to whoever works in its notebook, and to nobody else.

Such passages stand between two comments of Markdown, each in a line of its own. A notebook shows
the passages and no comment; nbgrader and translators see the text as it is.
"""

from __future__ import annotations

import re

BEGIN, END = "<!-- notebook -->", "<!-- /notebook -->"
_ONLY = re.compile(rf"^{BEGIN}$.*?^{END}$", re.MULTILINE | re.DOTALL)
_MARK = re.compile(rf"^(?:{BEGIN}|{END})$", re.MULTILINE)


def for_page(text: str) -> str:
    r"""Return a text as a page has it: blank lines stand for what only a notebook needs.

    Parameters
    ----------
    text
        Markdown of an exercise.

    Examples
    --------
    >>> for_page("Choose.\n\n<!-- notebook -->\nPress Shift + Enter.\n<!-- /notebook -->\nStop.")
    'Choose.\n\n\n\n\nStop.'
    """
    return _ONLY.sub(lambda match: "\n" * match[0].count("\n"), text)


def stray_mark(text: str) -> int | None:
    r"""Return the line of a mark that has no other to begin or end with, or None.

    Examples
    --------
    >>> stray_mark("Choose.\n<!-- notebook -->\nPress Shift + Enter.")
    2
    >>> stray_mark("<!-- notebook -->\nPress Shift + Enter.\n<!-- /notebook -->") is None
    True
    """
    opened = 0
    for mark in _MARK.finditer(text):
        line = text.count("\n", 0, mark.start()) + 1
        if (mark[0] == BEGIN) == bool(opened):
            return opened or line
        opened = line if mark[0] == BEGIN else 0
    return opened or None
