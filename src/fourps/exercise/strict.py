"""Compare answers by exact type."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

_WHOLE = {np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64}
_BROKEN = {np.float16, np.float32, np.float64}
Cells = dict[tuple[Any, Any], Any]


class NotPlainError(TypeError):
    """A value that is neither a plain Python value nor a number or table of NumPy or pandas."""


def same(answer: object, expected: object) -> bool:
    """Say whether an answer is what was expected, in value and in type.

    Whole numbers and floats of Python and of NumPy count alike; text and truth values never count
    as numbers, and tuples count as lists. Where ``None`` is expected a missing number is something
    else; where a missing number is expected, every value that pandas shows as missing will do, and
    so it is within a Series. A subclass of a type, or an object of another class, is never the same
    as anything, whatever its ``__eq__`` says.

    Examples
    --------
    >>> same([1, "a"], [1.0, "a"]), same(True, 1)
    (True, False)
    >>> same(float("nan"), None), same(None, float("nan"))
    (False, True)
    >>> class Everything:
    ...     __hash__ = None
    ...     def __eq__(self, other):
    ...         return True
    >>> same(Everything(), 1)
    False
    """
    try:
        return _equal(_plain(answer), _plain(expected))
    except NotPlainError:
        return False


def cells(table: Any) -> Cells | None:
    """Return a table's values by row and column, whatever their order.

    Missing values become None. What is no DataFrame, has a label twice or a value that is not plain
    gives None as a whole.

    Parameters
    ----------
    table
        A DataFrame, of that exact type.

    Examples
    --------
    >>> cells(pd.DataFrame({"pay": {"North": 3}}))
    {('North', 'pay'): 3}
    """
    if type(table) is not pd.DataFrame:
        return None
    # a fresh frame has none of the attributes that were put on the one handed in
    table = pd.DataFrame(table)
    try:
        rows = [_key(label) for label in table.index]
        columns = [_key(label) for label in table.columns]
        if len({*rows}) < len(rows) or len({*columns}) < len(columns):
            return None
        return {
            (row, column): _cell(table.iloc[down, across])
            for down, row in enumerate(rows)
            for across, column in enumerate(columns)
        }
    except NotPlainError:
        return None


def pairs(value: Any) -> list[tuple[str, str]] | None:
    """Return a list of pairs of words in a fixed order, or None if it is no such list.

    Examples
    --------
    >>> pairs([["River", "pay"], ("North", "pay")])
    [('North', 'pay'), ('River', 'pay')]
    >>> pairs("North") is None
    True
    """
    if type(value) is not list:
        return None
    result: list[tuple[str, str]] = []
    for pair in value:
        if type(pair) not in (list, tuple) or [type(word) for word in pair] != [str, str]:
            return None
        result.append((pair[0], pair[1]))
    return sorted(result)


def _cell(value: object) -> Any:
    plain = _plain(value)
    return None if _is_missing(plain) else plain


def _is_missing(plain: object) -> bool:
    return type(plain) is float and math.isnan(plain)


def _key(value: object) -> Any:
    plain = _plain(value)
    if type(plain) in (list, dict):
        raise NotPlainError
    return plain


def _plain(value: Any) -> Any:
    """Return a value as plain Python; what is missing becomes one NaN, and None stays None."""
    kind = type(value)
    if kind in _WHOLE:
        return int(value)
    if kind in _BROKEN:
        value, kind = float(value), float
    if kind is float:
        return math.nan if math.isnan(value) else value
    if kind in (int, str, bool, type(None)):
        return value
    if kind is np.bool_:
        return bool(value)
    if value is pd.NA or value is pd.NaT:
        return math.nan
    if kind in (list, tuple):
        return [_plain(part) for part in value]
    if kind is dict:
        return {_key(key): _plain(part) for key, part in value.items()}
    if kind is pd.Series:
        value = pd.Series(value)
        return {_key(key): _cell(part) for key, part in zip(value.index, value.array, strict=True)}
    raise NotPlainError


def _equal(answer: Any, expected: Any) -> bool:
    if expected is None or bool in (type(answer), type(expected)):
        return answer is expected
    if _is_missing(expected):
        return answer is None or _is_missing(answer)
    if type(answer) is list and type(expected) is list:
        return len(answer) == len(expected) and all(map(_equal, answer, expected))
    if type(answer) is dict and type(expected) is dict:
        return answer.keys() == expected.keys() and all(
            _equal(answer[key], expected[key]) for key in answer
        )
    return bool(answer == expected)
