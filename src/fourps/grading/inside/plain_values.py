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
import importlib
import json
import math
import types
from typing import TYPE_CHECKING, Any

from fourps.grading.inside import plain_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

# characters of one value as text, the values that it is made of, and how deep they may nest
LARGEST = 6_000_000
_MOST = 400_000
_DEEPEST = 60
_JSON_INT = 1 << 63
_SHOWN = 100

# modules by these names are the reader's own; nothing in them runs text that it is given
MODULES = frozenset(
    [
        "collections",
        "copy",
        "datetime",
        "decimal",
        "fractions",
        "functools",
        "itertools",
        "json",
        "math",
        "matplotlib",
        "matplotlib.pyplot",
        "numpy",
        "operator",
        "pandas",
        "random",
        "re",
        "statistics",
        "string",
        "time",
    ]
)
_MANY: dict[type, str] = {
    list: "list",
    tuple: "tuple",
    set: "set",
    frozenset: "frozenset",
    collections.deque: "deque",
}
_MAPS: dict[type, str] = {
    dict: "dict",
    collections.Counter: "counter",
    collections.OrderedDict: "ordered",
    collections.defaultdict: "default",
}
_TEXTS: dict[type, str] = {
    dt.date: "date",
    dt.time: "time",
    dt.datetime: "datetime",
}
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


class UnreadableError(ValueError):
    """A tree that no value can be made of."""


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
        self._left = _MOST
        self._room = LARGEST

    def tree(self, value: Any, depth: int = 0) -> Any:
        """Return the tree of a value.

        Raises
        ------
        TooLargeError
            If it would be too large.
        """
        self.take(1)
        if depth > _DEEPEST:
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
        if kind in _MANY:
            return [_MANY[kind], [self.tree(one, depth + 1) for one in value]]
        if kind in _MAPS:
            pairs = [
                [self.tree(key, depth + 1), self.tree(one, depth + 1)] for key, one in value.items()
            ]
            return [_MAPS[kind], pairs]
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


class Reader:
    """Make a new value of a tree that nobody vouches for.

    Parameters
    ----------
    held
        Makes something of a tree that a writer's ``hold`` has made.

    Examples
    --------
    >>> Reader(lambda tree: None).value(["list", [1, ["tuple", [2.5, None]]]])
    [1, (2.5, None)]
    >>> Reader(lambda tree: None).value(["list", 1, 2])
    Traceback (most recent call last):
    fourps.grading.inside.plain_values.UnreadableError: not a tree
    """

    def __init__(self, held: Callable[[list[Any]], Any]) -> None:
        self._held = held
        self._left = _MOST

    def value(self, tree: Any) -> Any:
        """Return the value of a tree.

        Raises
        ------
        UnreadableError
            If it has none.
        """
        try:
            return self.part(tree, 0)
        # what libraries raise of what is wrong differs
        except (Exception, RecursionError):  # noqa: BLE001
            raise UnreadableError("not a tree") from None

    def part(self, tree: Any, depth: int) -> Any:
        """Return the value of a part of a tree; whatever is raised means that it has none."""
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST + 1:
            raise TooLargeError
        if type(tree) is not list:
            # of what JSON makes only a dictionary is left, and no tree has one
            if type(tree) is dict:
                raise UnreadableError
            return tree
        word, *rest = tree
        if type(word) is not str:
            raise UnreadableError
        if word in _READ:
            [given] = rest
            return _READ[word](given)
        if word in _READ_MANY:
            [values] = rest
            return _READ_MANY[word](self.part(one, depth + 1) for one in _list(values))
        if word in _READ_MAPS:
            [pairs] = rest
            made = {
                self.part(key, depth + 1): self.part(one, depth + 1) for key, one in _list(pairs)
            }
            return _READ_MAPS[word](made)
        if word in _READ_NUMBERS:
            return _READ_NUMBERS[word](*rest)
        if word in plain_tables.READ:
            return plain_tables.READ[word](self, depth, *rest)
        return self._held(tree)


def _list(value: Any) -> list[Any]:
    if type(value) is not list:
        raise UnreadableError
    return value


def _hex_int(text: str) -> int:
    return int(text, 16)


def _duration(*parts: int) -> dt.timedelta:
    days, seconds, microseconds = parts
    return dt.timedelta(days, seconds, microseconds)


_READ: dict[str, Callable[[Any], Any]] = {
    "int": _hex_int,
    "float": float,
    "date": dt.date.fromisoformat,
    "time": dt.time.fromisoformat,
    "datetime": dt.datetime.fromisoformat,
    "Decimal": decimal.Decimal,
    "bytes": bytes.fromhex,
    "module": lambda name: importlib.import_module({one: one for one in MODULES}[name]),
}
_READ_MANY: dict[str, Callable[[Any], Any]] = {name: kind for kind, name in _MANY.items()}
_READ_MANY["stream"] = lambda values: iter([*values])
_READ_MAPS: dict[str, Callable[[Any], Any]] = {name: kind for kind, name in _MAPS.items()}
_READ_MAPS["default"] = lambda made: collections.defaultdict(None, made)
_READ_NUMBERS: dict[str, Callable[..., Any]] = {
    "complex": lambda real, imag: complex(float(real), float(imag)),
    "range": range,
    "timedelta": _duration,
    "Fraction": lambda above, below: fractions.Fraction(_hex_int(above), _hex_int(below)),
}


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


def merge(old: Any, new: Any, kept: Collection[int] = ()) -> Any:
    """Change a value in place to what has become of it elsewhere.

    Parameters
    ----------
    old
        What was sent.
    new
        What came back of it.
    kept
        Of what stays as it is, the ``id``.

    Returns
    -------
    object
        The old one where it could be changed, and else the new one.

    Examples
    --------
    >>> sent = [1, {"a": 2}]
    >>> merge(sent, [1, {"a": 3}, 4]) is sent, sent
    (True, [1, {'a': 3}, 4])
    """
    kind = type(old)
    if id(old) in kept or id(plain_tables.owner(old)) in kept:
        return old
    if type(new) is not kind:
        return new
    if kind is list:
        both = [merge(one, other, kept) for one, other in zip(old, new, strict=False)]
        old[:] = both + new[len(both) :]
    elif kind is tuple and len(old) == len(new):
        for one, other in zip(old, new, strict=True):
            merge(one, other, kept)
    elif kind in _MAPS:
        made = {key: merge(old[key], one, kept) if key in old else one for key, one in new.items()}
        old.clear()
        old.update(made)
    elif kind is set:
        old.clear()
        old.update(new)
    elif not plain_tables.merge(old, new):
        return new
    return old
