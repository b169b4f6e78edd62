"""What is read of a check without running it."""

import pytest

from fourps.exercise import NUMBER, WEEKDAY_TIME, WHOLE, several
from fourps.exercise.declared import Check, UndeclaredError, declared
from fourps.exercise.fields import Field


def test_every_kind_of_check():
    """Is each declared call read, in its order, with its kinds and fields?"""
    source = """
from fourps.exercise import WHOLE, check_choice, check_fields, points

check_sorting(task_1, "ab", ["seen", "guess"])
check_choice(task_1, "abc")
check_order(task_1, "ab")
given = check_fields(
    task_1, n=WHOLE, r=NUMBER, t=WEEKDAY_TIME, one="AB", word=["up", "down"], all=several("ab")
)
### BEGIN HIDDEN TESTS
check_choice(task_1, options)
"""
    assert declared(source) == [
        Check("sorting", "ab", ("seen", "guess")),
        Check("choice", "abc"),
        Check("order", "ab"),
        Check(
            "fields",
            fields={
                "n": WHOLE,
                "r": NUMBER,
                "t": WEEKDAY_TIME,
                "one": Field("letter", ("A", "B")),
                "word": Field("word", ("up", "down")),
                "all": several("ab"),
            },
        ),
    ]


@pytest.mark.parametrize(
    "call",
    [
        "check_choice(task_1, options)",
        "check_choice(task_1)",
        'check_sorting(task_1, "ab", KINDS)',
        "check_fields(task_1, women=kind)",
        "check_fields(task_1, women=several(letters))",
        "check_fields(task_1, **fields)",
    ],
)
def test_what_is_no_literal_is_named(call):
    """Does a check that only running could read say on which line it stands?"""
    with pytest.raises(UndeclaredError, match="line 2: write what check_"):
        declared(f"import os\n{call}")


def test_nothing_is_run():
    """Is code beside a check left alone?"""
    assert declared("raise SystemExit\ncheck_choice(exit(), 'ab')") == [Check("choice", "ab")]
