"""The whole round: release, hand in, collect, grade, mark by hand, feedback, export."""

from __future__ import annotations

import csv
import os
import shutil
import zipfile
from functools import partial
from pathlib import Path

import formgrading
import pytest
from formgrading import sql

from fourps.grading.exercise_text import read
from fourps.learn.notebooks import notebook
from fourps.learn.references import References
from fourps.scenario.engine import encode, replay
from fourps.scenario.model import load
from nbseal.base.cells import grade_id
from nbseal.base.notebook_file import dump

ROOT = Path(__file__).parents[2]
# no programs of the environment: nbgrader's own calls must work all the same
BARE = os.environ | {"PATH": os.defpath, "NO_COLOR": "1", "COLUMNS": "200"}
pytestmark = [pytest.mark.browser, pytest.mark.slow]

# what a practitioner might hand in: most is right, one step is forgotten, part 3 left out. Some of
# it stands in lists, as before answers were lines of text.
PRACTITIONER = {
    "task-2": 'task_2 = ["a", "c", "e"]',
    "task-4": 'task_4 = ["h", "d", "b", "e", "g", "c", "a", "f"]',
    "task-9": 'task_9 = """\nwomen: 4\nmen: 6\ninstead: C\n"""',
    "task-11": "*No real person, not your own story.*\n\nI would call Ilden and say that.",
}
PREDICTED = {
    "task-1-check": 5,
    "task-2-check": 3,
    "task-3-check": 4,
    "task-4-check": 6,
    "task-5-check": 5,
    "task-6-check": 4,
    "task-7-check": 5,
    "task-8-check": 4,
    "task-9-check": 2,
    "record-check": 0,
    "task-10": None,
    "task-11": None,
    "task-12-check": 0,
    "task-13-check": 0,
    "task-14-check": 0,
    "task-15-check": 0,
    "task-16-check": 0,
    "task-17-check": 0,
}


run = partial(formgrading.run, env=BARE)


@pytest.fixture(scope="module")
def solution():
    return read(ROOT / "exercises" / "protection" / "exercise.md")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A copy of the course, with a released exercise in its autograder folder."""
    folder = tmp_path_factory.mktemp("round")
    for name in ("modules", "exercises", "book"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "autograder").mkdir()
    shutil.copy(ROOT / "autograder" / "nbgrader_config.py", folder / "autograder")
    shutil.copy(ROOT / "_toc.yml", folder)
    done = run("fourps", "grade", "release", "protection", cwd=folder)
    assert "protection: 100 points." in done.stdout
    return folder


@pytest.fixture(scope="module")
def handins(course, solution):
    """Four hand-ins as learners pack them; one has lost its notebook."""
    folder = course / "hand-ins"
    folder.mkdir()
    right = {
        grade_id(cell): cell.source
        for cell in solution.cells
        if grade_id(cell) and cell.metadata.nbgrader.solution
    }
    first_part = [f"task-{number}" for number in range(1, 11)]
    practitioner = {name: right[name] for name in first_part} | PRACTITIONER
    page = course / "modules" / "protection" / "exercise.md"
    scenario, _ = load(course / "modules" / "protection" / "scenario.yaml")
    record = encode(replay(scenario, []))
    for learner, answers in (
        ("ada", right),
        ("ben", practitioner),
        ("cem", {}),
        ("dov", {}),
    ):
        made = notebook(page, References(course))
        for cell in made.cells:
            cell.source = answers.get(grade_id(cell), cell.source)
        mine = course / "home" / learner / "exercise.ipynb"
        mine.parent.mkdir(parents=True)
        mine.write_bytes(dump(made))
        options = ["--name", learner, "--out", folder / f"{learner}.zip", "--record", record]
        run("fourps", "submit", mine, *options, cwd=course)
    # dov's file has lost its notebook on the way
    with zipfile.ZipFile(folder / "dov.zip") as packed:
        manifest = packed.read("handin.json")
    with zipfile.ZipFile(folder / "dov.zip", "w") as packed:
        packed.writestr("handin.json", manifest)
    return folder


@pytest.fixture(scope="module")
def graded(course, handins):
    run("fourps", "grade", "collect", handins, cwd=course)
    run("nbgrader", "autograde", "protection", cwd=course / "autograder")
    return course / "autograder"


def marks(folder):
    query = """
        select student_id, base_cell.name, grade.auto_score, grade.manual_score
        from grade
        join submitted_notebook on grade.notebook_id = submitted_notebook.id
        join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
        join base_cell on grade.cell_id = base_cell.id
    """
    found = {}
    for learner, cell, auto, manual in sql(folder, query):
        found.setdefault(learner, {})[cell] = auto if manual is None else manual
    return found


def test_automatic_marks(graded, solution):
    """Is every automatic mark as predicted?"""
    points = {
        grade_id(cell): cell.metadata.nbgrader.points
        for cell in solution.cells
        if grade_id(cell) and cell.metadata.nbgrader.grade
    }
    found = marks(graded)
    assert found["ada"] == points | {"task-10": None, "task-11": None}
    assert found["ben"] == PREDICTED
    assert found["cem"] == dict.fromkeys(points, 0)


@pytest.fixture(scope="module")
def formgrader(graded, start_jupyter):
    """The formgrader in a real Jupyter server, started in the course's folder."""
    with formgrading.formgrader(start_jupyter, graded, BARE) as address:
        yield address


