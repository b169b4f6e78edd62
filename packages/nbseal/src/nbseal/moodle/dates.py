"""Dates as Moodle writes them for people: ``Tuesday, 3 November 2026, 4:05 PM``."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from babel.dates import get_month_names

from nbseal.base.errors import UserError
from nbseal.clock import utc

if TYPE_CHECKING:
    from datetime import tzinfo

LANGUAGES = ("en", "fr", "es", "pt")
_HALF = 12
_TIME = re.compile(r"(\d{1,2})\s*[:h]\s*(\d{2})(?::(\d{2}))?\s*([ap])?\.?\s?m?\.?$")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")


class DateError(UserError, ValueError):
    """A date that cannot be read."""


def read_date(text: str, zone: tzinfo | None = None) -> datetime | None:
    """Read a date of Moodle's worksheet as UTC; None for an empty field or a dash: no hand-in.

    Parameters
    ----------
    text
        In English, French, Spanish or Portuguese with the month as a word, or as ISO 8601.
        Days and months as mere numbers are refused, since 3/11 is two days.
    zone
        Where Moodle's clock is, which the worksheet does not say; by default this computer's.

    Raises
    ------
    DateError
        If it cannot be read.

    Examples
    --------
    >>> from zoneinfo import ZoneInfo
    >>> str(read_date("Tuesday, 3 November 2026, 4:05 PM", ZoneInfo("UTC")))
    '2026-11-03 16:05:00+00:00'
    >>> str(read_date("mardi 3 novembre 2026, 16:05", ZoneInfo("UTC")))
    '2026-11-03 16:05:00+00:00'
    """
    plain = _plain(text)
    if plain in ("", "-"):
        return None
    iso = re.match(r"\d{4}-\d{2}-\d{2}", plain)
    try:
        return utc(datetime.fromisoformat(plain.upper()) if iso else _long(plain), zone)
    except (ValueError, OverflowError) as error:
        raise DateError(f"'{text[:60]}' is no date that can be read") from error


def _long(text: str) -> datetime:
    time = _TIME.search(text)
    if not time:
        raise ValueError("no time of day")
    day = text[: time.start()]
    [month] = {_months()[word] for word in _WORD.findall(day) if word in _months()}
    numbers = _NUMBER.findall(day)
    [date] = [number for number in numbers if len(number) != len("2026")]
    [year] = [number for number in numbers if len(number) == len("2026")]
    hour = int(time[1])
    if time[4]:
        if not 1 <= hour <= _HALF:
            raise ValueError("no hour of half a day")
        hour = hour % _HALF + (_HALF if time[4] == "p" else 0)
    return datetime(int(year), month, int(date), hour, int(time[2]), int(time[3] or 0))  # noqa: DTZ001 - its zone is given by whoever asks


def _plain(text: str) -> str:
    """Return a text in small letters without accents, and with ordinary spaces."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    letters = (letter for letter in parts if not unicodedata.combining(letter))
    return " ".join("".join(letters).split())


@cache
def _months() -> dict[str, int]:
    return {
        _plain(name).rstrip("."): number
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=language).items()
    }
