"""What more submissions cost: time and memory of the coordinator, here and on a Dask cluster.

Example: python benchmarks/grading_scale.py
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import grading_cohort as cohort

PROGRAMS = Path(sys.executable).parent
# its maximum resident set, without those of its children
_MEASURE = """
import resource, sys, time
from fourps.cli import app
start = time.perf_counter()
try:
    app(["grade", "run", "--course", *sys.argv[1:]])
finally:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"MEASURED {time.perf_counter() - start:.2f} {peak:.1f}")
"""


def main() -> None:
    """Measure and print what the page on scaling says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs=2, default=[200, 2000])
    small, large = parser.parse_args().sizes
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        few = graded(place, small, "--workers", "2")
        many = graded(place, large, "--workers", "2")
        with cluster():
            spread = graded(place, small, "--scheduler", "tcp://127.0.0.1:8786")
    each = (many[0] - few[0]) / (large - small)
    linear = many[0] / (few[0] * large / small)
    print(f"\n{small} submissions: {few[0]:.1f} s, peak of the coordinator {few[1]:.0f} MB")
    print(f"{large} submissions: {many[0]:.1f} s, peak {many[1]:.0f} MB")
    print(
        f"time: {linear:.2f} of linear (at most 1.15); memory: {many[1] / few[1]:.2f} (at most 1.2)"
    )
    print(f"each further submission: {each:.3f} s with two workers")
    print(f"two Dask workers: {spread[0]:.1f} s, {spread[0] / few[0]:.2f} of local (at most 1.15)")


def graded(place: Path, size: int, *words: str) -> tuple[float, float]:
    """Grade a new course; return seconds and the coordinator's peak in megabytes."""
    folder = place / "course"
    cohort.make(folder, size)
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, folder, *words],
        capture_output=True,
        text=True,
        check=False,
    )
    shutil.rmtree(folder)
    found = re.search(r"MEASURED ([\d.]+) ([\d.]+)", done.stdout)
    if not found or done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return float(found[1]), float(found[2])


class cluster:  # noqa: N801 - used as a block
    """A Dask scheduler and two workers on this machine."""

    def __enter__(self) -> None:
        """Start them, and wait until they are there."""
        dask = str(PROGRAMS / "dask")
        worker = [dask, "worker", "tcp://127.0.0.1:8786", "--nthreads", "1"]
        self._running = [
            subprocess.Popen(words, stderr=subprocess.DEVNULL)
            for words in (
                [dask, "scheduler", "--host", "127.0.0.1", "--no-dashboard"],
                [*worker, "--no-dashboard"],
                [*worker, "--no-dashboard"],
            )
        ]
        time.sleep(10)

    def __exit__(self, *_: object) -> None:
        """End them."""
        for one in reversed(self._running):
            one.terminate()
            one.wait()


if __name__ == "__main__":
    main()
