"""What the search of a scenario came to is remembered, by all that it is made from."""

from __future__ import annotations

import pytest

from fourps.book import searches
from fourps.book.kept import search
from fourps.scenario import explore
from fourps.scenario.findings import searched
from fourps.scenario.model import Scenario


@pytest.fixture
def made(monkeypatch):
    """What was really searched."""
    found = []
    monkeypatch.setattr(searches, "searched", lambda one: found.append(one.id) or searched(one))
    return found


@pytest.fixture
def read(small_scenario):
    """Return a function that makes the small scenario, after a change."""

    def make(*changes):
        data = small_scenario()
        for change in changes:
            change(data)
        return Scenario.model_validate(data)

    return make


def lengthened(*way):
    """Return a change of a text."""

    def change(data):
        *parents, last = way
        for name in parents:
            data = data[name]
        data[last] = f"{data[last]} More."

    return change


def of(choice, **values):
    """Return a change of a choice at the counter."""
    return lambda data: data["nodes"]["counter"]["choices"][choice].update(values)


# all that a scenario is made of: its texts, its numbers, and their order
EDITS = {
    "title": lengthened("title"),
    "text of a node": lengthened("nodes", "table", "text"),
    "text of an option": lengthened("nodes", "table", "choices", "ask-need", "text"),
    "text of an ending": lengthened("endings", "safe", "text"),
    "score": of("sit-down", score={"listening": 1}),
    "effect": of("sit-down", effects={"trust": -1}),
    "condition": of("stay-standing", when={"trust": ">= 1"}),
    "target": of("stay-standing", to="shelf"),
    "critical": of("call-out", critical="consent"),
    "variable": lambda data: data["variables"]["trust"].update(max=3),
    "kind of an ending": lambda data: data["endings"]["gaps"].update(kind="unsafe"),
    "order of endings": lambda data: data.update(endings=dict(reversed(data["endings"].items()))),
    "competency": lengthened("competencies", "listening", "title"),
}


def test_searched_once(read, made, tmp_path):
    """Is a scenario searched once, with the same result afterwards?"""
    first = search(tmp_path, read())
    assert (made, first) == (["help-point"], searched(read()))
    assert search(tmp_path, read()) == first
    assert made == ["help-point"]


def test_what_is_wrong_with_it(read, made, tmp_path):
    """Does what only a search shows come back as it was, each remark with its place?"""
    scenario = read(of("call-out", to="attic"), lambda data: data["nodes"].update(ATTIC))
    first = search(tmp_path, scenario)
    assert ("endless-loop", ("nodes", "attic")) in [(one.name, one.loc) for one in first.remarks]
    assert search(tmp_path, scenario) == first
    assert made == ["help-point"]


ATTIC = {
    "attic": {
        "title": "An attic",
        "text": "There is no way out.",
        "choices": {
            "wait": {
                "text": "Wait there.",
                "to": "attic",
                "consequence": "Nothing changes.",
                "rationale": "It was tried.",
                "source": "pim2015",
            }
        },
    }
}


@pytest.mark.parametrize("edit", EDITS)
def test_edited(read, made, tmp_path, edit):
    """Is a scenario searched again when something in it was edited, and once?"""
    search(tmp_path, read())
    edited = read(EDITS[edit])
    assert search(tmp_path, edited) == search(tmp_path, edited) == searched(edited)
    assert made == ["help-point"] * 2
    # one result is kept of each scenario: the folder does not grow
    assert len([*tmp_path.rglob("*.json")]) == 1


def test_edited_code(read, made, tmp_path, monkeypatch):
    """Is it searched again when the code that looks at it has changed?"""
    search(tmp_path, read())
    asked = []
    monkeypatch.setattr(searches, "code_hash", lambda name: asked.append(name) or "another")
    search(tmp_path, read())
    assert (made, asked) == (["help-point"] * 2, ["fourps.scenario.findings"])


def test_too_many_states(read, tmp_path, monkeypatch):
    """Is nothing remembered of a search that was given up?"""
    monkeypatch.setattr(explore, "LIMIT", 3)
    assert search(tmp_path, read()) is None
    monkeypatch.undo()
    assert search(tmp_path, read()) == searched(read())
