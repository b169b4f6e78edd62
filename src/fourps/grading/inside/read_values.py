"""Values from trees that nobody vouches for, and a value changed to what has become of it."""

from __future__ import annotations

import collections
import datetime as dt
import decimal
import fractions
import importlib
from typing import TYPE_CHECKING, Any

from fourps.grading.inside import plain_tables, read_tables
from fourps.grading.inside.plain_values import DEEPEST, MANY, MAPS, MODULES, MOST, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection


class UnreadableError(ValueError):
    """A tree that no value can be made of."""


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
    fourps.grading.inside.read_values.UnreadableError: not a tree
    """

    def __init__(self, held: Callable[[list[Any]], Any]) -> None:
        self._held = held
        self._left = MOST

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
        if self._left < 0 or depth > DEEPEST + 1:
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
        if word in read_tables.READ:
            return read_tables.READ[word](self, depth, *rest)
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


_READ_MANY: dict[str, Callable[[Any], Any]] = {name: kind for kind, name in MANY.items()}
_READ_MANY["stream"] = lambda values: iter([*values])


_READ_MAPS: dict[str, Callable[[Any], Any]] = {name: kind for kind, name in MAPS.items()}
_READ_MAPS["default"] = lambda made: collections.defaultdict(None, made)


_READ_NUMBERS: dict[str, Callable[..., Any]] = {
    "complex": lambda real, imag: complex(float(real), float(imag)),
    "range": range,
    "timedelta": _duration,
    "Fraction": lambda above, below: fractions.Fraction(_hex_int(above), _hex_int(below)),
}


def merge(old: Any, new: Any, kept: Collection[int] = ()) -> Any:
    """Change a value in place to what has become of it elsewhere, or else return the new one.

    It returns the old one where that could be changed, and else the new one.

    Parameters
    ----------
    old
        What was sent.
    new
        What came back of it.
    kept
        Of what stays as it is, the ``id``.

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
    elif kind in MAPS:
        made = {key: merge(old[key], one, kept) if key in old else one for key, one in new.items()}
        old.clear()
        old.update(made)
    elif kind is set:
        old.clear()
        old.update(new)
    elif not plain_tables.merge(old, new):
        return new
    return old
