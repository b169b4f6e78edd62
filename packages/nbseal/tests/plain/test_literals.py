"""What a cell binds, read from texts that want to be run, to crash, or to take long."""

import sys
import time

import pytest

from nbseal.plain.literals import LONGEST, bound

RTL = "\u202e"


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ("a = 'x'", {"a": "x"}),
        ("a = b = '''\nx\n'''  # with a comment", {"a": "\nx\n", "b": "\nx\n"}),
        ("# first\na = 1\nb = 2.5; c = -3", {"a": 1, "b": 2.5, "c": -3}),
        ("a = \\\n    'x'", {"a": "x"}),
        ("a = ('x'\n     'y')", {"a": "xy"}),
        ("(a) = ((('x')))", {"a": "x"}),
        ("a = 'x'\na = 'y'", {"a": "y"}),
        ("a = r'\\d' '\\d'", {"a": "\\d\\d"}),
        ("ａ = 'x'", {"a": "x"}),  # noqa: RUF001 - Python takes it for the same name
        ("é = 'x'", {"é": "x"}),
        ("a = 'x'  # type: ignore", {"a": "x"}),
        ("# -*- coding: utf-7 -*-\na = '+AGE-'", {"a": "+AGE-"}),
        (f"a = '{RTL}x'", {"a": f"{RTL}x"}),
        ("a = '\\0'", {"a": "\0"}),
        ("a = '\\ud800'", {"a": "\ud800"}),
        ("a = +1_000", {"a": 1000}),
        ("a = 0x10", {"a": 16}),
        # as IPython reads a copied session
        (">>> a = 'x'", {"a": "x"}),
        ("In [1]: a = 'x'", {"a": "x"}),
        ("  a = 'x'\n  b = 'y'", {"a": "x", "b": "y"}),
        (
            "a = '''\n%time\n!ls\n### BEGIN HIDDEN TESTS\n'''",
            {"a": "\n%time\n!ls\n### BEGIN HIDDEN TESTS\n"},
        ),
    ],
)
def test_read(source, values):
    """Is a text or number read as Python and IPython would read it?"""
    assert bound(source) == values


def test_minus_nothing():
    """Does a zero keep its sign?"""
    assert str(bound("a = -0.0")["a"]) == "-0.0"


@pytest.mark.parametrize(
    "source",
    [
        *("", "# a comment", "'x'", "a", "pass", "a = None", "a = True", "a = ...", "a = b'x'"),
        *("a = f'{b}'", "a = f''", "a = [1]", "a = {}", "a = 'x' + 'y'", "a = 'x' * 9", "a = 1j"),
        *("a = 1e999", "a = -1e999", "a = nan", "a = --1", "a = ~1", "a = not 1", "a = -'x'"),
        *("a: str = 'x'", "a: print() = 'x'", "a += 'x'", "(a := 'x')", "a = (b := 'x')"),
        *("a, b = 'x'", "[a] = 'x'", "*a, = 'x'", "a.b = 'x'", "a[0] = 'x'", "a[print()] = 'x'"),
        *("a = 'x'\nprint(a)", "a = 'x'; exit()", "import os", "a = 'x'\nimport os", "del a"),
        *("def a(): 'x'", "class a: 'x'", "lambda: 'x'", "a = lambda: 'x'", "a = print()"),
        *(
            "%time a = 'x'",
            "%%time\na = 'x'",
            "!a = 'x'",
            "a = !ls",
            "a = %pwd",
            "a?",
            "?a",
            ";a b",
        ),
        *("a = 'x'\n%time", "await a", "a = await b", "a = 'x", "a = '''x", "a = 'x\0'", "\0"),
        *("a = '\ud800", "a = 'x'\n b = 'y'", "if 1: a = 'x'", "with b: a = 'x'", "a = 'x' 'y"),
        *(f"a = {1 << 63}", f"a = -{1 << 63}", f"a = {'9' * 5_000}", f"a = 0x{'f' * 9_000}"),
    ],
)
def test_not_read(source):
    """Does whatever may do more than bind texts and numbers count as code?"""
    assert bound(source) is None


@pytest.mark.parametrize(
    "source",
    [
        f"a = {'(' * 50_000}",
        f"a = {'(' * 49_000}1{')' * 49_000}",
        f"a = {'-' * 90_000}1",
        f"a = {'-+~' * 30_000}1",
        f"a = {'not ' * 20_000}1",
        f"a = {'1+' * 45_000}1",
        f"a = 1{'**1' * 30_000}",
        f"a = {'[' * 49_000}",
        f"a = {'a.' * 45_000}b",
        f"a = {'lambda:' * 14_000}1",
        f"a = 1{' if 1 else 1' * 8_000}",
        f"a = {'{1:' * 30_000}",
        f"a = {'f' * 90_000}",
        "a = f'" + "{" * 90_000,
        "a = '" + "\\N{" * 30_000,
        f"{'(a)=' * 20_000}b",
        f"a = 1e{'9' * 90_000}",
        f"a = {'1_' * 45_000}1",
        "a = 1\n>>> " * 9_000 + "b",
        f"{' ' * 90_000}a",
        f"{chr(10) * 90_000}a",
        f"a = '''{' ' * 50_000}\n" * 2,
        f"a = {'x' * (LONGEST + 1)!r}",
        "@" * 90_000,
        "a = 'x'\n" * 12_000 + "print()",
        "In [" * 20_000,
    ],
    ids=lambda source: source[:12].strip(),
)
def test_too_much(source):
    """Does a cell that is made to crash whoever reads it, or to take long, count as code at once?"""
    limit, start = sys.getrecursionlimit(), time.process_time()
    assert bound(source) is None
    assert time.process_time() - start < 2
    assert sys.getrecursionlimit() == limit


def test_long_answers():
    """Is the longest answer read, whatever its characters are?"""
    for sign in ("x", '"', "\\", "\0", "é", "\U000e0001", "\n", RTL):
        text = sign * 8_000
        assert bound(f"a = {text!a}") == {"a": text}
    assert bound("=".join(["a"] * 20_000) + "='x'") == {"a": "x"}
