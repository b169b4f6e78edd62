"""Weeks, days and hours of a scenario, and whether they go forward along every way."""

from __future__ import annotations

import re

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# weeks are counted from the beginning of the crisis
_TIME = re.compile(
    rf"week (?P<week>[1-9]\d?)(?:, (?P<day>{'|'.join(DAYS)}))?"
    r"(?:, (?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d))?",
    re.ASCII,
)

Moment = tuple[int, int, int]
_BEGINNING: Moment = (0, 0, 0)


def read(text: str, before: Moment = _BEGINNING) -> Moment:
    """Return a time as week, day of the week and minute of the day, to compare it with others.

    Parameters
    ----------
    text
        ``week 16``, ``week 16, 06:40``, ``week 16, Friday`` or ``week 16, Friday, 06:40``.
    before
        What has been reached: the time has the same day and minute where it names none, as long as
        it is still the same week and day.

    Raises
    ------
    ValueError
        If it is no such time.

    Examples
    --------
    >>> read("week 16, Friday, 06:40")
    (16, 5, 400)
    >>> read("week 16, 06:50", before=(16, 5, 400))
    (16, 5, 410)
    """
    found = _TIME.fullmatch(text)
    if not found:
        raise ValueError(
            "expected a time such as 'week 16', 'week 16, 06:40' or 'week 16, Friday, 06:40', "
            f"found {text!r}"
        )
    week = int(found["week"])
    day = before[1] if week == before[0] else 0
    if found["day"]:
        day = DAYS.index(found["day"]) + 1
    minute = before[2] if (week, day) == before[:2] else 0
    if found["hour"]:
        minute = 60 * int(found["hour"]) + int(found["minute"])
    return week, day, minute
