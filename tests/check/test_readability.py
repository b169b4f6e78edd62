"""How hard a text is."""

import pytest

from fourps.check.readability import flesch_kincaid, syllables

EASY = "She asks what you want. You say it. She does not ask why. "
HARD = (
    "The implementation of organisational accountability mechanisms necessitates comprehensive "
    "consultation with representatives of the affected communities, notwithstanding considerable "
    "operational constraints. Institutional responsibilities regarding confidentiality and documentation "
    "remain fundamentally unaltered. "
)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "a we case asks made named case's bed"),
        (2, "table places wanted being needed nations it's-all her's-to"),
        (3, "referral well-being media actual"),
        (4, "mechanisms community situation"),
        (5, "coordination organisation"),
    ],
)
def test_syllables(count, words):
    """Are syllables counted as they are said?"""
    assert {word: syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)


def test_grades():
    """Is an easy text easy, and a hard one far above the limit, at what a dictionary of sounds gives?"""
    assert flesch_kincaid(EASY * 5) == pytest.approx(-2.1, abs=0.1)
    assert flesch_kincaid(HARD * 5) == pytest.approx(33.3, abs=0.5)
    assert flesch_kincaid("") == 0.0
