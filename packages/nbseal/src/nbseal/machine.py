"""Tell what went wrong on this machine from what is wrong with a learner's work."""

from __future__ import annotations

import errno
from typing import TypeGuard

from nbseal.base.errors import closed, refusal

# no other learner's work would fare better
_STOPS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE}
_STOPS |= {errno.ENOMEM}
# characters of what others wrote that are told again
_LONGEST = 200


def of_this_machine(error: BaseException) -> bool:
    """Say whether an error comes from this machine: then no learner is to be told of it.

    Examples
    --------
    >>> of_this_machine(PermissionError(errno.EACCES, "no")), of_this_machine(ValueError())
    (True, False)
    """
    # what libraries raise of a broken document has no number, or that of a place that is none
    return isinstance(error, MemoryError) or (
        isinstance(error, OSError) and error.errno not in {None, errno.EINVAL}
    )


def stops_all(error: BaseException) -> TypeGuard[OSError]:
    """Say whether an error would stop every other learner's work too: a full disk, a closed folder.

    Examples
    --------
    >>> stops_all(OSError(errno.ENOSPC, "full")), stops_all(PermissionError(errno.EACCES, "no"))
    (True, False)
    """
    return isinstance(error, OSError) and (error.errno in _STOPS or closed(error) is not None)


def stopped(error: OSError) -> str:
    """Return what to say where such an error ends a command that writes for one after the other.

    Examples
    --------
    >>> stopped(OSError(errno.ENOSPC, "No space left on device", "a.pdf")).partition(";")[0]
    'Stopped. a.pdf: No space left on device. What is written is whole'
    """
    said = f"Stopped. {refusal(error)} What is written is whole"
    return f"{said}." if closed(error) else f"{said}; mend that, then do it again."


def brief(error: BaseException) -> str:
    """Return what went wrong, in one line.

    Examples
    --------
    >>> brief(ValueError("two\\nlines"))
    'ValueError: two lines'
    """
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text[:_LONGEST]}"
