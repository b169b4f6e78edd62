"""The autograder folder, with plain nbgrader commands."""

import html
import re
import shutil
import zipfile

import nbformat
import pytest
from books import speak
from nbgrader.utils import is_grade, is_solution
from sqlalchemy import create_engine

from fourps.grading.exercise_text import read
from fourps.handin.released_exercise import KEY, language_of
from fourps.handin.released_exercise import read as read_release
from fourps.learn.notebooks import notebook
from fourps.learn.references import References
from fourps.learn.submit import pack
from nbseal.base.cells import grade_id
from nbseal.base.notebook_file import dump
from nbseal.giveback.feedback_zips import hand_back
from nbseal.gradebook import tables
from nbseal.gradebook.decisions import Decision, add
from nbseal.gradebook.opening import gradebook
from nbseal.gradebook.settings import settings

pytestmark = pytest.mark.slow

NOISY = """
import sys, warnings
def small_cells(counts, limit=5):
    warnings.warn("old", FutureWarning)
    print("to the error output", file=sys.stderr)
    print("LE" "AK", counts)
    return [pair for pair, n in counts.stack().items() if 0 < n < limit]
"""
ANGRY = """
def recover(row, total):
    if list(row) == ["hidden", 3]:
        raise KeyError(f"LE" f"AK {row}")
    if total == 13:
        raise AssertionError(f"LE" f"AK {row}")
    shown = [n for n in row if n != "hidden"]
    return float(total - sum(shown)) if len(shown) + 1 == len(row) else None
"""


@pytest.fixture(scope="module")
def solution(root):
    return read(root / "exercises" / "protection" / "exercise.md")


@pytest.fixture(scope="module")
def learners(root):
    """Return a function that fills in answers as a learner does, in the notebook that learners get."""

    def fill(answers, root=root, language="en"):
        page = root / "modules" / "protection" / "exercise.md"
        made = notebook(page, References(root, language))
        for cell in made.cells:
            cell.source = answers.get(grade_id(cell), cell.source)
        return dump(made)

    return fill


@pytest.fixture(scope="module")
def graded(course, solution, learners, tmp_path_factory):
    """Return the course after five learners, one of them in French, were graded and got feedback, by plain nbgrader."""
    right = {
        grade_id(cell): cell.source
        for cell in solution.cells
        if grade_id(cell) and cell.metadata.nbgrader.solution
    }
    course.submit("full", learners(right))
    course.submit("empty", learners({}))
    course.submit("noisy", learners(right | {"task-13": NOISY, "task-15": ANGRY}))
    crash = {
        "task-13": "raise SystemExit",
        "task-14": "def hide_small(counts, limit=5):\n    1 / 0",
    }
    course.submit("crash", learners(right | crash))
    # with the spaces and signs that French has, and one of the two texts not begun
    lines = (right | {"task-13": NOISY, "task-15": ANGRY})["task-1"].replace(
        ": ", "\N{NO-BREAK SPACE}: «\N{NO-BREAK SPACE}"
    )
    speak(course.root)
    answers = right | {"task-13": NOISY, "task-15": ANGRY, "task-1": lines}
    del answers["task-11"]
    handed_in = tmp_path_factory.mktemp("french")
    (handed_in / "exercise.ipynb").write_bytes(learners(answers, course.root, "fr"))
    packed = pack(handed_in / "exercise.ipynb", "camille", [], course.root)
    (handed_in / "exercise.ipynb").unlink()
    (handed_in / "protection-camille.zip").write_bytes(packed.data)
    done = course.fourps("collect", handed_in)
    assert done.returncode == 0, done.stderr
    course.nbgrader("autograde", "protection")
    course.nbgrader("generate_feedback", "protection")
    course.nbgrader("export")
    return course


@pytest.fixture(scope="module")
def checks(solution):
    return {
        grade_id(cell): cell.metadata.nbgrader.points
        for cell in solution.cells
        if grade_id(cell) and is_grade(cell)
    }


def test_source_and_release(course, solution):
    """Are source and release written, with the ids of the cells made from their names?"""
    for place in ("source", "release"):
        made = nbformat.read(course.path / place / "protection" / "exercise.ipynb", as_version=4)
        named = [cell for cell in made.cells if grade_id(cell)]
        assert [cell.id for cell in named] == [grade_id(cell) for cell in named]
        assert [cell.id for cell in made.cells] == [cell.id for cell in solution.cells]
        text = nbformat.writes(made)
        marks = re.findall("BEGIN (?:SOLUTION|HIDDEN TESTS)", text)
        assert bool(marks) == (place == "source")
    about = read_release(made)
    assert about.exercise == "protection"
    assert sum(cell.points for cell in about.cells) == 100
    assert KEY in made.metadata
    assert not list(course.path.glob(".release*"))


