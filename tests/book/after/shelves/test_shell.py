"""The page that a platform opens: what it says of its unit, and that it stands by itself."""

import json
import re

import pytest

from fourps.book.after.shelves.shell import LAUNCH, SCRIPT, shell_page
from fourps.book.after.shelves.staged import Staged
from fourps.course.words import words

UNIT = Staged(
    unit="protection",
    language="fr",
    title="Protéger & écouter </script><b>",
    start="modules/protection/lesson.html",
    files={
        "_static/story.js": b"",
        "modules/protection/quiz.html": b"",
        "modules/protection/lesson.html": b"",
    },
    items={"card-desk": {"kind": "scenario", "version": "1a2b3c4d"}},
    pages=["modules/protection/lesson"],
    required=["card-desk"],
)


@pytest.fixture
def page():
    return shell_page(UNIT)[LAUNCH].decode()


def test_what_it_says_of_the_unit(page):
    """Does the page tell its script what must be finished, and which pages there are?"""
    [data] = re.findall(r'<script type="application/json">(.*?)</script>', page)
    assert json.loads(data) == {
        "start": "modules/protection/lesson.html",
        "addresses": ["modules/protection/lesson.html", "modules/protection/quiz.html"],
        "pages": ["modules/protection/lesson"],
        "required": ["card-desk"],
        "done": "completed",
    }
    passed = shell_page(UNIT, "passed")[LAUNCH].decode()
    assert passed == page.replace('"done": "completed"', '"done": "passed"') != page


def test_a_title_is_text(page):
    """Does a title stay text, whatever stands in it?"""
    assert "<b>" not in page
    assert page.count("Prot\u00e9ger &amp; \u00e9couter &lt;/script&gt;&lt;b&gt;") == 3


def test_in_the_language(page):
    """Does it speak the reader's language, where it says that nothing is recorded among others?"""
    mine = words("fr")
    assert '<html lang="fr" dir="ltr">' in page
    for key in ("shell-unrecorded", "shell-lost", "shell-close"):
        assert mine[key] in page
        assert mine[key] != words("en")[key]
    assert re.search(r'<p role="status"[^>]*></p>', page)


def test_by_itself(page):
    """Does it load nothing but its script and the course, under a policy that lets it?"""
    assert {*shell_page(UNIT)} == {LAUNCH, SCRIPT}
    assert re.findall(r'(?:src|href)="([^"]*)"', page) == ["data:,", UNIT.start, SCRIPT]
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy.startswith("default-src 'self';")
    # a policy on a page cannot say who may frame it, and this one says it of no frame inside
    assert "frame" not in policy
    assert "<script>" not in page


def test_the_same_again():
    """Are the same bytes made of the same unit?"""
    assert shell_page(UNIT) == shell_page(UNIT)
    assert all(name.isascii() for name in shell_page(UNIT))
