"""Measure how long a facilitator waits for a report on 200 learners and 8 modules.

Run it with nothing else running: ``.venv/bin/python benchmarks/report.py``. The target is 10 s.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cohort import cohort

ROOT = Path(__file__).parents[1]
FOURPS = Path(sys.executable).with_name("fourps")
LEARNERS = 200
RUNS = 3
TARGET = 10.0


def main() -> None:
    """Print the time of three whole commands, and the size of what they write."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cohort(folder, ROOT, LEARNERS)
        for run in range(RUNS):
            began = time.perf_counter()
            subprocess.run(
                [FOURPS, "grade", "report", "--course", folder, "--root", ROOT],
                check=True,
                stdout=subprocess.DEVNULL,
            )
            seconds = time.perf_counter() - began
            verdict = "within" if seconds <= TARGET else "over"
            print(f"run {run + 1}: {seconds:.1f} s ({verdict} the target of {TARGET:.0f} s)")
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        size = (folder / "report" / "report.html").stat().st_size / 1000
        print(f"peak memory {most:.0f} MB, page {size:.0f} KB")


if __name__ == "__main__":
    main()
