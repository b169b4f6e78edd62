"""Whole scenarios, played by somebody who has read nothing."""

from random import Random

from fourps.check.guess.plays import blind, compare, play
from fourps.scenario.model import load


def test_ends(small_scenario, write):
    """Do plays end in several ways, and does who walks in a circle stop some day?"""
    data, random = small_scenario(), Random(0)  # noqa: S311
    scenario, _ = load(write(data))
    assert len({play(scenario, blind, random) for _ in range(40)}) >= 3
    for choice in data["nodes"]["counter"]["choices"].values():
        choice["to"] = "counter"
    scenario, _ = load(write(data))
    assert play(scenario, blind, random) == ""


def test_who_knows(like):
    """Does who knows the best choices end safe each time, and who draws hardly ever?"""
    scenario, _ = load(like / "modules" / "ferry" / "scenario.yaml")

    def knows(module, options):
        assert module == "ferry"
        return {name: scenario.choices[name].score["care"] for name in options}

    ends = compare({"ferry": scenario}, [knows], str, Random(0))  # noqa: S311
    assert ends["ferry"].guessed == 100
    assert ends["ferry"].drawn < 10


def test_in_a_language(small_scenario, write):
    """Does a guesser read the options in its language?"""
    read = set()

    def reads(options):
        read.update(options.values())
        return blind(options)

    play(load(write(small_scenario()))[0], reads, Random(0), str.upper)  # noqa: S311
    assert read
    assert all(text == text.upper() for text in read)
