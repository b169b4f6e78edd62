"""Measure how long a command takes to begin, beside an interpreter that does nothing.

``python -c pass``, ``fourps --help`` and ``fourps grade run --help`` in turn, on a warm machine.
Run it with nothing else running: ``.venv/bin/python benchmarks/starts.py``. Targets: 0.35 s for the
first help, 0.6 s for the second.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

FOURPS = str(Path(sys.executable).with_name("fourps"))
WAYS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "fourps --help": [FOURPS, "--help"],
    "fourps grade run --help": [FOURPS, "grade", "run", "--help"],
}
TARGETS = {"fourps --help": 0.35, "fourps grade run --help": 0.6}
ROUNDS = 20


def seconds(command: list[str]) -> float:
    """Return what a command takes on the clock."""
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def main() -> None:
    """Print a table of medians."""
    for command in WAYS.values():
        seconds(command)
    taken: dict[str, list[float]] = {name: [] for name in WAYS}
    for _ in range(ROUNDS):
        for name, command in WAYS.items():
            taken[name].append(seconds(command))
    least = statistics.median(taken["python -c pass"])
    print("| command | s | times `python -c pass` |\n| --- | ---: | ---: |")
    for name, several in taken.items():
        middle = statistics.median(several)
        spread = f"{min(several):.3f} to {max(several):.3f}"
        print(f"| `{name}` | {middle:.3f} ({spread}) | {middle / least:.1f} |")
    for name, target in TARGETS.items():
        met = statistics.median(taken[name]) <= target
        print(f"{name}: {'within' if met else 'MISSES'} {target:g} s")


if __name__ == "__main__":
    main()
