"""Whether the plans of the facilitator guide can be kept, and name what there is."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from group_minutes import in_room

from fourps.book.after.release.pack import documents
from fourps.scenario.model import load

ROOT = Path(__file__).parents[2]
PLANS, STEPS = (ROOT / "book" / f"guide-{name}.md" for name in ("plans", "prepare"))
_DAY = re.compile(r"^\| Time \|.*\n.*\n((?:\|.*\n)+)", re.MULTILINE)
_ROW = re.compile(r"^\| (\d\d):(\d\d) \| (.*) \| (\d+) \|$", re.MULTILINE)
DAYS = _DAY.findall(PLANS.read_text("utf-8"))


@cache
def rooms():
    """Return what each scenario takes with a group, by its title."""
    found = (load(path)[0] for path in sorted(ROOT.glob("modules/*/scenario.yaml")))
    return {one.title: in_room(one) for one in found}


@pytest.mark.parametrize("day", DAYS)
def test_day(day):
    """Does each row begin when the one before it ends, within a day, and has each story its slot?"""
    rows = [(int(h) * 60 + int(m), what, int(n)) for h, m, what, n in _ROW.findall(day)]
    assert len(rows) == day.count("\n")
    for (start, _, takes), (then, *_) in pairwise(rows):
        assert start + takes == then
    assert rows[0][0] == 9 * 60
    assert rows[-1][0] <= 17 * 60
    played = 0
    for _, what, takes in rows:
        slots = [room.slot for title, room in rooms().items() if title in what]
        played += bool(slots)
        assert not slots or max(slots) <= takes <= max(slots) + 10
    assert 1 <= played <= 2


def test_plans():
    """Are there a half day, two days and a session online, and is the slot of one device named?"""
    assert len(DAYS) == 4
    assert f"then takes {rooms()['The card desk'].aloud} minutes" in PLANS.read_text("utf-8")


def test_materials():
    """Says each row of the materials where the thing is, is each file in the pack, and all named?"""
    table = PLANS.read_text("utf-8").partition("\n## Materials\n")[2].partition("\n## ")[0]
    rows = [row.split(" | ") for row in re.findall(r"^\| (.*) \|$", table, re.MULTILINE)[1:]]
    assert all(re.search(r"`\S+`|\]\(", row[1]) for row in rows if set(row[0]) != {"-"})
    named = {*re.findall(r"`([\w-]+\.(?:docx|pptx))`", table)}
    assert named == {name for name, _ in documents(ROOT, "en")}


def test_steps():
    """Are there twenty-four steps with minutes, four of them at most with a terminal?"""
    text = STEPS.read_text("utf-8").partition("\n## Twenty-four steps\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (\d+) \|[^|]*\| (.*) \| (\d+|your plan) \|$", text, re.MULTILINE)
    assert [int(number) for number, *_ in rows] == [*range(1, 25)]
    assert sum("terminal" in what for _, what, _ in rows) <= 4
    files = {*re.findall(r"`([\w-]+\.docx)`", text)}
    assert files <= {name for name, _ in documents(ROOT, "en")}
