"""Measure how long an author waits: a cold build of the whole book, and one after an edited page.

`fourps book build` and, in turn with it, what an author would type otherwise: `jupyter-book build`
with the same extensions on the same files. And the same in English and French, as `make serve` does
where both are published. Run it with nothing else running:
``.venv/bin/python benchmarks/build_time.py``. Targets: 300 s cold, 20 s after one edit, and both
languages in 1.6 times the time of one.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from variants import copy_course

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
OURS = [str(BIN / "fourps"), "book", "build", "."]
WAYS = {
    "`fourps book build`": [*OURS, "--language", "en"],
    "`jupyter-book build`": [str(BIN / "jupyter-book"), "build", "-W", "--keep-going", "."],
    "in English and French": [*OURS, "--language", "en", "--language", "fr"],
}
PAGE = "modules/prevention/lesson/debt.md"
SENTENCE = "The pay is 300 a month, more than in the orchards."
EDITS = 3
TARGETS = {"cold": 300.0, "one edited page": 20.0}
MOST = 1.6


def copied(base: str, number: int) -> Path:
    """Return a copy of what a book is built from."""
    folder = Path(base, str(number))
    copy_course(ROOT, folder)
    return folder


def seconds(command: list[str], folder: Path) -> float:
    """Build, and insist that it worked."""
    began = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return time.perf_counter() - began


def measured() -> dict[str, dict[str, float]]:
    """Return the seconds of each way, by what was built."""
    with tempfile.TemporaryDirectory() as base:
        folders = {name: copied(base, number) for number, name in enumerate(WAYS)}
        cold = {name: seconds(command, folders[name]) for name, command in WAYS.items()}
        warm: dict[str, list[float]] = {name: [] for name in WAYS}
        for edit in range(EDITS):
            for name, command in WAYS.items():
                page = folders[name] / PAGE
                text = page.read_text("utf-8")
                page.write_text(text.replace(SENTENCE, f"{SENTENCE} Edit {edit}.", 1), "utf-8")
                warm[name].append(seconds(command, folders[name]))
    medians = {name: statistics.median(all_) for name, all_ in warm.items()}
    return {"cold": cold, "one edited page": medians}


def main() -> None:
    """Print two tables, and what misses its target."""
    rows = measured()
    ours, *others = WAYS
    for other in others:
        print(f"| | {ours} | {other} | ratio |\n| --- | ---: | ---: | ---: |")
        for kind, found in rows.items():
            one, two = found[ours], found[other]
            print(f"| {kind}, s | {one:.1f} | {two:.1f} | {two / one:.2f} |")
    for kind, found in rows.items():
        print(
            f"{kind}: {'within' if found[ours] <= TARGETS[kind] else 'MISSES'} {TARGETS[kind]:g} s"
        )
        ratio = found[others[-1]] / found[ours]
        print(f"{kind}, both: {'within' if ratio <= MOST else 'MISSES'} {MOST:g} times one")


if __name__ == "__main__":
    main()
