"""Whether a translation has the same numbers, written as its language writes them."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.numbers import get_decimal_symbol, get_group_symbol

from fourps.course.language import tag, without_region

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
_TIME = re.compile(r"\b(\d{1,2}):(\d{2})\b")
_TIMES = {"fr": re.compile(rf"\b(\d{{1,2}})[ {_SPACES}]h\b(?:[ {_SPACES}](\d{{2}})\b)?")}
# English counts the hours of an afternoon from one, and says parts of an hour in words
_HOURS = {"fr": re.compile(rf"\b(\d{{1,2}})[ {_SPACES}]h(?:eures?)?\b(?:[ {_SPACES}](\d{{2}})\b)?")}
_NOON = 12
_PARTS = {"15": "quarter", "30": "half", "45": "quarter"}
# what either side may write in letters
_LETTERS = {
    "en": "one two three four five six seven eight nine ten eleven twelve",
    "fr": "un|une deux trois quatre cinq six sept huit neuf dix onze douze",
}
_AMOUNT = re.compile(rf"\d+\.\d+(?=[ {_SPACES}]?(?:%|million|billion))")


def differences(english: str, said: str, language: str) -> Iterator[str]:
    """Yield each number that is only on one side, and each that is written the English way.

    Parameters
    ----------
    english, said
        A text without roles and addresses, and its translation.
    language
        A code such as ``fr`` or ``pt-BR``.

    Examples
    --------
    >>> list(differences("3,000 people, 54.7 % of them.", "3 000 personnes, 54,7 %.", "fr"))
    []
    >>> list(differences("At 10:05 there were 12.", "À 10 h 05, il y en avait douze.", "fr"))
    []
    >>> list(differences("At a quarter past four.", "À 16 h 15.", "fr"))
    []
    >>> list(differences("3,000 people, 54.7 % of them.", "3,000 personnes, 54.7 %.", "fr"))
    ['3000 is missing', '3.000 is new', '54.7 is written 54,7 here']
    """
    wanted, written = Counter(_numbers(english, "en")), Counter(_numbers(said, language))
    for number in sorted((wanted - written).elements()):
        if not _in_letters(number, said, language):
            yield f"{number} is missing"
    for number in sorted((written - wanted).elements()):
        if not _in_letters(number, english, "en") and not _is_time(number, english, said, language):
            yield f"{number} is new"
    symbol = _decimal(language)
    if symbol != ".":
        for amount in _AMOUNT.findall(said):
            yield f"{amount} is written {amount.replace('.', symbol)} here"


def _numbers(text: str, language: str) -> Iterator[str]:
    """Yield each number as Python would write it."""
    time = _TIMES.get(without_region(language), _TIME)
    for hours, minutes in time.findall(text):
        yield str(int(hours))
        if minutes and int(minutes):
            yield str(int(minutes))
    text = time.sub(" ", text)
    for number in _pattern(language).findall(text):
        plain = re.sub(rf"[{_SPACES}{re.escape(_group(language))}]", "", number)
        yield plain.replace(_decimal(language), ".")


@cache
def _pattern(language: str) -> re.Pattern[str]:
    decimal, group = re.escape(_decimal(language)), re.escape(_group(language))
    # an outcome such as 1.3 has its point in every language
    return re.compile(
        rf"\d+\.\d+|\d{{1,3}}(?:[{group}]\d{{3}})+(?!\d)(?:{decimal}\d+)?|\d+(?:{decimal}\d+)?"
    )


def _decimal(language: str) -> str:
    return str(get_decimal_symbol(_locale(language)))


def _group(language: str) -> str:
    """Return the signs between thousands: where they are spaces, each kind of space."""
    sign = get_group_symbol(_locale(language))
    return f" {_SPACES}" if sign in _SPACES else sign


def _locale(language: str) -> Locale:
    return Locale.parse(tag(language), sep="-")


def _in_letters(number: str, text: str, language: str) -> bool:
    names = _LETTERS.get(without_region(language), "").split()
    if not number.isdigit() or not 0 < int(number) <= len(names):
        return False
    return bool(re.search(rf"\b(?:{names[int(number) - 1]})\b", text, re.IGNORECASE))


def _is_time(number: str, english: str, said: str, language: str) -> bool:
    """Return whether a number is the hour or the minutes of what English says in words."""
    hours = _HOURS.get(without_region(language))
    for hour, minutes in hours.findall(said) if hours else ():
        if number == hour and _NOON < int(hour) < 2 * _NOON:
            return _in_letters(str(int(hour) - _NOON), english, "en")
        if number == minutes and minutes in _PARTS:
            return _PARTS[minutes] in english.lower()
    return False
