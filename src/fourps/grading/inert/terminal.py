"""Text with the colours of a terminal."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]?)?")
_COLOUR = re.compile(r"\x1b\[([\d;]{0,40})m", re.ASCII)
# how many numbers follow 38;5 and 38;2: a colour of 256, or red, green and blue
_FOLLOW = {5: 1, 2: 3}
# nbconvert cuts what is left of a text at each colour
_DEAREST = 200_000_000


def plain_colours(text: str) -> str:
    r"""Return a text without escape sequences, but for colours as IPython writes them.

    nbconvert gives up a whole page over a colour that is not there, and takes the square of the
    length for a text that is full of colours.

    Examples
    --------
    >>> plain_colours("\x1b[31mred\x1b[0m \x1b[38;5;241mgrey \x1b[1;4mloud")
    '\x1b[31mred\x1b[0m \x1b[38;5;241mgrey \x1b[1;4mloud'
    >>> plain_colours("\x1b[38mred \x1b[2J\x1b]0;title\x07 \x1b[38;5m \x1b")
    'red ]0;title\x07  '
    """
    if "\x1b" not in text:
        return text
    cheap = text.count("\x1b") * len(text) < _DEAREST
    return _ESCAPE.sub(lambda found: found[0] if cheap and _is_colour(found[0]) else "", text)


def _is_colour(sequence: str) -> bool:
    found = _COLOUR.fullmatch(sequence)
    numbers = [int(one or 0) for one in found[1].split(";")] if found else []
    while numbers:
        if numbers.pop(0) in (38, 48):
            follow = _FOLLOW.get(numbers.pop(0) if numbers else 0)
            if follow is None or len(numbers) < follow:
                return False
            del numbers[:follow]
    return bool(found)
