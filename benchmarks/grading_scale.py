"""What more submissions cost: time and memory of the coordinator, here and on a Dask cluster.

Example: python benchmarks/grading_scale.py --rounds 3

Local workers and the cluster take turns. The cluster is up before the first run, as it is where
there is one; its first run still loads what a notebook needs, and is listed with the others.
"""

from __future__ import annotations

import argparse
import contextlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import grading_cohort as cohort

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAMS = Path(sys.executable).parent
_PORT = 8799
_ADDRESS = f"tcp://127.0.0.1:{_PORT}"
# seconds of the wall and of the processor, and the maximum resident set, without its children
_MEASURE = """
import resource, sys, time
from fourps.cli import app
start = time.perf_counter()
try:
    app(["grade", "run", "--course", *sys.argv[1:]])
finally:
    used = resource.getrusage(resource.RUSAGE_SELF)
    print("MEASURED", time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


class Cost(NamedTuple):
    """What a run cost its coordinator: seconds, processor seconds, megabytes at the most."""

    seconds: float
    processor: float
    memory: float

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s, {self.processor:.1f} s of processor, {self.memory:.0f} MB"


def main() -> None:
    """Measure and print what the page on scaling says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs=2, default=[200, 2000], metavar="N")
    parser.add_argument("--cluster-size", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=2, help="of local workers and cluster")
    parser.add_argument("--part", choices=["size", "cluster"], help="measure only that")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        if options.part != "cluster":
            size(Path(name), *options.sizes)
        if options.part != "size":
            against_cluster(Path(name), options.cluster_size, options.rounds)


def size(place: Path, small: int, large: int) -> None:
    """Compare few submissions with many."""
    [few], [many, again] = (
        graded(place, small, "--workers", "2"),
        graded(place, large, "--workers", "2", runs=2),
    )
    print(f"{small} submissions, two workers: {few}\n{large} submissions: {many}")
    linear = many.seconds / few.seconds * small / large
    memory = many.memory / few.memory
    print(f"time: {linear:.2f} of linear (at most 1.15); memory: {memory:.2f} (at most 1.2)")
    each = (many.seconds - few.seconds) / (large - small)
    own = (many.processor - few.processor) / (large - small)
    print(f"each further submission: {each:.3f} s, {own:.3f} s of the coordinator's processor")
    print(f"a second run, which finds all graded: {again}")


def against_cluster(place: Path, number: int, rounds: int) -> None:
    """Compare two local workers with two Dask workers on this machine."""
    ways = {"two local workers": ("--workers", "2"), "two Dask workers": ("--scheduler", _ADDRESS)}
    found: dict[str, list[float]] = {way: [] for way in ways}
    with cluster():
        for turn in range(rounds):
            for way, words in ways.items():
                [cost] = graded(place, number, *words)
                found[way].append(cost.seconds)
                print(f"round {turn + 1}: {way}: {number} in {cost}", flush=True)
    local, spread = (statistics.median(times) for times in found.values())
    print(f"two Dask workers: {spread / local:.2f} of two local ones (at most 1.15)")


def graded(place: Path, number: int, *words: str, runs: int = 1) -> list[Cost]:
    """Grade a new course, and say what each run cost."""
    kept, folder = place / f"{number}", place / "course"
    if not kept.exists():
        cohort.make(kept, number)
    shutil.copytree(kept, folder)
    costs = [measured(folder, *words) for _ in range(runs)]
    shutil.rmtree(folder)
    return costs


def measured(folder: Path, *words: str) -> Cost:
    """Run once."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, folder, *words],
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"MEASURED (\S+) (\S+) (\S+)", done.stdout)
    if not found or done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    seconds, processor, kilobytes = map(float, found.groups())
    return Cost(seconds, processor, kilobytes / 1024)


@contextlib.contextmanager
def cluster() -> Iterator[None]:
    """Keep a Dask scheduler and two workers on this machine."""
    dask = str(PROGRAMS / "dask")
    where = ("--host", "127.0.0.1", "--port", str(_PORT))
    worker = (dask, "worker", _ADDRESS, "--nthreads", "1", "--no-dashboard")
    commands = [(dask, "scheduler", *where, "--no-dashboard"), worker, worker]
    running = [subprocess.Popen(words, stderr=subprocess.DEVNULL) for words in commands]
    try:
        time.sleep(15)
        yield
    finally:
        for one in reversed(running):
            one.terminate()
            one.wait()


if __name__ == "__main__":
    main()
