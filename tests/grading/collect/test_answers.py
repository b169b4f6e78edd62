"""Answers that were handed in as a text file, without a notebook."""

import ast
import os
import re
import shutil
from importlib.metadata import version

import nbformat
import pytest
from killing import content
from moodle_files import packed, row, sheet

from fourps.grading.exercise_text import read as text_of
from fourps.grading.profile import CourseHandins
from fourps.grading.release_exercises import without_solutions
from fourps.handin.answers_file import Answers, write_answers
from fourps.handin.released_exercise import language_of, read
from fourps.scenario.engine import encode, replay
from fourps.scenario.model import load
from nbseal.base.answers import UnknownAnswerError, fill
from nbseal.base.cells import grade_id
from nbseal.base.handins import Handins
from nbseal.collect import collect, enrolled_students, refusals
from nbseal.collect.released_notebooks import restore
from nbseal.reasons import because

ANSWERS = {"task-2": 'letters: a, c\n"""\\ \0', "task-10": "**A.** Friday.\n\nNobody was named."}
BEFORE = "1999-01-01T00:00Z"


def file(learner, **changes):
    about = {
        "exercise": "protection",
        "release": version("fourps"),
        "language": "en",
        "learner": learner,
        "written": BEFORE,
        "answers": ANSWERS,
    }
    return write_answers(Answers(**about | changes))


@pytest.fixture(autouse=True)
def entered(monkeypatch):
    """Return who is entered into the gradebook, which is not done here."""
    names = []
    monkeypatch.setattr(enrolled_students, "enter", lambda _, students: names.extend(students))
    return names


@pytest.fixture
def write(handins):
    """Return a function that puts answers, or any bytes, into the folder."""

    def answers(name, data, time=1_900_000_000):
        path = handins / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        os.utime(path, (time, time))
        return path

    return answers


def here(course):
    """Return the files that lie there, by the path below ``submitted``."""
    every = content(course / "submitted") if (course / "submitted").exists() else {}
    return {path: data for path, data in every.items() if data is not None}


def work(course, learner="ada"):
    """Return the cells of a learner's notebook by name."""
    path = course / "submitted" / learner / "protection" / "exercise.ipynb"
    return {grade_id(cell): cell.source for cell in nbformat.read(path, 4).cells if grade_id(cell)}


def test_taken(course, write, released, root):
    """Are answers what nbgrader gets, all else as released, with the file's time and its records?"""
    scenario, _ = load(root / "modules" / "protection" / "scenario.yaml")
    record = encode(replay(scenario, []))
    write("protection-ada.txt", file("ada", language="fr", records=[record]))
    collection = collect(course.parent / "hand-ins", course, root)
    assert (collection.taken, collection.remarks) == ([("ada", "protection")], [])
    files = here(course)
    assert files["ada/protection/timestamp.txt"] == b"2030-03-17 17:46:40 UTC\n"
    assert files["ada/protection/records.txt"].decode() == f"{record}\n"
    mine = nbformat.reads(files["ada/protection/exercise.ipynb"].decode(), 4)
    nbformat.validate(mine)
    was = nbformat.read(released, as_version=4)
    assert read(mine) == read(was)
    assert language_of(mine) == "fr"
    restore(was, nbformat.from_dict(was))
    changed = {}
    for now, before in zip(mine.cells, was.cells, strict=True):
        assert now.metadata == before.metadata
        if now.source != before.source:
            changed[grade_id(now)] = now.source
    name, text = changed["task-2"].split(" = ", 1)
    assert (name, ast.literal_eval(text)) == ("task_2", ANSWERS["task-2"])
    assert changed == {"task-2": changed["task-2"], "task-10": ANSWERS["task-10"]}


# a path, and whose it is
NAMES = {
    "ada.txt": "ada",
    "ben (1).txt": "ben",
    "protection-cem.TXT": "cem",
    "document.txt": "dov",
    "protection-hal 2.txt": "hal",
    "eve/protection-eve.txt": "eve",
    "F_7_assignsubmission_file/protection-fay.txt": "p7",
    "G_8_assignsubmission_file_protection-gus.txt": "p8",
}


def test_routes(course, write, root):
    """Are they taken from a folder, from a zip, Moodle's among them, and alone, and always the same?"""
    for name, learner in NAMES.items():
        source = write(name, file(learner))
    assert collect(source, course, root).taken == [("p8", "protection")]
    every = sorted((learner, "protection") for learner in NAMES.values())
    assert collect(course.parent / "hand-ins", course, root).taken == every
    books = {data for path, data in here(course).items() if path.endswith(".ipynb")}
    assert len(books) == 1
    shutil.rmtree(course / "submitted")
    source = course.parent / "all.zip"
    source.write_bytes(packed({name: file(learner) for name, learner in NAMES.items()}))
    assert collect(source, course, root).taken == every
    assert {data for path, data in here(course).items() if path.endswith(".ipynb")} == books


