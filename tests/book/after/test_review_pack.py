"""What a reviewer is handed: to print, to write in, and a table to fill in."""

import csv
import shutil
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader
from typer.testing import CliRunner

from fourps.book.after.chromium import PdfError
from fourps.book.after.review_pack import ReviewPackError, write_pack
from fourps.cli import app
from fourps.review import answers

FIELD = "survivor-group"


@pytest.fixture(scope="module")
def written(asking, tmp_path_factory):
    """The folder of a pack without its PDF; the course lies beside it."""
    folder = tmp_path_factory.mktemp("review")
    write_pack(asking(folder), FIELD, folder / "pack", with_pdf=False)
    return folder / "pack"


@pytest.fixture(scope="module")
def word(written):
    return Document(written / f"{FIELD}.docx")


def test_headings(word):
    """Do headings lead through the file: its title, the cover, each part, the sources?"""
    named = [(one.style.name, one.text) for one in word.paragraphs if "H" in one.style.name[:1]]
    texts = [text for _, text in named]
    assert word.paragraphs[0].style.name == "Title"
    assert word.paragraphs[0].text == "Four Ps: review by survivors' organisations"
    assert texts[0] == "Who is asked"
    assert texts[-4:] == ["The design", "Start", "Welcome", "Sources"]
    assert {style for style, _ in named} == {"Heading 1"}


def test_tables(word):
    """Is the first row of each table one of headings that comes again on each page?"""
    assert len(word.tables) == 3
    for table in word.tables:
        first, *others = table.rows
        assert [cell.text for cell in first.cells] == ["No.", "The course says", "Your answer"]
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(one._tr.trPr.find(qn("w:cantSplit")) is not None for one in others)
        assert all(one.cells[2].text == "☐ yes   ☐ no   ☐ better" for one in others)


def test_numbered(word):
    """Is each statement there once, numbered, with its place and what it rests on?"""
    rows = [row.cells for table in word.tables for row in table.rows[1:]]
    assert [row[0].text for row in rows] == ["1", "2", "3", "4", "5"]
    said = rows[3][1].text.splitlines()
    assert said[:3] == [
        "In 2015 one source said so (PIM 2015).",
        "Welcome / Listening first",
        "Source: PIM 2015. Fact sheet F-01: seen on the publisher's page.",
    ]
    assert said[3].startswith("text/")
    assert [one.text for one in word.paragraphs if one.style.name == "List Bullet"] == [
        "PIM 2015: Principles for the tests",
        "WHO 2003: Recommendations for the tests",
    ]


def test_language(word):
    """Does the file say what it is called and in which language it is, for a screen reader?"""
    assert word.core_properties.title.startswith("Four Ps")
    assert word.core_properties.language == "en-GB"
    marks = {one.get(qn("w:val")) for one in word.styles.element.iter(qn("w:lang"))}
    assert marks == {"en-GB"}


def test_cover(word):
    """Does the cover say who is asked, about pay, the design, names, and how to send it back?"""
    text = "\n".join(one.text for one in word.paragraphs)
    for said in (
        "You speak for others.",
        "Where there is money you are paid.",
        "The first statements are about the design.",
        "Nothing here needs your name.",
        f"Send {FIELD}.csv, or these pages, back",
    ):
        assert said in text
    assert "{" not in text


def test_table_to_fill_in(written, reviewed, tmp_path):
    """Is the table one that a spreadsheet runs nothing of, and that the check reads when filled in?"""
    path = tmp_path / f"{FIELD}.csv"
    shutil.copy(written / path.name, path)
    text = path.read_text("utf-8-sig")
    first, *others = csv.DictReader(text.splitlines())
    assert (first["id"], first["statement"]) == ("design/begin", "'=1+1 is <b>two</b>.")
    assert [one["verdict"] for one in others] == ["", "", "", ""]
    assert answers.read(path, [FIELD]) == []
    path.write_text(text.replace(",,,,,", ",no,=1+1,,,", 1), "utf-8")
    assert [one.verdict for one in answers.read(path, [FIELD])] == ["no"]
    with pytest.raises(ReviewPackError, match="has answers: add its rows to"):
        write_pack(reviewed, FIELD, tmp_path, with_pdf=False)
    assert ",no,=1+1," in path.read_text("utf-8")


def test_modules(reviewed, tmp_path):
    """Can one module be asked about alone, with the design?"""
    done = write_pack(reviewed, FIELD, tmp_path, modules=["welcome"], with_pdf=False)
    assert done.statements == 4
    with pytest.raises(ReviewPackError, match=r"no module 'farewell'\. Modules: welcome"):
        write_pack(reviewed, FIELD, tmp_path, modules=["farewell"], with_pdf=False)


def test_without_a_browser(reviewed, tmp_path, monkeypatch):
    """Is nothing written where the PDF cannot be, and is it said what to do?"""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PdfError, match="apt-get install chromium"):
        write_pack(reviewed, FIELD, tmp_path / "pack")
    assert not (tmp_path / "pack").exists()


def test_command(reviewed, tmp_path):
    """Does the command say what it wrote, and who may be asked?"""

    def run(*words):
        return CliRunner().invoke(app, ["book", "review", str(reviewed), *words])

    done = run("--for", "lawyer", "--no-pdf", "--to", str(tmp_path / "pack"))
    assert done.exit_code == 0, done.output
    assert "Wrote 10 statements into " in done.output
    assert sorted(one.name for one in (tmp_path / "pack").iterdir()) == [
        "lawyer.csv",
        "lawyer.docx",
    ]
    done = run("--for", "judge", "--no-pdf")
    assert done.exit_code == 1
    assert "Nobody is asked as 'judge' in book/reviewers.yaml. Fields: lawyer, " in done.stderr


@pytest.mark.browser
@pytest.mark.once
def test_pdf(reviewed, tmp_path):
    """Is the PDF tagged, with its language and title, and does nothing run that a text holds?"""
    write_pack(reviewed, FIELD, tmp_path)
    reader = PdfReader(BytesIO((tmp_path / f"{FIELD}.pdf").read_bytes()))
    catalogue = reader.trailer["/Root"]
    assert catalogue["/Lang"] == "en-GB"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == "Four Ps: review by survivors' organisations"
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    assert "=1+1 is <b>two</b>." in text
    assert "In 2015 one source said so (PIM 2015)." in text
    titles = [one.title for one in _flat(reader.outline)]
    assert titles[-4:] == ["The design", "Start", "Welcome", "Sources"]


def _flat(outline):
    for one in outline:
        if isinstance(one, list):
            yield from _flat(one)
        else:
            yield one
