"""The same hand-ins, marked in a folder and over nbgrader, and what was decided taken from one to the other."""

from __future__ import annotations

import base64
import csv
import io
import random
import re
import shutil

import pytest
from answer_texts import answers
from run_checks import tasks

from fourps.book.after.release import desk
from fourps.course import version
from fourps.front import page_script
from fourps.grading.exercise_text import read
from fourps.grading.key import key
from fourps.handin.answers_file import Answers, write_answers

from .conftest import CourseFolder

pytestmark = [pytest.mark.slow, pytest.mark.once]
EXERCISE = "protection"
LEARNERS = ("ada", "ben", "cem", "dua", "eli")
MARK = {"kind": "mark", "cap": False, "comment": "=1+1, well done."}
DECIDED = [
    (
        "task-10",
        {
            "ada": MARK | {"scores": [3, 2, 3, 2, 1]},
            "ben": MARK | {"scores": [3, 3, 3, 3, 3], "cap": True},
            "cem": {"kind": "stop"},
            "dua": MARK | {"scores": [0, 0, 0, 0, 0], "comment": ""},
        },
    ),
    ("task-11", {"ben": MARK | {"scores": [1, 1, 1, 1, 1]}}),
]


@pytest.fixture(scope="module")
def handins(root, tmp_path_factory):
    """The folder with the files of some learners: right, partly right, wrong, and odd ones."""
    folder = tmp_path_factory.mktemp("hand-ins")
    exercise, chance = read(root / "exercises" / EXERCISE / "exercise.md"), random.Random(9)  # noqa: S311
    keys = key(exercise, EXERCISE)
    sets = {
        name: answers(right, keys[name].checks, 20, chance) for name, right, _ in tasks(exercise)
    }
    for number, learner in enumerate(LEARNERS):
        given = {name: texts[number and number + 9] for name, texts in sets.items()}
        given |= {
            "task-10": f"**A.** Friday.\r\n\r\n{number} \U0001f600 \ud83d ",
            "task-11": "x" * number,
        }
        about = {"exercise": EXERCISE, "release": version(), "learner": learner}
        about |= {"language": "fr" if number % 2 else "en", "written": "2026-12-01T10:00Z"}
        data = write_answers(Answers(**about, answers=given))
        (folder / f"{EXERCISE}-{learner}.txt").write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def from_folder(root, handins, javascript):
    """What the desk of a release made of them."""
    files = [
        (path.name, base64.b64encode(path.read_bytes()).decode()) for path in handins.iterdir()
    ]
    asked = {"script": page_script("folder"), "spec": desk.data(root, "en")}
    return javascript("folder", files=files, decided=DECIDED, **asked)


@pytest.fixture(scope="module")
def course(root, copy, handins, tmp_path_factory):
    """A course that has collected and graded them."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copy(root / "autograder" / "nbgrader_config.py", folder)
    made = CourseFolder(folder, copy)
    for words in (("release", EXERCISE), ("collect", handins), ("run", EXERCISE)):
        place = ("--root", copy) if words[0] == "release" else ()
        done = made.grade(*words, *place)
        assert done.returncode == 0, done.stderr + done.stdout
    return made


def test_the_same_marks(course, from_folder, tmp_path):
    """Has each learner the same points in both, once the decisions are taken into the gradebook?"""
    saved = tmp_path / "marking.json"
    saved.write_text(from_folder["marking"])
    for number in (10, 11):
        done = course.mark(number, "--from", saved)
        assert done.returncode == 0, done.stderr + done.stdout
    rows = csv.DictReader(io.StringIO(from_folder["table"].removeprefix("\ufeff")))
    marks = course.marks()
    total = set()
    for row in rows:
        mine = marks[row["learner"]]
        for number in range(1, 10):
            assert float(row[f"task-{number}"]) == mine[f"task-{number}-check"], (row, number)
        for cell in ("task-10", "task-11"):
            is_open = not re.fullmatch(r"[\d.]+", row[cell])
            assert mine[cell] is None if is_open else float(row[cell]) == mine[cell], (row, cell)
        total.add(row["points"])
    assert len(total) == len(LEARNERS) == len(marks)
    # once more: nothing is new
    again = course.mark(10, "--from", saved)
    assert "0 marks taken, 4 there before." in again.stdout
