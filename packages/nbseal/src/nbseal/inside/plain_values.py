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
import re
import sys
import types
from typing import TYPE_CHECKING, Any

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
SCALARS = {
    *("bool", "float16", "float32", "float64"),
    *("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
}
KIND = re.compile(r"[<>|=]?[biufcmM](?:1|2|4|8|16)(?:\[\d{0,6}[a-zA-Zμ]{1,2}\])?")
TEXTS = re.compile(r"[<>|=]?[U]\d{1,6}")
MASKED = {
    *("boolean", "Float32", "Float64"),
    *("Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64"),
}


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
            return [MANY[kind], [self.tree(member, depth + 1) for member in value]]
        if kind in MAPS:
            pairs = [
                [self.tree(key, depth + 1), self.tree(member, depth + 1)]
                for key, member in value.items()
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
            return ["stream", [self.tree(member, depth + 1) for member in value]]
        table = _table_tree(value, self, depth)
        return self._hold(value) if table is None else table

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
    packed = json.dumps(tree, separators=(",", ":"))
    if len(packed) > LARGEST:
        raise TooLargeError
    return packed


def numpy_there() -> Any:
    """Return NumPy, if it is loaded."""
    return sys.modules.get("numpy")


def pandas_there() -> Any:
    """Return pandas, if it is loaded."""
    # one that is being imported has no tables yet
    pandas: Any = sys.modules.get("pandas")
    return pandas if hasattr(pandas, "DataFrame") else None


def _table_tree(value: Any, writer: Writer, depth: int) -> Any:
    """Return the tree of a number, array or table; None if it is something else."""
    np, pd = numpy_there(), pandas_there()
    if np is None:
        return None
    kind = type(value)
    if kind is np.ndarray:
        return _array(value, writer, depth)
    if isinstance(value, np.generic):
        return _scalar(kind, value)
    return None if pd is None else _of_pandas(pd, kind, value, writer, depth)


def _scalar(kind: type, value: Any) -> Any:
    np = numpy_there()
    if kind in (np.datetime64, np.timedelta64):
        return ["moment", value.dtype.str, int(value.view("i8"))]
    for name in SCALARS:
        if kind is np.dtype(name).type:
            plain = value.item()
            if type(plain) is float and not math.isfinite(plain):
                plain = repr(plain)
            return ["scalar", name, plain]
    return None


def _array(value: Any, writer: Writer, depth: int) -> Any:
    shape, name = [*value.shape], value.dtype.str
    if value.dtype == object or TEXTS.fullmatch(name):
        head = ["objects"] if value.dtype == object else ["texts", name]
        return [*head, shape, [writer.tree(cell, depth + 1) for cell in value.ravel().tolist()]]
    if not KIND.fullmatch(name):
        return None
    writer.take(2 * value.nbytes)
    return ["array", name, shape, value.tobytes().hex()]


def _of_pandas(pd: Any, kind: type, value: Any, writer: Writer, depth: int) -> Any:
    if value is pd.NA:
        return ["missing", "NA"]
    if value is pd.NaT:
        return ["missing", "NaT"]
    if kind is pd.Timestamp:
        zone = _zone_name(value.tz) if value.tz is not None else None
        return ["Timestamp", value.unit, value.asm8.view("i8").item(), zone]
    if kind is pd.Timedelta:
        return ["Timedelta", value.unit, value.asm8.view("i8").item()]
    if kind is pd.Series:
        return _series(value, writer, depth)
    if kind is pd.DataFrame:
        parts = [
            _values(value.iloc[:, number].array, writer, depth) for number in range(value.shape[1])
        ]
        sides = [_index(side, writer, depth) for side in (value.columns, value.index)]
        return None if None in (*parts, *sides) else ["frame", *sides, parts]
    if isinstance(value, pd.Index):
        return _index(value, writer, depth)
    if isinstance(value, pd.api.extensions.ExtensionArray):
        values = _values(value, writer, depth)
        return None if values is None else ["values", values]
    return None


def _series(value: Any, writer: Writer, depth: int) -> Any:
    parts = [_index(value.index, writer, depth), _values(value.array, writer, depth)]
    return None if None in parts else ["series", *parts, writer.tree(value.name, depth + 1)]


def _index(value: Any, writer: Writer, depth: int) -> Any:
    pd, kind = pandas_there(), type(value)
    if kind is pd.RangeIndex:
        name = writer.tree(value.name, depth + 1)
        return ["steps", value.start, value.stop, value.step, name]
    if kind is pd.MultiIndex:
        levels = [
            _index(value.get_level_values(number), writer, depth) for number in range(value.nlevels)
        ]
        return None if None in levels else ["levels", levels]
    if kind in (pd.Index, pd.DatetimeIndex, pd.TimedeltaIndex, pd.CategoricalIndex):
        values = _values(value.array, writer, depth)
        return None if values is None else ["index", values, writer.tree(value.name, depth + 1)]
    return None


def _values(array: Any, writer: Writer, depth: int) -> Any:
    """Return the tree of one column; None if its type is not among those that cross."""
    pd, dtype = pandas_there(), array.dtype
    if type(array) is pd.arrays.NumpyExtensionArray or isinstance(dtype, numpy_there().dtype):
        return _array(array.to_numpy(), writer, depth)
    if type(dtype) is pd.StringDtype:
        given = [None if cell is pd.NA or type(cell) is float else cell for cell in array]
        name = "NA" if dtype.na_value is pd.NA else "nan"
        return ["strings", dtype.storage, name, [writer.tree(cell, depth + 1) for cell in given]]
    if type(dtype) is pd.CategoricalDtype:
        known = _index(dtype.categories, writer, depth)
        codes = _array(array.codes, writer, depth)
        return None if known is None else ["kinds", known, codes, bool(dtype.ordered)]
    if type(dtype) is pd.DatetimeTZDtype:
        moments = _array(array.tz_convert("UTC").tz_localize(None).to_numpy(), writer, depth)
        return ["zoned", dtype.unit, _zone_name(dtype.tz), moments]
    if dtype.name in MASKED:
        given = [None if member is pd.NA else member for member in array.to_numpy(object)]
        return ["masked", dtype.name, [writer.tree(member, depth + 1) for member in given]]
    return None


def _zone_name(zone: Any) -> str:
    name = getattr(zone, "key", None)
    if type(name) is str:
        return name
    return str(dt.datetime.now(zone).strftime("%z"))


def owner(value: Any) -> Any:
    """Return the array whose memory an array shows, and anything else as it is."""
    np = numpy_there()
    shows = np is not None and type(value) is np.ndarray and value.base is not None
    return value.base if shows else value
