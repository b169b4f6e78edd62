"""A book in a narrow reader: no line and no table stands beyond its page, by day and by night."""

from __future__ import annotations

import zipfile

import pytest
from book_pages import sideways

from fourps.book.after.shelves.epub import write_epub

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# with the widest tables and longest lines; a story, a quiz, a form, a list of words and of sources
PAGES = (
    *("modules/prevention/lab", "modules/capstone/lab", "modules/partnership/lab", "book/outcomes"),
    *("modules/protection/practice", "modules/protection/quiz", "modules/protection/exercise"),
    *("book/glossary", "book/references", "book/world", "book/local", "contents", "title"),
)
# as readers do it at night: they draw paper and letters themselves
NIGHT = "html { background: #000; color: #ccc; }"
# what has a paper of its own, or letters in another colour than the reader's; a number within a bar or
# a pin stands on the colour of that
LOST = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const { backgroundColor, color, fill } = getComputedStyle(one);
  const drawn = one.tagName === "text" && !one.hasAttribute("fill") && !one.closest(".m-pin");
  return backgroundColor !== "rgba(0, 0, 0, 0)"
    || (drawn ? fill : color) !== getComputedStyle(document.body).color;
}).map((one) => `${one.tagName} ${one.textContent.slice(0, 40)}`)"""


@pytest.fixture(scope="module")
def chapters(real_book, tmp_path_factory):
    """The folder of the chapters of the real course."""
    folder = tmp_path_factory.mktemp("reader")
    write_epub(real_book, "en", folder / "book.epub")
    with zipfile.ZipFile(folder / "book.epub") as archive:
        archive.extractall(folder)
    return folder / "EPUB"


@pytest.fixture(scope="module")
def narrow(browser):
    context = browser.new_context(viewport={"width": 320, "height": 480})
    yield context.new_page()
    context.close()


def test_width(chapters, narrow, axe):
    """Does nothing stand beyond a page of 320 pixels, with letters half as large again, too?"""
    for name in PAGES:
        narrow.goto((chapters / f"{name}.xhtml").as_uri())
        assert sideways(narrow) <= 0, name
        narrow.add_style_tag(content="html { font-size: 150%; }")
        assert sideways(narrow) <= 0, name
    for name in ("modules/protection/quiz", "modules/protection/exercise", "book/world"):
        narrow.goto((chapters / f"{name}.xhtml").as_uri())
        assert axe(narrow) == [], name


def test_night(chapters, narrow):
    """Has a chapter no paper and no black letters of its own, which a night would swallow?"""
    for name in PAGES:
        narrow.goto((chapters / f"{name}.xhtml").as_uri())
        narrow.add_style_tag(content=NIGHT)
        assert narrow.evaluate(LOST) == [], name