@pytest.fixture(scope="module")
def marked(formgrader, graded, browser):
    """The gradebook after a facilitator has marked one written task of ben's in the browser."""
    query = """
        select submitted_notebook.id from submitted_notebook
        join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
        where student_id = 'ben'
    """
    [(submission,)] = sql(graded, query)
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(f"{formgrader}/login?token=test")
    page.goto(f"{formgrader}/formgrader/gradebook/protection/exercise")
    page.locator("table tbody tr").nth(2).wait_for()
    page.locator(f"a[href*='{submission}']").first.click()
    # the class says that the page has read the gradebook; what is typed before is lost
    score = page.locator("input.score.needs_manual_grade[id='task-10']")
    score.wait_for()
    # a function: words alone would be evaluated at each look, which the page's policy forbids
    page.wait_for_function("() => formgrader.comments && formgrader.comments.loaded")
    score = page.locator("input.score[id='task-10']")
    with page.expect_response(lambda answer: "/api/grade/" in answer.url and answer.ok):
        score.fill("12")
        score.press("Tab")
    comment = page.locator("textarea[id='task-10-comment']")
    with page.expect_response(lambda answer: "/api/comment/" in answer.url and answer.ok):
        comment.fill("Your message can be used as it is.")
        comment.press("Tab")
    # the facilitator sees what was tested
    assert "BEGIN HIDDEN TESTS" in page.content()
    context.close()
    return graded


def test_mark_by_hand(marked):
    """Is the mark that was given in the browser in the gradebook, and nothing else changed?"""
    assert marks(marked)["ben"] == PREDICTED | {"task-10": 12}


def test_feedback(marked):
    """Has everybody feedback, with marks and comments, and without any hidden test?"""
    run("nbgrader", "generate_feedback", "protection", cwd=marked)
    pages = sorted(marked.glob("feedback/*/protection/exercise.html"))
    assert [page.parts[-3] for page in pages] == ["ada", "ben", "cem"]
    assert not [page for page in pages if "HIDDEN TESTS" in page.read_text("utf-8")]
    text = pages[1].read_text("utf-8")
    assert "Your message can be used as it is." in text
    assert "Look again: rows and columns" in text
    assert "Score: 50.0 / 100.0" in text


def test_export(marked):
    """Does the export hold every learner, also the one whose hand-in had no notebook?"""
    run("nbgrader", "export", cwd=marked)
    with (marked / "grades.csv").open(encoding="utf-8") as file:
        found = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    automatic = sum(value or 0 for value in PREDICTED.values())
    assert automatic == 38
    expected = {"ada": 70, "ben": automatic + 12, "cem": 0, "dov": 0}
    assert {name: found[name] for name in expected} == expected