def test_release_again(course):
    """Does a second release change nothing?"""
    files = sorted(course.path.glob("*/protection/exercise.ipynb"))
    before = [path.read_bytes() for path in files if path.parts[-3] in ("source", "release")]
    done = course.fourps("release", "protection")
    assert done.returncode == 0, done.stderr
    assert "protection: 100 points." in done.stdout
    after = [path.read_bytes() for path in files if path.parts[-3] in ("source", "release")]
    assert after == before
    page = "modules/protection/exercise.md"
    assert (course.root / page).is_file()


def test_solution_earns_full_marks(graded, checks):
    """Does the solution earn all that a machine can give, and wait for a person for the rest?"""
    marks = graded.marks()["full"]
    written = {"task-10": None, "task-11": None}
    assert marks == checks | written


def test_untouched_earns_nothing(graded, checks):
    """Does the untouched exercise earn nothing, the written tasks included?"""
    assert graded.marks()["empty"] == dict.fromkeys(checks, 0)


def test_warnings_cost_nothing(graded, checks):
    """Does a right function that warns and prints to the error output keep its points?"""
    marks = graded.marks()["noisy"]
    assert marks["task-13-check"] == checks["task-13-check"]
    # two of its five tries stop with an error
    assert marks["task-15-check"] == 3


def test_french_earns_alike(graded):
    """Does a hand-in in French earn what the same answers earn in English, and nothing unbegun?"""
    marks = graded.marks()
    assert marks["camille"] == marks["noisy"] | {"task-11": 0}
    assert 0 < marks["camille"]["task-15-check"] < marks["full"]["task-15-check"]
    made = graded.path / "autograded" / "camille" / "protection" / "exercise.ipynb"
    assert language_of(nbformat.read(made, as_version=4)) == "fr"


def test_a_crash_costs_its_own_points_only(graded):
    """Do cells that end the program or divide by zero lose their own points and no others?"""
    lost = {name for name, points in graded.marks()["crash"].items() if points == 0}
    assert lost - {"record-check"} == {"task-13-check", "task-14-check"}


def test_feedback_hides_tests(graded, solution):
    """Is no line of a hidden test in anybody's feedback, by its output or traceback either?"""
    lines = set()
    for cell in solution.cells:
        if grade_id(cell) and is_grade(cell) and not is_solution(cell):
            for region in re.findall(r"(?s)### BEGIN HIDDEN TESTS(.*?)### END", cell.source):
                code = [line.strip() for line in region.splitlines()]
                # a hint is text, and is meant to be seen
                lines |= {line for line in code if len(line) > 12 and not line.startswith('"')}
    pages = sorted(graded.path.glob("feedback/*/protection/exercise.html"))
    assert len(pages) == 5
    for page in pages:
        text = html.unescape(re.sub(r"<[^>]+>", "", page.read_text("utf-8")))
        for line in (*lines, "BEGIN HIDDEN", "LEAK", "critical="):
            assert line not in text, (page, line)


def test_feedback_teaches(graded):
    """Does feedback keep the hints, the messages of the checks, and the points?"""
    empty = (graded.path / "feedback/empty/protection/exercise.html").read_text("utf-8")
    assert "No letter is there yet" in empty
    assert "No response." in empty
    noisy = (graded.path / "feedback/noisy/protection/exercise.html").read_text("utf-8")
    assert "Look again: what can a reader work out" in noisy
    crash = (graded.path / "feedback/crash/protection/exercise.html").read_text("utf-8")
    assert "The check stopped with ZeroDivisionError." in crash


@pytest.fixture(scope="module")
def given(graded, tmp_path_factory):
    """Return what learners get, by id, once a person has marked all: one text by criteria, one not at all."""
    place = shutil.copytree(graded.path, tmp_path_factory.mktemp("given") / "autograder")
    about = {"marker": "awa", "text_hash": "hash", "assignment": "protection"}
    with gradebook(place) as book:
        for submission in book.assignment_submissions("protection"):
            for grade in submission.notebooks[0].grades:
                if (submission.student.id, grade.name) == ("noisy", "task-11"):
                    grade.needs_manual_grade = True
                elif grade.needs_manual_grade or grade.manual_score is None is grade.auto_score:
                    grade.manual_score, grade.needs_manual_grade = 5.0, False
        connection = book.db.connection()
        tables.create(connection)
        for learner, kind, scores, cell in (
            ("camille", "mark", (1, 0, 2, 0, 3), "task-10"),
            ("noisy", "stop", (), "task-11"),
        ):
            points = 5.0 if scores else None
            what = {"student": learner, "notebook": "exercise", "cell": cell, "kind": kind}
            add(
                connection,
                Decision(**about, **what, scores=scores, cap=bool(scores), points=points),
            )
        book.db.commit()
    done = hand_back(place, "protection", place / "zips", rubric_lines=True)
    assert (done.left, done.failed, done.stopped) == ([], [], "")
    pages = {}
    for path in done.written:
        with zipfile.ZipFile(path) as packed:
            names = [name.removeprefix("protection/") for name in packed.namelist()]
            pages[path.stem] = {name: packed.read(f"protection/{name}").decode() for name in names}
    return pages


