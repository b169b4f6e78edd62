"""The first page and what pictures it: a decision, the map, the faces, the path, letters."""

from __future__ import annotations

import json
import re

import pytest

from fourps.course.words import words

WELCOME = "book/welcome"


@pytest.fixture(scope="module")
def page(good):
    return good.soup(WELCOME)


def test_decision(page):
    """Is a decision a question with its options, their verdicts, and why, with its source?"""
    box = page.select_one(".fp-decide")
    assert box["id"] == "small-decision"
    assert box.select_one("h2").text == "Try one door"
    options = box.select("details.fp-opt")
    assert [element["name"] for element in options] == ["small-decision"] * 2
    assert [element.summary.text for element in options] == [
        "The near one, with a knock.",
        "The far one, with a shout & a kick.",
    ]
    assert [element.select_one(".fp-verdict").text for element in options] == ["Right", "Not right"]
    why = box.select_one("details.fp-why")
    assert "Whoever is near is asked first." in why.text
    assert why.select_one("[data-sources] a").text == "Small 2003"


def test_one_of_many_decisions(good):
    """Does a page draw the decision that it names, apart from the others and with no heading?"""
    gate, window = good.soup("modules/demo/lesson").select(".fp-decide")
    assert [gate["id"], window["id"]] == ["demo-decides-gate", "demo-decides-window"]
    assert gate.select("h2, h3, h4") == []
    assert [element.text.strip() for element in gate.find_all("p", recursive=False)] == [
        "Your turn",
        "The gate stands open. What do you do?",
    ]
    assert [element["name"] for element in gate.select("details.fp-opt")] == [
        "demo-decides-gate"
    ] * 2
    assert "Open is not yet asked." in gate.select_one("details.fp-why").text


def test_map(page):
    """Has the map its words for whoever cannot see it, its names and pins, and a list of the pins?"""
    whole, here = page.select("svg.fp-map")
    assert whole["aria-label"] == "Map of Smalland, with one meadow and a shed in it."
    assert [element.text for element in whole.select(".m-labels text")] == ["Meadow", "Forest"]
    assert [element.text for element in whole.select(".m-pin text")] == ["1"]
    (pinned,) = page.select(".fp-pins li")
    assert " ".join(pinned.text.split()) == "The shed a roof on four posts"
    assert pinned.svg.path["d"] == "M3 9h18"
    assert here["aria-hidden"] == "true"
    assert "m-in-meadow" in here["class"]
    lines = page.select_one(".fp-here").text.split("\n")
    assert [line for line in lines if line.strip()] == [
        "You are here",
        "The shed",
        "a roof on four posts",
    ]


def test_people(page, good):
    """Has each colleague a face from the one file of all, which the book ships, and words beside it?"""
    long, short = page.select(".fp-people")
    assert [" ".join(element.text.split()) for element in long.select("li")] == [
        "Ann plays the first flute She counts aloud.",
        "Bob carries the chairs He whistles.",
    ]
    assert [" ".join(element.text.split()) for element in short.select("li")] == [
        "Ann first flute",
        "Bob chairs",
    ]
    faces = long.select("img")
    assert {element["src"].partition("?")[0] for element in faces} == {"../_static/people.svg"}
    assert all(re.search(r"\?v=[0-9a-f]{8}$", element["src"]) for element in faces)
    assert [element["style"] for element in faces] == [
        "object-position:0% 0",
        "object-position:100% 0",
    ]
    assert all(element["alt"] == "" for element in faces)
    assert "_static/people.svg" in good.files()


def test_path(page):
    """Does the path lead to each module, with its story, and draw only the icons that it uses?"""
    (step,) = page.select(".fp-path > li")
    assert " ".join(step.a.text.split()) == "A small lesson The small door"
    assert step.a["href"] == "../modules/demo/lesson.html"
    assert [
        element["id"] for element in page.select("symbol") if not element["id"].startswith("svg-")
    ] == ["demo"]


def test_start(page):
    """Does the one button lead where it says, and know what can be finished?"""
    start = page.select_one("[data-start]")
    assert start.a["href"] == "../modules/demo/lesson.html"
    assert start.p.text == "It takes a minute."
    data = json.loads(start.script.string)
    (module,) = data["course"]["modules"]
    lesson, *played = module["steps"]
    assert lesson == {
        "kind": "page",
        "id": "modules/demo/lesson",
        "title": "A small lesson",
        "href": "../modules/demo/lesson.html",
    }
    assert [element["id"] for element in played] == ["small-door", "small-quiz"]
    assert data["words"]["front-go"] == words("en")["front-go"]
    assert "start.js" in str(page)


def test_switch(page):
    """Is the switch there once, off, and named?"""
    (switch,) = page.select("[data-fourps-escape]")
    assert not switch.has_attr("checked")
    assert switch.parent.text.strip() == words("en")["page-escape"]
