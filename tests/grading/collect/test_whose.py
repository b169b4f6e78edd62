"""Whose a hand-in is, when its outside and its inside do not say the same."""

import csv
import io
import zipfile

import nbformat
import pytest

from fourps.grading.collect import collect, refused
from fourps.grading.reasons import because

OTHERS = (because("refused-name"),)


def says(text):
    """Return what makes a notebook another than the released one."""

    def change(notebook):
        notebook.cells.append(nbformat.v4.new_markdown_cell(text))

    return change


def work(course):
    """Return the last cell of what lies there, by learner."""
    return {
        path.parts[-3]: nbformat.read(path, as_version=4).cells[-1].source
        for path in course.glob("submitted/*/protection/exercise.ipynb")
    }


@pytest.mark.parametrize("name", ["ada.zip", "protection-ada.zip", "ada/protection-ben.zip"])
@pytest.mark.parametrize("route", ["folder", "zip", "together", "file"])
def test_somebody_else(course, handins, put, root, name, route):  # noqa: PLR0917
    """Is a newer hand-in refused that has another's name inside, by whatever way it comes?"""
    put("ada", change=says("by ada"))
    put("ben", change=says("by ben"))
    if route != "together":
        collect(handins, course, root)
        for path in handins.iterdir():
            path.unlink()
    (handins / "ada").mkdir()
    bad = put("ben", name, change=says("by somebody"), time=1_900_000_900)
    if "/" not in name:
        (handins / "ada").rmdir()
    source = handins
    if route == "zip":
        source = handins.with_suffix(".zip")
        with zipfile.ZipFile(source, "w") as packed:
            packed.write(bad, f"all/{name}")
            packed.writestr("all/notes.txt", "")
    elif route == "file" and "/" not in name:
        source = bad
    found = collect(source, course, root)
    here = work(course)
    assert here["ben"] == "by ben"
    # where it took the place of her own file, there is none of hers
    assert here.get("ada", "by ada") == "by ada"
    assert found.left == 1
    [line] = [one for one in found.remarks if bad.name in one]
    assert "inside it is 'ben'" in line
    assert refused.read(course, "protection").get("ada", OTHERS) == OTHERS
    assert "ben" not in refused.read(course, "protection")


def test_a_name_that_says_nothing(course, handins, put, root):
    """Is a hand-in taken whose name says nothing, unless it would replace somebody's work?"""
    path = put("ada", "new (2).zip", change=says("first"))
    assert collect(handins, course, root).taken == [("ada", "protection")]
    again = collect(handins, course, root)
    assert (again.taken, again.remarks) == ([("ada", "protection")], [])
    put("ada", path.name, change=says("second"), time=1_900_000_900)
    found = collect(handins, course, root)
    assert (found.taken, found.left) == ([], 1)
    assert "call it protection-ada.zip and collect again" in found.remarks[0]
    assert work(course) == {"ada": "first"}
    path.rename(handins / "protection-ada.zip")
    found = collect(handins, course, root)
    assert found.taken == [("ada", "protection")]
    assert found.remarks == ["ada: protection-ada.zip replaces what was collected before."]
    assert work(course) == {"ada": "second"}


def test_in_moodle(course, handins, put, root):
    """Is an upload refused in which somebody else of the worksheet is named, and is the rest Moodle's?"""
    sheet = handins.parent / "grades.csv"
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["Identifier", "Full name", "ID number", "Status", "Grade", "Maximum Grade",
                   "Grade can be changed", "Last modified (submission)"])  # fmt: skip
    for number in (11, 12, 13):
        rows.writerow(
            [f"Participant {number}", f"P {number}", f"S{number}", "", "", "10", "Yes", "-"]
        )
    sheet.write_text(text.getvalue(), "utf-8")
    download = handins.parent / "all.zip"
    inside = {"11": "S12", "12": "S12", "13": "learner-x7"}
    with zipfile.ZipFile(download, "w") as packed:
        for number, learner in inside.items():
            path = put(learner, f"{number}.zip", change=says(f"by {number}"))
            packed.write(path, f"P {number}_{number}_assignsubmission_file/{path.name}")
    found = collect(download, course, root, worksheet=sheet)
    assert work(course) == {"S12": "by 12", "S13": "by 13"}
    assert found.left == 1
    assert refused.read(course, "protection") == {"S11": OTHERS}
