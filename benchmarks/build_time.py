"""Measure how long an author waits: a cold build of the whole book, and one after an edited page.

`fourps book build` and, in turn with it, what an author would type otherwise: `jupyter-book build`
with the same extensions on the same files. Run it with nothing else running:
``.venv/bin/python benchmarks/build_time.py``. Targets: 300 s cold, 20 s after one edit.
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
WAYS = {
    "fourps book build": [str(BIN / "fourps"), "book", "build", "."],
    "jupyter-book build": [str(BIN / "jupyter-book"), "build", "-W", "--keep-going", "."],
}
PAGE = "modules/prevention/lesson/debt.md"
SENTENCE = "The pay is 300 a month, more than in the orchards."
EDITS = 3
TARGETS = {"cold": 300.0, "warm": 20.0}


def copied(base: str, name: str) -> Path:
    """Return a copy of what a book is built from."""
    folder = Path(base, name.split(maxsplit=1)[0])
    copy_course(ROOT, folder)
    return folder


def seconds(command: list[str], folder: Path) -> float:
    """Build, and insist that it worked."""
    began = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return time.perf_counter() - began


def main() -> None:
    """Print a table."""
    with tempfile.TemporaryDirectory() as base:
        folders = {name: copied(base, name) for name in WAYS}
        cold = {name: seconds(command, folders[name]) for name, command in WAYS.items()}
        warm: dict[str, list[float]] = {name: [] for name in WAYS}
        for edit in range(EDITS):
            for name, command in WAYS.items():
                page = folders[name] / PAGE
                text = page.read_text("utf-8")
                page.write_text(text.replace(SENTENCE, f"{SENTENCE} Edit {edit}.", 1), "utf-8")
                warm[name].append(seconds(command, folders[name]))
    ours, theirs = WAYS
    print("| | " + " | ".join(WAYS) + " | ratio |\n| --- | ---: | ---: | ---: |")
    rows = {"cold": cold, "warm": {name: statistics.median(all_) for name, all_ in warm.items()}}
    for kind, found in rows.items():
        ratio = found[theirs] / found[ours]
        print(f"| {kind}, s | {found[ours]:.1f} | {found[theirs]:.1f} | {ratio:.1f} |")
    for kind, target in TARGETS.items():
        print(f"{kind}: {'within' if rows[kind][ours] <= target else 'MISSES'} {target:g} s")


if __name__ == "__main__":
    main()
