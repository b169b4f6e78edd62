"""Collecting from Moodle's zip and worksheet."""

import shutil
import zipfile
from zoneinfo import ZoneInfo

import nbformat
import pytest
from graded_cells import marks
from moodle_files import packed, row, sheet

from fourps.learn.submit import pack
from nbseal.base.notebook_file import dump
from nbseal.collect import CollectError, collect
from nbseal.moodle.learners import Learners

WITHOUT = "this is from Moodle, and no worksheet was given. So nobody is late"
# a hand-in each, and the name that its owner has in Moodle
PEOPLE = {
    "1": "Zoë d'Arc-Müller",
    "2": "نور الهدى",
    "3": "Ada\nB",
    "4": "O'Neil (2)",
    "5": "Participant",
}


@pytest.fixture
def grades(tmp_path):
    """Return a function that writes Moodle's worksheet of these people, and one who handed in nothing."""

    def write(time="Tuesday, 3 November 2026, 4:05 PM", people=tuple(PEOPLE)):
        rows = [row(name, PEOPLE[name], mail=f"{name}@example.org", time=time) for name in people]
        return sheet(tmp_path / "grades.csv", *rows, row("6", "Never B"))

    return write


@pytest.fixture
def zipped(tmp_path):
    """Return a function that writes Moodle's zip."""

    def write(entries, name="all.zip"):
        (tmp_path / name).write_bytes(packed(entries))
        return tmp_path / name

    return write


@pytest.fixture
def notebook(released):
    return released.read_bytes()


@pytest.fixture
def handin(tmp_path, notebook, root):
    """Return a hand-in file whose learner says to be somebody else."""
    mine = tmp_path / "mine.ipynb"
    mine.write_bytes(notebook)
    return pack(mine, "p1", [], root).data


@pytest.fixture
def download(zipped, notebook, handin):
    """Return a zip with a folder for each learner, as Moodle gives it."""
    base = {number: f"{name}_{number}_assignsubmission_file" for number, name in PEOPLE.items()}
    return zipped(
        {
            f"{base['1']}/exercise.ipynb": notebook,
            f"{base['2']}/تمرين/exercise (2).ipynb": notebook,
            f"{base['3']}/handin.zip": handin,
            f"{base['4']}/work.zip": packed(
                {"a/exercise-Copy1.ipynb": notebook, "../b.ipynb": b""}
            ),
            "Zoë_1_assignsubmission_onlinetext/onlinetext.html": b"<p>hello</p>",
        },
        "Course-Protection-1234.zip",
    )


@pytest.mark.slow
def test_with_worksheet(course, download, grades, root):
    """Is each learner's work taken, under an id that says nothing, with Moodle's time?"""
    with zipfile.ZipFile(download, "a") as more:
        more.writestr("Participant_5_assignsubmission_file/essay.docx", b"x")
    collection = collect(download, course, root, worksheet=grades(), zone=ZoneInfo("Asia/Amman"))
    learners = [learner for learner, _ in collection.taken]
    assert len(set(learners)) == 4
    assert all(learner.startswith("m-") for learner in learners)
    for learner in learners:
        folder = course / "submitted" / learner / "protection"
        assert (folder / "timestamp.txt").read_text("utf-8") == "2026-11-03 13:05:00 UTC\n"
        assert nbformat.read(folder / "exercise.ipynb", as_version=4).cells
    remarks = "\n".join(collection.remarks)
    assert "typed a text into Moodle" in remarks
    assert "work.zip: the name ../b.ipynb leads out of the folder" in remarks
    assert "Participant_5_assignsubmission_file: there is no notebook in this folder" in remarks
    assert len(collection.remarks) == 3
    again = collect(download, course, root, worksheet=grades())
    assert [learner for learner, _ in again.taken] == learners


def test_without_worksheet(course, download, root):
    """Is work taken under Moodle's number, with no time that could cost marks?"""
    collection = collect(download, course, root)
    assert [learner for learner, _ in collection.taken] == ["p1", "p2", "p3", "p4"]
    assert not (course / "submitted" / "p1" / "protection" / "timestamp.txt").exists()
    assert WITHOUT in collection.remarks[0]


def test_forgotten_worksheet(course, download, grades, root):
    """Is Moodle's zip refused without the worksheet, where learners have ids from one?"""
    collect(download, course, root, worksheet=grades())
    before = sorted((course / "submitted").iterdir())
    with pytest.raises(CollectError, match=r"a second time under another id.*add: --worksheet"):
        collect(download, course, root)
    assert sorted((course / "submitted").iterdir()) == before


def test_never_a_worksheet(course, download, root):
    """Is it taken a second time where there was none before, though an export made a key?"""
    collect(download, course, root)
    Learners(course)
    assert len(collect(download, course, root).taken) == 4


