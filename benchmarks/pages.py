"""Measure the book as it is: what each kind of page weighs, and how soon it can be read and played.

Each page is loaded on a slow connection and a scenario played on a slow processor (``loads.py``),
and each is scored by Lighthouse (``scores.py``). Nothing is compared: that is ``book.py``. Run it
after ``make book``, with nothing else running: ``.venv/bin/python benchmarks/pages.py``. It prints
a table for docs/benchmarks.md, and whether each target is met.
"""

from __future__ import annotations

import argparse
import logging
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

import scores
from loads import CHROMIUM_ARGUMENTS, Load, load_page, serving, time_choices
from tables import Results, spread, targets
from variants import BenchmarkError

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = ("page", "requests", "KB", "first paint, s", "playable after, s", "Lighthouse")


def browse(base: str, runs: int) -> tuple[dict[str, list[Load]], list[float]]:
    """Load every page and play, several times; return the loads and the time of each answer."""
    loads: dict[str, list[Load]] = {page: [] for page in scores.PAGES}
    choices: list[float] = []
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM_ARGUMENTS
        ) as browser,
    ):
        for _ in range(runs):
            for page, path in scores.PAGES.items():
                loads[page].append(load_page(browser, base, path, playable=page == "scenario"))
            choices += time_choices(browser, base)
    return loads, choices


def score(base: str, runs: int) -> tuple[dict[str, dict[str, float]], set[str]]:
    """Return the medians of Lighthouse's scores by page, and what costs one of the last three."""
    found: dict[str, dict[str, float]] = {}
    lost: set[str] = set()
    with tempfile.TemporaryDirectory(prefix="fourps-bench-") as folder:
        for page, path in scores.PAGES.items():
            several = []
            for _ in range(runs):
                one, missing = scores.scores(f"{base}/{path}", Path(folder))
                several.append(one)
                lost |= {f"{page}: {audit}" for audit in missing}
            found[page] = {name: median(one[name] for one in several) for name in scores.CATEGORIES}
    return found, lost


def rows(loads: dict[str, list[Load]], scored: dict[str, dict[str, float]]) -> Iterator[list[str]]:
    """Yield the rows of the table."""
    for page, several in loads.items():
        playable = [one.playable / 1000 for one in several if one.playable]
        yield [
            page,
            spread([one.requests for one in several], 0),
            spread([one.weight for one in several], 1),
            spread([one.paint / 1000 for one in several], 2),
            spread(playable, 2) if playable else "-",
            ", ".join(f"{scored[page][name]:g}" for name in scores.CATEGORIES),
        ]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("book", type=Path, nargs="?", default=Path("_build/html"))
    parser.add_argument("--runs", type=int, default=3, help="of each page (default: 3)")
    return parser.parse_args()


def main() -> int:
    """Measure, and print the table."""
    arguments = _arguments()
    logging.getLogger("tornado.access").setLevel(logging.ERROR)
    if not (arguments.book / "index.html").is_file():
        print(f"{arguments.book} holds no book: run `make book`", file=sys.stderr)
        return 1
    try:
        with serving({"ours": arguments.book}) as addresses:
            loads, choices = browse(addresses["ours"], arguments.runs)
            scored, lost = score(addresses["ours"], arguments.runs)
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 1
    lines = [[*HEAD], ["---", *["---:"] * (len(HEAD) - 1)], *rows(loads, scored)]
    print("\n".join(f"| {' | '.join(line)} |" for line in lines), end="\n\n")
    ours = {page: {"ours": several} for page, several in loads.items()}
    results = Results({}, ours, {"ours": choices}, {"ours": scored}, sorted(lost))
    print("\n".join(targets(results)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
