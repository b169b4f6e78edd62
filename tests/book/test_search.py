"""What the book's own search finds."""

from __future__ import annotations

import json
import re

import pytest


@pytest.fixture(scope="module")
def index(good):
    text = (good.html / "searchindex.js").read_text("utf-8")
    return json.loads(re.fullmatch(r"Search\.setIndex\((.*)\)", text, re.DOTALL)[1])


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
def test_word_is_found(index, word, pages):
    """Does the search lead from a rare word to each page that holds it?"""
    terms = index["terms"]
    places = terms[word] if isinstance(terms[word], list) else [terms[word]]
    names = {index["docnames"][place].removeprefix("modules/demo/") for place in places}
    assert pages <= names


def test_data_is_not_found(index):
    """Are the players' data and own words kept out of the search?"""
    assert {"attempt", "eras", "7d78221a", "datatext"}.isdisjoint(index["terms"])
