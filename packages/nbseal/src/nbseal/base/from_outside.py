"""What came from outside, shown in one line that steers no terminal and is as long as is read."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# letters of a name, and of a line with several
NAME, LINE = 80, 2_000
# how many of several are named
_NAMED = 5
# what some scripts write within a word; it is not seen
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
# French has them before some signs
_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
# how a terminal is told them
COLOURS = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")


def shown(text: str, longest: int = NAME) -> str:
    r"""Return a text in one line that can neither break it nor steer a terminal, and is cut.

    Parameters
    ----------
    text
        From whomever.
    longest
        How many letters are kept.

    Examples
    --------
    >>> shown("a\nb"), shown("\x1b[2J\x1b[31mred\x9b2J"), shown("a\N{NO-BREAK SPACE}b\tc")
    ('a?b', 'red?2J', 'a b c')
    >>> shown("abc", 2)
    'ab...'
    """
    return _shown(text, longest, _JOINERS)


def line(text: str) -> str:
    r"""Return a line of ours, in which something may come from outside, in the same way.

    Examples
    --------
    >>> line("Ada\x1b[2J\r\N{NO-BREAK SPACE}!").replace("\N{NO-BREAK SPACE}", "_")
    'Ada?_!'
    """
    return _shown(text, LINE, _JOINERS + _SPACES)


def several(names: Iterable[str], most: int = _NAMED) -> str:
    """Return the first of several names, and how many more there are.

    Examples
    --------
    >>> several("abc"), several(map(str, range(153)))
    ('a, b, c', '0, 1, 2, 3, 4 and 148 more')
    """
    every = [*names]
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return f"{', '.join(every[:most])}{more}"


def _shown(text: str, longest: int, extra: str) -> str:
    # no more is looked at than can be kept: colours take several letters each
    signs = COLOURS.sub("", text[: longest * 20])
    kept = "".join(one if one in extra else _sign(one) for one in signs)
    return kept if len(kept) <= longest else f"{kept[:longest]}..."


def _sign(one: str) -> str:
    if one.isprintable():
        return one
    return " " if one == "\t" or unicodedata.category(one) == "Zs" else "?"
