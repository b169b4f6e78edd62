"""The course's own exercises in the marker: sealed, and what is without code also without a seal.

In each exercise one learner has changed nothing, one is right, and in the answers of four others every
kind of answer that there is stands in one task or another. One has all solutions, code among them.
"""

import contextlib
import re
import shutil
import sqlite3

import nbformat
import pytest
from graded_cells import Marked
from nbgrader.utils import is_grade, is_solution
from typer.testing import CliRunner

from fourps.cli import app
from fourps.grading.exercise_text import read
from nbseal.base.cells import grade_id
from nbseal.base.notebook_file import dump
from nbseal.run import pool, stages

pytestmark = pytest.mark.slow


def moved(text, places):
    """Return an answer with its values, or else its letters, in other places; one letter is lost."""
    parts = [line.partition(":") for line in text.strip().splitlines()]
    names, values = [name for name, _, _ in parts], [value for _, _, value in parts]
    if names == ["letters"]:
        given = values[0].split(",")
        return f"\nletters: {','.join(given[at] for at in places if at < len(given) - 1)}\n"
    order = [at for at in places if at < len(values)]
    order += sorted({*range(len(values))} - {*order})
    lines = (f"{name}:{values[at]}" for name, at in zip(names, order, strict=True))
    return "\n".join(["", *lines, ""])


# a text, of the right answer
KINDS = {
    "right": str,
    "partly right": lambda text: moved(text, [1, 0, *range(2, 99)]),
    "wrong": lambda text: moved(text, [*range(1, 99), 0]),
    "empty": lambda _: "",
    "absurd": lambda _: "a: 1e999\nletters: z, z\nwomen: ½\n| a | b |\n" * 3,
    "quotation marks": lambda text: f'"""{text}\'\'\' \'"" \\"""',
    "backslashes": lambda text: text.replace(" ", " \\") + "\\N{BULLET} \\x \\",
    "null bytes": lambda text: f"\0{text}\0",
    "longest": lambda text: (text * 8_000)[:8_000],
    "longer": lambda _: "a: seen " * 3_000,
    "hidden tests": lambda text: f"### BEGIN HIDDEN TESTS\n{text}\n### END HIDDEN TESTS",
    "right to left": lambda text: f"\u202e{text}\u2066<b>\u200f",
}
LEARNERS = ("untouched", "right", "one", "two", "three", "four")
SPOKEN = {"three": "fr"}


def test_kinds():
    """Is each kind of answer another text?"""
    texts = {make("\na: seen\nb: guess\nc: label\n") for make in KINDS.values()}
    assert len(texts) == len(KINDS) == 12


def answers(learner, number, texts):
    """Return what a learner writes into the tasks of an exercise, from the texts that are right."""
    if learner in LEARNERS[:2]:
        return texts if learner == "right" else {}
    kinds, first = [*KINDS.values()], 3 * LEARNERS.index(learner) + 5 * number
    return {
        name: kinds[(first + place) % len(kinds)](text)
        for place, (name, text) in enumerate(texts.items())
    }


def filled(released, given):
    """Return a notebook as learners have it, with texts between the quotation marks, or what reads as them."""
    notebook = nbformat.from_dict(released)
    for cell in notebook.cells:
        text = given.get(grade_id(cell))
        if text is not None and cell.cell_type == "code":
            whole = '"""' + text + '"""'
            odd = re.search(r'["\\]|[^\n -~]', text)
            cell.source = cell.source.partition('"""')[0] + (ascii(text) if odd else whole)
        elif text is not None:
            cell.source = text.replace("\0", "")
    return notebook


@pytest.fixture(scope="module")
def exercises(as_released, root):
    """Return each exercise with its solutions, and as learners have it."""
    return {
        path.parent.name: (
            read(root / "exercises" / path.parent.name / "exercise.md"),
            nbformat.read(path, as_version=4),
        )
        for path in sorted((as_released / "release").glob("*/exercise.ipynb"))
    }


def right(solved):
    """Return the texts of an exercise that are right."""
    texts = {}
    for cell in filter(is_solution, solved.cells):
        if cell.cell_type == "markdown":
            texts[grade_id(cell)] = (
                "I would ask him whether he has time, and *listen*.\n\n- Then wait."
            )
        elif found := re.findall(r'= """(.*?)"""', cell.source, re.DOTALL):
            texts[grade_id(cell)] = found[-1]
    return texts


@pytest.fixture(scope="module")
def plain(as_released, exercises, tmp_path_factory):
    """Return a course in which all has been handed in, and was marked where nothing can be sealed."""
    folder = tmp_path_factory.mktemp("plain") / "course"
    shutil.copytree(as_released, folder)
    for number, (name, (solved, released)) in enumerate(exercises.items()):
        texts = right(solved)
        for learner in LEARNERS:
            notebook = filled(released, answers(learner, number, texts))
            if learner in SPOKEN:
                notebook.metadata["fourps_language"] = SPOKEN[learner]
            place = folder / "submitted" / learner / name
            place.mkdir(parents=True)
            (place / "exercise.ipynb").write_bytes(dump(notebook))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nbseal.run.driver.why_not", lambda **_: pytest.fail("it asked for a seal"))
        patch.setattr(pool, "_worker", lambda _: pytest.fail("it started a sealed process"))
        run(folder)
    return folder


