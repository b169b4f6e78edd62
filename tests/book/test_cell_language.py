"""Cells that speak run for each language, and again when what they say there has changed."""

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
