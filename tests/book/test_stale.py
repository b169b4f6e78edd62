"""What was edited shows, although cells are cached and pages are built one by one."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

import fourps
from fourps.book import outdated
from fourps.book.download import written
from fourps.learn.references import References

pytestmark = pytest.mark.slow  # each test builds a book

PRACTICE, QUIZ, CELLS = (f"modules/demo/{name}" for name in ("practice", "quiz", "cells"))
LESSON = "modules/demo/lesson"
LIBRARY = Path(fourps.__file__).parent
# words, the code that draws, its templates, a player, and what cells call
EDITS = [
    ("course/english/players.py", '"begin": "Begin"', '"begin": "Set off"'),
    ("book/player_nodes.py", 'class="fp-part"', 'class="fp-part fp-new"'),
    ("book/templates/page.html", 'code="MIT"', 'code="MIT, as ever"'),
    ("front/scenario.js", "let count = 0;\n", 'let count = 0;\nconst edited = "Edited.";\n'),
    (
        "notebook.py",
        "    return ScenarioWidget(",
        "    print('played anew')\n    return ScenarioWidget(",
    ),
]


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


@pytest.mark.parametrize(
    ("file", "old", "new", "pages"),
    [
        ("modules/demo/scenario.yaml", "axolotl", "gecko", [PRACTICE, CELLS]),
        ("modules/demo/scenario.yaml", "The small door", "The little door", ["book/my-course"]),
        ("modules/demo/quiz.yaml", "capybara", "wombok", [QUIZ, CELLS]),
        ("modules/demo/lesson.md", "quokka", "numbat", [LESSON]),
        ("modules/demo/outcomes.yaml", "only after", "never without", [LESSON]),
        ("book/glossary.md", "a sound that asks", "a soft question", ["book/glossary", LESSON]),
    ],
)
def test_edited_text(book, file, old, new, pages):
    """Does edited text show on every page that draws it, without executing a cell again?"""
    executed = book.executed()
    assert all(old in book.page(name) for name in pages)
    book.edit(file, old, new)
    book.built()
    assert [name for name in pages if new not in book.page(name)] == []
    assert [name for name in pages if old in book.page(name)] == []
    if " " not in new:
        terms = book.terms()
        assert {*pages} <= terms[new]
        assert not terms.get(old, set()) & {*pages}
    if QUIZ in pages:
        assert new in (book.html / "three" / "small-quiz.js").read_text("utf-8")
    assert book.executed() == executed
    assert stale_notebooks(book) == []


def stale_notebooks(book):
    """Return the notebooks to download that are not as they would be made now."""
    folder, references = book.html / "notebooks", References(book.root)
    names = [path.relative_to(folder).with_suffix("") for path in folder.rglob("*.ipynb")]
    assert len(names) > 2
    return [
        name
        for name in names
        if (folder / name).with_suffix(".ipynb").read_text("utf-8")
        != written((book.root / name).with_suffix(".md"), references)
    ]


def test_edited_structure(book):
    """Does an edited move reach the data of both players, without executing a cell again?"""
    executed = book.executed()
    before = versions(book)
    book.edit("modules/demo/scenario.yaml", "care: -2", "care: -1")
    book.built()
    after = versions(book)
    assert after[0] == after[1] != before[0]
    assert book.executed() == executed


def versions(book):
    mounts = (
        book.soup(name).select_one("[data-fourps=scenario] script") for name in (PRACTICE, CELLS)
    )
    return [json.loads(mount.string)["spec"]["version"] for mount in mounts]


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
    assert stale_notebooks(settled) == []


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
    assert stale_notebooks(settled) == []


def test_removed_source(settled):
    """Does taking a cited source out of the bibliography stop the build?"""
    with settled.edited("book/references.bib", "@misc{tiny2015,", "@misc{tinier2015,"):
        result = settled.build()
    settled.built()
    assert result.status == 1
    for name, text in ((f"{LESSON}.md", "tiny2015"), ("modules/demo/quiz.yaml", ", tiny2015")):
        assert f"{settled.root / name}:{settled.line(name, text)}:" in result.output


@pytest.fixture(scope="module")
def redrawn(new_book):
    """A book drawn by a copy of the library with all of its edits, and what it was before."""
    book = new_book()
    book.built()
    pages, executed = {page: book.page(page) for page in (PRACTICE, CELLS)}, book.executed()
    copy = library(book.root / "src")
    for file, old, new in EDITS:
        book.edit(copy / file, old, new)
    book.built(PYTHONPATH=str(copy.parent))
    return SimpleNamespace(book=book, pages=pages, executed=executed)


def library(folder):
    """Return a copy of the library, which a test may edit."""
    return shutil.copytree(LIBRARY, folder / "fourps", ignore=shutil.ignore_patterns("content"))


@pytest.mark.parametrize("shows", ["Set off", "fp-part fp-new", "code: MIT, as ever."])
def test_edited_library(redrawn, shows):
    """Does a change in the library show on the page of the directive and on that of the cell?"""
    assert [page for page, before in redrawn.pages.items() if shows in before] == []
    assert [page for page in redrawn.pages if shows not in redrawn.book.page(page)] == []


def test_edited_player(redrawn):
    """Is an edited player what every page with a player loads, under a new address?"""
    assert 'const edited="Edited.";' in (redrawn.book.html / "_static/story.js").read_text()
    for page, before in redrawn.pages.items():
        both = before + redrawn.book.page(page)
        assert len(set(re.findall(r'src="[^"]*/story\.js[^"]*"', both))) == 2


def test_edited_play(redrawn):
    """Are cells executed again when what they call works in another way?"""
    assert "played anew" in redrawn.book.soup(CELLS).text
    assert redrawn.book.executed() != redrawn.executed


def test_any_edit_of_the_library(tmp_path, monkeypatch):
    """Would each of these edits alone have pages read, and cells executed, again?"""
    copy = library(tmp_path)
    monkeypatch.setattr(outdated, "LIBRARY", copy)
    # not the one that remembers
    monkeypatch.setattr(outdated, "library_hash", outdated.library_hash.__wrapped__)
    hashes = {outdated.cells_hash(tmp_path)}
    for file, old, new in EDITS:
        path = copy / file
        text = path.read_text("utf-8")
        path.write_text(text.replace(old, new), "utf-8")
        hashes.add(outdated.cells_hash(tmp_path))
        path.write_text(text, "utf-8")
    assert len(hashes) == 1 + len(EDITS)
    assert outdated.cells_hash(tmp_path) in hashes
