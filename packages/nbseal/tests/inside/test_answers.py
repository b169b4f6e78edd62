"""Which cells leave what stood before them as it was."""

import pytest

from nbseal.inside.answers import binds, mentions


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("", set()),
        ("# nothing yet\npass", set()),
        ("def f(a, *b, c=(1, -2), **d) -> 'list[int]':\n    return a", {"f"}),
        ("async def f(a: int | None = None, /):\n    pass", {"f"}),
        ("a = b = {'x': [1, 2.5, None]}", {"a", "b"}),
    ],
)
def test_only_new_names(source, names):
    """Is a cell of definitions and constants taken for what it is?"""
    assert binds(source) == names


@pytest.mark.parametrize(
    "source",
    [
        "f()",
        "import math",
        "class A:\n    pass",
        "@trace\ndef f():\n    pass",
        "def f(a=[].append(1)):\n    pass",
        "def f(*, a=g()):\n    pass",
        "def f(a: note()):\n    pass",
        "def f() -> (seen := 1):\n    pass",
        "a = g()",
        "a.b = 1",
        "a, b = 1, 2",
        "a += 1",
        "del a",
        "%time a = 1",
        "'shown'",
        "a = 1\nprint(a)",
        "a =",
    ],
)
def test_anything_else(source):
    """Is a cell that may do more never taken for one that only binds?"""
    assert binds(source) is None


def test_mentions():
    """Are the names that functions use found, and those that are only bound not?"""
    assert mentions("def f(x):\n    return [g(y) for y in x]\nz = 1") == {"g", "x", "y"}
