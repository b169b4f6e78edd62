"""From Moodle to Moodle, where its worksheet does not tell people apart."""

import csv
import io
import zipfile

import pytest
from graded_cells import KERNEL, marks
from moodle_files import packed, row, sheet
from nbformat.v4 import new_code_cell, new_notebook

from nbseal.base.notebook_file import dump
from nbseal.collect import collect
from nbseal.giveback.export import fill
from nbseal.giveback.feedback_zips import hand_back
from nbseal.gradebook.marks import read_marks
from nbseal.gradebook.opening import gradebook
from nbseal.moodle.learners import Learners
from nbseal.moodle.worksheet import Worksheet
from nbseal.nbgrader_commands import nbgrader

PEOPLE = {  # number: name, e-mail address, ID number, what is handed in, its grade
    "11": ("Ada", "ada@example.org", "S1", "1", "10.00"),
    "12": ("Ben", "ben@example.org", "s1", "2", "0.00"),
    "13": ("Cem", "", "S1", "1", "10.00"),
    "14": ("Dov", "", "", "2", "0.00"),
    "15": ("Eve", "", "p14", "1", "10.00"),
}


def notebook(answer):
    cells = [
        new_code_cell(f"answer = {answer}", metadata=marks("answer", solution=True)),
        new_code_cell("assert answer == 1", metadata=marks("check", True, points=1)),
    ]
    return dump(new_notebook(cells=cells, metadata=KERNEL))


@pytest.mark.slow
def test_one_id_number_for_several(tmp_path):
    """Are people with one ID number kept apart, from their hand-ins to grades and feedback?"""
    course = tmp_path / "course"
    source = course / "source" / "ps1" / "one.ipynb"
    source.parent.mkdir(parents=True)
    source.write_bytes(notebook("None"))
    (course / "nbgrader_config.py").write_text("c = get_config()\n", "utf-8")
    nbgrader(course, "generate_assignment", "ps1")
    about = {"most": "10.00", "time": "Tuesday, 1 December 2026, 5:10 PM"}
    rows, work = [], {}
    for number, (name, mail, person, answer, _) in PEOPLE.items():
        rows.append(row(number, name, person, mail, **about))
        place = f"{name}_{number}_assignsubmission_file"
        work[f"{place}/one.ipynb"] = notebook(f"{answer} # by {name}")
    grades = sheet(tmp_path / "grades.csv", *rows)
    (tmp_path / "all.zip").write_bytes(packed(work))

    collection = collect(tmp_path / "all.zip", course, worksheet=grades)
    assert len(collection.taken) == len(PEOPLE)
    remarks = "\n".join(collection.remarks)
    assert "lines 2, 3, 4 have one ID number" in remarks
    assert "lines 5, 6 have one ID number" in remarks
    assert len(collection.remarks) == 2

    nbgrader(course, "autograde", "ps1")
    with gradebook(course) as book:
        marks = read_marks(book, "ps1")
    worksheet = Worksheet(grades)
    filled = fill(worksheet, marks, Learners(course))
    assert filled.graded == len(PEOPLE)
    assert filled.left == worksheet.shared
    lines = csv.DictReader(io.StringIO(filled.data.decode()))
    assert [line["Grade"] for line in lines] == [grade for *_, grade in PEOPLE.values()]

    hand_back(course, "ps1", tmp_path / "back", worksheet.people)
    with zipfile.ZipFile(tmp_path / "back" / "ps1-moodle.zip") as archive:
        pages = {name.split("_")[0]: archive.read(name).decode() for name in archive.namelist()}
    assert set(pages) == {name for name, *_ in PEOPLE.values()}
    for name, page in pages.items():
        assert [writer for writer in pages if f"by {writer}" in page] == [name]
