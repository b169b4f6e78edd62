"""Numbers, arrays and tables of NumPy and pandas from trees that nobody vouches for."""

from __future__ import annotations

import datetime as dt
import math
import re
import zoneinfo
from typing import TYPE_CHECKING, Any, Protocol

from fourps.grading.inside.plain_tables import (
    KIND,
    MASKED,
    SCALARS,
    TEXTS,
    numpy_there,
    pandas_there,
)

if TYPE_CHECKING:
    from collections.abc import Callable

# of an array as text
_LARGEST = 4_000_000
_UNITS = frozenset(("s", "ms", "us", "ns"))
_STORAGES = frozenset(("python", "pyarrow"))


class Reader(Protocol):
    """Makes a value of a part of a tree."""

    def part(self, tree: Any, depth: int, /) -> Any:
        """Return the value of a part."""


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
    return numpy_there().dtype(name)


def _read_array(_: Reader, __: int, name: Any, shape: Any, body: Any) -> Any:
    np = numpy_there()
    dtype = _dtype(name, KIND)
    values = np.frombuffer(bytes.fromhex(body), dtype=np.uint8)
    # a truth value that is neither 0 nor 1 would be both
    values = values != 0 if dtype.kind == "b" else values.copy().view(dtype)
    return values.reshape(_shape(shape, values.size))


def _read_texts(reader: Reader, depth: int, name: Any, shape: Any, body: Any) -> Any:
    dtype = _dtype(name, TEXTS)
    values = [_exactly(str, reader.part(one, depth + 1)) for one in body]
    if dtype.itemsize * len(values) > _LARGEST:
        raise ValueError
    return numpy_there().array(values, dtype=dtype).reshape(_shape(shape, len(values)))


def _read_objects(reader: Reader, depth: int, shape: Any, body: Any) -> Any:
    made = numpy_there().empty(len(body), dtype=object)
    for number, one in enumerate(body):
        made[number] = reader.part(one, depth + 1)
    return made.reshape(_shape(shape, len(body)))


def _read_scalar(_: Reader, __: int, name: Any, value: Any) -> Any:
    if name not in SCALARS:
        raise ValueError
    given = float(value) if name.startswith("float") else _exactly((bool, int), value)
    return numpy_there().dtype(name).type(given)


def _read_moment(_: Reader, __: int, name: Any, value: Any) -> Any:
    dtype = _dtype(name, KIND)
    if dtype.kind not in "mM":
        raise ValueError
    return numpy_there().array(_exactly(int, value), dtype="i8").view(dtype)[()]


def _read_timestamp(_: Reader, __: int, unit: Any, value: Any, zone: Any) -> Any:
    if unit not in _UNITS:
        raise ValueError
    made = pandas_there().Timestamp(numpy_there().datetime64(_exactly(int, value), unit))
    return made if zone is None else made.tz_localize("UTC").tz_convert(_zone(zone))


def _read_timedelta(_: Reader, __: int, unit: Any, value: Any) -> Any:
    if unit not in _UNITS:
        raise ValueError
    return pandas_there().Timedelta(numpy_there().timedelta64(_exactly(int, value), unit))


def _read_series(reader: Reader, depth: int, index: Any, values: Any, name: Any) -> Any:
    side = _side(reader, depth, index)
    made = _column(reader, depth, values, len(side))
    name = reader.part(name, depth + 1)
    return pandas_there().Series(made, index=side, name=name, copy=False)


def _read_frame(reader: Reader, depth: int, columns: Any, index: Any, parts: Any) -> Any:
    side = _side(reader, depth, index)
    made = [_column(reader, depth, one, len(side)) for one in parts]
    frame = pandas_there().DataFrame(dict(enumerate(made)), index=side)
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
    if not isinstance(made, pandas_there().Index):
        raise TypeError
    return made


def _read_steps(  # noqa: PLR0917 - as the tree has them
    reader: Reader, depth: int, start: Any, stop: Any, step: Any, name: Any
) -> Any:
    return pandas_there().RangeIndex(start, stop, step, name=reader.part(name, depth + 1))


def _read_index(reader: Reader, depth: int, values: Any, name: Any) -> Any:
    made = reader.part(values, depth + 1)
    return pandas_there().Index(made, dtype=made.dtype, name=reader.part(name, depth + 1))


def _read_levels(reader: Reader, depth: int, levels: Any) -> Any:
    made = [_side(reader, depth, one) for one in levels]
    return pandas_there().MultiIndex.from_arrays(made, names=[one.name for one in made])


def _read_strings(reader: Reader, depth: int, storage: Any, missing: Any, body: Any) -> Any:
    pd = pandas_there()
    if storage not in _STORAGES:
        raise ValueError
    dtype = pd.StringDtype(storage, na_value={"NA": pd.NA, "nan": math.nan}[missing])
    given = [reader.part(one, depth + 1) for one in body]
    return pd.array([one if one is None else _exactly(str, one) for one in given], dtype=dtype)


def _read_kinds(reader: Reader, depth: int, known: Any, codes: Any, ordered: Any) -> Any:
    dtype = pandas_there().CategoricalDtype(_side(reader, depth, known), ordered is True)
    return pandas_there().Categorical.from_codes(reader.part(codes, depth + 1), dtype=dtype)


def _read_zoned(reader: Reader, depth: int, unit: Any, zone: Any, moments: Any) -> Any:
    if unit not in _UNITS:
        raise ValueError
    made = pandas_there().DatetimeIndex(reader.part(moments, depth + 1))
    return made.tz_localize("UTC").tz_convert(_zone(zone)).as_unit(unit).array


def _read_masked(reader: Reader, depth: int, name: Any, body: Any) -> Any:
    if name not in MASKED:
        raise ValueError
    return pandas_there().array([reader.part(one, depth + 1) for one in body], dtype=name)


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
    "missing": lambda _, __, name: getattr(pandas_there(), {"NA": "NA", "NaT": "NaT"}[name]),
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
    "values": lambda reader, depth, values: reader.part(values, depth + 1),
}
