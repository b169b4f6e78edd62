"""Stock nbgrader against ours: the same submissions in one run, on the same processors.

Example: python benchmarks/grading.py --submissions 200 --stock-submissions 40 --ways stock marker
For hand-ins without code, of an exercise of this course: --ways stock-plain plain

One notebook has 16 cells, pandas and matplotlib, 6 automatic and 2 manual tasks. Each way grades a
copy of the course; ways take turns, so that a slow minute of the machine hits all. What is compared
is submissions a second by the clock, and by what all processes of a command took of a processor:
stock alone would take six minutes for 200.

With ``--old /path/of/an/older/checkout/.venv/bin`` the way "old" is `fourps grade run` of that
checkout, which has no marker: what is to be held against it is "marker".
"""

from __future__ import annotations

import argparse
import compileall
import os
import resource
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import fourps
import grading_cohort as cohort
import nbseal

if TYPE_CHECKING:
    from collections.abc import Callable

STOCK = ""
SEALED = """
from nbseal.seal import SealedExecute
from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbgrader.preprocessors import (
    AssignLatePenalties, CheckCellMetadata, IgnorePattern, LimitOutput, SaveAutoGrades)
c.Autograde.autograde_preprocessors = [
    SealedExecute, IgnorePattern, ClearMetadataPreprocessor, LimitOutput, SaveAutoGrades,
    AssignLatePenalties, CheckCellMetadata]
"""
MARKER = f"{SEALED}c.SealedExecute.marker = True\n"
# what looking for tampering costs: tests run as any other cell, and nothing is asked after them
UNWATCHED = """
import sys
from fourps.cli import app
from nbseal.seal.one_child import OneChild
OneChild._cell = lambda self, index, cell: self._ask("cell", cell.source, index)
app(["grade", "run", *sys.argv[1:]])
"""
PROGRAMS = Path(sys.executable).parent


class Way(NamedTuple):
    """How a course is graded: what is added to its configuration, and the command."""

    name: str
    config: str
    words: tuple[str, ...]
    make: Callable[[Path, int], None] = cohort.make


AUTOGRADE = ("nbgrader", "autograde", cohort.ASSIGNMENT)
RUN = ("fourps", "grade", "run", "--course", ".")
WAYS = {
    "stock": Way("stock nbgrader autograde", STOCK, AUTOGRADE),
    "sealed": Way("nbgrader autograde, sealed by configuration", SEALED, AUTOGRADE),
    "run": Way("fourps grade run", SEALED, RUN),
    "old": Way("fourps grade run, of the older checkout", SEALED, RUN),
    "marker": Way("fourps grade run, with the marker", MARKER, RUN),
    "unwatched": Way(
        "fourps grade run, not looking for tampering",
        SEALED,
        (sys.executable, "-c", UNWATCHED, "--course", "."),
    ),
    "stock-plain": Way("stock nbgrader autograde, no code", STOCK, AUTOGRADE, cohort.make_plain),
    "plain": Way("fourps grade run, no code", MARKER, RUN, cohort.make_plain),
}


class Rate(NamedTuple):
    """Submissions a second."""

    clock: float
    processor: float


def main() -> None:
    """Measure and print a table for docs/benchmarks.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--submissions", type=int, default=200)
    parser.add_argument("--stock-submissions", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=1)
    now = [way for way in WAYS if way != "old"]
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=now)
    parser.add_argument("--old", type=Path, help="programs of an older checkout")
    options = parser.parse_args()
    if "old" in options.ways and not options.old:
        parser.error("the way old needs --old")
    # as it is once installed: else stock, with a kernel for each notebook, would compile pandas
    # each time, and ours would compile itself where Python may write no bytecode
    for place in (sysconfig.get_path("purelib"), *fourps.__path__, *nbseal.__path__):
        compileall.compile_dir(place, quiet=2, workers=0)
    with tempfile.TemporaryDirectory() as place:
        rates = measure(Path(place), options)
    medians = {
        way: Rate(*map(statistics.median, zip(*found, strict=True))) for way, found in rates.items()
    }
    first = medians[options.ways[0]]
    print(f"\n{os.cpu_count()} processors, medians of {options.rounds} rounds\n")
    print(f"| way | a second | against {options.ways[0]} | a processor's second | against it |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for way, (clock, processor) in medians.items():
        print(
            f"| {WAYS[way].name} | {clock:.2f} | {clock / first.clock:.1f} | {processor:.2f} "
            f"| {processor / first.processor:.1f} |"
        )


def measure(place: Path, options: argparse.Namespace) -> dict[str, list[Rate]]:
    """Return how fast each way is, by round."""
    rates: dict[str, list[Rate]] = {way: [] for way in options.ways}
    slow, fast = options.stock_submissions, options.submissions
    sizes = {way: slow if way.startswith("stock") else fast for way in rates}
    kept = {way: place / f"{WAYS[way].make.__name__}-{sizes[way]}" for way in rates}
    for way, folder in kept.items():
        if not folder.exists():
            WAYS[way].make(folder, sizes[way])
    for turn in range(options.rounds):
        for way, found in rates.items():
            folder = place / "now"
            shutil.copytree(kept[way], folder)
            with (folder / "nbgrader_config.py").open("a", encoding="utf-8") as file:
                file.write(WAYS[way].config)
            programs = options.old if way == "old" else PROGRAMS
            seconds, processor = timed(folder, programs, *WAYS[way].words)
            found.append(Rate(sizes[way] / seconds, sizes[way] / processor))
            said = f"{sizes[way]} in {seconds:.1f} s, {processor:.1f} s of a processor"
            print(f"round {turn + 1}: {WAYS[way].name}: {said}", flush=True)
            shutil.rmtree(folder)
    return rates


def timed(folder: Path, programs: Path, *words: str) -> tuple[float, float]:
    """Run a command in a course; return its seconds, by the clock and of a processor."""
    environment = os.environ | {
        "PATH": os.pathsep.join([str(programs), os.environ.get("PATH", os.defpath)])
    }
    start, before = time.perf_counter(), _of_children()
    subprocess.run(
        words,
        cwd=folder,
        env=environment,
        check=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    return time.perf_counter() - start, _of_children() - before


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
