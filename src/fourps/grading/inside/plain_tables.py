"""Numbers, arrays and tables of NumPy and pandas as trees; see `plain_values` and `read_tables`."""

from __future__ import annotations

import datetime as dt
import math
import re
import sys
from typing import Any, Protocol

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


def numpy_there() -> Any:
    """Return NumPy, if it is loaded."""
    return sys.modules.get("numpy")


def pandas_there() -> Any:
    """Return pandas, if it is loaded."""
    # one that is being imported has no tables yet
    found: Any = sys.modules.get("pandas")
    return found if hasattr(found, "DataFrame") else None


class Writer(Protocol):
    """Makes a tree of a value, and counts what it takes."""

    def tree(self, value: Any, depth: int = 0, /) -> Any:
        """Return the tree of a value."""

    def take(self, characters: int, /) -> None:
        """Count a value, and the characters that it will take."""


def tree(value: Any, writer: Writer, depth: int) -> Any:
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
    if value.dtype == object:
        return ["objects", shape, [writer.tree(one, depth + 1) for one in value.ravel().tolist()]]
    if TEXTS.fullmatch(name):
        return [
            "texts",
            name,
            shape,
            [writer.tree(one, depth + 1) for one in value.ravel().tolist()],
        ]
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
        sides = [_index(pd, one, writer, depth) for one in (value.columns, value.index)]
        return None if None in (*parts, *sides) else ["frame", *sides, parts]
    if isinstance(value, pd.Index):
        return _index(pd, value, writer, depth)
    if isinstance(value, pd.api.extensions.ExtensionArray):
        made = _values(value, writer, depth)
        return None if made is None else ["values", made]
    return None


def _series(value: Any, writer: Writer, depth: int) -> Any:
    parts = [
        _index(pandas_there(), value.index, writer, depth),
        _values(value.array, writer, depth),
    ]
    return None if None in parts else ["series", *parts, writer.tree(value.name, depth + 1)]


def _index(pd: Any, value: Any, writer: Writer, depth: int) -> Any:
    kind = type(value)
    if kind is pd.RangeIndex:
        name = writer.tree(value.name, depth + 1)
        return ["steps", value.start, value.stop, value.step, name]
    if kind is pd.MultiIndex:
        levels = [
            _index(pd, value.get_level_values(number), writer, depth)
            for number in range(value.nlevels)
        ]
        return None if None in levels else ["levels", levels]
    if kind in (pd.Index, pd.DatetimeIndex, pd.TimedeltaIndex, pd.CategoricalIndex):
        made = _values(value.array, writer, depth)
        return None if made is None else ["index", made, writer.tree(value.name, depth + 1)]
    return None


def _values(array: Any, writer: Writer, depth: int) -> Any:
    """Return the tree of one column; None if its type is not among those that cross."""
    pd, dtype = pandas_there(), array.dtype
    if type(array) is pd.arrays.NumpyExtensionArray or isinstance(dtype, numpy_there().dtype):
        return _array(array.to_numpy(), writer, depth)
    if type(dtype) is pd.StringDtype:
        given = [None if one is pd.NA or type(one) is float else one for one in array]
        name = "NA" if dtype.na_value is pd.NA else "nan"
        return ["strings", dtype.storage, name, [writer.tree(one, depth + 1) for one in given]]
    if type(dtype) is pd.CategoricalDtype:
        known = _index(pd, dtype.categories, writer, depth)
        codes = _array(array.codes, writer, depth)
        return None if known is None else ["kinds", known, codes, bool(dtype.ordered)]
    if type(dtype) is pd.DatetimeTZDtype:
        moments = _array(array.tz_convert("UTC").tz_localize(None).to_numpy(), writer, depth)
        return ["zoned", dtype.unit, _zone_name(dtype.tz), moments]
    if dtype.name in MASKED:
        given = [None if one is pd.NA else one for one in array.to_numpy(object)]
        return ["masked", dtype.name, [writer.tree(one, depth + 1) for one in given]]
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


def merge(old: Any, new: Any) -> bool:
    """Change an array or table in place to another one; return whether it is of such a type."""
    np, pd = numpy_there(), pandas_there()
    if np is not None and type(old) is np.ndarray:
        fits = old.shape == new.shape and old.dtype == new.dtype and old.flags.writeable
        if fits:
            old[...] = new
        return bool(fits)
    if pd is not None and type(old) in (pd.Series, pd.DataFrame):
        old._update_inplace(new)  # noqa: SLF001 - pandas' own way to change all of a table
        return True
    return False
