from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.scenario.notation import OPERATORS, Comparison, holds, moment, parse

# written out once more, so that a slip in one place shows
MEANING = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a < b or b < a,
    ">=": lambda a, b: not a < b,
    "<=": lambda a, b: not a > b,
    ">": lambda a, b: a - b > 0,
    "<": lambda a, b: a - b < 0,
}


@pytest.mark.parametrize(
    ("raw", "comparison"),
    [
        (True, ("==", 1)),
        (False, ("==", 0)),
        (3, ("==", 3)),
        (-1, ("==", -1)),
        (">= 2", (">=", 2)),
        (">=2", (">=", 2)),
        ("  <   -12  ", ("<", -12)),
        ("!= 0", ("!=", 0)),
        ("> 007", (">", 7)),
    ],
)
def test_one_test(raw, comparison):
    """Are flags, numbers and comparisons understood?"""
    assert parse({"a": raw}) == ((Comparison("a", *comparison),),)


@pytest.mark.parametrize("operator", OPERATORS)
def test_operators(operator):
    """Does each comparison mean what it says, at its border and on both sides?"""
    for value, number in product(range(-3, 4), repeat=2):
        condition = parse({"a": f"{operator} {number}"})
        assert holds(condition, {"a": value}) == MEANING[operator](value, number)


@pytest.mark.parametrize(
    "raw", [[], {}, [{}], [{"a": 1}, {}], "a >= 2", 3, True, [["a"]], [{"a": 1}, "b"]], ids=repr
)
def test_other_form(raw):
    """Is anything but a mapping or a list of mappings refused with an example?"""
    with pytest.raises(ValueError, match=r'expected a mapping such as \{trust: ">= 2"\}'):
        parse(raw)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "2",
        "=> 2",
        "= 2",
        ">= two",
        ">= 2.5",
        ">= 1 + 1",
        ">= a",
        None,
        2.5,
        [1],
        ">= 2 and < 3",
    ],
)
def test_other_test(raw):
    """Is a test that is no comparison refused with its variable and what was found?"""
    with pytest.raises(ValueError, match="comparison such as") as error:
        parse({"trust": raw})
    assert "'trust'" in str(error.value)
    assert repr(raw) in str(error.value)


@given(
    alternatives=st.lists(
        st.dictionaries(
            st.sampled_from("abc"),
            st.tuples(st.sampled_from(sorted(MEANING)), st.integers(-2, 2)),
            min_size=1,
        ),
        min_size=1,
        max_size=3,
    ),
    values=st.fixed_dictionaries({name: st.integers(-2, 2) for name in "abc"}),
)
def test_any_condition(alternatives, values):
    """Does a condition hold exactly when all tests of one of its alternatives hold?"""
    raw = [{name: f"{op} {n}" for name, (op, n) in one.items()} for one in alternatives]
    expected = any(
        all(MEANING[op](values[name], n) for name, (op, n) in one.items()) for one in alternatives
    )
    assert holds(parse(raw), values) == expected


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("week 3", (3, 0, 0)),
        ("week 3, Sunday", (3, 7, 0)),
        ("week 3, 00:05", (3, 0, 5)),
        # the same week: what it does not say is as it was
        ("week 2", (2, 2, 540)),
        ("week 2, Tuesday", (2, 2, 540)),
        ("week 2, 09:30", (2, 2, 570)),
        ("week 2, Wednesday", (2, 3, 0)),
    ],
)
def test_moment(text, time):
    """Is what a time leaves out taken from what was reached, in the same week and day only?"""
    assert moment(text, before=(2, 2, 540)) == time
