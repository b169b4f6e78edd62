"""What all processes of a submission take together, where no control group limits it.

The system limits the memory of each process. Many of them may take many times as much, and so may
what the system itself keeps for their sockets.
"""

from __future__ import annotations

import os
import resource
from pathlib import Path

# how many descriptors a process of a submission may have
DESCRIPTORS = 256
# what the system may keep for one descriptor: its usual limit for what a socket has not delivered
_DESCRIPTOR = 212_992
_PAGE = resource.getpagesize()


def taken(processes: list[Path], enough: int) -> int:
    """Return what some processes take, in bytes.

    Parameters
    ----------
    processes
        Their folders in ``/proc``.
    enough
        Below this it need not be exact: that takes long.
    """
    seen = [_seen(one) for one in processes]
    if sum(seen) <= enough:
        return sum(seen)
    return sum(map(_exact, processes, seen))


def others() -> list[Path]:
    """Return all processes that this one sees, but itself and what has started it."""
    mine = {1, os.getpid(), os.getppid()}
    found = (one.name for one in os.scandir("/proc") if one.name.isdigit())
    return [Path("/proc", name) for name in found if int(name) not in mine]


def own() -> int:
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
