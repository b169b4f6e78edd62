"""Say what a system refused, and what to do about it."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}


def closed(error: BaseException) -> Path | None:
    """Return the folder that may not be written, if that is what an error comes from.

    Parameters
    ----------
    error
        Whatever was raised. What names no file, or one that may not be read, is something else.

    Examples
    --------
    >>> closed(OSError(errno.ENOSPC, "No space left on device", "report.csv"))
    """
    if not (isinstance(error, OSError) and error.errno in _CLOSED):
        return None
    # of a renaming both names may be meant
    for path in (Path(os.fsdecode(name)) for name in (error.filename, error.filename2) if name):
        # exists() of a path raises where one may not look
        if os.path.exists(path) and not os.access(path, os.R_OK):  # noqa: PTH110
            continue
        # what has no folder above it stands for itself
        folder = next((one for one in path.parents if os.path.exists(one)), path)  # noqa: PTH110
        if not os.access(folder, os.W_OK):
            return folder
    return None


def refusal(error: OSError, place: Path | None = None) -> str:
    """Say in a sentence what a system refused.

    Parameters
    ----------
    error
        What was raised. One without a number is our own, and says all.
    place
        What was to be written, where the system may name a part of it.

    Examples
    --------
    >>> refusal(FileNotFoundError(errno.ENOENT, "No such file or directory", "learners.csv"))
    'learners.csv: No such file or directory.'
    """
    if isinstance(error, shutil.Error) and error.args and isinstance(error.args[0], list):
        # one for each file of a folder
        _, place, why = error.args[0][0]
        return f"{place} cannot be written: {why}"
    if not error.errno:
        return str(error)
    if folder := closed(error):
        return (
            f"The folder {folder.absolute()} cannot be written: {error.strerror}. Make it writable "
            "for yourself, then do it again."
        )
    if place:
        return f"{place} cannot be written: {error.strerror}."
    return f"{error.filename}: {error.strerror}." if error.filename else f"{error.strerror}."
