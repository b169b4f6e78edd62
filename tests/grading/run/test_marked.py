"""What a person has marked, where a regrade is not plain."""

import json
import shutil

import nbformat
import pytest

from nbseal.collect import refusals
from nbseal.reasons import because

pytestmark = pytest.mark.slow


def waiting(course):
    """Return how many marks given by hand wait to be looked at again."""
    [(number,)] = course.sql(
        "select count(*) from grade where manual_score is not null and needs_manual_grade"
    )
    return number


def mark(course):
    course.sql("update grade set manual_score = 3, needs_manual_grade = 0 where auto_score is null")


def paste(notebook, picture="MQ=="):
    cell = nbformat.v4.new_markdown_cell("![](image.png)", id="pasted")
    cell.attachments = {"image.png": {"image/png": picture}}
    notebook.cells.append(cell)


@pytest.fixture(scope="module")
def graded(released, make_small, right, tmp_path_factory):
    """Return a course that stock nbgrader graded and a person marked."""
    course = make_small(tmp_path_factory.mktemp("graded") / "course", like=released)
    place = course.submit("ada", right, change=paste)
    (place / "drawing.png").write_bytes(b"1")
    course.submit("ben", right)
    course.nbgrader("autograde", "ps1")
    mark(course)
    return course


@pytest.fixture
def by_nbgrader(graded, make_small, tmp_path):
    """Return a copy of that course."""
    return make_small(tmp_path / "by-nbgrader", like=graded, quick=True)


def test_it_failed_between(small, right):
    """Does what was marked stay marked after a hand-in that cannot be graded was mended?"""
    place = small.submit("ada", right)
    small.grade()
    mark(small)
    whole = {path: path.read_bytes() for path in place.glob("*.ipynb")}
    for path in whole:
        path.write_text("{", "utf-8")
    assert "ada: failed." in small.grade().stdout
    for path, data in whole.items():
        path.write_bytes(data)
    assert "1 decided now" in small.grade().stdout
    assert waiting(small) == 0


def test_marked_in_a_course_of_nbgrader(by_nbgrader, right):
    """Does what was graded by nbgrader's own command and marked by hand stay marked?"""
    by_nbgrader.submit("ben", right | {"words": "words = []"})
    done = by_nbgrader.grade()
    assert "2 decided now" in done.stdout
    assert "ada: Marked" not in done.stdout
    assert "ben: Marked by a person before: look again at essay." in done.stdout
    assert waiting(by_nbgrader) == 1
    assert not list(by_nbgrader.folder.glob("autograded/*/.*"))


def test_marked_before_a_crash(by_nbgrader, right):
    """Is other work looked at again whose folder was written, but not its marks?"""
    course = by_nbgrader
    graded, gradebook = course.folder / "autograded/ben/ps1", course.folder / "gradebook.db"
    before = gradebook.read_bytes()
    shutil.copytree(graded, course.folder / "before")
    course.submit("ben", right | {"words": "words = []"})
    assert "look again at essay" in course.grade().stdout
    # as a process leaves it that is killed before the gradebook has the marks
    gradebook.write_bytes(before)
    shutil.copytree(course.folder / "before", graded.with_name(".ps1.old"))
    assert "ben: Marked by a person before: look again at essay" in course.grade().stdout
    assert not graded.with_name(".ps1.old").exists()
    # nor does one stay that is killed just after
    graded.with_name(".ps1.old").mkdir()
    assert "decided now" not in course.grade().stdout
    assert not graded.with_name(".ps1.old").exists()


def test_an_older_gradebook(small, right):
    """Is other work looked at again where somebody puts an older gradebook back?"""
    small.submit("ada", right)
    small.grade()
    mark(small)
    before = (small.folder / "gradebook.db").read_bytes()
    small.submit("ada", right | {"words": "words = []"})
    small.grade()
    (small.folder / "gradebook.db").write_bytes(before)
    assert "look again at essay" in small.grade().stdout


@pytest.mark.parametrize("change", ["picture", "beside", "another", "metadata"])
def test_other_work(by_nbgrader, right, change):
    """Is a pasted picture, a file, a notebook or nonsense in a cell other work than was marked?"""
    course, place = by_nbgrader, by_nbgrader.folder / "submitted" / "ada" / "ps1"
    assert "look again" not in course.grade().stdout
    course.sql("drop table nbseal_outcome")
    if change == "picture":
        course.submit("ada", right, change=lambda notebook: paste(notebook, "Mg=="))
    elif change == "beside":
        (place / "drawing.png").write_bytes(b"2")
    elif change == "another":
        shutil.copy(place / "one.ipynb", place / "more.ipynb")
    else:
        text = (place / "one.ipynb").read_text("utf-8")
        notebook = json.loads(text)
        notebook["cells"][-1]["metadata"] = {"nbgrader": "x"}
        (place / "one.ipynb").write_text(json.dumps(notebook), "utf-8")
    done = course.grade()
    assert "Traceback" not in done.stderr
    [line] = [line for line in done.stdout.splitlines() if "look again at essay" in line]
    assert line.startswith("  ada: ")


def test_overruled(small, right):
    """Is a person asked again whose mark was for what a test gave before, or is above the most?"""
    small.submit("ada", right)
    small.grade()
    small.sql("update grade set manual_score = 1, needs_manual_grade = 0")
    small.sql(
        "update grade set auto_score = 0 where cell_id in "
        "(select id from base_cell where name = 'words-check')"
    )
    small.sql(
        "update grade set manual_score = 99 where cell_id in "
        "(select id from base_cell where name = 'double-check')"
    )
    text = small.grade("--force").stdout
    assert "ada: Marked by a person before: look again at double-check, words-check." in text
    assert waiting(small) == 2


def test_refused_later(small, right):
    """Is it said of a graded hand-in that a later one was refused?"""
    small.submit("ada", right)
    refusals.note(small.folder, "ps1", "ada", because("refused-large"))
    for _ in range(2):
        done = small.grade()
        assert done.returncode == 0
        assert "ada: Another hand-in was refused. What was handed in is over 20 MB." in done.stdout


def test_it_cannot_be_run(small, right):
    """Does what was marked by hand in a notebook that cannot be run stay marked?"""
    (small.submit("ada", right) / "two.ipynb").write_text("{", "utf-8")
    small.grade()
    mark(small)
    assert "partly graded" in small.grade("--force").stdout
    assert waiting(small) == 0