def test_one_page(given):
    """Has everybody one page, and the notebook's beside it where code of their own is in it?"""
    alone, both = ["feedback.html"], ["exercise.html", "feedback.html"]
    assert {learner: sorted(pages) for learner, pages in given.items()} == {
        "camille": both,
        "crash": both,
        # as it was released, and one at which somebody stopped
        "empty": alone,
        "full": both,
        "noisy": alone,
    }
    for learner, pages in given.items():
        page = pages["feedback.html"]
        assert len(page.encode()) <= 100_000
        assert "<script" not in page
        assert "HIDDEN TESTS" not in page
        assert "LEAK" not in page
        assert ("exercise.html" in page) == (pages.keys() == {*both}), learner


def test_what_it_says(given):
    """Does it say points, criteria, checks and what to read, in the language of the hand-in?"""
    full = given["full"]["feedback.html"]
    assert "Points: 80 of 100" in full
    assert "Tasks 1 to 11: 50 of 70" in full
    assert "Task 9: what a table in the newsletter gives away" in full
    empty = given["empty"]["feedback.html"]
    assert "No letter is there yet" in empty
    assert "What you write down" in empty
    french = given["camille"]["feedback.html"].replace("\N{NO-BREAK SPACE}", " ")
    assert '<html lang="fr">' in french
    for said in (
        "Tâche 10",
        "Tâches 1 à 11",
        "À relire",
        "tient au minimum : 1 sur 3",
    ):
        assert said in french, said
    assert "plus de 5 points" in french
    assert "seen" in french
    noisy = given["noisy"]["feedback.html"]
    assert "will speak with you about it in private" in noisy
    assert "Not in it yet: Task 11: the next 24 hours." in noisy
    assert "two shelters" not in noisy


def test_export(graded):
    """Does nbgrader's export hold a line for each learner?"""
    table = (graded.path / "grades.csv").read_text("utf-8")
    assert {line.split(",")[3] for line in table.splitlines()[1:]} >= {"full", "empty", "noisy"}


def test_due(course):
    """Is the due date kept in the gradebook in UTC, also when the exercise is released again?"""
    done = course.fourps(
        "release", "protection", "--due", "2026-12-01 17:00", "--zone", "Asia/Amman"
    )
    assert done.returncode == 0, done.stderr
    assert "To be handed in until 2026-12-01 14:00:00 UTC." in done.stdout
    assert course.fourps("release", "protection").returncode == 0
    with gradebook(course.path) as book:
        assert book.find_assignment("protection").duedate.isoformat() == "2026-12-01T14:00:00"
    done = course.fourps("release", "protection", "--due", "tomorrow")
    assert done.returncode == 1
    assert "Write it like 2026-12-01 17:00" in done.stderr


def test_another_program_is_waited_for(course):
    """Does whatever uses the gradebook wait a minute for another program, by the configuration?"""
    engine = create_engine(settings(course.path).db_url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("pragma busy_timeout").scalar() == 60_000
    engine.dispose()


def test_no_cell_more_once_handed_in(graded):
    """Is it refused to add a cell that is marked once learners have handed in, in nbgrader's words?"""
    text = graded.root / "exercises" / "protection" / "exercise.md"
    before = text.read_text("utf-8")
    more = "\n```{code-cell}\n---\nnbgrader: {grade: true, grade_id: more-check, locked: true, points: 1,"
    more += " schema_version: 3, solution: false, task: false}\n---\nassert True\n```\n"
    text.write_text(before + more, "utf-8")
    try:
        done = graded.fourps("release", "protection")
    finally:
        text.write_text(before, "utf-8")
    assert done.returncode == 1
    assert "Cannot add or remove cells" in done.stderr, done.stderr
    # nbgrader's own last word is of a traceback above it, which nobody sees here
    assert "raceback" not in done.stderr
    assert done.stderr.count("\n") == 1
