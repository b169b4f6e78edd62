"""When something was: times without a zone are given one, and everything is kept in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from nbseal.base.errors import UserError

if TYPE_CHECKING:
    from datetime import date, tzinfo


class ClockError(UserError, ValueError):
    """A time or time zone that cannot be read; the message says how to write it."""


def zone(name: str) -> tzinfo | None:
    """Return a time zone by name; none, which means this computer's, for an empty name.

    Raises
    ------
    ClockError
        If there is no such zone.

    Examples
    --------
    >>> zone("Europe/Paris"), zone("")
    (zoneinfo.ZoneInfo(key='Europe/Paris'), None)
    """
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ClockError(f"There is no time zone '{name}'. Write it like Europe/Paris.") from error


def today() -> date:
    """Return the day that it is here."""
    return datetime.now(UTC).astimezone().date()


def utc(time: datetime, where: tzinfo | None = None) -> datetime:
    """Return a time in UTC; one without a zone is taken as the clock showed it at a place.

    Parameters
    ----------
    time
        With or without a zone.
    where
        The zone of a time that has none; by default this computer's.

    Examples
    --------
    >>> utc(datetime(2026, 12, 1, 17, 0), ZoneInfo("Europe/Paris")).isoformat()
    '2026-12-01T16:00:00+00:00'
    """
    if time.tzinfo is None and where is not None:
        time = time.replace(tzinfo=where)
    return time.astimezone(UTC)


def read(text: str, where: tzinfo | None = None) -> datetime:
    """Read a time that somebody typed, and return it in UTC.

    Parameters
    ----------
    text
        As ISO 8601 writes it, such as ``2026-12-01 17:00`` or ``2026-12-01 17:00+01:00``.
    where
        The zone of a time that has none; by default this computer's.

    Raises
    ------
    ClockError
        If it is no such time.

    Examples
    --------
    >>> read("2026-12-01 17:00+01:00").isoformat()
    '2026-12-01T16:00:00+00:00'
    """
    try:
        return utc(datetime.fromisoformat(text.strip()), where)
    except (ValueError, OverflowError) as error:
        raise ClockError(f"'{text}' is no time. Write it like 2026-12-01 17:00.") from error


def written(time: datetime) -> str:
    """Return a time as nbgrader reads it.

    Examples
    --------
    >>> written(datetime(2026, 12, 1, 16, 0, tzinfo=UTC))
    '2026-12-01 16:00:00 UTC'
    """
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
