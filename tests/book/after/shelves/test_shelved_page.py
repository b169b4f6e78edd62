"""How a page stands on a shelf: what is left of its frame, its links, its words and its scripts."""

from __future__ import annotations

import json
import re

import pytest
from bs4 import BeautifulSoup

from fourps.book.after.headers import page_policy
from fourps.book.after.shelves.place import Place
from fourps.book.after.shelves.shelf_data import told_here
from fourps.book.after.shelves.shelved_page import parse, shelved
from fourps.book.after.shelves.staged import stage
from fourps.course.words import words

WORD = words("en")
LESSON, AID, SAFETY = "modules/water/lesson.html", "modules/water/aid.html", "book/safety.html"


@pytest.fixture(scope="module")
def water(site):
    return stage(site, "water", "en", keeps="shell")


@pytest.fixture(scope="module")
def course(site):
    return stage(site, "course", "en", keeps="shell")


@pytest.fixture(scope="module")
def half(site):
    return stage(site, "half-hour", "en", keeps="shell")


def soup(staged, name):
    return BeautifulSoup(staged.files[name], "html.parser")


def lines(staged, name):
    return [one.get_text() for one in soup(staged, name).select(".sidebar-tree li > :first-child")]


def words_of(staged, name):
    return json.loads(soup(staged, name).select_one("[data-words]")["data-words"])


@pytest.mark.parametrize("selector", [".fp-bar-language", ".fp-run", "link[rel=search]"])
def test_nothing_of_a_site(water, selector):
    """Is nothing left of other languages, of notebooks, and of a search that is not there?"""
    assert not any(soup(water, name).select(selector) for name in (LESSON, AID))
    assert not any(b"serviceWorker" in water.files[name] for name in (LESSON, AID))
    shared = [data for name, data in water.files.items() if re.search(r"/[0-9a-f]{8}\.js", name)]
    assert shared
    assert not any(b"serviceWorker" in data for data in shared)


def test_the_search_stays_in_the_course(water, course):
    """Is there a search where all pages are, and none for one module?"""
    assert soup(course, LESSON).select_one(".fp-bar-search")["href"] == "../../search.html"
    assert not soup(water, LESSON).select(".fp-bar-search")


def test_first_script(water):
    """Do a page's policy, what it keeps and the script of the shelf stand before all else?"""
    first = soup(water, LESSON).head.find_all(True, limit=4)
    assert [one.name for one in first] == ["meta", "meta", "meta", "script"]
    charset, policy, keeps, script = first
    assert charset["charset"] == "utf-8"
    assert policy["content"] == page_policy(water.files[LESSON])
    assert keeps.attrs == {
        "name": "fourps-keeps",
        "content": "shell",
        "data-close": WORD["shell-close"],
    }
    assert script["src"] == "../../_static/shelf.js"


def test_what_stands_once(water):
    """Do scripts and styles that each page said itself stand in files of their own, in their place?"""
    page = soup(water, LESSON)
    assert not [one for one in page.find_all(["script", "style"]) if not one.attrs]
    (style,) = page.select("link[rel=stylesheet]")[1:]
    assert water.files[style["href"].removeprefix("../../")] == b"body { color: black }"
    script = page.select_one(".fp-exit + script")
    assert b'add("fp-js")' in water.files[script["src"].removeprefix("../../")]


def test_menu_of_a_module(water):
    """Does the menu name the pages that are there, and its numbers no module that is not?"""
    parts = ["A story of water", "Check: water", "Water, one page"]
    assert lines(water, LESSON) == ["Start here", "Water", *parts, WORD["shelf-title"]]
    page = soup(water, "book/start.html")
    assert [one.get_text() for one in page.select(".caption")] == ["Begin", "Modules", "Help"]
    assert not page.select(".fp-n")


def test_menu_of_the_course(course):
    """Does the menu of all name the parts of the module that one reads, and of no other?"""
    assert "Check: water" in lines(course, LESSON)
    assert "Check: bread" not in lines(course, LESSON)
    assert soup(course, LESSON).select(".fp-n")


def test_a_line_with_parts_that_are_there(half):
    """Do the pages that are there of a module that is not take its place in the menu?"""
    name = "book/half-hour.html"
    parts = ["Say it", "The last step", "A story of water", WORD["shelf-title"]]
    assert lines(half, name) == ["Start here", "Half an hour", *parts]
    page = soup(half, name)
    assert page.select_one("li.toctree-l1 > a[href$='practice.html']")


def test_a_page_of_another_part(half):
    """Does a page of a module not say which part it is, where the module is not?"""
    assert not soup(half, "modules/water/practice.html").select(".fp-place")
    assert soup(half, "book/half-hour/last.html").select(".fp-place")


def test_the_way_on(water):
    """Does the last page of a unit lead back to the beginning, and still mark what was read?"""
    button = soup(water, AID).select_one(".fp-onward a")
    assert button.attrs == {
        "class": ["fp-btn"],
        "href": "lesson.html",
        "data-done": "modules/water/aid",
    }
    assert button.get_text(" ", strip=True) == "Done. Back to the beginning: Water"
    begin = soup(water, "book/start.html").select_one(".fp-start a")
    assert (begin["href"], begin.get_text()) == ("../modules/water/lesson.html", "Begin")


