"""Scenarios to play: the small one, the real ones, and any number that nobody wrote."""

from __future__ import annotations

import functools
import random

import pytest
from hypothesis import strategies as st

from fourps.scenario.engine import offered, start, step
from fourps.scenario.model import END, Scenario, load


@pytest.fixture(scope="session")
def build():
    """Return a function that makes a scenario of plain values."""
    return Scenario.model_validate


@pytest.fixture
def loaded(write):
    """Return a function that writes plain values into a file and loads it as a scenario."""
    return lambda data: load(write(data, "scenario.yaml"))


@pytest.fixture(scope="session")
def small(build, small_scenario):
    """Return the small scenario."""
    return build(small_scenario())


@pytest.fixture(scope="session")
def real(root):
    """Return the scenario of the protection module."""
    return load(root / "modules" / "protection" / "scenario.yaml")[0]


@pytest.fixture(scope="session")
def walk():
    """Return a function that plays a scenario at random, the same way for the same seed."""

    def wander(scenario, seed, longest=60):
        chance = random.Random(seed)  # noqa: S311 - a play, no secret
        state, path = start(scenario), []
        while len(path) < longest:
            choices = list(offered(scenario, state))
            if not choices:
                break
            path.append(chance.choice(choices))
            state = step(scenario, state, path[-1])
        return path

    return wander


@pytest.fixture(scope="session")
def all_paths():
    """Return a function that yields every path of a scenario up to a length, the unfinished too."""

    def every(scenario, longest=30):
        queue = [((), start(scenario))]
        while queue:
            path, state = queue.pop()
            yield path
            if len(path) < longest:
                queue += [
                    ((*path, name), step(scenario, state, name))
                    for name in offered(scenario, state)
                ]

    return every


# to make a strategy takes longer than to draw from it: each is made once
_one_of = functools.cache(st.sampled_from)
_THREE, _SCORE, _EVEN = st.integers(0, 2), st.integers(-2, 2), st.booleans()
_COUNT, _FEW = st.integers(1, 4), st.integers(1, 3)
_ENDINGS = st.integers(1, 5)
_COMPETENCIES = st.sampled_from([["care"], ["care", "role"]])
_KINDS = st.sampled_from(["safe", "gaps", "repaired", "unsafe"])
_EFFECTS = {"trust": st.integers(-3, 3), "asked": st.booleans()}


@functools.cache
def _conditions(variables):
    """Return conditions as an author writes them, and None."""
    bounds = st.integers(-1, 3)
    compared = st.builds(
        "{} {}".format, st.sampled_from(["==", "!=", ">=", "<=", ">", "<"]), bounds
    )
    tests = dict.fromkeys(variables, bounds | st.booleans() | compared)
    mapping = st.fixed_dictionaries({}, optional=tests).filter(bool)
    return st.none() | mapping | st.lists(mapping, min_size=1, max_size=2)


@functools.cache
def _effects(variables):
    return st.fixed_dictionaries({}, optional={name: _EFFECTS[name] for name in variables})


@functools.cache
def _scores(competencies):
    return st.dictionaries(_one_of(competencies), _SCORE, max_size=2)


@functools.cache
def _any_of(keys):
    return st.sets(_one_of(keys))


@functools.cache
def _repairs(critical):
    return st.lists(_one_of(critical), max_size=2)


@st.composite
def _scenarios(draw, *, loops):
    """Draw a scenario in which every name refers to something, as plain values."""
    count = draw(_COUNT)
    nodes = [f"node-{index}" for index in range(count)]
    variables = {"trust": {"kind": "integer", "title": "t", "max": 2, "start": 1}}
    if draw(_EVEN):
        variables["asked"] = {"kind": "flag", "title": "a"}
    names = tuple(variables)
    competencies = draw(_COMPETENCIES)
    keys = {
        node: [f"choice-{index}-{number}" for number in range(draw(_FEW))]
        for index, node in enumerate(nodes)
    }
    critical = draw(_any_of(tuple(key for one in keys.values() for key in one)))
    fixed = {"text": "t", "consequence": "c", "rationale": "r", "source": "s"}

    def choice(index, key):
        targets = nodes if loops else nodes[index + 1 :]
        made = fixed | {
            "to": draw(_one_of((*targets, END))),
            "effects": draw(_effects(names)),
            "score": draw(_scores(tuple(competencies))),
        }
        # conditions and repairs are rarer, or most plays would end at once
        if draw(_THREE) == 0:
            made["when"] = draw(_conditions(names))
        if critical and draw(_THREE) == 0:
            made["repairs"] = draw(_repairs(tuple(sorted(critical))))
        if key in critical:
            made["critical"] = "promise"
        return made

    return {
        "id": "drawn",
        "title": "t",
        "role": "r",
        "content_note": "c",
        "objectives": ["1"],
        "competencies": {name: {"title": "t", "practise": "p"} for name in competencies},
        "variables": variables,
        "start": nodes[0],
        "nodes": {
            node: {
                "title": "t",
                "text": "t",
                "choices": {key: choice(index, key) for key in keys[node]},
            }
            for index, node in enumerate(nodes)
        },
        "endings": {
            f"ending-{number}": {
                "kind": draw(_KINDS),
                "title": "t",
                "text": "t",
                "when": draw(_conditions(names)),
            }
            for number in range(draw(_ENDINGS))
        },
    }


@pytest.fixture(scope="session")
def drawn():
    """Return scenarios that nobody wrote, with loops."""
    return _scenarios(loops=True)


@pytest.fixture(scope="session")
def drawn_without_loops():
    """Return scenarios that nobody wrote, in which every choice leads on."""
    return _scenarios(loops=False)
