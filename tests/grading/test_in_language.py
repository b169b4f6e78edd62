"""Feedback in the language of what was handed in."""

from __future__ import annotations

import pytest
from books import speak
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from fourps.grading import in_language
from fourps.grading.in_language import InLanguage
from fourps.handin.released_exercise import LANGUAGE_KEY
from nbseal.inert import InertPages

CHECK = {"grade_id": "check", "grade": True, "solution": False, "locked": True, "points": 2}
TEXT = {"grade_id": "text", "grade": False, "solution": False, "locked": True}
WRITTEN = {"grade_id": "written", "grade": True, "solution": True, "locked": False, "points": 2}
OWN = {"grade_id": "own", "grade": False, "solution": True, "locked": False}
MINE = new_output("stream", text="Write it.")
MARKED = {"score": 1.0, "comment": "Well done."}
HINT = "Look again: take each action and imagine it."


def handed_in(language):
    """Return a notebook as it is when its hidden tests are out."""
    outputs = [
        new_output("stream", text=f"{HINT}\n"),
        new_output("error", ename="Error", evalue="Write it.", traceback=["Write it."]),
    ]
    cells = [
        new_markdown_cell(
            "# Task 1\n\n> A locked text\n> of two lines.", metadata={"nbgrader": TEXT}
        ),
        new_markdown_cell("A locked text of two lines.", metadata={"nbgrader": WRITTEN | MARKED}),
        new_code_cell("pass", metadata={"nbgrader": CHECK | MARKED}, outputs=outputs),
        new_code_cell("mine()", metadata={"nbgrader": OWN}, outputs=[MINE]),
    ]
    for cell in cells:
        cell.id = cell.metadata.nbgrader["grade_id"]
    return new_notebook(cells=cells, metadata={LANGUAGE_KEY: language} if language else {})


@pytest.fixture
def spoken(tmp_path, monkeypatch):
    """A course with an exercise in French."""
    page = tmp_path / "modules" / "one" / "exercise.md"
    page.parent.mkdir(parents=True)
    texts = "# Task 1\n\nA locked text of two lines.\n"
    code = "points(0, 2, 'take each action and imagine it.')\nassert 0, 'Write it.'"
    page.write_text(f"{texts}\n```{{code-cell}}\n{code}\n```\n", "utf-8")
    speak(tmp_path)
    monkeypatch.setattr(in_language, "content_root", lambda: tmp_path)


@pytest.mark.usefixtures("spoken")
def test_step():
    """Are released texts, hints and assertions in French, and what the learner wrote as it was?"""
    nb, _ = InLanguage().preprocess(handed_in("fr"), {"nbgrader": {"assignment": "one"}})
    text, written, check, own = nb.cells
    assert text.source == "# fr: Task 1\n\n> fr: A locked text\n> of two lines."
    assert written.source == "A locked text of two lines."
    hint, error = check.outputs
    assert hint.text == "À revoir\N{NO-BREAK SPACE}: fr: take each action and imagine it.\n"
    assert own.outputs[0].text == "Write it."
    assert (error.evalue, error.traceback) == ("fr: Write it.", ["fr: Write it."])


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize("language", ["", "en", "../fr", "xx"])
def test_other_languages(language):
    """Does feedback stay as it is in English, and in what is no language?"""
    nb, _ = InLanguage().preprocess(handed_in(language), {"nbgrader": {"assignment": "one"}})
    assert nb.cells == handed_in(language).cells


def test_page():
    """Is the page around it in French too?"""
    graded = {"notebook": "exercise", "score": 2.0, "max_score": 4.0, "late_penalty": 1.0}
    html, _ = InertPages().from_notebook_node(handed_in("fr"), {"nbgrader": graded})
    assert '<html lang="fr">' in html
    for text in ("Points", "Votre réponse", "Cellule notée", "Commentaires", "remise tardive"):
        assert text in html
    for plain in ("Score", "Student", "Grade cell", "Comments", "Late", "Top"):
        assert plain not in html
    html, _ = InertPages().from_notebook_node(handed_in(""), {"nbgrader": graded})
    assert '<html lang="en">' in html
    assert "Student's answer" in html
