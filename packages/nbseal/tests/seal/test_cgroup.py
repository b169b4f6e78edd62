"""Control groups: where they are made, and that the kernel minds them where they can be made."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nbseal.inside.limits import Limits
from nbseal.seal import cgroup

FORKS = """
import os, time
made = 0
try:
    while made < 200:
        if os.fork() == 0:
            time.sleep(60)
        made += 1
except BlockingIOError:
    pass
print(made, flush=True)
os.killpg(0, 9)
"""


@pytest.mark.parametrize(
    ("own", "above", "chosen"),
    [
        ("memory pids", "", "scope"),
        ("", "cpu memory pids", "slice"),
        ("memory", "memory pids", "slice"),
        ("", "memory", "scope"),
    ],
)
def test_where_limits_are_handed_on(own, above, chosen, tmp_path):
    """Is a group of version 2 made where it can have limits: in ours, or else beside it?"""
    scope = tmp_path / "slice" / "scope"
    scope.mkdir(parents=True)
    for folder, controllers in ((scope, own), (scope.parent, above)):
        (folder / "cgroup.subtree_control").write_text(f"{controllers}\n", "ascii")
    assert cgroup._handing_on(tmp_path, scope).name == chosen


def test_a_root_without_limits(tmp_path):
    """Does nothing above the highest group count?"""
    (tmp_path / "cgroup.subtree_control").write_text("memory pids", "ascii")
    root = tmp_path / "root"
    root.mkdir()
    assert cgroup._handing_on(root, root) == root


def may_make():
    """Tell whether this user may make groups that limit processes, by the system's own files."""
    root = Path("/sys/fs/cgroup")
    lines = Path("/proc/self/cgroup").read_text("utf-8").splitlines()
    own = {line.split(":")[1]: line.split(":", 2)[2].lstrip("/") for line in lines}
    if "pids" in own:
        return os.access(root / "pids" / own["pids"], os.W_OK)
    group = root / own[""]
    handing = [
        one
        for one in (group, group.parent)
        if (one / "cgroup.subtree_control").exists()
        and "pids" in (one / "cgroup.subtree_control").read_text("ascii")
    ]
    return bool(handing) and os.access(handing[0], os.W_OK)


def test_all_processes_together():
    """Where groups can be made: is the number of processes limited, for root too, and what is left removed?"""
    limits = Limits(processes=8)
    groups = cgroup.make(limits, 1)
    # elsewhere, as in most containers, only the limits of each process hold: SEALING.md says so
    assert bool(groups) == may_make()
    done = subprocess.run(
        cgroup.entering(groups, [sys.executable, "-c", FORKS]),
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
    )
    made = int(done.stdout)
    assert made < limits.processes + 16 if groups else made
    while any((one / "cgroup.procs").read_text("ascii") for one in groups):
        # those that were killed are just ending
        time.sleep(0.05)
    cgroup.remove(groups)
    assert not [one for one in groups if one.exists()]
