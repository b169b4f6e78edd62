"""The day of a release, for packages that must name one: the same pages give the same bytes."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from nbseal.base.errors import UserError
from nbseal.base.from_outside import shown

if TYPE_CHECKING:
    from pathlib import Path

# what tools agree on where the same source must give the same file: seconds since 1970
EPOCH = "SOURCE_DATE_EPOCH"
# where nobody says it: the oldest day that a zip can name
_UNKNOWN = date(1980, 1, 1)


class DayError(UserError):
    """The day of the release cannot be read; the message says what was expected."""


def release_day(site: Path) -> date:
    """Return the day of a release: as ``SOURCE_DATE_EPOCH`` says, or that of the last commit.

    Parameters
    ----------
    site
        A folder of the checkout that the pages were built from, such as the built site.

    Raises
    ------
    DayError
        If ``SOURCE_DATE_EPOCH`` is no number of seconds.
    """
    said = os.environ.get(EPOCH)
    if not said:
        return _committed(site)
    try:
        return datetime.fromtimestamp(int(said), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise DayError(
            f"{EPOCH} must be the seconds since 1970, as `git log -1 --pretty=%ct` prints them, "
            f"and is {shown(said)}."
        ) from error


def _committed(folder: Path) -> date:
    # `%ct` has no zone, in which the same commit could be of another day
    command = ["git", "-C", str(folder), "log", "-1", "--pretty=%ct"]
    try:
        done = subprocess.run(  # noqa: S603 - git on PATH; no shell
            command, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return _UNKNOWN
    return datetime.fromtimestamp(int(done.stdout), UTC).date()
