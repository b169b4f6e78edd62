"""The calls of Linux that Python has no function for, and what its processes take of memory.

The system limits the memory of each process. Many of them may take many times as much, and so may
what the system itself keeps for their sockets. So it is counted here what all of a submission take
together, where no control group limits it.
"""

from __future__ import annotations

import ctypes
import os
import resource
from pathlib import Path

NEW_NAMES, NEW_IPC, NEW_USERS, NEW_PIDS = 0x20000, 0x8000000, 0x10000000, 0x20000000
READ_ONLY, NO_SUID, NO_DEV, AGAIN, BIND, WITH_ALL_BELOW = 1, 2, 4, 0x20, 0x1000, 0x4000
PRIVATE = WITH_ALL_BELOW | 1 << 18
_DROP_BOUND, _NO_NEW_PRIVILEGES = 24, 38
_CAPABILITIES = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)
# how many descriptors a process of a submission may have
DESCRIPTORS = 256
# what the system may keep for one descriptor: its usual limit for what a socket has not delivered
_DESCRIPTOR = 212_992
_PAGE = resource.getpagesize()


def unshare(flags: int) -> None:
    """Leave the namespaces that the flags name."""
    _checked(_libc.unshare(flags), "unshare")


def enter(namespace: int, flags: int) -> None:
    """Enter the namespace behind a file descriptor."""
    _checked(_libc.setns(namespace, flags), "setns")


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    """Mount a file system."""
    words = [word.encode() or None for word in (source, target, kind)]
    given = options.encode() or None
    _checked(_libc.mount(*words, ctypes.c_ulong(flags), given), f"mount {target}")


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


def memory_taken(processes: list[Path], enough: int) -> int:
    """Return what some processes take, in bytes.

    Parameters
    ----------
    processes
        Their folders in ``/proc``.
    enough
        Below this it need not be exact: that takes long.
    """
    seen = [_seen(process) for process in processes]
    if sum(seen) <= enough:
        return sum(seen)
    return sum(map(_exact, processes, seen))


def other_processes() -> list[Path]:
    """Return all processes that this one sees, but itself and what has started it."""
    mine = {1, os.getpid(), os.getppid()}
    names = (entry.name for entry in os.scandir("/proc") if entry.name.isdigit())
    return [Path("/proc", name) for name in names if int(name) not in mine]


def own_memory() -> int:
    """Return the memory of this process, in bytes."""
    return _resident(Path("/proc/self"))


def _seen(process: Path) -> int:
    """Return the most that a process takes: what it shares with others is in it."""
    try:
        return _resident(process) + _held(process)
    # it has just ended
    except OSError:
        return 0


def _resident(process: Path) -> int:
    return int((process / "statm").read_text("ascii").split()[1]) * _PAGE


def _exact(process: Path, seen: int) -> int:
    """Return what a process takes, with its part of what it shares."""
    try:
        lines = (process / "smaps_rollup").read_text("ascii").splitlines()
        held = _held(process)
    except PermissionError:
        return seen
    # it has just ended
    except OSError:
        return 0
    share = next((int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:")), 0)
    return share + held


def _held(process: Path) -> int:
    try:
        return _DESCRIPTOR * sum(1 for _ in os.scandir(process / "fd"))
    # it lets nobody look
    except PermissionError:
        return _DESCRIPTOR * DESCRIPTORS
