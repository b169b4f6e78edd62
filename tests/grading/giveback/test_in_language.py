"""Feedback in the language of what was handed in."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from speaking import speak

from fourps.exercise import check_choice
from fourps.exercise.messages import in_language, messages
from fourps.grading.giveback import in_language as step
from fourps.grading.giveback.in_language import InLanguage
from fourps.grading.inert import InertPages
from fourps.handin.notebook_file import LANGUAGE

CHECK = {"grade_id": "check", "grade": True, "solution": False, "locked": True, "points": 2}
TEXT = {"grade_id": "text", "grade": False, "solution": False, "locked": True}
WRITTEN = {"grade_id": "written", "grade": True, "solution": True, "locked": False, "points": 2}
OWN = {"grade_id": "own", "grade": False, "solution": True, "locked": False}
OUT = new_output("stream", text="Left out: this output quoted a hidden test.\n")
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
        new_code_cell("mine()", metadata={"nbgrader": OWN}, outputs=[OUT, MINE]),
    ]
    for cell in cells:
        cell.id = cell.metadata.nbgrader["grade_id"]
    return new_notebook(cells=cells, metadata={LANGUAGE: language} if language else {})


@pytest.fixture
def spoken(tmp_path, monkeypatch):
    """A course with an exercise in French."""
    page = tmp_path / "modules" / "one" / "exercise.md"
    page.parent.mkdir(parents=True)
    texts = "# Task 1\n\nA locked text of two lines.\n"
    said = "points(0, 2, 'take each action and imagine it.')\nassert 0, 'Write it.'"
    page.write_text(f"{texts}\n```{{code-cell}}\n{said}\n```\n", "utf-8")
    speak(tmp_path)
    monkeypatch.setattr(step, "content_root", lambda: tmp_path)


@pytest.mark.usefixtures("spoken")
def test_step():
    """Are released texts, hints and assertions in French, and what the learner wrote as it was?"""
    nb, _ = InLanguage().preprocess(handed_in("fr"), {"nbgrader": {"assignment": "one"}})
    text, written, check, own = nb.cells
    assert text.source == "# fr: Task 1\n\n> fr: A locked text\n> of two lines."
    assert written.source == "A locked text of two lines."
    hint, error = check.outputs
    assert hint.text == "À revoir\N{NO-BREAK SPACE}: fr: take each action and imagine it.\n"
    assert own.outputs[0].text.startswith("Omis")
    assert own.outputs[1].text == "Write it."
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
    for said in ("Points", "Votre réponse", "Cellule notée", "Commentaires", "remise tardive"):
        assert said in html
    for plain in ("Score", "Student", "Grade cell", "Comments", "Late", "Top"):
        assert plain not in html
    html, _ = InertPages().from_notebook_node(handed_in(""), {"nbgrader": graded})
    assert '<html lang="en">' in html
    assert "Student's answer" in html


@pytest.mark.parametrize(
    "answer", ["letters: ac", "letters:", "letters: a, a", "letters: k", 7, []]
)
def test_messages_found_again(answer):
    """Is what a check said in English found again, with what the learner wrote in it?"""
    with pytest.raises(AssertionError) as caught:
        check_choice(answer, "abcd")
    said = in_language(str(caught.value), "fr")
    assert said != str(caught.value)
    assert said.partition("{")[0] == said
    assert ('"letters: ' in str(caught.value)) == ("letters: " in said)
    assert in_language(str(caught.value), "en") == str(caught.value)


def test_a_check_that_stopped():
    """Is what feedback says of a check that stopped French as a whole, but for an error's name?"""
    for name, french in (("an error", "arrêtée sur une erreur."), ("KeyError", "avec KeyError.")):
        assert in_language(f"The check stopped with {name}.", "fr").endswith(french)


def test_no_text_is_taken_for_another():
    """Is each sentence, with values that look like sentences, found as itself?"""
    english, french = messages("en"), messages("fr")
    for key in ("letters-unread", "number-unread", "kind-twice", "row-unread", "not-sorted"):
        odd = dict.fromkeys(("line", "label", "item", "kind", "kinds"), 'a "b" cannot be read.')
        odd["letters"] = "a, b"
        assert in_language(english[key].format(**odd), "fr") == french[key].format(**odd)
