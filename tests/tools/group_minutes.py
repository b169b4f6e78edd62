"""The minutes that a story takes with a group, as the facilitators' guide states them."""

import math
from statistics import median
from typing import NamedTuple

from fourps.scenario.sittings import WORDS_A_MINUTE, plays

WORDS_ALOUD = 130
"""A minute, at which one person reads to a room."""
MINUTES_A_PAUSE = 6
_AROUND = {"opening": 5, "break": 10, "debrief": 35, "close": 5}


class InRoom(NamedTuple):
    """The minutes that a story takes with a group."""

    pairs: int
    """To play it in pairs, a minute a decision: enough for nine of ten plays."""
    slot: int
    """The same with opening, pauses, break, debrief and close, up to the next five."""
    aloud: int
    """The slot where all play on one device, read aloud, two minutes a decision."""


def in_room(scenario):
    """Return the minutes that a group needs for a story, with a pause wherever it says ``pause``."""
    played = [(sum(words), steps) for words, steps in plays(scenario)]
    around = sum(_AROUND.values())
    around += MINUTES_A_PAUSE * sum(node.pause for node in scenario.nodes.values())
    # the last pair is waited for, so the middling one is not enough
    longer = sorted(words / WORDS_A_MINUTE + steps for words, steps in played)
    pairs = round(longer[len(played) * 9 // 10])
    aloud = median(words / WORDS_ALOUD + 2 * steps for words, steps in played)
    return InRoom(pairs, 5 * math.ceil((pairs + around) / 5), 5 * math.ceil((aloud + around) / 5))
