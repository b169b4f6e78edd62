"""Those who guess at one kind of thing."""

from fourps.check.guess.habits import habits
from fourps.check.guess.items import chosen_from, gather
from fourps.check.guess.panel import Panel


def test_who_plays(betrayed):
    """Does a habit play alone, and a word model as several who remember other things?"""
    items = chosen_from(gather(betrayed)).items
    panel = Panel(items, "en")
    assert list(panel.guessers) == [*habits(), "function words, length, place", "all words"]
    assert panel.players("longest") == [panel.guessers["longest"]]
    options = items[0].options
    marks = [player("bridge", options) for player in panel.players("all words")]
    assert len({tuple(some.values()) for some in marks}) == len(marks) == 8
    assert {max(some, key=some.get) for some in marks} == items[0].best
