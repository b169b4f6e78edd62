"""The calls of Linux that Python has no function for."""

from __future__ import annotations

import ctypes
import os

NEW_NAMES, NEW_IPC, NEW_USERS, NEW_PIDS = 0x20000, 0x8000000, 0x10000000, 0x20000000
READ_ONLY, NO_SUID, NO_DEV, AGAIN, BIND, WITH_ALL_BELOW = 1, 2, 4, 0x20, 0x1000, 0x4000
PRIVATE = WITH_ALL_BELOW | 1 << 18
_DROP_BOUND, _NO_NEW_PRIVILEGES, _DUMPABLE = 24, 38, 4
_CAPABILITIES = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)


def unshare(flags: int) -> None:
    """Leave the namespaces that the flags name."""
    _checked(_libc.unshare(flags), "unshare")


def enter(namespace: int, flags: int) -> None:
    """Enter the namespace behind a file descriptor."""
    _checked(_libc.setns(namespace, flags), "setns")


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    """Mount a file system."""
    words = [word.encode() or None for word in (source, target, kind)]
    _checked(
        _libc.mount(*words, ctypes.c_ulong(flags), options.encode() or None), f"mount {target}"
    )


def give_up_capabilities() -> None:
    """Drop every capability, now and for whatever is started later."""
    for capability in range(64):
        # the kernel knows fewer, and says so
        if _libc.prctl(_DROP_BOUND, capability, 0, 0, 0):
            break
    head = (ctypes.c_uint32 * 2)(_CAPABILITIES, 0)
    _checked(_libc.capset(head, (ctypes.c_uint32 * 6)()), "capset")
    _checked(_libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0), "no new privileges")


def _checked(result: int, what: str) -> None:
    if result:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")
