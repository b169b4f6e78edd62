"""The book as one PDF: its order, its links, and what a screen reader needs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import pytest
from pypdf import PdfReader

from fourps.book.after.one_page import one_page
from fourps.book.after.pdf import BROWSERS

pytestmark = pytest.mark.once

DEMO = "modules/demo"
# a quiz is printed without its answers
ANSWER = "A pushed door stays broken for everyone."


class Printed(NamedTuple):
    """What the command said, and the file."""

    said: str
    reader: PdfReader

    @property
    def catalogue(self):
        return self.reader.trailer["/Root"]

    def texts(self):
        return [" ".join(page.extract_text().split()) for page in self.reader.pages]


@pytest.fixture(scope="module")
def printed(good, tmp_path_factory):
    file = tmp_path_factory.mktemp("pdf") / "book.pdf"
    done = good.run("fourps", "book", "pdf", good.root, "--out", file)
    assert done.status == 0, done.output
    return Printed(done.output, PdfReader(file))


def lines(outline, reader, depth=0):
    """Return depth, title and sheet of each bookmark."""
    for one in outline:
        if isinstance(one, list):
            yield from lines(one, reader, depth + 1)
        else:
            yield depth, one.title, reader.get_destination_page_number(one)


@pytest.mark.slow
def test_bookmarks(printed):
    """Do the bookmarks follow the table of contents, each to the sheet that its page begins on?"""
    found = list(lines(printed.reader.outline, printed.reader))
    assert [(depth, title) for depth, title, _ in found] == [
        (0, "Welcome"),
        (0, "Modules"),
        (1, "A small lesson"),
        (2, "Practice"),
        (2, "Check"),
        (2, "Cells"),
        (0, "Behind the book"),
        (1, "Glossary"),
        (1, "References"),
        (1, "Three questions"),
        (1, "My course"),
        (1, "Privacy"),
        (1, "Report an error"),
    ]
    texts = printed.texts()
    pages = [
        (title, texts[sheet])
        for _, title, sheet in found
        if title not in ("Modules", "Behind the book")
    ]
    assert [title for title, text in pages if title not in text] == []
    sheets = [sheet for _, _, sheet in found]
    assert sheets == sorted(sheets)


def test_tagged(printed):
    """Does the file say its title and language, and carry tags for a screen reader?"""
    assert printed.catalogue["/Lang"] == "en"
    assert printed.catalogue["/MarkInfo"]["/Marked"]
    assert printed.catalogue["/StructTreeRoot"]["/K"]
    assert printed.reader.metadata.title == "Small book"


def test_sheets(printed):
    """Is every sheet an A4, with its number, except the title page?"""
    texts = printed.texts()
    assert "Small book" in texts[0]
    assert [text.split()[0] for text in texts[1:]] == [str(n) for n in range(2, len(texts) + 1)]
    sizes = {
        (round(float(p.mediabox.width)), round(float(p.mediabox.height)))
        for p in printed.reader.pages
    }
    assert sizes == {(595, 842)}
    assert f"{len(texts)} sheets" in printed.said


def test_whole(printed):
    """Is what is folded or played on a screen printed, and nothing that is of use there only?"""
    text = " ".join(printed.texts())
    for expected in (
        "Content note",
        "The door that somebody has opened before you.",
        "Behind the door an axolotl sings.",
        "She believes you and puts her coat away.",
        "The rain came in, as rain does.",
    ):
        assert expected in text, expected
    for unwanted in ("Leave", "Skip to content", "part 1 of 4", "Open the glossary", ANSWER):
        assert unwanted not in text


def test_links(printed):
    """Do links between pages and within a scenario lead to places in the file, and none to disk?"""
    inside, outside = set(), set()
    for page in printed.reader.pages:
        for annotation in page.get("/Annots", []):
            link = annotation.get_object()
            if "/Dest" in link:
                inside.add(link["/Dest"])
            elif "/A" in link:
                outside.add(link["/A"]["/URI"])
    assert {"/modules-demo-lesson", "/book-glossary--term-knock"} <= inside
    assert "/modules-demo-practice--small-door-room" in inside
    assert inside <= set(printed.reader.named_destinations)
    assert [address for address in outside if not address.startswith("http")] == []


def test_progress(good):
    """Is it told how many pages are joined, after each?"""
    told = []
    one_page(good.html, lambda done, of: told.append((done, of)))
    assert told == [(done, 11) for done in range(1, 12)]


def test_no_browser(good):
    """Without a browser, does the command say what to install, and leave no file?"""
    folders = os.environ["PATH"].split(os.pathsep)
    path = [one for one in folders if not any(Path(one, name).exists() for name in BROWSERS)]
    done = good.run("fourps", "book", "pdf", good.root, PATH=os.pathsep.join(path))
    assert done.status == 1
    assert "apt-get install chromium" in done.output
    assert not (good.root / "_build" / "book.pdf").exists()
