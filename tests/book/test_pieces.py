"""A lesson in pieces: the module's page, the way on, what a result links to, old links, tables."""

import json
import shutil
from pathlib import Path

import pytest

from fourps.book.after.built import Built

PIECES, SMALL = Path(__file__).parent / "pieces", Path(__file__).parent / "fixture"
TALE = "modules/tale"


@pytest.fixture(scope="module")
def book(tools, tmp_path_factory):
    """A book with a module whose lesson has two pieces, and one whose lesson is one page."""
    root = shutil.copytree(PIECES, tmp_path_factory.mktemp("pieces") / "book")
    for name in ("_config.yml", "book/references.bib", "book/references.md"):
        shutil.copy(SMALL / name, root / name)
    book = tools.book(root)
    book.built()
    return book


def line(element):
    return " ".join(element.text.split())


def test_module(book):
    """Does a module's page say where it stands, how long it takes, and lead through its pages?"""
    page = book.soup(f"{TALE}/lesson")
    assert page.body["class"] == ["fp-module"]
    text = line(page.select_one(".fp-place"))
    assert text == "Module 1 of 2 · core route about 4 min · everything about 5 min"
    button = page.select_one(".fp-start a")
    assert (line(button), button["href"]) == ("Begin this module", "lesson/door.html")
    steps = page.select(".fp-path > li > a")
    assert [(line(element), element["href"]) for element in steps] == [
        ("A door about 1 min Core route", "lesson/door.html"),
        ("A window about 1 min", "lesson/window.html"),
        ("Check about 3 min", "quiz.html"),
    ]
    data = json.loads(page.select_one("[data-start] script").string)
    course = data["course"]
    assert [step["id"] for step in course["modules"][course["here"]]["steps"]] == [
        f"{TALE}/lesson/door",
        f"{TALE}/lesson/window",
        "tale-quiz",
    ]
    # numbers of outcomes are for authors
    lines = [
        book.soup(f"{TALE}/lesson/{name}").select(".fp-core-line") for name in ("door", "window")
    ]
    assert [[line(element) for element in each] for each in lines] == [["Core route"], []]
    assert "Outcome" not in book.soup(f"{TALE}/lesson/window").article.text
    # it is the way and nothing to read: it has no mark of its own
    assert page.select("[data-mark]") == []


def test_place(book):
    """Does each page lead back to its module, and say which it is, with a bar of all?"""
    for page, back, number, minutes in (("lesson/window", "../", 2, 1), ("quiz", "", 3, 3)):
        place = book.soup(f"{TALE}/{page}").select_one(".fp-place")
        assert line(place) == f"A tale · part {number} of 3 · about {minutes} min"
        assert place.a["href"] == f"{back}lesson.html"
        assert place.select_one("[aria-current=step]").text == f"part {number} of 3"
        bar = place.select("li")
        assert [element.get("data-plays") for element in bar] == [None, None, "tale-quiz"]
        assert [element for element in bar if element.get("class")] == [bar[number - 1]]


@pytest.mark.parametrize(
    ("name", "title", "href", "marks"),
    [
        ("lesson/door", "A window", "window.html", f"{TALE}/lesson/door"),
        ("lesson/window", "Check", "../quiz.html", f"{TALE}/lesson/window"),
        ("quiz", "Another tale", "../other.html", None),
    ],
)
def test_next(book, name, title, href, marks):
    """Does each page of the module end with the way on, which marks what is read as read?"""
    page = book.soup(f"{TALE}/{name}")
    (button,) = page.select(".fp-onward a")
    # what is played is not done because its page was opened
    done = "Done. " if marks else ""
    assert line(button) == f"{done}Next: {title} about {3 if title == 'Check' else 1} min"
    assert (button["href"], button.get("data-done")) == (href, marks)
    assert page.select(".next-page") == []
    last = page.select(".fp-onward[data-start] script")
    assert len(last) == len(page.select("[src*='/start.js']")) == (name == "quiz")


def test_sources_are_folded_below_the_way_on(book):
    """Do the sources of a piece stand folded, after the button?"""
    page = book.soup(f"{TALE}/lesson/door")
    fold = page.select_one("details.fp-sources")
    assert fold.summary.text == "Sources of this page"
    assert "Recommendations for a small book" in fold.text
    assert fold.find_previous(class_="fp-onward")
    assert not fold.find_next(class_="fp-onward")


def test_lesson_on_one_page(book):
    """Is a module whose lesson is one page as it was?"""
    page = book.soup("modules/other")
    assert line(page.select_one(".fp-place summary")) == "Another tale · part 1 of 2 · about 1 min"
    assert page.select(".fp-onward, .fp-steps") == []
    assert page.select("[data-mark]")


def test_result_leads_to_what_teaches(book):
    """Does a quiz know the text of each outcome that it asks for, and where it is taught?"""
    data = json.loads(book.soup(f"{TALE}/quiz").select_one("[data-fourps=quiz] script").string)
    window = {"title": "A window", "href": "lesson/window.html"}
    assert data["taught"] == {
        "1.1": {
            "text": "Open a door.",
            "links": [{"title": "A door", "href": "lesson/door.html"}, window],
        },
        "1.2": {
            "text": "Close a window.",
            "links": [window, {"title": "Its end", "href": "../other.html#its-end"}],
        },
    }


def test_old_places(book):
    """Does a place of the lesson from when it was one page lead on, and not become a page?"""
    page = book.soup(f"{TALE}/lesson")
    assert json.loads(page.select_one("[data-moved]").string) == {
        "a-door": "lesson/door.html",
        "a-handle": "lesson/door.html#a-handle",
    }
    assert Built(book.html).release["moved"] == {f"{TALE}/story.html": f"{TALE}/lesson.html"}


def test_cards(book):
    """Has each cell of a wide table its heading and each part its role, and a narrow one neither?"""
    wide, narrow, _ = book.soup(f"{TALE}/lesson/door").select("table")
    assert "fp-cards" in wide["class"]
    assert wide["role"] == "table"
    assert wide.parent["role"] == "group"
    assert [element["role"] for element in wide.select("thead th")] == ["columnheader"] * 2
    cells = wide.select("tbody tr[role=row] > [role=rowheader]:first-child, td[role=cell]")
    assert [element["data-heading"] for element in cells] == [
        "Handle",
        "What it does, and for whom",
    ]
    assert "fp-cards" not in narrow["class"]
    assert not narrow.select("[role], [data-heading]")


def test_rows_have_names(book):
    """Does a first column that names its rows head them, and one that says a thing twice not?"""
    wide, narrow, twice = book.soup(f"{TALE}/lesson/door").select("table")
    assert [line(element) for element in wide.select("tbody th[scope=row][role=rowheader]")] == [
        "Round"
    ]
    assert [line(element) for element in narrow.select("tbody th[scope=row]")] == ["A", "B"]
    assert twice.select("tbody th") == []
    assert len(twice.select("tbody td")) == 4


@pytest.mark.once
def test_new_title_reaches_path_and_result(book):
    """Are the module's page and the quiz's written again when a piece gets another title?"""
    with book.edited(f"{TALE}/lesson/window.md", "# A window", "# A pane of glass"):
        book.built()
    pages = [book.page(f"{TALE}/{name}") for name in ("lesson", "lesson/door", "quiz")]
    book.built()
    for page in pages:
        assert "A pane of glass" in page
        assert ">A window</b>" not in page