def test_links_out(water):
    """Is a link to what is not there its text, and one to another host its text with its address?"""
    article = soup(water, LESSON).article
    text = " ".join(article.get_text(" ", strip=True).split())
    assert "the plans" in text
    assert "A source (https://example.org/a?b=1&c=2)" in text
    assert text.count("https://example.org/d") == 1, "which says its address already"
    assert "us (mailto:a@b.example)" in text
    assert [one["href"] for one in article.select("a")] == ["../../book/glossary.html#well"]


def test_leave_and_brand(water):
    """Does Leave lead to the neutral page, and the name of the course to the unit's first page?"""
    page = soup(water, AID)
    assert page.select_one(".fp-exit")["href"] == "../../units.html"
    assert page.select_one(".fp-brand")["href"] == "lesson.html"
    assert "units.html" in water.files


def test_of_the_half_hour(water, half):
    """Is what leads on in the half hour left out where there is none?"""
    name = "modules/water/practice.html"
    assert not soup(water, name).select(".fp-after-chapter")
    assert soup(half, name).select(".fp-after-chapter a")


def test_what_scripts_are_told(water, course):
    """Does the script of a module know that module alone, and the course all of them?"""
    found = {}
    for name, staged in {"water": water, "course": course}.items():
        told = json.loads(soup(staged, LESSON).select_one("[data-start] script").string)["course"]
        titles = [one["title"] for one in told["modules"]]
        found[name] = titles, told["modules"][told["here"]]["title"], told["three"]
    assert found == {
        "water": (["Water"], "Water", None),
        "course": (["Water", "Bread"], "Water", None),
    }


@pytest.mark.parametrize("keeps", ["shell", "nothing"])
def test_words(site, keeps):
    """Does no word speak of the device, in players as in marks?"""
    staged = stage(site, "water", "en", keeps=keeps)
    assert not [name for name, data in staged.files.items() if b"on this device" in data]


def test_words_that_stay(water):
    """Are the words of a mark those of a shelf, and those that hold everywhere as they were?"""
    assert words_of(water, AID) == {
        "keep-question": WORD["shelf-keep-question"],
        "kept-none": WORD["shelf-kept-none"],
        "kept-list": WORD["shelf-kept-list"],
        "mark-read": WORD["mark-read"],
    }


def test_what_is_kept(site, water):
    """Does one page say what is kept here, with the panel where something is, and no word of before?"""
    page = soup(water, "book/privacy.html")
    assert page.h1.get_text() == page.title.get_text() == WORD["shelf-title"]
    assert "Your device" not in page.article.get_text()
    assert page.article.select("[data-fourps=kept]")
    assert WORD["shelf-who"] in page.article.get_text()
    nothing = soup(stage(site, "water", "en", keeps="nothing"), "book/privacy.html")
    assert nothing.h1.get_text() == WORD["shelf-nothing-title"]
    assert not nothing.select("[data-fourps=kept]")


def test_hint(course):
    """Does a page that speaks of the device say after its first sentence that it is other here?"""
    first, hint, _ = soup(course, SAFETY).select("h1 ~ p")
    assert first.get_text() == "First."
    assert hint.get_text() == f"{WORD['shelf-note']} {WORD['shelf-title']}."
    assert hint.a["href"] == "privacy.html"
    assert soup(course, SAFETY).select("article a")[-1].get_text() == WORD["shelf-title"]


def test_hosts_own_file(water):
    """Is the host's own file looked for at the root of the package, where it lies?"""
    assert soup(water, AID).select_one("[name=fourps-local]")["content"] == "../../local.css"


def test_an_empty_paragraph():
    """Does what follows an empty element stay outside it, and a script as it was written?"""
    place = Place(
        frozenset({"a.html"}), frozenset({"a.html"}), "a.html", "A", "en", "shell", whole=True
    )
    text = (
        '<html><head><meta charset="utf-8"></head><body><p></p>after<ol><li></li></ol>'
        '<svg viewBox="0 0 1 1"><path d="M0 0"/><circle r="1"/></svg>'
        '<script type="application/json">{"a":"1 \\\\u003c 2 & 3"}</script></body></html>'
    )
    page = shelved(parse(text.encode()), "a.html", place)["a.html"].decode()
    assert re.search(r"<p></p>after<ol><li></li></ol>", page)
    assert '{"a":"1 \\\\u003c 2 & 3"}' in page
    assert "</path><circle" in page.replace("\n", "")


@pytest.mark.parametrize("keeps", ["shell", "nothing"])
def test_only_what_holds_elsewhere(keeps):
    """Does a word of a shelf take the place only of one that speaks of what is kept or saved?"""
    speaks = re.compile("kept|keep|save|file|device|browser|erase|be gone", re.IGNORECASE)
    told = told_here("en", keeps)
    assert {key for key, (site, _) in told.items() if not speaks.search(site)} == set()
    assert len(told) > 20
