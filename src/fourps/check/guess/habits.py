"""Those who guess by one fixed habit, such as taking the longest option."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import yaml

from fourps.course.language import without_region
from nbseal.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    # what an option is worth by its text and its place
    Habit = Callable[[str, int], Any]

_PLACES = 4
_MARKS = {"comma": ",", "colon or semicolon": ":;", "quotation mark": '"“«'}


class NoWordsError(UserError):
    """A language whose habits nobody has written down."""


@cache
def words(language: str) -> dict[str, Any]:
    """Return what options are looked at for in a language.

    Parameters
    ----------
    language
        ``en`` or ``fr``, with or without a region.

    Returns
    -------
    dict
        As in ``words.yaml``.

    Raises
    ------
    NoWordsError
        If nobody has written down the words of that language.

    Examples
    --------
    >>> "because" in words("en")["argues"]
    True
    """
    text = resources.files("fourps.check.guess").joinpath("words.yaml").read_text("utf-8")
    known: dict[str, dict[str, Any]] = yaml.safe_load(text)
    if (ours := without_region(language)) not in known:
        raise NoWordsError(f"no words are listed for '{language}'. Languages: {', '.join(known)}")
    return known[ours]


def habits(language: str = "en") -> dict[str, Habit]:
    """Return each habit with its name: it marks an option by its text and place.

    Parameters
    ----------
    language
        Whose words are counted.

    Returns
    -------
    dict
        In the order in which they are told.

    Examples
    --------
    >>> habits()["longest"]("Not at all.", 0)
    11
    >>> habits()["avoids reasons, then longest"]("Go, because it is late.", 0)
    (False, 23)
    """
    lists = words(language)
    argues = _counter(lists["argues"])
    marking: dict[str, Habit] = {
        "longest": lambda text, _: len(text),
        "shortest": lambda text, _: -len(text),
        "avoids reasons": lambda text, _: -argues(text),
        "avoids reasons, then longest": lambda text, _: (not argues(text), len(text)),
    }
    marking |= {f"place {place + 1}": _at(place) for place in range(_PLACES)}
    counters = {name: _marks(marks) for name, marks in _MARKS.items()}
    counters |= {name: _counter(listed) for name, listed in lists["counted"].items()}
    for name, count in counters.items():
        marking |= {f"most “{name}”": _times(count, 1), f"least “{name}”": _times(count, -1)}
    return marking


def _counter(phrases: Sequence[str]) -> Callable[[str], int]:
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)
    return lambda text: len(pattern.findall(text))


def _marks(marks: str) -> Callable[[str], int]:
    return lambda text: sum(text.count(mark) for mark in marks)


def _times(count: Callable[[str], int], sign: int) -> Habit:
    return lambda text, _: sign * count(text)


def _at(place: int) -> Habit:
    return lambda _, at: at == place
