"""What learners wrote, as the desk finds it."""

import json

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from nbseal.gradebook.by_hand import Task
from nbseal.gradebook.settings import settings
from nbseal.mark.texts import Texts


@pytest.fixture
def texts(course):
    """The texts of the course, which the desk finds where nbgrader has its graded notebooks."""
    return Texts(settings(course.folder), Task("ps1", "exercise", "letter", 6, "secret"))


def test_read(texts, course):
    """Is a text read with its words, again when it is another one, and nothing where there is none?"""
    ada = texts.read("ada")
    assert (ada.source, ada.words, ada.language) == ("Come on *Friday*, please.", 4, "en")
    assert ada.html == "<p>Come on <em>Friday</em>, please.</p>\n"
    course.write("ada", "Two words")
    assert texts.read("ada").words == 2
    assert texts.read("ada").hash != ada.hash
    assert texts.read("nobody") is None


def test_inert(texts, course):
    """Is nothing drawn that does something to whoever looks, also where no grading made it inert?"""
    course.write("ada", "<script>a()</script><img src=x onerror=a()>\n\n[b](javascript:a()) **c**")
    html = texts.read("ada").html
    assert "<strong>c</strong>" in html
    assert not any(word in html for word in ("<script", "onerror", "javascript:"))


@pytest.mark.parametrize(
    "broken", ["{", "[]", '{"cells": [3]}', '{"cells": []}', '{"cells": [{"metadata": {}}]}']
)
def test_broken(texts, broken):
    """Is a graded notebook that cannot be read nothing rather than an error?"""
    texts.path("ada").write_text(broken, "utf-8")
    assert texts.read("ada") is None


def test_a_task_cell(texts):
    """Is the answer to a task what a learner put after it, up to the next cell of the exercise?"""
    about = {"grade_id": "letter", "task": True}
    cells = [
        new_markdown_cell("Write to her.", metadata={"nbgrader": about}),
        new_markdown_cell("Dear *B.*,"),
        new_code_cell("print(1) # ```"),
        new_markdown_cell("Next.", metadata={"nbgrader": {"grade_id": "next"}}),
    ]
    texts.path("ada").write_text(json.dumps(new_notebook(cells=cells)), "utf-8")
    ada = texts.read("ada")
    assert ada.source == "Dear *B.*,\n\nprint(1) # ```"
    assert "<em>B.</em>" in ada.html
    assert "print(1) # ```" in ada.html
    assert "Next" not in ada.html
