"""The pages for the person who decides, on paper and beside their sources."""

import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from fourps.book.after.review import load

ROOT = Path(__file__).parents[2]
PAGE = "book/adopting.html"
pytestmark = [pytest.mark.browser]


@pytest.mark.parametrize("folder", ["", "fr/"])
def test_six_pages(reader, site, folder):
    """Does it print on six A4 pages at most, to its last line, with each day in words?"""
    reader.page.goto(f"{site}/{folder}{PAGE}")
    last = reader.page.locator("article p").last.inner_text()
    read = PdfReader(io.BytesIO(reader.page.pdf(format="A4")))
    assert 4 <= len(read.pages) <= 6
    text = " ".join("".join(one.extract_text() for one in read.pages).split())
    assert " ".join(last.split())[-30:] in text
    assert re.search(r"30 [Nn]ov\w+ 2026", text)


def test_fields_of_review():
    """Has each field of reviewers a line of its own that says who has reviewed it?"""
    text = (ROOT / "book" / "adopting.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| (.+) \| (nobody yet|.+ \d{4}.*) \|$", text, re.MULTILINE))
    assert {one.title for one in load(ROOT).values()} <= rows.keys()
