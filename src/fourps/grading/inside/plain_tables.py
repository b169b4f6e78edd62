"""Numbers, arrays and tables of NumPy and pandas as trees; see `plain_values`."""

from __future__ import annotations

import datetime as dt
import math
import re
import sys
import zoneinfo
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


# of an array as text
_LARGEST = 4_000_000
_SCALARS = {
    "bool",
    "float16",
    "float32",
    "float64",
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
}
_KIND = re.compile(r"[<>|=]?[biufcmM](?:1|2|4|8|16)(?:\[\d{0,6}[a-zA-Zμ]{1,2}\])?")
_TEXTS = re.compile(r"[<>|=]?[U]\d{1,6}")
_MASKED = {
    "Int8",
    "Int16",
    "Int32",
    "Int64",
    "UInt8",
    "UInt16",
    "UInt32",
    "UInt64",
    "Float32",
    "Float64",
    "boolean",
}
_UNITS = frozenset(("s", "ms", "us", "ns"))
_STORAGES = frozenset(("python", "pyarrow"))


def _numpy() -> Any:
    return sys.modules.get("numpy")


def _pandas() -> Any:
    # one that is being imported has no tables yet
    found: Any = sys.modules.get("pandas")
    return found if hasattr(found, "DataFrame") else None


class Writer(Protocol):
    """Makes a tree of a value, and counts what it takes."""

    def tree(self, value: Any, depth: int = 0, /) -> Any:
        """Return the tree of a value."""

    def take(self, characters: int, /) -> None:
        """Count a value, and the characters that it will take."""


class Reader(Protocol):
    """Makes a value of a part of a tree."""

    def part(self, tree: Any, depth: int, /) -> Any:
        """Return the value of a part."""


def tree(value: Any, writer: Writer, depth: int) -> Any:
    """Return the tree of a number, array or table; None if it is something else."""
    np, pd = _numpy(), _pandas()
    if np is None:
        return None
    kind = type(value)
    if kind is np.ndarray:
        return _array(value, writer, depth)
    if isinstance(value, np.generic):
        return _scalar(kind, value)
    return None if pd is None else _of_pandas(pd, kind, value, writer, depth)


def _scalar(kind: type, value: Any) -> Any:
    np = _numpy()
    if kind in (np.datetime64, np.timedelta64):
        return ["moment", value.dtype.str, int(value.view("i8"))]
    for name in _SCALARS:
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
    if _TEXTS.fullmatch(name):
        return [
            "texts",
            name,
            shape,
            [writer.tree(one, depth + 1) for one in value.ravel().tolist()],
        ]
    if not _KIND.fullmatch(name):
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
    parts = [_index(_pandas(), value.index, writer, depth), _values(value.array, writer, depth)]
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
    pd, dtype = _pandas(), array.dtype
    if type(array) is pd.arrays.NumpyExtensionArray or isinstance(dtype, _numpy().dtype):
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
    if dtype.name in _MASKED:
        given = [None if one is pd.NA else one for one in array.to_numpy(object)]
        return ["masked", dtype.name, [writer.tree(one, depth + 1) for one in given]]
    return None


def _zone_name(zone: Any) -> str:
    name = getattr(zone, "key", None)
    if type(name) is str:
        return name
    return str(dt.datetime.now(zone).strftime("%z"))


def _zone(name: Any) -> dt.tzinfo:
    if re.fullmatch(r"[+-]\d{4}", name):
        minutes = int(name[1:3]) * 60 + int(name[3:])
        return dt.timezone(dt.timedelta(minutes=-minutes if name[0] == "-" else minutes))
    return zoneinfo.ZoneInfo(name)


def _shape(shape: Any, count: int) -> tuple[int, ...]:
    if type(shape) is not list or len(shape) > 32 or {type(one) for one in shape} - {int}:  # noqa: PLR2004
        raise ValueError
    if min(shape, default=0) < 0 or math.prod(shape) != count:
        raise ValueError
    return tuple(shape)


def _dtype(name: Any, known: re.Pattern[str]) -> Any:
    if type(name) is not str or not known.fullmatch(name):
        raise ValueError
    return _numpy().dtype(name)


def _read_array(_: Reader, __: int, name: Any, shape: Any, body: Any) -> Any:
    np = _numpy()
    dtype = _dtype(name, _KIND)
    values = np.frombuffer(bytes.fromhex(body), dtype=np.uint8)
    # a truth value that is neither 0 nor 1 would be both
    values = values != 0 if dtype.kind == "b" else values.copy().view(dtype)
    return values.reshape(_shape(shape, values.size))


def _read_texts(reader: Reader, depth: int, name: Any, shape: Any, body: Any) -> Any:
    dtype = _dtype(name, _TEXTS)
    values = [_exactly(str, reader.part(one, depth + 1)) for one in body]
    if dtype.itemsize * len(values) > _LARGEST:
        raise ValueError
    return _numpy().array(values, dtype=dtype).reshape(_shape(shape, len(values)))


def _read_objects(reader: Reader, depth: int, shape: Any, body: Any) -> Any:
    made = _numpy().empty(len(body), dtype=object)
    for number, one in enumerate(body):
        made[number] = reader.part(one, depth + 1)
    return made.reshape(_shape(shape, len(body)))


def _read_scalar(_: Reader, __: int, name: Any, value: Any) -> Any:
    if name not in _SCALARS:
        raise ValueError
    given = float(value) if name.startswith("float") else _exactly((bool, int), value)
    return _numpy().dtype(name).type(given)


def _read_moment(_: Reader, __: int, name: Any, value: Any) -> Any:
    dtype = _dtype(name, _KIND)
    if dtype.kind not in "mM":
        raise ValueError
    return _numpy().array(_exactly(int, value), dtype="i8").view(dtype)[()]


