"""What a job aid has besides its text."""

import re
from types import SimpleNamespace

import pytest
import segno
from docutils import nodes
from docutils.utils import new_document

from fourps.book.aid import OnTop, _add

pytestmark = pytest.mark.once

HERE = "https://example.org/four-ps/"


def built(root, base, language="en", name="modules/demo/aid"):
    """Return a page with a line to write on, as it is built for an address."""
    page = new_document("")
    page += nodes.section("", nodes.title("", "An aid"), nodes.entry("", nodes.Text("____")))
    config = SimpleNamespace(html_baseurl=base, language=language)
    _add(
        SimpleNamespace(builder=SimpleNamespace(format="html"), config=config, srcdir=root),
        page,
        name,
    )
    return page[0]


def drawn(svg):
    """Return the dark places of a code, from the strokes that are drawn."""
    (strokes,) = re.findall(r' d="M([^"]+)"', svg)
    dark, (column, row) = set(), (0, 0)
    for kind, x, _, y in re.findall(r"(^|[mh])([-\d.]+)( ([-\d.]+))?", strokes):
        if kind == "h":
            dark |= {(int(row), int(column) + one) for one in range(int(x))}
        column, row = (float(x), float(y)) if not kind else (column + float(x), row + float(y or 0))
    return dark


@pytest.mark.parametrize(("language", "folder"), [("en", ""), ("fr", "fr/")])
def test_code(root, language, folder):
    """Does the code lead to the story in the language of the aid, with the address in plain sight?"""
    address = f"{HERE}{folder}try/"
    title, top, line = built(root, f"{HERE}{folder}", language)
    assert (type(title), type(top), line["classes"]) == (nodes.title, OnTop, ["fp-write"])
    code = segno.make(address, micro=False)
    border = code.default_border_size
    wanted = {
        (row + border, column + border)
        for row, line in enumerate(code.matrix)
        for column, one in enumerate(line)
        if one
    }
    assert drawn(top["code"]) == wanted
    assert f"<b>{address}</b>" in top["code"]
    assert f'{address}"' in top["code"]


@pytest.mark.parametrize(("base", "listed"), [("", True), (HERE, False)])
def test_no_code(root, tmp_path, base, listed):
    """Is there none where no address is known, or no such story?"""
    _, top, _ = built(root if listed else tmp_path, base)
    assert top["code"] == ""


def test_other_pages(root):
    """Has any other page neither?"""
    assert len(built(root, HERE, name="modules/demo/quiz")) == 2
