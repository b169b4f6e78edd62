"""What a course keeps on somebody else's platform: one packed text, which comes back in exports.

``f1|DAY0|ITEMS|ATTEMPTS|STOPPED|READ``, in ASCII; numbers are in base 36. ``DAY0`` is the earliest
day, since 1970; every other is a distance from it. ``ITEMS`` are ``k,id,version`` (``s`` a
scenario, ``q`` a quiz), known by their place from then on. ``ATTEMPTS`` are
``place,moves,result,day``, ``STOPPED`` ``place,moves,day``, and ``READ`` ``day,keys`` of the pages
that were read. ``front/packed.js`` packs it, and reads the same.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from fourps.play_record import DIGITS, Record
from nbseal.base.errors import RefusedError

RESULTS = ("safe", "gaps", "repaired", "unsafe", "done")
_BEGINNING = date(1970, 1, 1)
_KEYS = 36**3
_NUMBER, _MOVES = "(?:0|[1-9a-z][0-9a-z]{0,3})", "[0-9a-z.~]*"
_KEY = re.compile("[0-9a-z]{3}")
# as `front/shape.js` has it
_ID = re.compile("[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def _several(part: str) -> str:
    return f"((?:{part}(?:;{part})*)?)"


_PACKED = re.compile(
    rf"f1\|({_NUMBER}?)"
    rf"\|{_several('[sq],[a-z0-9-]+,[0-9a-f]{8}')}"
    rf"\|{_several(f'{_NUMBER},{_MOVES},[0-4],{_NUMBER}')}"
    rf"\|{_several(f'{_NUMBER},{_MOVES},{_NUMBER}')}"
    rf"\|{_several(f'{_NUMBER},(?:{_KEY.pattern})+')}"
)
_NEWER = re.compile(r"f(?:[2-9]|[1-9][0-9]+)\|")
# JSON within JSON writes no letter of it in another way
_SIGN = re.compile(r"(?<![^\s\"'>=:])f[1-9][0-9]?\|[^\s\"'<>\\]*")
_DAMAGED = "the text of records in it is damaged or cut off: have the platform export it again"
_NEWER_HERE = "its text of records was written by a newer release of the course: install that one"


class PackedError(RefusedError):
    """A text that cannot be read; the message ends without a full stop."""


class Attempt(NamedTuple):
    """A finished play or quiz."""

    record: Record
    result: str
    """One of `RESULTS`. Nobody has vouched for it: the record is replayed."""
    day: date


class Place(NamedTuple):
    """Where a play or quiz was stopped half-way."""

    record: Record
    day: date


class Packed(NamedTuple):
    """What is kept of one learner."""

    attempts: list[Attempt]
    """The oldest first."""
    stopped: dict[str, Place]
    """By the id of the scenario or quiz."""
    read: dict[str, date]
    """When each page was marked as read, by its `page_key`."""


def page_key(page: str) -> str:
    """Return the three letters and digits by which a page is known.

    Examples
    --------
    >>> page_key("modules/protection/practice")
    'bc9'
    """
    value = 0
    for letter in page:
        value = (value * 31 + ord(letter)) % _KEYS
    high, low = divmod(value, 36)
    return DIGITS[high // 36] + DIGITS[high % 36] + DIGITS[low]


def packed_in(text: str) -> list[str]:
    r"""Return what may be packed texts, wherever they stand in a text.

    Examples
    --------
    >>> packed_in(r'{"state": "{\"cmi.suspend_data\": \"f1|||||\"}"}'), packed_in("pdf1|2")
    (['f1|||||'], [])
    """
    return _SIGN.findall(text)


def unpack(text: str) -> Packed:
    """Read a packed text, and refuse whatever is not exactly one.

    Parameters
    ----------
    text
        From anybody.

    Raises
    ------
    PackedError
        If it is damaged, or of another format.

    Examples
    --------
    >>> [attempt] = unpack("f1|fs9|s,card-desk,1a2b3c4d|0,0213,0,0||").attempts
    >>> str(attempt.record), attempt.result, attempt.day.isoformat()
    ('fourps1:card-desk:1a2b3c4d:0213:mp', 'safe', '2026-01-04')
    """
    if not (match := _PACKED.fullmatch(text)):
        raise PackedError(_NEWER_HERE if _NEWER.match(text) else _DAMAGED)
    first, *lists = match.groups()
    items, *rest = ([one.split(",") for one in filter(None, part.split(";"))] for part in lists)
    try:
        return _Reading(first, items).packed(*rest)
    # a place that no item has, or a day that no calendar has
    except (IndexError, OverflowError, ValueError) as error:
        raise PackedError(_DAMAGED) from error


class _Reading(NamedTuple):
    """What the places and days of a text refer to."""

    first: str
    items: list[list[str]]

    def packed(
        self, attempts: list[list[str]], stopped: list[list[str]], read: list[list[str]]
    ) -> Packed:
        finished = [
            Attempt(self.record(at, moves), RESULTS[int(result)], self.day(day))
            for at, moves, result, day in attempts
        ]
        places = [Place(self.record(at, moves), self.day(day)) for at, moves, day in stopped]
        if not all(_ID.fullmatch(place.record.id) for place in places):
            raise ValueError("no id")
        marks: dict[str, date] = {}
        for day, keys in read:
            for key in _KEY.findall(keys):
                marks.setdefault(key, self.day(day))
        return Packed(finished, {place.record.id: place for place in places}, marks)

    def record(self, at: str, moves: str) -> Record:
        _, name, version = self.items[int(at, 36)]
        return Record(name, version, moves)

    def day(self, distance: str) -> date:
        return _BEGINNING + timedelta(days=int(self.first, 36) + int(distance, 36))
