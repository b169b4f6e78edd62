"""What the book's own search finds."""

from __future__ import annotations

import json
import re

import pytest


@pytest.fixture(scope="module")
def terms(good):
    return good.terms()


@pytest.mark.parametrize(
    ("word", "pages"),
    [
        ("quokka", {"lesson"}),  # prose
        ("wombat", {"cells"}),  # prose beside cells
        ("axolotl", {"practice", "cells"}),  # a situation
        ("coat", {"practice", "cells"}),  # a consequence
        ("weather", {"practice", "quiz", "cells"}),  # a rationale and a question
        ("draught", {"practice", "cells"}),  # an ending
        ("capybara", {"quiz", "cells"}),  # a question
        ("broken", {"lesson", "quiz"}),  # a content note and a feedback
        ("singer", {"quiz", "cells"}),  # a pair
        ("umbrella", {"lesson", "practice", "quiz", "cells"}),
    ],
)
def test_word_is_found(terms, word, pages):
    """Does the search lead from a rare word to each page that holds it?"""
    assert {f"modules/demo/{page}" for page in pages} <= terms[word]


def test_data_is_not_found(terms):
    """Are the players' data and own words kept out of the search?"""
    assert {"attempt", "eras", "7d78221a", "datatext"}.isdisjoint(terms)


def told(book, page):
    """Return what the search shows of a page, by the name of each place."""
    text = (book.html / "search" / f"{page}.js").read_text("utf-8")
    name, passages = json.loads(re.fullmatch(r"Search\.setText\((.*)\);\n", text)[1].join("[]"))
    assert name == page
    assert "<" not in text
    return {title: (at, text) for at, title, text in passages}


def test_places(good):
    """Does each section, term, situation and question stand by itself, with what leads there?"""
    at, text = told(good, "modules/demo/lesson")["A door"]
    assert (at, bool(text)) == ("a-door", True)
    assert told(good, "book/glossary")["umbrella"] == ("term-umbrella", "A roof to carry.")
    at, text = told(good, "modules/demo/practice")["In the corridor"]
    assert at == ""  # the player takes the place of what had the id
    assert text.startswith("Behind the door an axolotl sings.")
    assert "</script><script>alert(1)" in text
    at, text = told(good, "modules/demo/quiz")["Question 1 of 5"]
    assert text.startswith("A capybara stands before a closed door.")


def test_cells_of_a_table_are_apart(good):
    """Do the cells of a table stand apart, and is the code behind a figure left out?"""
    _, text = told(good, "modules/demo/lesson")["Sources"]
    assert "Door · Window · Morning · open · shut · Knocks · What it says" in text
    assert "import" not in json.dumps(told(good, "modules/demo/cells"))


@pytest.mark.parametrize("page", ["practice", "quiz", "cells"])
def test_nothing_is_given_away(good, page):
    """Does the search find consequences, endings and feedback, and show none of them?"""
    shown = json.dumps(told(good, f"modules/demo/{page}"))
    assert [word for word in ("coat", "draught", "broken") if word in shown] == []


def test_page_loads_what_it_needs(good):
    """Does only the page "Search" load the index, and none Sphinx's own search?"""
    scripts = [script.get("src", "").partition("?")[0] for script in good.soup("search")("script")]
    assert scripts[-3:] == ["_static/language_data.js", "_static/search.js", "searchindex.js"]
    for word in ("searchtools", "doctools", "sphinx_highlight", "documentation_options"):
        assert word not in good.page("search")
    assert "search.js" not in good.page("modules/demo/lesson")
    assert "searchindex" not in good.page("modules/demo/lesson")
    assert "The search needs JavaScript." in good.soup("search").noscript.text


def test_browsers_keep_no_words(good):
    """Is what was typed kept by no browser for the next visitor, and sent in no address?"""
    [field] = good.soup("search").select("input[type=search]")
    assert field["autocomplete"] == "off"
    assert field.get("name") is None
    assert good.soup("modules/demo/lesson").select("input[type=search]") == []
