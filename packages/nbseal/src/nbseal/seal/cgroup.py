"""Control groups, of version 1 or 2, where this user may make them: memory and processes of all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbseal.inside.limits import Limits

_ROOT = Path("/sys/fs/cgroup")
# the loaded libraries, and bubblewrap's own processes
_LOADED_MB, _OWN_PROCESSES = 768, 16


def make(limits: Limits, number: int, root: Path = _ROOT) -> list[Path]:
    """Make the groups of one worker; none where the system leaves that to others.

    The limits of each process hold all the same.

    Parameters
    ----------
    limits
        Of one submission; there is one at a time.
    number
        Of the worker.
    root
        Where they are mounted.
    """
    memory = str((limits.memory_mb + limits.disk_mb + _LOADED_MB) << 20)
    processes = str(limits.processes + _OWN_PROCESSES)
    if (root / "cgroup.controllers").exists():
        parent = _handing_on(root, _own(root, "0::"))
        wanted = [(parent, {"memory.max": memory, "pids.max": processes})]
    else:
        wanted = [
            (_own(root / "memory", ":memory:"), {"memory.limit_in_bytes": memory}),
            (_own(root / "pids", ":pids:"), {"pids.max": processes}),
        ]
    groups = []
    for parent, values in wanted:
        group = parent / f"nbseal-{os.getpid()}-{number}"
        _clear(parent)
        try:
            group.mkdir()
            for file, value in values.items():
                (group / file).write_text(value, "ascii")
        except OSError:
            remove([group])
        else:
            groups.append(group)
    return groups


def entering(groups: list[Path], command: list[str]) -> list[str]:
    """Return a command that enters the groups before it runs another one."""
    if not groups:
        return command
    enter = "; ".join(f"echo $$ > '{group}/cgroup.procs'" for group in groups)
    return ["/bin/sh", "-c", f'{enter}; exec "$@"', "sh", *command]


def killed(groups: list[Path]) -> int:
    """Return how many processes the system has killed, since all together had too much memory."""
    count = 0
    for group in groups:
        for file in ("memory.events", "memory.oom_control"):
            with contextlib.suppress(OSError):
                words = (group / file).read_text("ascii").split()
                count += int(words[words.index("oom_kill") + 1]) if "oom_kill" in words else 0
    return count


def remove(groups: list[Path]) -> None:
    """Remove groups whose processes are gone."""
    for group in groups:
        # a process that is just ending may still count
        with contextlib.suppress(OSError):
            group.rmdir()


def _clear(parent: Path) -> None:
    """Remove what a run left that was killed."""
    for left in parent.glob("nbseal-*"):
        if not Path("/proc", left.name.split("-")[1]).exists():
            remove([left])


def _own(root: Path, mark: str) -> Path:
    """Return the folder of the group that this process is in."""
    for line in Path("/proc/self/cgroup").read_text("utf-8").splitlines():
        if mark in line:
            return root / line.split(":", 2)[2].lstrip("/")
    return root / str(os.getpid())


def _handing_on(root: Path, own: Path) -> Path:
    """Return the group, of version 2, in which a new one can have limits.

    A group that has processes hands no limits on, so the new one mostly stands beside that of this
    process, as in the sessions that systemd makes.
    """
    for group in (own, own.parent) if own != root else (own,):
        handed_on = group / "cgroup.subtree_control"
        if handed_on.exists() and {"memory", "pids"} <= set(handed_on.read_text("ascii").split()):
            return group
    return own
