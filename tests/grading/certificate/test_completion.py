"""The part of an exercise that the practitioner's way needs, wherever marks are listed."""

import pytest
from graded_cells import tell

from fourps.grading.certificate.completion import standing
from nbseal.giveback.export import overview
from nbseal.gradebook.marks import Marks
from nbseal.gradebook.opening import gradebook
from nbseal.gradebook.verdicts import Verdict
from nbseal.reasons import because

POINTS = (5, 4, 4, 6, 5, 4, 5, 4, 3, 15, 15, 5, 5, 5, 5, 5, 5)


@pytest.fixture
def course(maker, tmp_path):
    """Return a course with our exercise and one of others, and what became of one hand-in."""
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n", "utf-8")
    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    ours = [maker.Grade(auto_score=float(points)) for points in POINTS]
    open_ = [*ours[:-1], maker.Grade(needs_manual_grade=True)]
    tasks = {
        "protection": [(f"task-{n}-check", float(points)) for n, points in enumerate(POINTS, 1)],
        "ps1": [("problem", 2.0)],
    }
    other = {"ps1": [maker.Grade(auto_score=1.0)]}
    half = {"protection": [*ours[:11], *(maker.Grade(auto_score=1.0) for _ in range(6))]}
    maker.enter(url, tasks, {"ada": half | other, "ben": {"protection": open_}, "cem": other})
    tell(url, Verdict("protection", "ada", "partly", (because("late", cells="7"),)))
    return tmp_path


def test_table(course):
    """Does the table give the first 70 points where there are any, and say what did not run?"""
    with gradebook(course) as book:
        head, *rows = overview(book).rows
    assert head == [
        *("learner", "protection", "protection of", "protection first 70", "protection state"),
        *("ps1", "ps1 of", "ps1 state"),
    ]
    stopped = "marked; partly graded: Took too long and was stopped, the next one ran: cell 7."
    assert rows == [
        ["ada", 76, 100, 70, stopped, 1, 2, "marked"],
        ["ben", None, 100, None, "to mark: 1", None, None, "not graded"],
        ["cem", None, None, None, "not graded", 1, 2, "marked"],
    ]


def test_feedback():
    """Does feedback say what counts for which way, and nothing in other courses?"""
    cells = {f"task-{n}": (1.0, float(points)) for n, points in enumerate(POINTS, 1)}
    told = standing(Marks("ada", "protection", cells, penalty=2.0))
    assert told.parts == (("Tasks 1 to 11", 11, 70),)
    assert "49 of the first 70" in told.notes[0]
    assert standing(Marks("ada", "ps1", {"problem": (1.0, 2.0)})) == ((), ())


def test_french():
    """Does it say so in French to whoever handed in French?"""
    cells = {f"task-{n}": (1.0, float(points)) for n, points in enumerate(POINTS, 1)}
    told = standing(Marks("ada", "protection", cells, penalty=2.0), "fr")
    assert told.parts == (("Tâches 1 à 11", 11, 70),)
    assert "49 des 70 premiers points" in told.notes[0].replace("\N{NO-BREAK SPACE}", " ")
