import json
from pathlib import Path

import pytest

from fourps.course.reason import Reason
from fourps.grading.gradebook.kept_reasons import dump, load
from fourps.grading.reasons import TEXTS, because
from fourps.handin.notebook_file import REFUSALS

# every sentence that release 0.1 could write into a gradebook, filled
OLD = json.loads(Path(__file__).with_name("reasons-0.1.json").read_text("utf-8"))
FILLED = {one["key"]: one["values"] for one in OLD}


@pytest.mark.parametrize("one", OLD, ids=[one["key"] for one in OLD])
def test_every_reason(one):
    """Is each reason read as it was written, and each sentence of release 0.1 known again?"""
    why = Reason.of(TEXTS | REFUSALS, one["key"], **one["values"])
    assert load(dump([why])) == (why,)
    assert [str(one) for one in load(dump([why.of_notebook("ps1")]))] == [f"ps1: {one['said']}"]
    [known] = load(one["said"])
    assert (known.key, str(known)) == (one["key"], one["said"])
    assert dict(known.values) == {name: str(value) for name, value in one["values"].items()}


def test_all_are_tried():
    """Does the list of release 0.1 hold every reason that there is?"""
    assert set(FILLED) == {*TEXTS, *REFUSALS}


def test_several():
    """Are several reasons read as they were written, and several sentences of release 0.1 kept?"""
    every = tuple(Reason.of(TEXTS | REFUSALS, key, **values) for key, values in FILLED.items())
    assert load(dump(every)) == every
    for text in (
        f"ps1: {OLD[0]['said']} ps2: {OLD[15]['said']}",
        f"ps1: {OLD[0]['said']}",
        "[odd] it said {this}",
    ):
        [kept] = load(text)
        assert (kept, str(kept)) == (Reason.quoted(text), text)
    assert load("") == load(dump([])) == ()


def test_a_name_is_no_reason():
    """Does a learner's file called like a sentence of ours change nothing?"""
    name = "It ended its own process, with status 3..ipynb"
    [why] = load(dump([because("odd-file", name=name, folder="ada")]))
    assert (why.key, dict(why.values)["name"]) == ("ungraded-odd-file", name)
    [old] = load(str(why))
    assert (old.key, str(old)) == (why.key, str(why))


def test_of_a_newer_release():
    """Is as much as can be said of what a newer release wrote?"""
    newer = '[{"key": "ungraded-new", "values": {"why": "It is new."}, "notebook": "ps1"}]'
    assert [*map(str, load(newer))] == ["ps1: It is new."]
    assert [*map(str, load('[{"key": "ungraded-ended", "values": {}}]'))] == ["ungraded-ended"]
