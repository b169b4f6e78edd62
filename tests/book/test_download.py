"""A notebook to download is made again when anything that it is made from has changed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fourps.book import download
from fourps.book.download import NotebookInputs
from fourps.course.files import content_root
from fourps.learn.notebooks import notebook
from fourps.learn.references import References

FIXTURE = Path(__file__).parent / "fixture"
QUIZ, LESSON = "modules/demo/quiz.md", "modules/demo/lesson.md"


@pytest.fixture
def known(tmp_path):
    """Return a function that gives what a page's notebook is known by, in a book to be edited."""
    book = shutil.copytree(FIXTURE, tmp_path / "book")

    def of(page=QUIZ):
        return NotebookInputs(References(book)).of(book / page)

    of.book = book
    return of


def edited(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_same(known):
    """Is a notebook known by the same as long as nothing has changed, and by its own page?"""
    assert known() == known()
    assert known(LESSON) != known(QUIZ)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (QUIZ, "# Check", "# A check"),
        ("modules/demo/quiz.yaml", "capybara", "wombok"),
        ("modules/demo/outcomes.yaml", "only after", "never without"),
        ("modules/demo/decides.yaml", "id: ", "id:  "),
        (LESSON, "# A small lesson", "# A numbered lesson"),
        ("book/references.bib", "Tiny 2015", "Wee 2015"),
        ("book/world.yaml", "\n", "\n# A word.\n"),
        ("book/pairs.csv", "\n", "\n\n"),
        ("_toc.yml", "      - file: book/three\n", ""),
    ],
)
def test_edited(known, file, old, new):
    """Is it made again after an edit of what it is made from?"""
    before = known()
    edited(known.book / file, old, new)
    assert known() != before


def test_added(known):
    """Is it made again when a page or a file comes or goes?"""
    seen = {known()}
    extra = known.book / "modules" / "demo" / "forms" / "extra.yaml"
    extra.parent.mkdir()
    extra.write_text("id: extra\n", "utf-8")
    seen.add(known())
    (known.book / "book" / "extra.md").write_text("# One more\n", "utf-8")
    seen.add(known())
    (known.book / "book" / "privacy.md").unlink()
    seen.add(known())
    assert len(seen) == 4


def test_sentence_elsewhere(known):
    """Is it kept where only the text of another page has changed?"""
    before = known()
    edited(known.book / LESSON, "The quokka", "The numbat")
    assert known() == before


@pytest.mark.parametrize(
    ("name", "value"), [("library_hash", lambda: "another"), ("version", lambda _name: "99")]
)
def test_edited_code(known, monkeypatch, name, value):
    """Is it made again with another library of ours, or of others?"""
    before = known()
    monkeypatch.setattr(download, name, value)
    assert known() != before


@pytest.mark.parametrize(
    "text",
    [
        "```{outcomes-map}\n```\n",
        "```{term-pairs} ../../elsewhere.csv\n```\n",
    ],
)
def test_what_shows_anything(known, text):
    """Is it made each time where it may show what stands anywhere?"""
    page = known.book / QUIZ
    page.write_text(page.read_text("utf-8") + text, "utf-8")
    assert known() is None
    assert known(LESSON) is not None


def test_what_lies_above(known):
    """Is it kept where a page leads to other folders of the book?"""
    page = known.book / QUIZ
    page.write_text(page.read_text("utf-8") + "[Privacy](../../book/privacy.md).\n", "utf-8")
    assert known() is not None


def test_texts_of_other_pages(known):
    """Does a notebook that is kept show nothing of another page but its headings?"""
    references = References(known.book)
    kept = [page for page in references.pages if known(page)]
    before = {page: notebook(page, references) for page in kept}
    assert len(kept) == len(references.pages) > 8
    for page in kept:
        text = page.read_text("utf-8")
        page.write_text(f"{text}\nAnother sentence, {{cite:p}}`small2003`.\n", "utf-8")
    for page in kept:
        edited(page, "\nAnother sentence, {cite:p}`small2003`.\n", "")
        assert notebook(page, References(known.book)) == before[page]
        page.write_text(f"{page.read_text('utf-8')}\nAnother sentence.\n", "utf-8")


READ = """
import json, sys
from pathlib import Path
from fourps.learn.notebooks import notebook
from fourps.learn.references import References
root = Path(sys.argv[1])
references = References(root)
names = sys.argv[2:]
for name in names:  # all that is loaded late is loaded
    notebook(root / name, references)
seen = []
sys.addaudithook(lambda event, given: event == "open" and seen.append(str(given[0])))
references = References(root)
for name in names:
    notebook(root / name, references)
inside = sorted({Path(one).relative_to(root).as_posix() for one in seen if one.startswith(f"{root}/")})
print(json.dumps(inside))
"""


@pytest.mark.slow
def test_nothing_else_is_read():
    """Do the notebooks of the course read no file but those that they are known by?"""
    root = content_root()
    pages = {page.relative_to(root).as_posix() for page in References(root).pages}
    inputs = NotebookInputs(References(root))
    asked = sorted(name for name in pages if inputs.of(root / name))
    assert len(asked) > 100
    done = subprocess.run(
        [sys.executable, "-c", READ, str(root), *asked], capture_output=True, check=True
    )
    # the environment of a clone lies in it
    installed = ("src/", ".venv/", "_build/")
    read = {name for name in json.loads(done.stdout) if not name.startswith(installed)}
    assert read & pages
    beside = {name for name in read - pages if name.startswith(("book/", "modules/"))}
    assert read - pages - beside <= {"_toc.yml", "locale/en/synonyms.yaml"}
    assert beside
