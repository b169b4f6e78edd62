"""Values that cross: what arrives is what was sent, or nothing that decides anything."""

import collections
import datetime as dt
import decimal
import fractions
import zoneinfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbseal.inside.plain_values import LARGEST, TooLargeError, Writer, text
from nbseal.inside.read_values import Reader, UnreadableError, merge
from nbseal.inside.wire import loads


def hold(value):
    return ["other", 0, type(value).__name__]


def crossed(value):
    return Reader(lambda tree: ("held", tree[2])).value(
        loads(text(Writer(hold).tree(value)).encode())
    )


def alike(one, other):
    """Compare by exact type, down to the inner values; what is missing is the same."""
    if type(one) is not type(other):
        return False
    if isinstance(one, (list, tuple, collections.deque)):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, dict):
        return alike([*one.items()], [*other.items()])
    if isinstance(one, (float, decimal.Decimal)):
        return repr(one) == repr(other)
    return one == other


LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.binary(),
    st.complex_numbers(allow_nan=False),
    st.decimals(),
    st.fractions(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
KEYS = st.one_of(st.text(), st.integers(), st.booleans(), st.none(), st.tuples(st.integers()))
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner),
        st.lists(inner).map(tuple),
        st.lists(inner).map(collections.deque),
        st.dictionaries(KEYS, inner),
        st.dictionaries(KEYS, inner).map(collections.OrderedDict),
        st.frozensets(KEYS),
        st.sets(KEYS),
    ),
    max_leaves=20,
)


@given(VALUES)
def test_plain_values_arrive(value):
    """Does every plain value arrive as itself, of its very type?"""
    assert alike(crossed(value), value)


ARRAYS = [
    np.arange(6).reshape(2, 3),
    np.array([[1.5, np.nan], [np.inf, -0.0]], dtype="f4").T,
    np.array([True, False]),
    np.array(["a", "bcd"]),
    np.array([1 + 2j]),
    np.array(["2030-01-01", "NaT"], dtype="M8[D]"),
    np.array([3], dtype="m8[h]"),
    np.array([1, "a", None], dtype=object),
    np.array(5),
    np.array([], dtype=">i2"),
]
ONES = [
    np.float64(1.5),
    np.float32("nan"),
    np.int8(-3),
    np.uint64(2**64 - 1),
    np.bool_(True),
    np.datetime64("2030-01-01T10", "h"),
    pd.NA,
    pd.NaT,
    pd.Timestamp("2030-01-01 10:00", tz="Europe/Paris"),
    pd.Timestamp("2030-01-01"),
    pd.Timedelta("3h"),
    collections.Counter("aab"),
    range(1, 9, 2),
    dt.datetime(2030, 1, 1, tzinfo=dt.UTC),
    fractions.Fraction(1, 3),
    1 << 20_000,
    -(1 << 20_000),
]
TABLES = [
    pd.Series([1, 2], index=["a", "b"], name="n"),
    pd.Series(
        [1.5, None], index=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["x", None])
    ),
    pd.Series(["a", None], dtype="str"),
    pd.Series(["a", pd.NA], dtype="string"),
    pd.Series([1, None], dtype="Int64"),
    pd.Series([True, None], dtype="boolean"),
    pd.Series(["a", "b", "a"], dtype="category"),
    pd.Series(pd.Categorical(["lo"], ["lo", "hi"], ordered=True)),
    pd.Series(pd.to_datetime(["2030-01-01", None])),
    pd.Series(pd.to_datetime(["2030-01-01"]).tz_localize("Europe/Paris")),
    pd.Series([1, "hidden", None]),
    pd.Series(dtype=float),
    pd.DataFrame({"a": [1, 2], "b": ["x", None], 3: [[1], {"k": 2}]}, index=[10, 20]),
    pd.DataFrame([[1, 2]], columns=["same", "same"]),
    pd.DataFrame({"x": [1, 2, 2], "y": [True, False, True]}).groupby("x").agg(["sum", "count"]),
    pd.DataFrame(),
    pd.DataFrame(index=["a"]),
]
SIDES = [
    pd.Index(["a", "b"], name="n"),
    pd.RangeIndex(1, 9, 2),
    pd.Index([1.5, 2.5]),
    pd.DatetimeIndex(["2030-01-01", "2030-01-02"]).as_unit("s"),
    pd.CategoricalIndex(["a", "b"]),
]


