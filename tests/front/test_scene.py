"""The clock of a scenario, as each language writes it."""

import pytest

from fourps.course.words import words

pytestmark = pytest.mark.once
NB = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["06:40", "13:10", "17:00", "00:05"]),
        ("fr", [f"6{NB}h{NB}40", f"13{NB}h{NB}10", f"17{NB}h", f"0{NB}h{NB}05"]),
    ],
)
def test_clock(javascript, language, said):
    """Is an hour written with a colon and two figures, or as 13 h 10, 17 h and 6 h 40?"""
    hours = ["06:40", "13:10", "17:00", "00:05"]
    assert javascript("clock", words=words(language), hours=hours) == said


def test_days():
    """Has a day of the week its whole name in French, where a short one would end in a stop before a comma?"""
    days = [text for key, text in words("fr").items() if key.startswith("day-")]
    assert len(days) == 7
    assert [one for one in days if not one.endswith(("di", "dimanche"))] == []
