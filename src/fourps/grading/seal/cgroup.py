"""Control groups, of version 1 or 2, where this user may make them: memory and processes of all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fourps.grading.inside.limits import Limits

_ROOT = Path("/sys/fs/cgroup")
# the loaded libraries, and bubblewrap's own processes
_LOADED_MB, _OWN_PROCESSES = 768, 16


def make(limits: Limits, name: str) -> list[Path]:
    """Make the groups of one worker.

    Parameters
    ----------
    limits
        Of one submission; there is one at a time.
    name
        Of the groups.

    Returns
    -------
    list of Path
        None where the system leaves that to others; the limits of each process hold all the same.
    """
    memory = str((limits.memory_mb + limits.disk_mb + _LOADED_MB) << 20)
    processes = str(limits.processes + _OWN_PROCESSES)
    if (_ROOT / "cgroup.controllers").exists():
        wanted = [(_own("0::"), {"memory.max": memory, "pids.max": processes})]
    else:
        wanted = [
            (_own(":memory:", "memory"), {"memory.limit_in_bytes": memory}),
            (_own(":pids:", "pids"), {"pids.max": processes}),
        ]
    made = []
    for parent, values in wanted:
        group = parent / name
        try:
            group.mkdir()
            for file, value in values.items():
                (group / file).write_text(value, "ascii")
        except OSError:
            _remove(group)
        else:
            made.append(group)
    return made


def entering(groups: list[Path], command: list[str]) -> list[str]:
    """Return a command that enters the groups before it runs another one."""
    if not groups:
        return command
    enter = "; ".join(f"echo $$ > '{group}/cgroup.procs'" for group in groups)
    return ["/bin/sh", "-c", f'{enter}; exec "$@"', "sh", *command]


def remove(groups: list[Path]) -> None:
    """Remove groups whose processes are gone."""
    for group in groups:
        _remove(group)


def _remove(group: Path) -> None:
    # a process that is just ending may still count
    with contextlib.suppress(OSError):
        group.rmdir()


def _own(mark: str, controller: str = "") -> Path:
    """Return the folder of the group that this process is in."""
    for line in Path("/proc/self/cgroup").read_text("utf-8").splitlines():
        if mark in line:
            return _ROOT / controller / line.split(":", 2)[2].lstrip("/")
    return _ROOT / controller / str(os.getpid())