def test_in_moodle(course, root):
    """Is Moodle's time the time, and is what was typed there read there, whatever it is?"""
    time = "Tuesday, 3 November 2026, 4:05 PM"
    grades = sheet(
        course.parent / "grades.csv", *(row(n, "A", f"S{n}", time=time) for n in (1, 2, 3))
    )
    source = course.parent / "all.zip"
    names = {
        "A_1_assignsubmission_file_notes.txt": b"Buy milk.",
        "A_1_assignsubmission_file_protection-x.txt": file("learner-x7"),
        "A_2_assignsubmission_file_protection-S2.txt": file("S2"),
        "A_3_assignsubmission_file_protection-S2.txt": file("S2", answers={}),
        "A_2_assignsubmission_onlinetext_protection-ada.txt": file("ada", answers={}),
    }
    source.write_bytes(packed(names))
    collection = collect(source, course, root, worksheet=grades)
    assert collection.taken == [("S1", "protection"), ("S2", "protection")]
    assert here(course)["S1/protection/timestamp.txt"].startswith(b"2026-11-03 ")
    assert work(course, "S2")["task-10"] == ANSWERS["task-10"]
    left, typed, other = collection.remarks
    assert (
        left == "A_1_assignsubmission_file_notes.txt: neither a hand-in nor a notebook; left out."
    )
    assert typed == "S2: typed a text into Moodle; read it there."
    assert "says 'S3', and inside it is 'S2'; left out, and nothing was replaced." in other
    assert refusals.read(course, "protection") == {"S3": (because("refused-name"),)}


def test_every_exercise(root):
    """Has each task of parts 1 and 2, and the record, a cell that takes a text, and no other one?"""
    names = [*(f"task-{number}" for number in range(1, 12)), "record"]
    for path in sorted(root.glob("exercises/*/exercise.md")):
        notebook = without_solutions(text_of(path))
        fill(notebook, dict.fromkeys(names, "a text"))
        with pytest.raises(UnknownAnswerError, match="task-12, task-13"):
            fill(notebook, {"task-12": "", "task-13": ""})


def test_in_a_zip_of_the_learner(course, write, root):
    """Are answers taken from the zip that somebody's device made of them, with what lies beside?"""
    inside = {"protection-ada.txt": file("ada"), "notes.txt": b"Buy milk.", "photo.jpg": b""}
    write("protection-ada.zip", packed(inside))
    collection = collect(course.parent / "hand-ins", course, root)
    assert collection.taken == [("ada", "protection")]
    [line] = collection.remarks
    assert line.startswith("ada: left out beside the notebook: notes.txt, photo.jpg.")
    assert work(course)["task-10"] == ANSWERS["task-10"]


def test_something_else(course, write, root, entered):
    """Are other texts left out by name as ever, so that nobody is a learner who is none?"""
    write("readme.txt", b"hello")
    write("protection-eve.txt", b"")
    write("ada/protection-ada.txt", file("ada"))
    write("ada/notes.txt", b"Buy milk.")
    write("ben/notes.txt", b"Buy milk.")
    os.truncate(write("log.txt", b""), 20_000_001)
    collection = collect(course.parent / "hand-ins", course, root)
    assert collection.taken == [("ada", "protection")]
    beside = "Copy what its cells need into the folder that the notebook is collected to."
    assert collection.remarks == [
        "log.txt: over 20 MB; refused.",
        "protection-eve.txt: neither a hand-in nor a notebook; left out.",
        "readme.txt: neither a hand-in nor a notebook; left out.",
        "ben: there is no notebook in this folder.",
        f"ada: left out beside the notebook: notes.txt. {beside}",
    ]
    assert collection.left == 1
    assert {*refusals.read(course, "protection")} == {"ben", "eve"}
    assert {student.learner for student in entered} == {"ben", "eve"}


def gone(data):
    return data.replace(b'"task-10"', b'"task-99"')


def older(data):
    return gone(data).replace(version("fourps").encode(), b"0.0.1")


REFUSED = {
    "ada.txt": (lambda data: data[:-20], "its end is missing"),
    "ben/x.txt": (
        lambda data: data.replace(b'"en"', b'"en", "mark": 9'),
        "as it should be at mark",
    ),
    "cem.txt": (lambda data: data.replace(b'"format": 2', b'"format": 3'), "install the newest"),
    "protection-dov.txt": (lambda data: data.replace(b"Friday", b"x" * 8000), "over 8,000"),
    "eve/protection-eve.txt": (lambda data: data + b"and more", "before or behind"),
    "protection-fay.txt": (older, "no answer is called task-99 in 'protection'. It was made with"),
    "gus/gus.txt": (
        gone,
        f"here is {version('fourps')}. Ask for answers to the exercise as it was",
    ),
}


