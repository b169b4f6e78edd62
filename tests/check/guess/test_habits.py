"""Those who guess by one fixed habit."""

import pytest

from fourps.check.guess.habits import NoWordsError, habits

ENGLISH = ["Go home.", "Stay here, because it is late.", "Say what you can: no name"]
FRENCH = ["Rentrez.", "Restez, car il est tard.", "Dites ce que vous pouvez : pas de nom"]


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("longest", [1]),
        ("shortest", [0]),
        ("avoids reasons", [0, 2]),
        ("avoids reasons, then longest", [2]),
        ("place 2", [1]),
        ("place 4", [0, 1, 2]),
        ("most “comma”", [1]),
        ("least “comma”", [0, 2]),
        ("most “colon or semicolon”", [2]),
        ("most “what”", [2]),
        ("most “no or not”", [2]),
        ("most “can”", [2]),
        ("least “it”", [0, 2]),
    ],
)
def test_habit(name, taken):
    """Does each habit take what it is called after?"""
    habit = habits()[name]
    marks = [habit(text, place) for place, text in enumerate(ENGLISH)]
    assert [place for place, mark in enumerate(marks) if mark == max(marks)] == taken


def test_of_a_language():
    """Does each language have words of its own, and are those without any refused?"""
    french = habits("fr")
    assert [french["avoids reasons"](text, 0) for text in FRENCH] == [0, -1, 0]
    assert [french["most “ne or pas”"](text, 0) for text in FRENCH] == [0, 0, 1]
    with pytest.raises(NoWordsError, match=r"no words are listed for 'xx'\. Languages: en, fr"):
        habits("xx")
