"""Check answers of several fields: numbers, letters, words, sets of letters, weekday and time.

What fits a field is declared as a literal, so that a form can be made of the same check without
running it: see `fourps.exercise.declared`.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from fourps.exercise.letter_answers import chosen
from fourps.exercise.messages import refused
from fourps.exercise.plain_text import field, moment, number_field

# the hour as English writes it; which weekdays there are says `moment`
_MOMENT = re.compile(r"[A-Z][a-z]+day \d\d:\d\d")
_NUMBERS: dict[str, tuple[type, ...]] = {"whole": (int,), "number": (int, float)}


class Field(NamedTuple):
    """What fits one field of an answer."""

    kind: Literal["whole", "number", "moment", "letter", "word", "letters"]
    """Its kind."""
    options: tuple[str, ...] = ()
    """The letters or words that it is taken from."""

    def read(self, answer: object, label: str) -> object:
        """Return what an answer has for the field, before its shape is judged."""
        return (number_field if self.kind in _NUMBERS else field)(answer, label)

    def judged(self, value: object, label: str) -> object:
        """Return a value that was read as the hidden tests take it.

        Raises
        ------
        AssertionError
            With a message for the learner, if it does not fit.
        """
        if self.kind == "letters":
            return chosen(value, self.options, label)
        if self.kind == "moment":
            value = moment(value)
        if not self._fits(value):
            raise refused(f"unfit-{self.kind}", label=label, options=", ".join(self.options))
        return value

    def _fits(self, value: object) -> bool:
        if self.kind in _NUMBERS:
            return type(value) in _NUMBERS[self.kind]
        if type(value) is not str:
            return False
        return bool(_MOMENT.fullmatch(value)) if self.kind == "moment" else value in self.options


WHOLE = Field("whole")
NUMBER = Field("number")
WEEKDAY_TIME = Field("moment")
Declared = Field | str | list[str]


def several(letters: str) -> Field:
    """Declare a field that is a set of letters.

    Examples
    --------
    >>> check_fields("empty: a, c", empty=several("abcd"))
    {'empty': ['a', 'c']}
    """
    return Field("letters", tuple(letters))


def field_of(declared: Declared) -> Field:
    """Return a field of what declares it: letters as one text, words as a list.

    Examples
    --------
    >>> field_of("AB"), field_of(["rose", "fell"])
    (Field(kind='letter', options=('A', 'B')), Field(kind='word', options=('rose', 'fell')))
    """
    if isinstance(declared, Field):
        return declared
    return Field("letter" if isinstance(declared, str) else "word", tuple(declared))


def check_fields(answer: object, /, **fields: Declared) -> dict[str, object]:
    r"""Check that each field of an answer has the shape that it needs, and return the values.

    All fields are read first, then each is judged, in the order in which they are declared.

    Parameters
    ----------
    answer
        What the learner wrote.
    **fields
        By label: ``WHOLE``, ``NUMBER``, ``WEEKDAY_TIME``, a text such as ``"ABCD"`` for one of
        these letters, a list of words for one of them, or `several` letters.

    Raises
    ------
    AssertionError
        With a message for the learner.

    Examples
    --------
    >>> check_fields("women: 4\nrate: 0.92\nsay: C", women=WHOLE, rate=NUMBER, say="ABCD")
    {'women': 4, 'rate': 0.92, 'say': 'C'}
    >>> check_fields({"women": 4, "verdict": "fell"}, women=WHOLE, verdict=["rose", "fell"])
    {'women': 4, 'verdict': 'fell'}
    >>> check_fields("latest: vendredi 9 h 30", latest=WEEKDAY_TIME)
    {'latest': 'Friday 09:30'}
    >>> check_fields("women: 4.5", women=WHOLE)
    Traceback (most recent call last):
    AssertionError: After "women:" write a whole number in figures, like "women: 7".
    """
    kinds = {label: field_of(declared) for label, declared in fields.items()}
    read = {label: kind.read(answer, label) for label, kind in kinds.items()}
    return {label: kind.judged(read[label], label) for label, kind in kinds.items()}
