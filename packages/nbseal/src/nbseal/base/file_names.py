"""Names of files that every system takes: a course's folder may go from one computer to another."""

from __future__ import annotations

# with any ending, and to this day
_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"}
_DEVICES |= {f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"}
_FORBIDDEN = {*'<>:"/\\|?*', *map(chr, range(32))}
# of UTF-16 on Windows, and bytes elsewhere
_LONGEST = 255


def is_portable(name: str) -> bool:
    r"""Say whether a file or folder can be called so on Linux, macOS and Windows.

    Parameters
    ----------
    name
        One part of a path. That two names differ in more than small and capital letters is for the
        caller to see.

    Examples
    --------
    >>> [is_portable(name) for name in ("ada", "ada.b", "Zoë O'Neil", ".names")]
    [True, True, True, True]
    >>> [is_portable(name) for name in ("aux", "NUL.txt", "com1", "ada.", "ada ", "12:30", "a/b")]
    [False, False, False, False, False, False, False]
    """
    stem = name.partition(".")[0].rstrip(" ").lower()
    length = max(
        len(name.encode("utf-8", "replace")), len(name.encode("utf-16-le", "replace")) // 2
    )
    plain = name == name.rstrip(". ") and not _FORBIDDEN & {*name}
    return 0 < length <= _LONGEST and plain and stem not in _DEVICES
