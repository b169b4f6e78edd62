"""Tell what went wrong on this machine from what is wrong with a learner's work."""

from __future__ import annotations

import errno

# no other learner's work would fare better
_STOPS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE}
_STOPS |= {errno.ENOMEM}


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


def stops_all(error: BaseException) -> bool:
    """Say whether an error, such as a full disk, would stop every other learner's work too.

    Examples
    --------
    >>> stops_all(OSError(errno.ENOSPC, "full")), stops_all(PermissionError(errno.EACCES, "no"))
    (True, False)
    """
    return isinstance(error, OSError) and error.errno in _STOPS
