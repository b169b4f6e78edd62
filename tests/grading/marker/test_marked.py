"""Notebooks of this course, honest and not, whose checks run in the marker."""

from pathlib import Path

import pytest
from graded_cells import WRONG

pytestmark = pytest.mark.slow
CHEATS = sorted((Path(__file__).parents[1] / "hostile").glob("cheat_*.cell"))
RIGHT = "def triple(x):\n    return 3 * x"


def test_language_of_the_learner(tools):
    """Does a check say what it refuses in the language of the notebook, and of the next one in that of the next?"""
    for language, said in {
        "fr": "«\u00a0ac\u00a0» ne peut pas être lu",
        "en": "cannot be read",
        "xx": "cannot be read",
        "../fr": "cannot be read",
    }.items():
        made = tools.mark(
            "answer = 'letters: ac'",
            tools.check(
                "from fourps.exercise import check_choice\ncheck_choice(answer, 'abcd')\n2", "one"
            ),
            language=language,
        )
        assert made.points() == {"one": 0}
        assert said in made.notebook.cells[1].outputs[-1].evalue, language


@pytest.mark.parametrize("path", CHEATS, ids=lambda path: path.stem)
def test_cheats(hasty, path):
    """Does a notebook that changes what tests rely on earn its honest marks, wrong and right?"""
    wrong = [hasty.check(source, f"wrong-{number}") for number, source in enumerate(WRONG)]
    made = hasty.mark(
        f"{RIGHT}\nanswer = [1, 2]",
        hasty.check("assert answer == [1, 2]", "before"),
        path.read_text("utf-8"),
        *wrong,
        hasty.check("assert answer == [1, 2] and len(answer) == 2", "after"),
        hasty.check("5 / 4", "points"),
    )
    points = made.points()
    assert [name for name, mark in points.items() if mark and name.startswith("wrong")] == []
    assert points["before"] == 2
    # one ends its process, and one rebinds `answer`: honest all the same
    if made.made.kind == "ok":
        assert points["points"] == 1.25
        assert made.said(3)[0].startswith(("AssertionError: wrong", "TypeError", "NameError"))
