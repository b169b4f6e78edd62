"""What was edited shows, although cells are cached and pages are built one by one."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

import fourps

pytestmark = pytest.mark.slow  # each test builds a book

PRACTICE, QUIZ, CELLS = (f"modules/demo/{name}" for name in ("practice", "quiz", "cells"))
LESSON = "modules/demo/lesson"
LIBRARY = Path(fourps.__file__).parent


@pytest.fixture(scope="module")
def book(new_book):
    book = new_book()
    book.built()
    return book


@pytest.fixture
def settled(book):
    """The book with nothing left to do, so that the next build is about one edit only."""
    book.built()
    return book


@pytest.fixture(scope="module")
def own(new_book):
    """A book that is drawn by a copy of the library, which a test may edit."""
    book = new_book()
    copy = book.root / "src" / "fourps"
    shutil.copytree(LIBRARY, copy, ignore=shutil.ignore_patterns("__pycache__", "content"))
    book.environment["PYTHONPATH"] = str(copy.parent)
    book.built()
    return book


@pytest.mark.parametrize(
    ("file", "old", "new", "pages"),
    [
        ("scenario.yaml", "axolotl", "gecko", [PRACTICE, CELLS]),
        ("quiz.yaml", "capybara", "wombok", [QUIZ, CELLS]),
        ("lesson.md", "quokka", "numbat", [LESSON]),
        ("outcomes.yaml", "only after", "never without", [LESSON]),
    ],
)
def test_edited_text(book, file, old, new, pages):
    """Does edited text show on every page that draws it, without executing a cell again?"""
    executed = book.executed()
    assert all(old in book.page(name) for name in pages)
    book.edit(f"modules/demo/{file}", old, new)
    book.built()
    assert [name for name in pages if new not in book.page(name)] == []
    assert [name for name in pages if old in book.page(name)] == []
    if " " not in new:
        terms = book.terms()
        assert {*pages} <= terms[new]
        assert not terms.get(old, set()) & {*pages}
    assert book.executed() == executed


def test_edited_structure(book):
    """Does an edited move reach the data of both players, without executing a cell again?"""
    executed = book.executed()
    before = versions(book)
    book.edit("modules/demo/scenario.yaml", "care: -2", "care: -1")
    book.built()
    after = versions(book)
    assert after[PRACTICE] == after[CELLS] != before[PRACTICE]
    assert book.executed() == executed


def versions(book):
    return {
        name: json.loads(book.soup(name).select_one("[data-fourps=scenario] script").string)[
            "spec"
        ]["version"]
        for name in (PRACTICE, CELLS)
    }


def test_edited_cell(book):
    """Is an edited cell executed again?"""
    executed = book.executed()
    book.edit("modules/demo/cells.md", "import time\n", "import time\n\nprint('emu')\n")
    book.built()
    assert "<span></span>emu\n" in book.page(CELLS)
    assert book.executed() != executed


def test_edited_title(settled):
    """Does a renamed page carry its new name in the navigation of every page?"""
    settled.edit(f"{LESSON}.md", "# A small lesson", "# A numbered lesson")
    settled.built()
    stale = [name for name in settled.toc() if "A small lesson" in settled.soup(name).text]
    assert stale == []


def test_edited_contents(settled):
    """Is a new page in the navigation of every page, and gone from it once taken out?"""
    (settled.root / "book/extra.md").write_text(
        "---\ndescription: One more.\n---\n# One more page\n\nIt is short.\n", "utf-8"
    )
    with settled.edited(
        "_toc.yml", "- file: book/report", "- file: book/report\n      - file: book/extra"
    ):
        settled.built()
        assert [
            name for name in settled.toc() if "One more page" not in settled.soup(name).text
        ] == []
    settled.built()
    assert [name for name in settled.toc() if "One more page" in settled.soup(name).text] == []


def test_edited_source(settled):
    """Does an edited entry of the bibliography show wherever it is cited?"""
    settled.edit(
        "book/references.bib", "Recommendations for a small book", "Advice for small books"
    )
    settled.edit("book/references.bib", "Tiny 2015", "Wee 2015")
    settled.built()
    assert "Advice for small books" in settled.soup(LESSON).text
    assert "Wee 2015" in settled.soup(PRACTICE).text
    stale = [
        name
        for name in settled.toc()
        if "Tiny 2015" in settled.page(name)
        or "Recommendations for a small book" in settled.page(name)
    ]
    assert stale == []


def test_removed_source(settled):
    """Does taking a cited source out of the bibliography stop the build?"""
    with settled.edited("book/references.bib", "@misc{tiny2015,", "@misc{tinier2015,"):
        result = settled.build()
    settled.built()
    assert result.status == 1
    for name, text in ((f"{LESSON}.md", "tiny2015"), ("modules/demo/quiz.yaml", ", tiny2015")):
        assert f"{settled.root / name}:{settled.line(name, text)}:" in result.output


@pytest.mark.parametrize(
    ("file", "old", "new", "shows"),
    [
        ("course/english/players.py", '"begin": "Begin"', '"begin": "Set off"', "Set off"),
        ("book/html.py", 'class="fp-part"', 'class="fp-part fp-new"', "fp-part fp-new"),
        ("book/templates/page.html", ": MIT.", ": MIT, as ever.", "code: MIT, as ever."),
    ],
)
def test_edited_library(own, file, old, new, shows):
    """Does a change in the library show on the page of the directive and on that of the cell?"""
    name = f"src/fourps/{file}"
    assert shows not in own.page(PRACTICE) + own.page(CELLS)
    own.edit(name, old, new)
    own.built()
    assert [page for page in (PRACTICE, CELLS) if shows not in own.page(page)] == []


def test_edited_player(own):
    """Is an edited player what every page with a player loads, under a new address?"""
    before = {page: script(own, page) for page in (PRACTICE, CELLS)}
    path = own.root / "src/fourps/front/scenario.js"
    path.write_text(path.read_text("utf-8") + 'const edited = "Edited.";\n', "utf-8")
    own.built()
    after = {page: script(own, page) for page in (PRACTICE, CELLS)}
    assert 'const edited = "Edited.";' in (own.html / "_static/fourps.js").read_text("utf-8")
    assert all(before[page] != after[page] for page in before)


def script(book, page):
    return book.soup(page).find("script", src=re.compile(r"/fourps\.js"))["src"]


def test_edited_play(own):
    """Are cells executed again when what they call works in another way?"""
    executed = own.executed()
    old = "    scenario, _ = fourps.scenario.model.load("
    own.edit("src/fourps/notebook.py", old, f"    print('played anew')\n{old}")
    own.built()
    assert "played anew" in own.soup(CELLS).text
    assert own.executed() != executed
