from pathlib import Path

from fourps.course.problem import BrokenSourceError, Problem


def test_order():
    """Are problems in the order of files and lines?"""
    first = Problem(Path("a"), 2, "z", "", "")
    second = Problem(Path("a"), 10, "a", "", "")
    third = Problem(Path("b"), 1, "a", "", "")
    assert sorted([third, second, first]) == [first, second, third]


def test_all_are_said():
    """Does an error with several problems say each on a line of its own?"""
    problems = [Problem(Path("a"), line, "shape", "", f"thing {line}") for line in (1, 2)]
    error = BrokenSourceError(*problems)
    assert str(error) == "a:1: [shape] thing 1\na:2: [shape] thing 2"
    assert error.problems == tuple(problems)
