import pytest

from fourps.course.words import exercise_words
from fourps.handin.released_exercise import ReleasedCell, digest, marks


@pytest.mark.parametrize(
    "cell",
    [
        {},
        {"metadata": {"nbgrader": []}},
        {"metadata": {"nbgrader": {"grade": True}}},
        {"metadata": {"nbgrader": {"grade_id": 1, "grade": True}}},
        # nbgrader's read-only cells do not count
        {"metadata": {"nbgrader": {"grade_id": "a", "grade": False, "solution": False}}},
    ],
)
def test_cells_that_do_not_count(cell):
    """Does a cell count only if it earns points or holds an answer?"""
    assert marks(cell) == {}


def test_spaces_at_the_end():
    """Is an answer the same with a line more at its end?"""
    assert digest("a = 1\n\n") == digest("a = 1")
    assert digest(" a = 1") != digest("a = 1")


@pytest.mark.parametrize(
    ("title", "points", "expected"),
    [
        ("Task 1: a (5 points)", 5, "Task 1: a (one, 5 points)"),
        ("Task 1", 1, "Task 1 (one, 1 point)"),
        ("Task (in words)", 2.5, "Task (in words) (one, 2.5 points)"),
    ],
)
def test_names(title, points, expected):
    """Is a cell named by its heading, and its points once?"""
    cell = {"grade_id": "one", "title": title, "points": points, "graded": True}
    released = ReleasedCell(**cell, answer=False, sha256="0")
    assert released.called(exercise_words(), "en") == expected
