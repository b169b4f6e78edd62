from string import Formatter

import pytest

from nbseal.base.errors import Reason
from nbseal.base.notebook_file import REFUSALS
from nbseal.gradebook.verdicts import dump_reasons, load_reasons
from nbseal.reasons import TEXTS, because

EVERY = TEXTS | REFUSALS


def filled(key):
    """Return a reason whose values are numbers and words that look like sentences and JSON."""
    names = [name for _, name, _, _ in Formatter().parse(EVERY[key]) if name]
    odd = (3, '"It took no more cells."', "{folder}", "café [3]")
    return Reason.of(EVERY, key, **dict(zip(names, odd, strict=False)))


@pytest.mark.parametrize("key", EVERY)
def test_every_reason(key):
    """Is each reason read as it was written, also of one of several notebooks?"""
    why = filled(key)
    assert load_reasons(dump_reasons([why])) == (why,)
    assert [str(reason) for reason in load_reasons(dump_reasons([why.of_notebook("ps1")]))] == [
        f"ps1: {why}"
    ]


def test_several():
    """Are several reasons read as they were written, and is any other text quoted?"""
    every = tuple(map(filled, EVERY))
    assert load_reasons(dump_reasons(every)) == every
    for text in ("It took no more cells.", "[odd] it said {this}"):
        assert load_reasons(text) == (Reason.quoted(text),)
        assert str(*load_reasons(text)) == text
    assert load_reasons("") == load_reasons(dump_reasons([])) == ()


def test_a_name_is_no_reason():
    """Does a learner's file called like a sentence of ours change nothing?"""
    name = "It ended its own process, with status 3..ipynb"
    [why] = load_reasons(dump_reasons([because("odd-file", name=name, folder="ada")]))
    assert (why.key, dict(why.values)["name"]) == ("ungraded-odd-file", name)


def test_of_a_newer_release():
    """Is as much as can be said of what a newer release wrote?"""
    newer = '[{"key": "ungraded-new", "values": {"why": "It is new."}, "notebook": "ps1"}]'
    assert [*map(str, load_reasons(newer))] == ["ps1: It is new."]
    assert [*map(str, load_reasons('[{"key": "ungraded-ended", "values": {}}]'))] == [
        "ungraded-ended"
    ]