@pytest.fixture(scope="module")
def as_sealed(plain, tmp_path_factory):
    """Return the same course, marked sealed."""
    folder = tmp_path_factory.mktemp("sealed") / "course"
    left_out = shutil.ignore_patterns("autograded", "gradebook.db", "backups")
    shutil.copytree(plain, folder, ignore=left_out)
    shutil.copy(next((plain / "backups").iterdir()), folder / "gradebook.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stages.Stages, "_read_plain", lambda *_: None)
        run(folder)
    return folder


def run(folder):
    words = ["grade", "run", "--course", str(folder), "--workers", "1"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output


def rows(folder):
    """Return marks, comments and verdicts, without what is random or a time."""
    of_marks = "g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade from grade g"
    of_comments = "g.auto_comment, g.manual_comment from comment g"
    queries = [
        f"select s.student_id, a.name, c.name, {columns} join base_cell c on c.id = g.cell_id "
        for columns in (of_marks, of_comments)
    ]
    whose = (
        "join submitted_notebook n on n.id = g.notebook_id "
        "join submitted_assignment s on s.id = n.assignment_id "
        "join assignment a on a.id = s.assignment_id order by 1, 2, 3"
    )
    verdicts = "select student, assignment, status, reason, remarks, sealed from nbseal_outcome"
    with contextlib.closing(sqlite3.connect(folder / "gradebook.db")) as database:
        found = [database.execute(query + whose).fetchall() for query in queries]
        return [*found, sorted(database.execute(verdicts))]


def test_same_rows(plain, as_sealed, exercises):
    """Is each mark, comment and verdict the same both ways?"""
    ours, theirs = rows(plain), rows(as_sealed)
    for mine, other in zip(ours, theirs, strict=True):
        assert mine == other
    marks, comments, verdicts = ours
    assert len(verdicts) == len(exercises) * len(LEARNERS) == 48
    assert {status for _, _, status, *_ in verdicts} == {"graded"}
    assert len(marks) > 800
    assert len(comments) > 800
    # and they differ from each other
    assert len({score for *_, score, _, _, _ in marks}) > 15


def test_same_notebooks(plain, as_sealed):
    """Does each graded notebook show the same, errors and their lines with it?"""
    names = sorted(path.relative_to(plain) for path in plain.glob("autograded/*/*/exercise.ipynb"))
    assert len(names) == 48
    for name in names:
        assert (plain / name).read_bytes() == (as_sealed / name).read_bytes(), name
    shown = (plain / "autograded/three/protection/exercise.ipynb").read_text("utf-8")
    assert "Une lettre figure deux fois" in shown or "ne peut pas être lu" in shown


def test_same_feedback(plain, as_sealed):
    """Are the pages of feedback the same, letter by letter?"""
    for folder in (plain, as_sealed):
        with contextlib.closing(sqlite3.connect(folder / "gradebook.db")) as database, database:
            database.execute(
                "update grade set manual_score = 1, needs_manual_grade = 0 where needs_manual_grade"
            )
        words = ["grade", "feedback", "protection", "--course", str(folder)]
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, done.output
    pages = sorted(path.relative_to(plain) for path in plain.glob("feedback/*/protection/*.html"))
    assert len(pages) == len(LEARNERS)
    for page in pages:
        assert (plain / page).read_text("utf-8") == (as_sealed / page).read_text("utf-8"), page
    assert "Look again: " in (plain / "feedback/one/protection/feedback.html").read_text("utf-8")


def test_untouched_and_right(plain, exercises):
    """Does nothing come of nothing, and all that needs no programming of the right answers?"""
    marks = {(who, name, cell): auto for who, name, cell, auto, *_ in rows(plain)[0]}
    for name, (solved, _) in exercises.items():
        texts = right(solved)
        for cell in solved.cells:
            if is_grade(cell) and not is_solution(cell):
                assert marks["untouched", name, grade_id(cell)] == 0
                if grade_id(cell).removesuffix("-check") in texts.keys() - {"record"}:
                    most = cell.metadata.nbgrader.points
                    assert marks["right", name, grade_id(cell)] == most, (name, grade_id(cell))


def test_solutions_with_code(sealed, exercises):
    """Does the solution of each exercise, with its code, earn all points in the marker?"""
    for solved, _ in exercises.values():
        wanted = {
            grade_id(cell): cell.metadata.nbgrader.points
            for cell in solved.cells
            if is_grade(cell) and not is_solution(cell)
        }
        made = Marked(sealed.execute(solved, {}, ()), nbformat.from_dict(solved))
        assert {name: made.points()[name] for name in wanted} == wanted
