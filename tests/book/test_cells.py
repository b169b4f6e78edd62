"""Cells run in the language of their page, those of several pages at the same time."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from fourps.book.cells import cache_of, variables
from fourps.course.mime import CATALOGUES, LANGUAGE


@pytest.fixture
def pages(tmp_path):
    """Two pages with cells, of which one speaks, and a catalogue of it."""
    (tmp_path / "lab.md").write_text("from fourps.lab import explore\n", "utf-8")
    (tmp_path / "cells.md").write_text("from fourps import play\n", "utf-8")
    po = tmp_path / "locale" / "fr" / "LC_MESSAGES" / "lab.po"
    po.parent.mkdir(parents=True)
    po.write_text('msgid "Go."\nmsgstr "Allez."\n', "utf-8")
    return po


def environment(po, language):
    """What Sphinx knows of these pages in a language."""
    root = po.parents[3]
    config = SimpleNamespace(
        language=language,
        fourps_source="en",
        nb_execution_cache_path="kept",
        locale_dirs=["locale"],
        gettext_compact=False,
    )
    return SimpleNamespace(
        config=config, srcdir=root, doc2path=lambda page: str(root / f"{page}.md")
    )


def test_what_runs_again(pages):
    """Do only cells that speak run for another language, and again when its catalogue changed?"""
    english, french = environment(pages, "en"), environment(pages, "fr")
    assert cache_of(english, "lab") == cache_of(french, "cells") == Path("kept")
    before = cache_of(french, "lab")
    assert before.parent == Path("kept-fr")
    pages.write_text('msgid "Go."\nmsgstr "Va."\n', "utf-8")
    assert cache_of(french, "lab") not in (before, Path("kept"))


def test_what_cells_are_told(pages):
    """Do cells find their language and the page's catalogue, and in English none?"""
    french, english = (variables(environment(pages, code), "lab") for code in ("fr", "en"))
    assert french == {LANGUAGE: "fr", CATALOGUES: json.dumps([str(pages)])}
    assert english == {LANGUAGE: "en", CATALOGUES: "[]"}


# its cell leaves a mark whenever it runs, and waits until the other page's has left one
PAGE = """\
---
description: One of two pages with cells.
jupytext:
  text_representation:
    format_name: myst
kernelspec:
  name: python3
---
# Page {mine}

```{{code-cell}} python
import time
from pathlib import Path

with Path("{mine}").open("a") as marks:
    marks.write("x")
while not Path("{other}").exists():
    time.sleep(0.05)
print("met {other}", 1 / {divisor})
```
"""


@pytest.fixture
def two(new_book):
    """A book with two more pages, each of which runs only while the other does."""
    book = new_book()
    # the one that never meets the other ends only so
    book.edit("_config.yml", "  stderr_output: error\n", "  stderr_output: error\n  timeout: 120\n")
    write(book, "one", "two")
    write(book, "two", "one")
    lines = "".join(f"      - file: book/{name}\n" for name in ("one", "two"))
    book.edit("_toc.yml", "      - file: book/report\n", f"      - file: book/report\n{lines}")
    return book


def write(book, mine, other, divisor=1):
    text = PAGE.format(mine=mine, other=other, divisor=divisor)
    (book.root / "book" / f"{mine}.md").write_text(text, "utf-8")


def runs(book):
    """Return how often each of the two ran."""
    return [len((book.root / "book" / name).read_text("utf-8")) for name in ("one", "two")]


@pytest.mark.slow  # as the next two: each builds a book
def test_two_at_a_time(two):
    """Do two pages run at the same time, each in its own folder, once only and quietly?"""
    assert two.built().output.startswith("Built ")
    assert "met two 1.0" in two.soup("book/one").text
    assert "met one 1.0" in two.soup("book/two").text
    two.edit("book/one.md", "# Page one", "# Page number one")
    two.built()
    assert runs(two) == [1, 1]


@pytest.mark.slow
def test_one_of_two_fails(two):
    """Is a cell that fails named with its line, and what the other page printed kept?"""
    write(two, "one", "two", divisor=0)
    result = two.build()
    assert result.status == 1
    assert "ZeroDivisionError: division by zero" in result.output
    # a cell is shown from its fence to its last line
    first, last = (two.line("book/one.md", text) for text in ("```{code-cell}", "print("))
    places = [f"{two.root}/book/one.md:{line}:" for line in range(first, last + 1)]
    assert any(place in result.output for place in places), result.output
    assert runs(two) == [2, 1]
    write(two, "one", "two")
    two.built()
    assert "met two 1.0" in two.soup("book/one").text
    assert runs(two) == [3, 1]


@pytest.mark.slow
def test_error_output(two):
    """Is a page refused that complains each time, and one not that does so only the first time?"""
    first = "import sys\n\nif not Path('one').exists():\n    print('preparing', file=sys.stderr)\n"
    two.edit("book/one.md", "with Path(", f"{first}with Path(")
    two.edit(
        "book/two.md", "with Path(", "import sys\n\nprint('beware', file=sys.stderr)\nwith Path("
    )
    result = two.build()
    assert result.status == 1
    [error] = [line for line in result.output.splitlines() if "ERROR" in line]
    assert error.startswith(f"{two.root}/book/two.md:")
    assert "stderr was found" in error
    assert runs(two) == [2, 2]
