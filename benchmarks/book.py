"""Measure the published book beside what a user would pick instead of Furo and our players.

The same text is built three times (``variants.py``), loaded in turn on a slow connection and played
on a slow processor (``loads.py``), and scored by Lighthouse (``scores.py``). Run it with nothing
else running: ``make bench``; it takes some twenty minutes. It prints a table for docs/benchmarks.md
(``tables.py``), and whether each target is met.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import platform
import shutil
import signal
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

import scores
from fourps.course.files import content_root
from loads import (
    BYTES_PER_SECOND,
    CHROMIUM_ARGUMENTS,
    LATENCY_MS,
    Load,
    load_page,
    serving,
    time_choices,
)
from tables import Results, report
from variants import VARIANTS, BenchmarkError, build_all

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

PAGES = {
    "lesson": "modules/protection/lesson/consent.html",
    "scenario": "modules/protection/practice.html",
}
PACKAGES = [
    "fourps",
    "jupyter-book",
    "sphinx",
    "furo",
    "sphinx-book-theme",
    "pydata-sphinx-theme",
    "myst-nb",
    "anywidget",
    "ipywidgets",
    "tornado",
    "playwright",
]


def measure(source: Path, runs: int, console: Console) -> Results:
    """Build, serve, load, play and score everything in a temporary folder.

    Parameters
    ----------
    source
        A checkout of the course.
    runs
        How often each page is loaded.
    console
        Where the progress bar is drawn.

    Returns
    -------
    Results
        All that was measured.

    Raises
    ------
    BenchmarkError
        If a build fails, or a page is not what the benchmark expects.
    """
    played = [variant.name for variant in VARIANTS if not variant.stock_widgets]
    steps = len(VARIANTS) * (1 + len(PAGES) * runs) + len(played) * (1 + len(scores.PAGES)) * runs
    began = datetime.now(tz=UTC)
    with (
        tempfile.TemporaryDirectory(prefix="fourps-bench-", ignore_cleanup_errors=True) as name,
        Progress(
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}"),
            console=console,
            transient=True,
        ) as progress,
    ):
        folder = Path(name)
        task = progress.add_task("", total=steps, completed=-1)

        def tick(what: str) -> None:
            progress.update(task, advance=1, description=what)

        with serving(build_all(source, folder, tick)) as addresses:
            loads, choices, chromium = _browse(addresses, played, runs, tick)
            found, lost = _score_all(addresses, played, folder, runs, tick)
    return Results(_about(began, chromium, runs), loads, choices, found, lost)


def _browse(
    addresses: dict[str, str], played: list[str], runs: int, tick: Callable[[str], None]
) -> tuple[dict[str, dict[str, list[Load]]], dict[str, list[float]], str]:
    """Load every page and play; return both and the browser's version."""
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM_ARGUMENTS
        ) as browser,
    ):
        loads = _load_all(browser, addresses, runs, tick)
        choices: dict[str, list[float]] = {name: [] for name in played}
        for run in range(runs):
            for name in played:
                tick(f"playing {name}, {run + 1}")
                choices[name] += time_choices(browser, addresses[name])
        return loads, choices, browser.version


def _load_all(
    browser: Browser, addresses: dict[str, str], runs: int, tick: Callable[[str], None]
) -> dict[str, dict[str, list[Load]]]:
    """Load every page of every variant in turn."""
    loads: dict[str, dict[str, list[Load]]] = {
        page: {variant.name: [] for variant in VARIANTS} for page in PAGES
    }
    for run in range(runs):
        for page, path in PAGES.items():
            for variant in VARIANTS:
                tick(f"{page} page, {variant.name}, load {run + 1}")
                base, playable = addresses[variant.name], variant.playable(page)
                load = load_page(browser, base, path, playable=playable)
                loads[page][variant.name].append(load)
    return loads


def _score_all(
    addresses: dict[str, str],
    names: list[str],
    folder: Path,
    runs: int,
    tick: Callable[[str], None],
) -> tuple[dict[str, dict[str, dict[str, float]]], list[str]]:
    """Score the pages of every variant in turn; return medians, and say what ours lost.

    A single score moves by some points with what else the machine does, so Lighthouse's own advice
    is a median: https://github.com/GoogleChrome/lighthouse/blob/main/docs/variability.md.
    """
    found: dict[str, dict[str, dict[str, float]]] = {name: {} for name in names}
    lost = set()
    for page, path in scores.PAGES.items():
        all_of_it: dict[str, list[dict[str, int]]] = {name: [] for name in names}
        for run in range(runs):
            for name in names:
                tick(f"Lighthouse: {page} page, {name}, {run + 1}")
                one, missing = scores.scores(f"{addresses[name]}/{path}", folder)
                all_of_it[name].append(one)
                if name == VARIANTS[0].name:
                    lost |= {f"{page} page, {audit}" for audit in missing}
        for name, several in all_of_it.items():
            found[name][page] = {
                category: median(one[category] for one in several) for category in scores.CATEGORIES
            }
    return found, sorted(lost)


def _about(began: datetime, chromium: str, runs: int) -> dict[str, str]:
    return {
        "date": began.strftime("%Y-%m-%d %H:%M UTC"),
        "runs": str(runs),
        "connection": f"{BYTES_PER_SECOND} bytes/s both ways, {LATENCY_MS} ms",
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors",
        "load average at the end": f"{os.getloadavg()[1]:.1f}",
        "python": platform.python_version(),
        "chromium": chromium,
        **{package: version(package) for package in PACKAGES},
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog="Example: .venv/bin/python benchmarks/book.py --runs 3 --output book.json",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--runs", type=int, default=3, help="loads, plays and scores of each page (default: 3)"
    )
    parser.add_argument(
        "--output", type=Path, metavar="FILE.json", help="also write every single value here"
    )
    arguments = parser.parse_args()
    if arguments.runs < 1:
        parser.error("--runs must be at least 1")
    if arguments.output and not arguments.output.absolute().parent.is_dir():
        parser.error(f"there is no folder {arguments.output.parent}")
    return arguments


def main() -> int:
    """Run the benchmark and print its table."""
    arguments = _arguments()
    console = Console(stderr=True)
    # a browser's request for an icon that is not there is no news
    logging.getLogger("tornado.access").setLevel(logging.ERROR)
    # leave by the front door, so that folders and processes go too
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if not shutil.which("chromium"):
        console.print("This needs Chromium; on Debian or Ubuntu: apt-get install chromium")
        return 1
    try:
        results = measure(content_root(), arguments.runs, console)
    except BenchmarkError as error:
        console.print(str(error), style="bold red", markup=False, highlight=False)
        return 1
    except KeyboardInterrupt:
        return 130
    print(report(results))
    if arguments.output:
        text = json.dumps(asdict(results), indent=1, ensure_ascii=False)
        arguments.output.write_text(f"{text}\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
