"""How much of a scenario depends on what one does in it."""

import pytest

from fourps.check.branches import Branches, branches, check
from fourps.scenario.model import load


def test_counted(small_scenario, write):
    """Are nodes counted that part, and what depends on something done three nodes before?"""
    data = small_scenario()
    assert branches(load(write(data))[0]) == (1, 3, 0)
    data["nodes"]["shelf"]["choices"]["come-back"]["to"] = "farewell"
    data["nodes"]["table"]["choices"] = {"look-up": data["nodes"]["table"]["choices"]["look-up"]}
    data["nodes"]["farewell"]["asides"][0]["when"] = {"trust": ">= 2"}
    assert branches(load(write(data))[0]) == (0, 2, 1)


@pytest.mark.parametrize(
    ("found", "names"),
    [
        (Branches(parting=10, nodes=20, delayed=4), []),
        (Branches(parting=9, nodes=20, delayed=4), ["few-branches"]),
        (Branches(parting=10, nodes=20, delayed=3), ["few-delayed"]),
        (Branches(parting=0, nodes=10, delayed=0), ["few-branches", "few-delayed"]),
        (Branches(parting=0, nodes=9, delayed=0), []),
    ],
)
def test_enough(found, names):
    """Must half of the nodes part, and four things come of what was done, in all but the short?"""
    assert [one.name for one in check(found)] == names
