"""What scripts are told on a shelf, and where an address leads."""

from __future__ import annotations

import copy

import pytest

from fourps.book.after.shelves.place import Place, address_of, is_elsewhere, leads_to
from fourps.book.after.shelves.shelf_data import told_here, turned
from fourps.course.words import languages, words

HERE = "modules/water/quiz.html"
NAMES = frozenset({HERE, "modules/water/lesson.html", "book/half-hour.html"})


@pytest.fixture
def place():
    return Place(NAMES, NAMES, HERE, "Water", "en", "shell", whole=False)


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("lesson.html", "modules/water/lesson.html"),
        ("lesson.html?v=1#top", "modules/water/lesson.html"),
        ("../../book/caf%C3%A9.html", "book/caf\u00e9.html"),
        ("", HERE),
        ("#top", HERE),
        ("?v=1", HERE),
    ],
)
def test_leads_to(address, leads):
    """Is it known which file an address on a page means?"""
    assert leads_to(HERE, address) == leads
    assert not is_elsewhere(address)
    assert leads_to(HERE, address_of(HERE, leads)) == leads


@pytest.mark.parametrize(
    "address",
    ["https://example.org/", "HTTP://example.org", "//example.org/a", "tel:1", "mailto:a"],
)
def test_is_elsewhere(address):
    """Is an address known that leads away from the package?"""
    assert is_elsewhere(address)


def test_a_picture_in_the_page_stays():
    """Is what stands in the page itself no other host's?"""
    assert not is_elsewhere("data:image/svg+xml,%3Csvg")


def test_addresses(place):
    """Is what leads out left out of its list, and nothing elsewhere; and does all else stay?"""
    data = {
        "links": [{"href": "lesson.html"}, {"href": "../bread/lesson.html"}, {"href": ""}],
        "three": {"href": "../../book/three.html"},
        "deep": {"again": [[{"href": "https://example.org/"}], 1, None, True]},
        "src": "../../_static/people.svg",
    }
    before = copy.deepcopy(data)
    assert turned(data, HERE, place) == {
        "links": [{"href": "lesson.html"}, {"href": ""}],
        "three": None,
        "deep": {"again": [[], 1, None, True]},
        "src": "../../_static/people.svg",
    }
    assert data == before


@pytest.mark.parametrize(("here", "there"), [(0, -1), (1, 0), (2, 1), (-1, -1)])
def test_here(place, here, there):
    """Does a page find its own module again among those that are left?"""
    ways = [{"href": "../bread/lesson.html"}, {"href": "lesson.html"}]
    course = {"modules": ways, "others": [{"href": "../../book/half-hour.html"}], "here": here}
    assert turned(course, HERE, place)["here"] == there


def test_words(place):
    """Is a word replaced where it is said, and left where a key means something else?"""
    word = words("en")
    data = {"words": {"kept": word["kept"], "keep-no": word["keep-no"]}, "kept": 3}
    told = {"kept": word["shelf-kept"], "keep-no": word["keep-no"]}
    assert turned(data, HERE, place) == {"words": told, "kept": 3}


@pytest.mark.parametrize("keeps", ["shell", "nothing"])
@pytest.mark.parametrize("language", languages())
def test_each_word(keeps, language):
    """Has each language another word for each, with the same places to fill?"""
    told = told_here(language, keeps)
    assert {"keep-help", "kept-none", "draft-kept", "erase-help"} <= told.keys()
    for site, shelf in told.values():
        assert site != shelf
        assert site.count("{") >= shelf.count("{")


def test_where_nothing_is_kept():
    """Has a word of its own for nothing the last say?"""
    none = told_here("en", "nothing")["kept-none"][1]
    assert (
        none == words("en")["shelf-nothing-kept-none"] != told_here("en", "shell")["kept-none"][1]
    )