def test_refused(course, write, root):
    """Is what cannot be used refused in one line that says what to do, and what was there kept?"""
    learners = {name: re.search("ada|ben|cem|dov|eve|fay|gus", name)[0] for name in REFUSED}
    for name, learner in learners.items():
        write(name, file(learner))
    collect(course.parent / "hand-ins", course, root)
    was = here(course)
    assert len(was) == 3 * len(REFUSED)
    for name, (change, _) in REFUSED.items():
        write(name, change(file(learners[name])), 1_900_000_900)
    # where only the inside says whose it is
    write("document.txt", gone(file("hal")))
    write("ivo.txt", file("ivo"))
    collection = collect(course.parent / "hand-ins", course, root)
    assert collection.taken == [("ivo", "protection")]
    assert len(collection.remarks) == len(REFUSED) + 1
    for name, (_, message) in REFUSED.items():
        [line] = [line for line in collection.remarks if line.startswith(f"{name}: ")]
        assert message in line
    assert {path: here(course)[path] for path in was} == was
    refused = refusals.read(course, "protection")
    assert refused == dict.fromkeys([*learners.values(), "hal"], (because("refused"),))


def test_another_exercise(course, write, root):
    """Are answers to an exercise that was not released left out, and noted of nobody?"""
    write("prevention-ada.txt", file("ada", exercise="prevention"))
    collection = collect(course.parent / "hand-ins", course, root)
    assert (collection.taken, here(course)) == ([], {})
    assert collection.remarks == [
        "prevention-ada.txt: the exercise 'prevention' was not released in this course."
    ]
    assert not refusals.read(course, "protection")


def test_somebody_else(course, write, root):
    """Are answers refused whose name or folder says somebody else, and does all work stay?"""
    write("ada/ada.txt", file("ada"))
    write("ben/ben.txt", file("ben"))
    collect(course.parent / "hand-ins", course, root)
    was = here(course)
    names = ["ada.txt", "protection-ada.txt", "ada/protection-ben.txt"]
    for name in names:
        write(name, file("ben", answers={}), 1_900_000_900)
    collection = collect(course.parent / "hand-ins", course, root)
    assert here(course) == was
    assert collection.left == len(collection.remarks) == len(names)
    for line in collection.remarks:
        assert line.split(": ")[0] in names
        assert "inside it is 'ben'" in line
        assert "as protection-ben.txt." in line


def test_a_name_that_says_nothing(course, write, root):
    """Do answers replace nobody's work, of which only the inside says whose they are?"""
    write("protection-ada.txt", file("ada"))
    collect(course.parent / "hand-ins", course, root)
    was = here(course)
    path = write("protection-ada.txt", file("ada", answers={}), 1_900_000_900)
    path.rename(path.with_name("new.txt"))
    collection = collect(course.parent / "hand-ins", course, root)
    assert (here(course), collection.left) == (was, 1)
    assert "call it protection-ada.txt and collect again" in collection.remarks[0]


def test_versions(course, write, put, root):
    """Is the newest of all kinds taken, does none that is older replace it, and is the same no news?"""
    put("ada", "ada.zip", time=1_900_000_100)
    write("ada.txt", file("ada"), 1_900_000_200)
    write("ada (1).txt", file("ada", answers={}), 1_900_000_000)
    collection = collect(course.parent / "hand-ins", course, root)
    assert collection.taken == [("ada", "protection")]
    assert collection.remarks == [
        "ada: handed in twice; ada.txt is newer than ada (1).txt and is taken.",
        "ada: handed in twice; ada.txt is newer than ada.zip and is taken.",
    ]
    was = here(course)
    for path in (course.parent / "hand-ins").iterdir():
        path.unlink()
    write("ada.txt", file("ada", written="2031-01-01T00:00Z"), 1_900_000_200)
    assert collect(course.parent / "hand-ins", course, root).remarks == []
    assert here(course) == was
    put("ada", "ada.zip", time=1_900_000_300)
    (course.parent / "hand-ins" / "ada.txt").unlink()
    collection = collect(course.parent / "hand-ins", course, root)
    assert collection.remarks == ["ada: ada.zip replaces what was collected before."]
    assert "task_2 = " in work(course)["task-2"]
    assert ANSWERS["task-10"] not in work(course).values()


def test_another_release(course, write, root):
    """Is it said that answers were given to another release, and a record that cannot be replayed?"""
    records = ["fourps1:card-desk:00000000:0:5g"]
    write("ada.txt", file("ada", release="0.0.1", records=records))
    collection = collect(course.parent / "hand-ins", course, root)
    assert collection.taken == [("ada", "protection")]
    record, release = collection.remarks
    assert record.startswith("ada: ")
    assert "record" in record
    assert release == f"ada: made with release 0.0.1 of the course; here is {version('fourps')}."
    assert here(course)["ada/protection/records.txt"] == b""


def test_a_course_without(course, write, root, monkeypatch):
    """Are texts nothing to be collected where a course has no such hand-ins, as ever?"""
    monkeypatch.setattr(CourseHandins, "parse_answers", Handins.parse_answers)
    write("ada.txt", file("ada"))
    [line] = collect(course.parent / "hand-ins", course, root).remarks
    assert line == "ada.txt: neither a hand-in nor a notebook; left out."
