"""Scenarios in Firefox: what `test_attempts.py` asks of Chromium, asked of another browser."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .test_attempts import LOWEST, SIZES, WALK
from .test_scenario import MODULES
from .test_start import BUTTON, FRONT, READ, WORDS_AT_MOST

NODE = Path(sys.executable).with_name("node")
SCRIPT = Path(__file__).with_name("firefox.mjs")
# plays after which the browser answers, which it has to do in time
AT_ONCE = 20
pytestmark = [pytest.mark.browser]


@pytest.fixture(scope="module")
def ask(site):
    """Return a function that opens a page in Firefox, does what is asked there, and then leaves."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    assert program, "Firefox is missing: run `sh tests/need.sh`"

    def asked(page, **question):
        question |= {"program": program, "address": f"{site}/{page}.html"}
        done = subprocess.run(
            [NODE, SCRIPT], input=json.dumps(question), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return asked


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


def look(seen):
    """Insist that nothing was amiss on any way, nor when it was left."""
    assert seen["complaints"] == []
    for arrivals, amiss in seen["found"]:
        assert amiss == []
        assert arrivals >= 10
    assert seen["left"].endswith("/units.html")
    assert json.loads(seen["kept"]) == [0, ["left"]]


def test_firefox(play):
    """Is a whole scenario played at each size, each screen from its top, with "Leave" above nothing?"""
    look(play("protection", SIZES, [range(60)]))


@pytest.mark.parametrize("folder", ["", "fr/"], ids=["en", "fr"])
def test_way_in(ask, folder):
    """Is one in the first lesson after three taps and 250 words here too, on a phone?"""
    seen = ask(f"{folder}book/{FRONT[0]}", read=READ, way=[BUTTON] * len(FRONT))
    assert seen["complaints"] == []
    pages = [address.partition("/book/")[2] for address, _ in seen["found"]]
    assert pages == [f"{name}.html" for name in FRONT]
    assert sum(words for _, words in seen["found"]) <= WORDS_AT_MOST


@pytest.mark.prove
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("module", MODULES)
def test_every_arrival(play, seed, module, size):
    """Is it so on 200 random ways through each scenario, at each size?"""
    chance = random.Random(f"{seed} {module} {size}")  # noqa: S311 - not for secrets
    ways = [[chance.randrange(60) for _ in range(60)] for _ in range(200)]
    look(play(module, [size], ways))
