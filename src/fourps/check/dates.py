"""Days on which something was last checked: whoever relies on a page reads them as true."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fourps.course.page import Page
    from fourps.course.problem import Problem

_MOST = 365


def check(page: Page, today: date) -> Iterator[Problem]:
    """Yield each day in ``{checked}`` that is over a year ago, is yet to come, or is no day.

    Parameters
    ----------
    page
        Any page.
    today
        The day of the check.
    """
    for block in page.blocks:
        for said in block.roles("checked"):
            try:
                days = (today - date.fromisoformat(said)).days
            except ValueError:
                message = f"'{said}' is no day: write it as in 2026-11-30"
                yield page.problem(block, "no-day", message)
                continue
            if not 0 <= days <= _MOST:
                when = "is yet to come" if days < 0 else "is over a year ago"
                message = f"{said} {when}: look again at what it dates, then write the day"
                yield page.problem(block, "stale-date", message)
