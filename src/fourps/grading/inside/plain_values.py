"""Values that may cross between a learner's process and the marker: by exact type, never unpickled.

A value becomes a tree of JSON. What JSON has stays as it is; everything else is a list that begins
with a word. Whoever reads a tree trusts nothing of it: it makes new values, of the types below and
of no other.
"""

from __future__ import annotations

import collections
import datetime as dt
import decimal
import fractions
import json
import math
import types
from typing import TYPE_CHECKING, Any

from fourps.grading.inside import plain_tables

if TYPE_CHECKING:
    from collections.abc import Callable

# characters of one value as text, the values that it is made of, and how deep they may nest
LARGEST = 6_000_000
MOST = 400_000
DEEPEST = 60
_JSON_INT = 1 << 63
_SHOWN = 100

# modules by these names are the reader's own; nothing in them runs text that it is given
MODULES = frozenset(
    [
        *("collections", "copy", "datetime", "decimal", "fractions", "functools", "itertools"),
        *("json", "math", "operator", "random", "re", "statistics", "string", "time"),
        *("matplotlib", "matplotlib.pyplot", "numpy", "pandas"),
    ]
)
MANY: dict[type, str] = {
    list: "list",
    tuple: "tuple",
    set: "set",
    frozenset: "frozenset",
    collections.deque: "deque",
}
MAPS: dict[type, str] = {
    dict: "dict",
    collections.Counter: "counter",
    collections.OrderedDict: "ordered",
    collections.defaultdict: "default",
}
_TEXTS: dict[type, str] = {dt.date: "date", dt.time: "time", dt.datetime: "datetime"}
_EMPTY: dict[Any, Any] = {}
# what gives its values one by one; a result of such a type is read to its end
_STREAMS: tuple[type, ...] = (
    types.GeneratorType,
    map,
    filter,
    zip,
    enumerate,
    reversed,
    type(iter([])),
    type(iter(())),
    type(iter({})),
    type(_EMPTY.keys()),
    type(_EMPTY.values()),
    type(_EMPTY.items()),
)


class TooLargeError(ValueError):
    """A value that is too large, or nests too deep."""


class Writer:
    """Make a tree of a value.

    Parameters
    ----------
    hold
        Makes a tree of what is no plain value, such as a function.
    streams
        Whether generators and the like are read to their end, or held too.

    Examples
    --------
    >>> Writer(lambda one: ["other", type(one).__name__, 0]).tree([1, (2.5, None), object()])
    ['list', [1, ['tuple', [2.5, None]], ['other', 'object', 0]]]
    """

    def __init__(self, hold: Callable[[Any], Any], *, streams: bool = False) -> None:
        self._hold = hold
        self._streams = streams
        self._left = MOST
        self._room = LARGEST

    def tree(self, value: Any, depth: int = 0) -> Any:
        """Return the tree of a value.

        Raises
        ------
        TooLargeError
            If it would be too large.
        """
        self.take(1)
        if depth > DEEPEST:
            raise TooLargeError
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is str:
            self.take(len(value))
            return value
        if kind is int:
            return value if -_JSON_INT < value < _JSON_INT else ["int", self._hex(value)]
        if kind is float:
            return value if math.isfinite(value) else ["float", repr(value)]
        return self._larger(kind, value, depth)

    def take(self, characters: int) -> None:
        """Count a value, and the characters that it will take."""
        self._left -= 1
        self._room -= characters
        if self._left < 0 or self._room < 0:
            raise TooLargeError

    def _larger(self, kind: type, value: Any, depth: int) -> Any:
        if kind in MANY:
            return [MANY[kind], [self.tree(one, depth + 1) for one in value]]
        if kind in MAPS:
            pairs = [
                [self.tree(key, depth + 1), self.tree(one, depth + 1)] for key, one in value.items()
            ]
            return [MAPS[kind], pairs]
        if kind in _TEXTS:
            return [_TEXTS[kind], value.isoformat()]
        if kind in (complex, range, dt.timedelta, fractions.Fraction):
            return [kind.__name__, *_numbers(value)]
        if kind is decimal.Decimal:
            return ["Decimal", str(value)]
        if kind is bytes:
            self.take(2 * len(value))
            return ["bytes", value.hex()]
        if self._streams and kind in _STREAMS:
            return ["stream", [self.tree(one, depth + 1) for one in value]]
        made = plain_tables.tree(value, self, depth)
        return self._hold(value) if made is None else made

    def _hex(self, value: int) -> str:
        self.take(value.bit_length() // 4)
        return hex(value)


def _numbers(value: Any) -> list[int | str]:
    if type(value) is complex:
        return [repr(value.real), repr(value.imag)]
    if type(value) is range:
        return [value.start, value.stop, value.step]
    if type(value) is fractions.Fraction:
        return [hex(value.numerator), hex(value.denominator)]
    return [value.days, value.seconds, value.microseconds]


def name_of(value: object) -> str:
    """Return the name of a value's type, of bounded length.

    Examples
    --------
    >>> name_of(3)
    'int'
    """
    name = type.__dict__["__name__"].__get__(type(value))
    return str(name)[:_SHOWN]


def text(tree: Any) -> str:
    """Return a tree as text.

    Raises
    ------
    TooLargeError
        If it is too long.
    """
    made = json.dumps(tree, separators=(",", ":"))
    if len(made) > LARGEST:
        raise TooLargeError
    return made
