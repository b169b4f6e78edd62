"""Scenarios in Firefox: what `test_attempts.py` asks of Chromium, asked of another browser."""

from __future__ import annotations

import json
import random

import firefox
import pytest

from fourps.scenario.model import load

from .conftest import ROOT
from .test_attempts import LOWEST, SIZES, WALK, arrivals
from .test_scenario import MODULES
from .test_start import BUTTON, FRONT, READ, WORDS_AT_MOST

# plays after which the browser answers, which it has to do in time
AT_ONCE = 20
pytestmark = [pytest.mark.browser]


def in_firefox(address, **question):
    """Open a page in Firefox, do what is asked there, and then leave."""
    return firefox.ask(address=address, **question)


@pytest.fixture(scope="module")
def ask(site):
    """Return a function that does so with a page of the book."""
    return lambda page, **question: in_firefox(f"{site}/{page}.html", **question)


@pytest.fixture(scope="module")
def play(ask):
    """Return a function that plays ways through a module's scenario at some sizes, and then leaves."""

    def played(module, sizes, ways):
        asked = [
            [[[*way] for way in ways[first : first + AT_ONCE]], LOWEST]
            for first in range(0, len(ways), AT_ONCE)
        ]
        return ask(f"modules/{module}/practice", sizes=sizes, walk=WALK, asked=asked)

    return played


def look(seen, module, ways):
    """Insist that each way came to all its screens, and that nothing was amiss there, nor when it was left."""
    scenario, _ = load(ROOT / "modules" / module / "scenario.yaml")
    assert seen["complaints"] == []
    assert seen["found"] == [[arrivals(scenario, way), []] for way in ways]
    assert seen["left"].endswith("/units.html")
    assert json.loads(seen["kept"]) == [0, ["left"]]


def test_firefox(play):
    """Is a whole scenario played at each size, each screen from its top, with "Leave" above nothing?"""
    look(play("protection", SIZES, [range(60)]), "protection", [range(60)] * len(SIZES))


@pytest.mark.parametrize("folder", ["", "fr/"], ids=["en", "fr"])
def test_way_in(ask, folder):
    """Is one in the first lesson after three taps and 250 words here too, at each size?"""
    seen = ask(f"{folder}book/{FRONT[0]}", sizes=SIZES, read=READ, way=[BUTTON] * len(FRONT))
    assert seen["complaints"] == []
    pages = [address.partition("/book/")[2] for address, _ in seen["found"]]
    assert pages == [f"{name}.html" for name in FRONT] * len(SIZES)
    words = [words for _, words in seen["found"]]
    for at in range(0, len(words), len(FRONT)):
        assert 0 < sum(words[at : at + len(FRONT)]) <= WORDS_AT_MOST


@pytest.mark.prove
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("module", MODULES)
def test_every_arrival(play, seed, module, size):
    """Is it so on 200 random ways through each scenario, at each size?"""
    chance = random.Random(f"{seed} {module} {size}")  # noqa: S311 - not for secrets
    ways = [[chance.randrange(60) for _ in range(60)] for _ in range(200)]
    look(play(module, [size], ways), module, ways)
