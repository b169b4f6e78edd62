"""Rename and remove what every system lets one rename and remove only in its own way.

On Windows nothing can be renamed or removed that is marked read-only, as nbgrader marks what it
writes, or that a program has open, be it for a moment to look for viruses.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# seconds between tries, which other programs need to have looked
_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8)
OPEN = "it is open in another program, or you may not change it. Close it there, then do it again"


def rename(one: Path, other: Path) -> None:
    """Give a file or folder another name, in place of a file that has that name.

    Raises
    ------
    PermissionError
        On Windows, if another program has either open; the message says what to do.
    """
    _try(lambda: one.replace(other), other)


def remove_file(path: Path) -> None:
    """Remove a file, if it is there.

    Raises
    ------
    PermissionError
        On Windows, if another program has it open; the message says what to do.
    """
    _try(lambda: path.unlink(missing_ok=True), path)


def remove_folder(place: Path, *, ignore_errors: bool = False) -> None:
    """Remove a folder with all that is in it, if it is there.

    Parameters
    ----------
    place
        The folder.
    ignore_errors
        Whether what cannot be removed stays without a word.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> place = Path(tempfile.mkdtemp()) / "ps1"
    >>> remove_folder(place)
    >>> place.mkdir()
    >>> (place / "one.ipynb").touch(0o444)
    >>> remove_folder(place)
    >>> place.exists()
    False
    """
    if not place.exists():
        return
    if sys.platform == "win32":
        for folder, _, names in os.walk(place):
            for name in names:
                _allow(os.path.join(folder, name))  # noqa: PTH118 - as walked
    shutil.rmtree(place, ignore_errors=ignore_errors)


def _try(change: Callable[[], object], path: Path) -> None:
    """Do it, on Windows several times, and without the mark of what is read-only."""
    for pause in _PAUSES if sys.platform == "win32" else ():
        _allow(path)
        with contextlib.suppress(PermissionError):
            change()
            return
        time.sleep(pause)
    try:
        change()
    except PermissionError as error:
        if sys.platform == "win32":
            raise PermissionError(errno.EACCES, OPEN, str(path)) from error
        raise


def _allow(path: str | Path) -> None:
    """Take the mark of what is read-only from a file, if it is there."""
    if os.path.isfile(path) and not os.path.islink(path):  # noqa: PTH113, PTH114 - of both kinds
        os.chmod(path, stat.S_IREAD | stat.S_IWRITE)  # noqa: PTH101
