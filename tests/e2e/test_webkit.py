"""Scenarios in WebKit: what `test_attempts.py` asks of Chromium, asked of the engine of iPhones."""

from __future__ import annotations

import json
import random

import browsers
import pytest

from .test_attempts import LOWEST, SIZES, WALK
from .test_scenario import MODULES

# WebKit takes a hundred steps in ten seconds from a page, and then no more until the page is new
AT_ONCE = 2
READY = "document.querySelector(\"[data-fourps='scenario'][data-ready]\")"
# of the shortest way: three decisions with their reasons
LEAST = 10
# nothing that a page complains of reaches the driver
LISTEN = """globalThis.complaints = [];
for (const kind of ["error", "unhandledrejection", "securitypolicyviolation"])
  addEventListener(kind, (event) => complaints.push(`${kind}: ${event.message || event.reason || event.blockedURI}`));"""
pytestmark = [pytest.mark.browser, pytest.mark.prove]


@pytest.fixture
def play(site):
    """Return a function that plays ways through a module's scenario at a size, and then leaves."""

    def played(module, size, ways):
        with browsers.window(*size) as window:
            assert window.run("return [innerWidth, innerHeight]") == [*size]
            for first in range(0, len(ways), AT_ONCE):
                window.do("url", url=f"{site}/modules/{module}/practice.html")
                window.run(LISTEN)
                window.wait(READY)
                plays = [[*way] for way in ways[first : first + AT_ONCE]]
                for arrivals, amiss in window.run(
                    f"return ({WALK})(arguments[0])", [plays, LOWEST]
                ):
                    assert amiss == []
                    assert arrivals >= LEAST
                assert window.run("return complaints") == []
            window.click("[data-fourps-exit]")
            window.wait("location.pathname.endsWith('/units.html')")
            kept = window.run(
                "return JSON.stringify([localStorage.length, Object.keys(sessionStorage)])"
            )
            assert json.loads(kept) == [0, ["left"]]

    return played


def test_webkit(play):
    """Is a whole scenario played on a phone, each screen from its top, with "Leave" above nothing?"""
    play("protection", (390, 844), [range(60)])


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("module", MODULES)
def test_every_arrival(play, seed, module, size):
    """Is it so on 200 random ways through each scenario, at each size?"""
    chance = random.Random(f"{seed} {module} {size}")  # noqa: S311 - not for secrets
    play(module, size, [[chance.randrange(60) for _ in range(60)] for _ in range(200)])
