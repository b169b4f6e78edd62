"""What a job aid has besides its text."""

from types import SimpleNamespace

import pytest
import segno
from docutils import nodes
from docutils.utils import new_document

from fourps.book.printed import OnTop, _add

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


@pytest.mark.parametrize(("language", "folder"), [("en", ""), ("fr", "fr/")])
def test_code(root, language, folder):
    """Does the code lead to the story in the language of the aid, with the address in plain sight?"""
    address = f"{HERE}{folder}try/"
    title, top, line = built(root, f"{HERE}{folder}", language)
    assert (type(title), type(top), line["classes"]) == (nodes.title, OnTop, ["fp-write"])
    code = segno.make(address, micro=False)
    assert code.svg_inline(omitsize=True, svgclass=None, lineclass=None) in top["code"]
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