@pytest.mark.parametrize("value", ARRAYS, ids=repr)
def test_arrays_arrive(value):
    """Does an array arrive with its type, shape and values, and can it be changed?"""
    got = crossed(value)
    assert (type(got), got.dtype, got.shape) == (np.ndarray, value.dtype, value.shape)
    np.testing.assert_array_equal(got, value)
    assert got.flags.writeable


@pytest.mark.parametrize("value", ONES, ids=lambda one: type(one).__name__)
def test_single_values_arrive(value):
    """Does a number, moment or missing value of NumPy, pandas or Python arrive as itself?"""
    got = crossed(value)
    assert type(got) is type(value)
    assert got is value or got == value or (got != got and value != value)  # noqa: PLR0124 - of a NaN
    if isinstance(value, pd.Timestamp):
        assert (got.unit, str(got.tz)) == (value.unit, str(value.tz))


@pytest.mark.parametrize("value", TABLES, ids=lambda one: repr(one)[:30])
def test_tables_arrive(value):
    """Does a table arrive with its types, labels and values?"""
    got = crossed(value)
    assert type(got) is type(value)
    check = pd.testing.assert_frame_equal if value.ndim > 1 else pd.testing.assert_series_equal
    check(got, value, check_freq=False)


@pytest.mark.parametrize("value", SIDES, ids=lambda one: repr(one)[:30])
def test_labels_arrive(value):
    """Do labels arrive with their type?"""
    pd.testing.assert_index_equal(crossed(value), value, exact=True)


class Text(str):
    __slots__ = ()


class Liar:
    __hash__ = None
    __class__ = int

    def __eq__(self, other):
        return True

    def __reduce__(self):
        raise AssertionError("asked to be pickled")


class Frame(pd.DataFrame):
    pass


class Number(np.float64):
    pass


class Meta(type):
    __name__ = property(lambda _: 1 / 0)


class Named(metaclass=Meta):
    pass


@pytest.mark.parametrize(
    "value",
    [Text("a"), Liar(), Frame({"a": [1]}), Number(1), object(), type("T", (int,), {})(3)],
    # a name made of the liar would hold its place in memory, which differs from worker to worker
    ids=["text", "liar", "frame", "number", "object", "own int"],
)
def test_anything_else_is_held(value):
    """Is a subclass, or what says that it is of another class, no plain value, and not asked?"""
    assert crossed(value)[0] == "held"
    assert crossed([value])[0][0] == "held"


def test_a_name_is_not_asked_for():
    """Is the name of a type taken from the type, and not from what its own code says?"""
    from nbseal.inside.plain_values import name_of

    assert name_of(Named()) == "Named"


def circle():
    made = []
    made.append(made)
    return made


def deep():
    made = 1
    for _ in range(70):
        made = [made]
    return made


@pytest.mark.parametrize(
    "value",
    [
        circle(),
        deep(),
        "x" * (LARGEST + 1),
        [0] * 500_000,
        1 << (LARGEST * 8),
        np.zeros(LARGEST),
        b"x" * LARGEST,
    ],
    ids=["circle", "deep", "long", "many", "huge number", "large array", "bytes"],
)
def test_too_large(value):
    """Is what is too large or too deep refused before it takes all memory?"""
    with pytest.raises(TooLargeError):
        text(Writer(hold).tree(value))


