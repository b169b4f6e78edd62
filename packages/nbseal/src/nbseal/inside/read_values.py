"""Values from trees that nobody vouches for, and a value changed to what has become of it."""

from __future__ import annotations

import collections
import datetime as dt
import decimal
import fractions
import importlib
import math
import re
import zoneinfo
from typing import TYPE_CHECKING, Any

from nbseal.inside.plain_values import (
    DEEPEST,
    KIND,
    MANY,
    MAPS,
    MASKED,
    MODULES,
    MOST,
    SCALARS,
    TEXTS,
    TooLargeError,
    numpy_there,
    owner,
    pandas_there,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

# of an array as text
_LARGEST = 4_000_000
_UNITS = frozenset(("s", "ms", "us", "ns"))
_STORAGES = frozenset(("python", "pyarrow"))


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
    nbseal.inside.read_values.UnreadableError: not a tree
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
            return _READ_MANY[word](self.part(member, depth + 1) for member in _list(values))
        if word in _READ_MAPS:
            [pairs] = rest
            mapping = {
                self.part(key, depth + 1): self.part(member, depth + 1)
                for key, member in _list(pairs)
            }
            return _READ_MAPS[word](mapping)
        if word in _READ_NUMBERS:
            return _READ_NUMBERS[word](*rest)
        if word in _READ_TABLES:
            return _READ_TABLES[word](self, depth, *rest)
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
    "module": lambda name: importlib.import_module({module: module for module in MODULES}[name]),
}


_READ_MANY: dict[str, Callable[[Any], Any]] = {name: kind for kind, name in MANY.items()}
_READ_MANY["stream"] = lambda values: iter([*values])


_READ_MAPS: dict[str, Callable[[Any], Any]] = {name: kind for kind, name in MAPS.items()}
_READ_MAPS["default"] = lambda mapping: collections.defaultdict(None, mapping)


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
    if id(old) in kept or id(owner(old)) in kept:
        return old
    if type(new) is not kind:
        return new
    if kind is list:
        both = [merge(before, after, kept) for before, after in zip(old, new, strict=False)]
        old[:] = both + new[len(both) :]
    elif kind is tuple and len(old) == len(new):
        for before, after in zip(old, new, strict=True):
            merge(before, after, kept)
    elif kind in MAPS:
        merged = {
            key: merge(old[key], after, kept) if key in old else after for key, after in new.items()
        }
        old.clear()
        old.update(merged)
    elif kind is set:
        old.clear()
        old.update(new)
    elif not _merge_table(old, new):
        return new
    return old


def _merge_table(old: Any, new: Any) -> bool:
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


def _zone(name: Any) -> dt.tzinfo:
    if re.fullmatch(r"[+-]\d{4}", name):
        minutes = int(name[1:3]) * 60 + int(name[3:])
        return dt.timezone(dt.timedelta(minutes=-minutes if name[0] == "-" else minutes))
    return zoneinfo.ZoneInfo(name)


def _shape(shape: Any, count: int) -> tuple[int, ...]:
    if type(shape) is not list or len(shape) > 32 or {type(side) for side in shape} - {int}:  # noqa: PLR2004
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
    values = [_exactly(str, reader.part(text, depth + 1)) for text in body]
    if dtype.itemsize * len(values) > _LARGEST:
        raise ValueError
    return numpy_there().array(values, dtype=dtype).reshape(_shape(shape, len(values)))


def _read_objects(reader: Reader, depth: int, shape: Any, body: Any) -> Any:
    array = numpy_there().empty(len(body), dtype=object)
    for number, member in enumerate(body):
        array[number] = reader.part(member, depth + 1)
    return array.reshape(_shape(shape, len(body)))


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
    moment = pandas_there().Timestamp(numpy_there().datetime64(_exactly(int, value), unit))
    return moment if zone is None else moment.tz_localize("UTC").tz_convert(_zone(zone))


def _read_timedelta(_: Reader, __: int, unit: Any, value: Any) -> Any:
    if unit not in _UNITS:
        raise ValueError
    return pandas_there().Timedelta(numpy_there().timedelta64(_exactly(int, value), unit))


def _read_series(reader: Reader, depth: int, index: Any, values: Any, name: Any) -> Any:
    side = _side(reader, depth, index)
    column = _column(reader, depth, values, len(side))
    name = reader.part(name, depth + 1)
    return pandas_there().Series(column, index=side, name=name, copy=False)


def _read_frame(reader: Reader, depth: int, columns: Any, index: Any, parts: Any) -> Any:
    side = _side(reader, depth, index)
    values = [_column(reader, depth, part, len(side)) for part in parts]
    frame = pandas_there().DataFrame(dict(enumerate(values)), index=side)
    frame.columns = _side(reader, depth, columns)
    return frame


def _column(reader: Reader, depth: int, tree: Any, length: int) -> Any:
    """Return one column; a single value would be spread over whatever length the table claims."""
    column = reader.part(tree, depth + 1)
    if getattr(column, "ndim", 0) != 1 or len(column) != length:
        raise TypeError
    return column


def _side(reader: Reader, depth: int, tree: Any) -> Any:
    index = reader.part(tree, depth + 1)
    if not isinstance(index, pandas_there().Index):
        raise TypeError
    return index


def _read_steps(  # noqa: PLR0917 - as the tree has them
    reader: Reader, depth: int, start: Any, stop: Any, step: Any, name: Any
) -> Any:
    return pandas_there().RangeIndex(start, stop, step, name=reader.part(name, depth + 1))


def _read_index(reader: Reader, depth: int, values: Any, name: Any) -> Any:
    array = reader.part(values, depth + 1)
    return pandas_there().Index(array, dtype=array.dtype, name=reader.part(name, depth + 1))


def _read_levels(reader: Reader, depth: int, levels: Any) -> Any:
    sides = [_side(reader, depth, level) for level in levels]
    return pandas_there().MultiIndex.from_arrays(sides, names=[side.name for side in sides])


def _read_strings(reader: Reader, depth: int, storage: Any, missing: Any, body: Any) -> Any:
    pd = pandas_there()
    if storage not in _STORAGES:
        raise ValueError
    dtype = pd.StringDtype(storage, na_value={"NA": pd.NA, "nan": math.nan}[missing])
    given = [reader.part(text, depth + 1) for text in body]
    return pd.array([text if text is None else _exactly(str, text) for text in given], dtype=dtype)


def _read_kinds(reader: Reader, depth: int, known: Any, codes: Any, ordered: Any) -> Any:
    dtype = pandas_there().CategoricalDtype(_side(reader, depth, known), ordered is True)
    return pandas_there().Categorical.from_codes(reader.part(codes, depth + 1), dtype=dtype)


def _read_zoned(reader: Reader, depth: int, unit: Any, zone: Any, moments: Any) -> Any:
    if unit not in _UNITS:
        raise ValueError
    index = pandas_there().DatetimeIndex(reader.part(moments, depth + 1))
    return index.tz_localize("UTC").tz_convert(_zone(zone)).as_unit(unit).array


def _read_masked(reader: Reader, depth: int, name: Any, body: Any) -> Any:
    if name not in MASKED:
        raise ValueError
    return pandas_there().array([reader.part(member, depth + 1) for member in body], dtype=name)


def _exactly(kind: Any, value: Any) -> Any:
    if type(value) not in (kind if isinstance(kind, tuple) else (kind,)):
        raise TypeError
    return value


_READ_TABLES: dict[str, Callable[..., Any]] = {
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
