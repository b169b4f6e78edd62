"""What helps to read a page: where it stands, how long it takes, what its terms mean."""

from __future__ import annotations

import nbformat
import pytest

DEMO = "modules/demo"


def test_place(good):
    """Does a page of a module say which part it is, and lead to the others?"""
    nav = good.soup(f"{DEMO}/quiz").select_one(".fp-place")
    assert " ".join(nav.summary.text.split()) == "A small lesson · part 3 of 4 · about 5 min"
    links = {link.text: link["href"] for link in nav.select("li a")}
    assert list(links) == ["A small lesson", "Practice", "Check", "Cells"]
    assert links["Practice"] == "practice.html"
    (here,) = nav.select("[aria-current=page]")
    assert here.text == "Check"


def test_minutes_of_the_author(good):
    """Do the minutes that a page's author gives take the place of those that are reckoned?"""
    line = " ".join(good.soup(f"{DEMO}/practice").select_one(".fp-place summary").text.split())
    assert line == "A small lesson · part 2 of 4 · about 30 min"


def test_no_place_outside_a_module(good):
    """Are pages that belong to no module left without that line?"""
    assert good.soup("book/privacy").select_one(".fp-place") is None
    assert good.soup("search").select_one(".fp-place") is None


def test_core_route(good):
    """Is the core route named in words: beside its section, in the contents, in the module?"""
    soup = good.soup(f"{DEMO}/lesson")
    assert soup.select_one("#a-door .fp-core-line").text == "Core route."
    marks = [mark.parent.text for mark in soup.select(".toc-tree .fp-core-mark")]
    assert marks == ["A door Core route"]
    parts = good.soup(f"{DEMO}/quiz").select(".fp-place li")
    assert ["Core route" in part.text for part in parts] == [True, False, False, False]


def test_terms(good):
    """Is each term of a page explained once, in plain text, with the way to the glossary?"""
    soup = good.soup(f"{DEMO}/lesson")
    (box,) = soup.select(".fp-term")
    assert box.get("popover") == ""
    assert box.has_attr("hidden")
    texts = [" ".join(line.text.split()) for line in box.find_all("p")]
    assert texts[:2] == ["knock", "In this book: a sound that asks. It is “soft” & short."]
    assert box.a["href"] == "../../book/glossary.html#term-knock"
    links = soup.select("a:has(> .std-term)")
    assert [link["href"] for link in links] == [box.a["href"]] * 2


def test_terms_cost_nothing_elsewhere(good):
    """Are pages without terms free of their script, and the glossary of its own boxes?"""
    for page in ("book/glossary", f"{DEMO}/practice"):
        assert good.soup(page).select(".fp-term") == []
        assert "terms.js" not in good.page(page)
    assert "terms.js" in good.page(f"{DEMO}/lesson")


def test_explanations_are_not_searched(good):
    """Does the search lead to the glossary and not to every page that explains a term?"""
    assert good.terms()["soft"] == {"book/glossary"}


@pytest.mark.parametrize("page", [f"{DEMO}/lesson", "search"])
def test_theme_follows_the_device(good, page):
    """Does a page read and keep no theme, for which nobody said yes?"""
    soup = good.soup(page)
    assert soup.select(".theme-toggle") == []
    assert not any("localStorage" in (script.string or "") for script in soup("script"))


@pytest.mark.parametrize("page", ["practice", "quiz", "cells"])
def test_run_yourself(good, page):
    """Does a page with something to play offer its notebook, in a reader's words?"""
    fold = good.soup(f"{DEMO}/{page}").select_one("details.fp-run")
    assert "notebook" in fold.p.text
    assert fold.select("pre, code") == []
    path = good.html / DEMO / fold.a["href"]
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = "".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    assert "play(" in code or "ask(" in code


def test_nothing_to_run(good):
    """Are pages of text alone left without a notebook?"""
    assert good.soup(f"{DEMO}/lesson").select_one(".fp-run") is None
    assert not (good.html / "notebooks" / f"{DEMO}/lesson.ipynb").exists()
