import json

import pytest

from fourps.scenario.engine import replay
from fourps.scenario.explore import explore
from fourps.scenario.player import paragraphs, spec, summary

LABELS = {"pim2015": "PIM 2015"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("\n\n\n", []),
        ("One.", ["One."]),
        ("One\n  line. \n", ["One line."]),
        ("One.\n\n\n\nTwo.\n\n", ["One.", "Two."]),
        ("One.\n\n  \n\nTwo.", ["One.", "Two."]),
    ],
)
def test_paragraphs(text, expected):
    """Is a text split at its blank lines, however many there are?"""
    assert paragraphs(text) == expected


def test_plain(small):
    """Is everything that a player gets plain JSON, and the same after it travelled?"""
    data = json.loads(json.dumps(spec(small, LABELS)))
    assert data["nodes"]["counter"]["text"] == ["A woman waits.", "Others can hear."]
    assert data["role"] == [
        "You answer questions at a help point. You have one morning.",
        "Nobody is behind you.",
    ]
    assert data["variables"]["asked"] == {"min": 0, "max": 1, "start": 0, "flag": True}
    assert data["competencies"]["discretion"]["range"] == [-2, 1]
    assert [ending["id"] for ending in data["endings"]] == ["safe", "gaps", "contained", "exposed"]
    assert data["endings"][0]["when"] == [[["trust", ">=", 2], ["asked", "==", 1]]]


def test_choice(small):
    """Does a choice bring its texts and sources, and of its moves only those that it has?"""
    choice = spec(small, LABELS)["nodes"]["counter"]["choices"]["sit-down"]
    assert choice == {
        "text": "Sit down with her.",
        "consequence": "She sits down too.",
        "rationale": "To sit down says that there is time.",
        "sources": [{"label": "PIM 2015"}, {"label": "who2003"}],
        "to": "table",
        "effects": {"trust": 1},
        "score": {"listening": 2, "discretion": 1},
    }


def test_summary(small):
    """Is a finished play summed up with its ending, its bands and its record?"""
    ranges = explore(small).ranges
    found = summary(replay(small, ["call-out", "say-sorry", "say-goodbye"]), ranges)
    assert found == {
        "scenario": "help-point",
        "version": small.version,
        "path": ["call-out", "say-sorry", "say-goodbye"],
        "node": "end",
        "values": {"trust": 0, "asked": 0},
        "scores": {"listening": 0, "discretion": -1},
        "open": [],
        "repaired": ["call-out"],
        "offered": [],
        "ending": "contained",
        "kind": "repaired",
        "bands": {"listening": "practise", "discretion": "practise"},
        "record": found["record"],
    }
    assert found["record"].startswith("fourps1:help-point:")
    assert json.loads(json.dumps(found)) == found
