"""What a facilitator opens: Word files and slides, from pages of the guide."""

import io
import re
from pathlib import Path

import pytest
from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from pptx import Presentation

from fourps.book.after.release import pack

ROOT = Path(__file__).parents[4]
SLIDES = "slides.pptx"


@pytest.fixture(scope="module")
def files():
    return {language: dict(pack.documents(ROOT, language)) for language in ("en", "fr")}


def blocks(data):
    """Return a document's texts: of its paragraphs, and of the cells of its tables."""
    document = Document(io.BytesIO(data))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return document, [*(one.text for one in document.paragraphs), *cells]


def shape(data):
    """Return the styles of a document's paragraphs, and how many rows and columns its tables have."""
    document, _ = blocks(data)
    return (
        [one.style.name for one in document.paragraphs],
        [(len(table.rows), len(table.columns)) for table in document.tables],
    )


def test_same_files(files, tmp_path):
    """Has each language the same files, and are they the same bytes each time they are written?"""
    assert list(files["en"]) == list(files["fr"])
    pack.write(ROOT, tmp_path, tmp_path, "fr")
    assert {one.name: one.read_bytes() for one in (tmp_path / "pack").iterdir()} == files["fr"]


def test_documents(files):
    """Is each document on A4, without a mark of Markdown, and of the same form in French?"""
    for name, data in files["en"].items():
        if name == SLIDES:
            continue
        document, texts = blocks(data)
        page = document.sections[0]
        assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
        assert document.core_properties.title == texts[0]
        assert not [one for one in texts if re.search(r"\]\(|[`*|{}]|\.md", one)], name
        assert shape(data) == shape(files["fr"][name]), name
        _, french = blocks(files["fr"][name])
        same = {*texts} & {*french}
        assert not [one for one in same if len(one) > 20 and ".docx" not in one], name


def test_room(files):
    """Has an empty row room for a pen, and are there enough rows for eighteen people?"""
    document, _ = blocks(files["en"]["sign-in.docx"])
    head, *rows = document.tables[0].rows
    assert (head.height, len(rows)) == (None, 18)
    assert {round(row.height.mm) for row in rows} == {11}
    assert {row.height_rule for row in rows} == {WD_ROW_HEIGHT_RULE.AT_LEAST}


def test_observers(files):
    """Has each observer sheet the pauses and the task of its scenario, and lines to write on?"""
    names = [name for name in files["en"] if name.startswith("observers-")]
    assert len(names) == 8
    for name in names:
        document, texts = blocks(files["en"][name])
        assert [one.split(" ")[0] for one in texts[2:4]] == ["Pause", "Observers"]
        assert len(document.tables[0].rows) > 10


def test_slides(files):
    """Are there ten slides, each with points, and something to say in its notes?"""
    for language in ("en", "fr"):
        slides = Presentation(io.BytesIO(files[language][SLIDES])).slides
        assert len(slides) == 10
        for one in slides:
            assert one.shapes.title.text
            assert one.placeholders[1].text_frame.text
            assert one.notes_slide.notes_text_frame.text


def test_letters(files):
    """Does the invitation say that one may decline, and the letter that it qualifies nobody?"""
    _, invitation = blocks(files["en"]["invitation.docx"])
    _, letter = blocks(files["en"]["letter.docx"])
    assert "You may decline." in " ".join(invitation)
    assert "It qualifies nobody" in " ".join(letter)
    assert "No authority endorses" in " ".join(letter)


@pytest.mark.parametrize(
    ("language", "day"), [("en", "30 November 2026"), ("fr", "30 novembre 2026")]
)
def test_dossier(tmp_path, language, day):
    """Is the dossier a Word file too, with its days in words and no mark of Markdown?"""
    pack.write_dossier(ROOT, tmp_path, tmp_path, language)
    _, texts = blocks((tmp_path / "adopting.docx").read_bytes())
    said = " ".join(texts)
    assert day in said
    assert not re.search(r"\]\(|[`*|{}]|\.md|description:", said)