def _read_missing(_: Reader, __: int, name: Any) -> Any:
    return {"NA": _pandas().NA, "NaT": _pandas().NaT}[name]


def _read_timestamp(_: Reader, __: int, unit: Any, value: Any, zone: Any) -> Any:
    if unit not in _UNITS:
        raise ValueError
    made = _pandas().Timestamp(_numpy().datetime64(_exactly(int, value), unit))
    return made if zone is None else made.tz_localize("UTC").tz_convert(_zone(zone))


def _read_timedelta(_: Reader, __: int, unit: Any, value: Any) -> Any:
    if unit not in _UNITS:
        raise ValueError
    return _pandas().Timedelta(_numpy().timedelta64(_exactly(int, value), unit))


def _read_series(reader: Reader, depth: int, index: Any, values: Any, name: Any) -> Any:
    side = _side(reader, depth, index)
    made = _column(reader, depth, values, len(side))
    name = reader.part(name, depth + 1)
    return _pandas().Series(made, index=side, name=name, copy=False)


def _read_frame(reader: Reader, depth: int, columns: Any, index: Any, parts: Any) -> Any:
    side = _side(reader, depth, index)
    made = [_column(reader, depth, one, len(side)) for one in parts]
    frame = _pandas().DataFrame(dict(enumerate(made)), index=side)
    frame.columns = _side(reader, depth, columns)
    return frame


def _column(reader: Reader, depth: int, tree: Any, length: int) -> Any:
    """Return one column; a single value would be spread over whatever length the table claims."""
    made = reader.part(tree, depth + 1)
    if getattr(made, "ndim", 0) != 1 or len(made) != length:
        raise TypeError
    return made


def _side(reader: Reader, depth: int, tree: Any) -> Any:
    made = reader.part(tree, depth + 1)
    if not isinstance(made, _pandas().Index):
        raise TypeError
    return made


def _read_steps(  # noqa: PLR0917 - as the tree has them
    reader: Reader, depth: int, start: Any, stop: Any, step: Any, name: Any
) -> Any:
    return _pandas().RangeIndex(start, stop, step, name=reader.part(name, depth + 1))


def _read_index(reader: Reader, depth: int, values: Any, name: Any) -> Any:
    made = reader.part(values, depth + 1)
    return _pandas().Index(made, dtype=made.dtype, name=reader.part(name, depth + 1))


def _read_levels(reader: Reader, depth: int, levels: Any) -> Any:
    made = [_side(reader, depth, one) for one in levels]
    return _pandas().MultiIndex.from_arrays(made, names=[one.name for one in made])


def _read_strings(reader: Reader, depth: int, storage: Any, missing: Any, body: Any) -> Any:
    pd = _pandas()
    if storage not in _STORAGES:
        raise ValueError
    dtype = pd.StringDtype(storage, na_value={"NA": pd.NA, "nan": math.nan}[missing])
    given = [reader.part(one, depth + 1) for one in body]
    return pd.array([one if one is None else _exactly(str, one) for one in given], dtype=dtype)


def _read_kinds(reader: Reader, depth: int, known: Any, codes: Any, ordered: Any) -> Any:
    dtype = _pandas().CategoricalDtype(_side(reader, depth, known), ordered is True)
    return _pandas().Categorical.from_codes(reader.part(codes, depth + 1), dtype=dtype)


def _read_zoned(reader: Reader, depth: int, unit: Any, zone: Any, moments: Any) -> Any:
    if unit not in _UNITS:
        raise ValueError
    made = _pandas().DatetimeIndex(reader.part(moments, depth + 1))
    return made.tz_localize("UTC").tz_convert(_zone(zone)).as_unit(unit).array


def _read_masked(reader: Reader, depth: int, name: Any, body: Any) -> Any:
    if name not in _MASKED:
        raise ValueError
    return _pandas().array([reader.part(one, depth + 1) for one in body], dtype=name)


def _read_values(reader: Reader, depth: int, values: Any) -> Any:
    return reader.part(values, depth + 1)


def _exactly(kind: Any, value: Any) -> Any:
    if type(value) not in (kind if isinstance(kind, tuple) else (kind,)):
        raise TypeError
    return value


READ: dict[str, Callable[..., Any]] = {
    "array": _read_array,
    "texts": _read_texts,
    "objects": _read_objects,
    "scalar": _read_scalar,
    "moment": _read_moment,
    "missing": _read_missing,
    "Timestamp": _read_timestamp,
    "Timedelta": _read_timedelta,
    "series": _read_series,
    "frame": _read_frame,
    "steps": _read_steps,
    "index": _read_index,
    "levels": _read_levels,
    "strings": _read_strings,
    "kinds": _read_kinds,
    "zoned": _read_zoned,
    "masked": _read_masked,
    "values": _read_values,
}


def owner(value: Any) -> Any:
    """Return the array whose memory an array shows, and anything else as it is."""
    np = _numpy()
    shows = np is not None and type(value) is np.ndarray and value.base is not None
    return value.base if shows else value


def merge(old: Any, new: Any) -> bool:
    """Change an array or table in place to another one; return whether it is of such a type."""
    np, pd = _numpy(), _pandas()
    if np is not None and type(old) is np.ndarray:
        fits = old.shape == new.shape and old.dtype == new.dtype and old.flags.writeable
        if fits:
            old[...] = new
        return bool(fits)
    if pd is not None and type(old) in (pd.Series, pd.DataFrame):
        old._update_inplace(new)  # noqa: SLF001 - pandas' own way to change all of a table
        return True
    return False
