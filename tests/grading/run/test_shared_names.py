"""Two notebooks whose cells have the same names, and a check that gives more points than there are."""

import pytest
from graded_cells import KERNEL, answer, check, marks
from nbformat.v4 import new_markdown_cell, new_notebook

from nbseal.giveback.export import fill
from nbseal.gradebook.marks import read_marks
from nbseal.gradebook.opening import gradebook
from nbseal.moodle.learners import Learners
from nbseal.moodle.worksheet import Worksheet

pytestmark = pytest.mark.slow
SHEET = """Identifier,Full name,ID number,Grade,Maximum grade,Feedback comments
Participant 1,Ada,ada,,10.00,
"""


def notebook():
    return new_notebook(
        metadata=KERNEL,
        cells=[
            answer("found", "found = 'ab'", "found = ''\n"),
            check("check", "len(found) * 1.0", points=2),
            new_markdown_cell("Write.", metadata=marks("essay", True, True, 4)),
        ],
    )


def test_comments_and_credit(make_small, tmp_path):
    """Does each comment reach Moodle, and is the check named that gives too much, while nobody fails?"""
    course = make_small(tmp_path / "course", quick=True)
    course.release({name: notebook() for name in ("one", "two")})
    course.submit("ada", {"found": "found = 'abcde'", "essay": "Mine."})
    text = course.grade().stdout
    assert "ps1: 1 graded." in text
    assert text.count("The check check gave 5 of 2 points and counts 2: mend the check.") == 2
    assert {row["auto_score"] for row in course.rows()["grade"]} == {2, None}
    with gradebook(course.folder) as book:
        for name in ("one", "two"):
            book.find_comment("essay", name, "ps1", "ada").manual_comment = f"Of {name}."
            grade = book.find_grade("essay", name, "ps1", "ada")
            grade.manual_score, grade.needs_manual_grade = 4, False
        book.db.commit()
        marks = read_marks(book, "ps1")
    sheet = tmp_path / "grades.csv"
    sheet.write_text(SHEET, "utf-8")
    filled = fill(Worksheet(sheet), marks, Learners(course.folder), comments=True)
    assert b"essay: Of one.<br>two/essay: Of two." in filled.data
