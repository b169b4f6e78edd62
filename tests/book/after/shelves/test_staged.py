"""What one package holds of a built book."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from fourps.book.after.headers import script_hashes
from fourps.book.after.links import broken
from fourps.book.after.shelves.staged import UnitError, stage, units

ELSEWHERE = re.compile(rb"""(?:href|src|action)=["']?(?:https?:|mailto:|//)""")


_ENDS = b'document.dispatchEvent(new CustomEvent("fourps-ended"'


def pages(staged):
    return {name.removesuffix(".html") for name in staged.files if name.endswith(".html")}


@pytest.fixture(scope="module", params=["water", "bread", "half-hour", "course"])
def unit(request, site):
    return stage(site, request.param, "en", keeps="shell")


def test_units(site):
    """Is there each module in the order of the menu, the half hour if there is one, and all?"""
    assert units(site, "en") == ["water", "bread", "half-hour", "course"]


def test_a_book_without_a_half_hour(good):
    """Are the units of a book those that it has?"""
    assert units(good.html, "en") == ["demo", "course"]


def test_a_module(site):
    """Has a module its own pages, those that they need, and none of another part of the course?"""
    water = stage(site, "water", "en", keeps="shell")
    own = {f"modules/water/{name}" for name in ("lesson", "practice", "quiz", "aid")}
    helps = {"book/start", "book/glossary", "book/privacy", "units"}
    assert pages(water) == own | helps
    assert (water.title, water.start) == ("Water", "modules/water/lesson.html")
    assert water.items == {
        "the-well": {"kind": "scenario", "version": "1a2b3c4d"},
        "water-quiz": {"kind": "quiz", "version": "1a2b3c4d"},
    }
    assert water.required == ["the-well", "water-quiz"]
    assert water.pages == ["modules/water/aid"]


def test_the_half_hour(site):
    """Has the half hour the story that it leads to, and is it finished where its last page is opened?"""
    half = stage(site, "half-hour", "en", keeps="shell")
    assert {name for name in pages(half) if name.startswith("modules/")} == {
        "modules/water/practice"
    }
    assert half.required == ["book/half-hour/last"]
    (last,) = (name for name, data in half.files.items() if _ENDS in data)
    assert last == "book/half-hour/last.html"
    (script,) = re.findall(rb"<script>(.*?)</script>", half.files[last])
    assert b'{detail:"book/half-hour/last"}' in script
    assert script_hashes(half.files[last])[0].encode() in half.files[last], "the policy lets it run"


def test_the_course(site):
    """Has the whole course its search and all of its modules, and of the tests none to be finished?"""
    course = stage(site, "course", "en", keeps="shell")
    assert (course.title, course.start) == ("Small course", "book/welcome.html")
    assert course.required == ["bread-quiz", "the-well", "water-quiz"]
    assert {"search", "book/my-course", "modules/bread/quiz"} <= pages(course)
    assert not {"book/three", "book/guide-plans", "index", "old", "unsaved"} & pages(course)


def test_the_search(site):
    """Does the search know no page that is not there, and nothing of the others?"""
    course = stage(site, "course", "en", keeps="shell")
    text = course.files["searchindex.js"].decode()
    listed = json.loads(text.removeprefix("Search.setIndex(").removesuffix(");\n"))
    named = set(filter(None, listed["docnames"]))
    assert named == {name for name in pages(course) if name not in ("search", "units")}
    assert len(listed["docnames"]) == len(listed["titles"]), "each keeps its place"
    texts = {name.removesuffix(".js") for name in course.files if name.startswith("search/")}
    assert texts == {f"search/{name}" for name in named}


def test_where_nothing_is_kept(site):
    """Is there no page of what a reader did where nothing is kept, and the guide where all may read?"""
    course = stage(site, "course", "en", keeps="nothing")
    assert "book/my-course" not in pages(course)
    assert "book/guide-plans" in pages(course)
    assert not any(b"data-mark" in data for data in course.files.values())


def test_no_link_leads_nowhere(unit, tmp_path):
    """Does no link of a unit lead to what is not in it, or to another host?"""
    for name, data in unit.files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        assert not ELSEWHERE.search(data), name
    assert [str(problem) for problem in broken(tmp_path)] == []


def test_only_what_is_loaded(unit):
    """Is a script there with its licence if a page loads it, and what a style draws, and nothing else?"""
    static = {name for name in unit.files if not re.fullmatch(r"_static/[0-9a-f]{8}\.\w+", name)}
    static = {name for name in static if name.startswith("_static/")}
    assert {"_static/fourps.css", "_static/places/well.svg", "_static/shelf.js"} <= static
    assert not static & {"_static/unused.js", "_static/three.js"}
    assert ("_static/story.js" in static) == ("_static/story.js.LICENSE.txt" in static)
    assert unit.files["local.css"] == b"/* a host's */"


def test_names(unit):
    """Are all names ASCII and short, and in their order?"""
    assert list(unit.files) == sorted(unit.files)
    assert all(name.isascii() and len(name) <= 60 for name in unit.files)


def test_a_name_in_other_letters(site, tmp_path):
    """Is it said which page has a name that some platform could not read?"""
    html = shutil.copytree(site, tmp_path / "html")
    page = html / "modules" / "water" / "caf\u00e9.html"
    shutil.copyfile(html / "modules" / "water" / "aid.html", page)
    with pytest.raises(UnitError, match=r"modules/water/caf\u00e9\.html: name the page with"):
        stage(html, "water", "en", keeps="shell")


def test_twice(site):
    """Does the same book give the same files?"""
    assert stage(site, "water", "en", keeps="shell") == stage(site, "water", "en", keeps="shell")


@pytest.mark.parametrize(
    ("name", "language", "told"),
    [
        ("fire", "en", "no module 'fire'. It has: water, bread, half-hour, course."),
        ("water", "fr", "not built in the language 'fr', only in: en."),
    ],
)
def test_what_is_not_there(site, name, language, told):
    """Does a wrong request name what there is?"""
    with pytest.raises(UnitError, match=re.escape(told)):
        stage(site, name, language, keeps="shell")


def test_the_small_book(good, tmp_path):
    """Do the pages that Sphinx made lead nowhere else, as a module and as a course?"""
    for name in units(good.html, "en"):
        for keeps in ("shell", "nothing"):
            folder = tmp_path / name / keeps
            for file, data in stage(good.html, name, "en", keeps=keeps).files.items():
                path = folder / file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            assert [str(problem) for problem in broken(folder)] == []
