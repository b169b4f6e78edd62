"""What more submissions cost: time and memory of the coordinator.

Example: python benchmarks/grading_scale.py --sizes 200 2000
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import grading_cohort as cohort

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
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        size(Path(name), *options.sizes)


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


if __name__ == "__main__":
    main()