TREES = [
    {},
    {"a": 1},
    [],
    [1],
    [["list", []]],
    ["list"],
    ["list", 1],
    ["list", [], 1],
    ["list", "abc"][:1],
    ["int", 3],
    ["int", "x"],
    ["float", []],
    ["set", [["list", []]]],
    ["dict", [[1]]],
    ["dict", [[["list", []], 1]]],
    ["module", "os"],
    ["module", "nbseal"],
    ["module", ["list", []]],
    ["range", 1, 2, 0],
    ["range", 1, 2, 3, 4],
    ["date", "no"],
    ["scalar", "object_", 1],
    ["scalar", "int8", 1000],
    ["scalar", "int64", "1"],
    ["array", "|O", [1], "00" * 8],
    ["array", "<i8", [10**9], "00" * 8],
    ["array", "<i8", [-1], "00" * 8],
    ["array", "<i8", [True], "00" * 8],
    ["array", "<i8", [1], "0"],
    ["array", "V8", [1], "00" * 8],
    ["array", "<f8,<f8", [1], "00" * 16],
    ["texts", "<U999999999", [1], ["a"]],
    ["texts", "<U100000", [100], ["a"] * 100],
    ["texts", "<U1", [1], [1]],
    ["objects", [2], [1]],
    ["frame", 1, 2, 3],
    ["frame", ["steps", 0, 1, 1, None], ["steps", 0, 1, 1, None], [["list", [1, 2, 3]]]],
    ["series", ["list", [1]], ["array", "<i8", [1], "00" * 8], None],
    ["steps", 0, 9, 0, None],
    ["series", ["steps", 0, 10**9, 1, None], 5, None],
    ["frame", ["steps", 0, 1, 1, None], ["steps", 0, 10**9, 1, None], [5]],
    ["strings", "python", "nan", [1]],
    ["strings", "/etc/passwd", "nan", ["a"]],
    ["zoned", "ns", "/etc/localtime", ["array", "<M8[ns]", [1], "00" * 8]],
    ["Timestamp", "ns", 1, "../../etc/passwd"],
    ["Timestamp", "years", 1, None],
    ["kinds", ["steps", 0, 2, 1, None], ["array", "|i1", [1], "07"], False],
    ["masked", "object", [1]],
    ["masked", "Int8", [1000]],
    ["missing", "x"],
    ["values", ["other"]],
]


def refuse(_):
    raise UnreadableError


@pytest.mark.parametrize("tree", TREES, ids=lambda one: repr(one)[:40])
def test_no_value_of_a_bad_tree(tree):
    """Is no value made of a tree that no writer writes?"""
    with pytest.raises(UnreadableError):
        Reader(refuse).value(tree)


JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=5),
        st.sampled_from(["list", "dict", "array", "frame", "<i8", "|b1", "series", "objects"]),
    ),
    lambda inner: st.lists(inner, max_size=5),
    max_leaves=15,
)
PLAIN = (
    *(type(None), bool, int, float, str, list, tuple, set, frozenset, dict, bytes, complex, range),
    *(collections.deque, collections.Counter, collections.OrderedDict, collections.defaultdict),
    *(np.ndarray, np.generic, pd.Series, pd.DataFrame, pd.Index, pd.Timestamp, pd.Timedelta),
    *(dt.date, dt.time, dt.timedelta, decimal.Decimal, fractions.Fraction, type(pd.NaT)),
)


@given(JSON)
def test_any_tree(tree):
    """Does any JSON whatever become a plain value, or none?"""
    try:
        value = Reader(refuse).value(tree)
    except UnreadableError:
        return
    assert isinstance(value, PLAIN)


def test_truth_values_are_true_or_false():
    """Is a truth value that is neither 0 nor 1 one of the two?"""
    made = Reader(hold).value(["array", "|b1", [2], "0402"])
    assert made.view("u1").tolist() == [1, 1]


def test_zone_names():
    """Does a moment keep its zone by name, or by its distance?"""
    for zone in (zoneinfo.ZoneInfo("Asia/Kathmandu"), dt.timezone(dt.timedelta(hours=-3))):
        moment = pd.Timestamp("2030-06-01", tz=zone)
        assert crossed(moment).isoformat() == moment.isoformat()


def test_merged():
    """Are containers, arrays and tables changed in place, down to the inner ones?"""
    inner, table, array = {"a": 1}, pd.DataFrame({"a": [1]}), np.zeros(2)
    column = pd.Series([1])
    sent = [inner, (table, array), {3}, column, "x"]
    new = [{"a": 2, "b": 3}, (pd.DataFrame({"b": [9, 9]}), np.ones(2)), {4}, pd.Series([7]), "y", 5]
    assert merge(sent, new) is sent
    assert (inner, sent[2], sent[4:]) == ({"a": 2, "b": 3}, {4}, ["y", 5])
    assert table.to_dict("list") == {"b": [9, 9]}
    assert array.tolist() == [1, 1]
    assert column.tolist() == [7]
    assert merge([1], (1,)) == (1,)
