"""An exercise read as a page, and the words that its task lends to the form."""

import re

import pytest
from docutils import nodes

from fourps.book.answer_form import Form, controls, written
from fourps.book.elements import El
from fourps.book.exercise import as_page
from fourps.course.english.exercise_page import EXERCISE_PAGE
from fourps.course.files import content_root
from fourps.course.words import words
from fourps.exercise.declared import declared
from fourps.grading.exercise_text import read

PAGES = sorted(content_root().glob("modules/*/exercise.md"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_as_page(path):
    """Does each heading stay on its line, and no cell, no code and no advice for notebooks?"""
    text = path.read_text("utf-8")
    page = as_page(text)
    lines = text.split("\n")
    found = [(number, line) for number, line in enumerate(page.split("\n")) if line[:1] == "#"]
    assert len(found) > 15
    assert all(lines[number] == line for number, line in found)
    assert not re.search(r"jupytext|code-cell|nbgrader|notebook -->|YOUR ANSWER|Shift \+", page)
    # the description is all that is left of the front matter, besides the minutes
    assert re.match(r"---\ndescription: .*\nminutes: \d+\n---\n", page)
    assert page.count("```{answer} ") == len(
        re.findall(r"^  solution: true$|\"solution\": true", text, re.MULTILINE)
    )


def paragraph(*parts):
    """Return a paragraph; what stands in a list is a literal."""
    made = (
        nodes.literal("", *part) if isinstance(part, list) else nodes.Text(part) for part in parts
    )
    return nodes.paragraph("", "", *made)


def said(node):
    """Return what a reader reads."""
    return " ".join("".join(text.astext() for text in node.findall(nodes.Text)).split())


def form(language, *texts):
    return Form("task-1", nodes.section("", *texts), words(language), language)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "seen (by whom); the same as guess"), ("fr", "vu; the same as supposé")],
)
def test_kinds(language, text):
    """Is a kind called in the text as on its button, and its French word said once?"""
    task = paragraph(["seen"], " (by whom); the same as ", ["guess"])
    made = form(language, task)
    group, *_ = controls(made, declared('check_sorting(task_1, "ab", ["seen", "guess"])'))
    assert said(task) == text
    assert said(group) == "a " + "".join(made.label(kind) for kind in ("seen", "guess"))


def test_words_of_kinds():
    """Is there a word for whatever an exercise sorts into or lets choose, and for nothing else?"""
    cells = (cell for path in PAGES for cell in read(path).cells if cell.cell_type == "code")
    kinds = set()
    for check in (check for cell in cells for check in declared(cell.source)):
        chosen = (field.options for field in check.fields.values() if field.kind == "word")
        kinds.update(check.kinds, *chosen)
    assert {key for key in EXERCISE_PAGE if key.startswith("answer-")} == {
        f"answer-{kind}" for kind in kinds
    }


def test_question():
    """Does the paragraph that begins with a line's name ask for that line, and leave the text?"""
    items = [
        nodes.list_item("", paragraph(["women"], ": How many?")),
        nodes.list_item(
            "", paragraph(["say"], "\u202f: What? ", ["A"], ": this. ", ["B"], ": that.")
        ),
    ]
    made = form("en", nodes.enumerated_list("", *items), paragraph("Stay."))
    check = declared('given = check_fields(task_1, women=WHOLE, say="AB")')
    assert [said(one) for one in controls(made, check)] == ["How many?", "What? A this. B that."]
    assert said(made.task) == "Stay."


@pytest.mark.parametrize(
    ("letters", "listed", "rooms"),
    [
        ("AB", True, ["A. Part", "B. Part"]),
        ("AB", False, ["A. Part", "B. Part"]),
        ("  ", True, [""]),
    ],
)
def test_rooms(letters, listed, rooms):
    """Has each part that a task letters a room of its own, be it an item of a list or not?"""
    bold = (nodes.strong("", f"{letter}. Part:".strip(" .")) for letter in letters)
    parts = [nodes.paragraph("", "", one, nodes.Text(" so.")) for one in bold]
    items = [nodes.bullet_list("", *(nodes.list_item("", part) for part in parts))]
    made = form("en", paragraph("Z. is old."), *(items if listed else parts))
    shown = [room.next_node(El, descend=True) for room in written(made)]
    assert [room.parent[1]["said"]["data-part"] for room in shown] == rooms
    assert ("so." in said(made.task)) == (not listed or rooms == [""])