@pytest.mark.parametrize("numbers", [["1", "2"], []])
def test_another_worksheet(course, download, grades, root, numbers):
    """Is a worksheet refused that knows nobody, and are those named whom it does not know?"""
    path = grades(people=numbers)
    if numbers:
        collection = collect(download, course, root, worksheet=path)
        assert "these participants are not in it" in collection.remarks[0]
        assert "no time: 3, 4. Download" in collection.remarks[0]
    else:
        with pytest.raises(CollectError, match=r"grades\.csv: nobody who handed in is in it"):
            collect(download, course, root, worksheet=path)


def test_flat(course, zipped, notebook, handin, root):
    """Is a flat download read, and can no file's name pass for another learner's?"""
    evil = "x_2_assignsubmission_file_exercise.ipynb"
    download = zipped(
        {
            "Ada B_1_assignsubmission_file_exercise.ipynb": notebook,
            f"Eve_3_assignsubmission_file_{evil}": notebook,
            "Ida_4_assignsubmission_file_p1.zip": handin,
        },
    )
    collection = collect(download, course, root)
    assert collection.taken == [("p1", "protection"), ("p3", "protection"), ("p4", "protection")]
    [line] = collection.remarks
    assert WITHOUT in line


def test_unpacked(course, download, tmp_path, root):
    """Is a download read that somebody unpacked into a folder?"""
    shutil.unpack_archive(download, tmp_path / "unpacked")
    collection = collect(tmp_path / "unpacked", course, root)
    assert [learner for learner, _ in collection.taken] == ["p1", "p2", "p3", "p4"]


@pytest.mark.slow
def test_dates_that_cannot_be_read(course, download, grades, root):
    """Is a date that cannot be read said by name, and the work taken without one?"""
    collection = collect(download, course, root, worksheet=grades("3/11/26"))
    learner = collection.taken[0][0]
    assert (
        f"{learner}: '3/11/26' is no date that can be read; no late penalty." in collection.remarks
    )
    assert not (course / "submitted" / learner / "protection" / "timestamp.txt").exists()


def test_copies(course, zipped, notebook, root):
    """Of two notebooks of one learner with the same time, is the one taken that is no copy?"""
    other = notebook.replace(b"Task 1", b"Task one")
    base = "Ada_1_assignsubmission_file"
    download = zipped(
        {f"{base}/exercise (2).ipynb": other, f"{base}/exercise.ipynb": notebook},
    )
    collection = collect(download, course, root)
    assert collection.taken == [("p1", "protection")]
    assert "exercise.ipynb is as new as" in collection.remarks[1]
    taken = (course / "submitted" / "p1" / "protection" / "exercise.ipynb").read_text("utf-8")
    assert "Task one" not in taken


@pytest.fixture
def foreign(tmp_path):
    """Return an nbgrader course of another kind: an assignment of two notebooks."""
    course = tmp_path / "foreign"
    course.mkdir()
    (course / "nbgrader_config.py").write_text("c = get_config()\n", "utf-8")
    for name in ("one", "two"):
        place = course / "release" / "ps1" / f"{name}.ipynb"
        place.parent.mkdir(parents=True, exist_ok=True)
        about = marks(f"{name}-a", True, points=1)
        cell = nbformat.v4.new_code_cell(f"assert {name!r}", metadata=about)
        place.write_bytes(dump(nbformat.v4.new_notebook(cells=[cell])))
    return course


def test_another_course(foreign, zipped, root):
    """Are several notebooks of a foreign assignment told apart, by name or by their cells?"""
    release = foreign / "release" / "ps1"
    base = "Ada_1_assignsubmission_file"
    download = zipped(
        {
            f"{base}/one (1).ipynb": (release / "one.ipynb").read_bytes(),
            f"{base}/my answers.ipynb": (release / "two.ipynb").read_bytes(),
            f"{base}/other.ipynb": dump(nbformat.v4.new_notebook()),
        },
    )
    collection = collect(download, foreign, root)
    assert collection.taken == [("p1", "ps1")]
    place = foreign / "submitted" / "p1" / "ps1"
    assert sorted(path.name for path in place.iterdir()) == ["one.ipynb", "two.ipynb"]
    assert "assert 'two'" in (place / "two.ipynb").read_text("utf-8")
    [_, line] = collection.remarks
    assert "other.ipynb: it is none of the notebooks of 'ps1': one, two" in line


@pytest.mark.slow
def test_several_other_assignments(foreign, tmp_path, root):
    """Is the assignment asked for where a notebook does not say it?"""
    shutil.copytree(foreign / "release" / "ps1", foreign / "release" / "ps2")
    notebook = foreign / "release" / "ps1" / "one.ipynb"
    single = tmp_path / "ada.ipynb"
    shutil.copy(notebook, single)
    collection = collect(single, foreign, root)
    assert "--assignment NAME" in collection.remarks[0]
    assert collect(single, foreign, root, assignment="ps2").taken == [("ada", "ps2")]
