"""Weigh two pages of the course against what a user would pick instead of Furo and our players.

Three variants of the same text are built in a temporary folder from a copy of the course and of
the package:

ours
    The book as it is.
stock
    The default theme of Jupyter Book with all of its assets, and the practice page as a notebook
    cell that shows ``fourps.play("protection")`` through the stock widget view. The boxes of the
    extension ``fourps.book`` stay, so that the text is the same.
theme
    The default theme with all of its assets, and our static player.

The stock widget view loads require.js and html-manager from a CDN, which is never contacted: those
requests are stopped inside the browser and counted, and their bytes are **not** in the weight. The
comparison therefore favours the stock variant. For the same reason nobody can play there, and the
time until the scenario is playable is measured for the other two only.

Pages are loaded in Chromium over HTTP, compressed, on an emulated connection of 400 kbit/s with
400 ms of latency, the variants in turn, each time in a fresh browser context with an empty cache.
"Playable" is the mark ``fourps-ready`` that our player sets. Builds are timed as whole processes
(``fourps book build``): cold, then again after a sentence was added to the lesson.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import logging
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import yaml
from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, StaticFileHandler

from fourps.book.serve import HOST, application
from fourps.course.files import content_root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

COURSE = ("_config.yml", "_toc.yml", "book", "modules", "src")
PAGES = {"lesson": "modules/protection/lesson.html", "scenario": "modules/protection/practice.html"}
LESSON, PRACTICE = "modules/protection/lesson", "modules/protection/practice"
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

BYTES_PER_SECOND = 50_000
LATENCY_MS = 400
PATIENCE_MS = 180_000
# longer than one round trip, so that nothing is still to come
SETTLE_MS = 1_500
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # nothing leaves this machine
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HOST}",
]

CELL = """\
```{code-cell} ipython3
:tags: [remove-input]

import fourps

fourps.play("protection")
```"""
NOTEBOOK = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
"""


class BenchmarkError(Exception):
    """Nothing could be measured; the message says why."""


@dataclass(frozen=True)
class Variant:
    """One way to publish the course.

    Attributes
    ----------
    name
        The key in the results and the name of its folder.
    title
        What the table calls it.
    default_theme
        Whether it has the default theme and all of its assets.
    stock_widgets
        Whether the practice page shows the widget through the stock view.
    """

    name: str
    title: str
    default_theme: bool
    stock_widgets: bool = False

    def playable(self, page: str) -> bool:
        """Return whether a page of it can be played without the CDN."""
        return page == "scenario" and not self.stock_widgets


VARIANTS = (
    Variant("ours", "A: ours", default_theme=False),
    Variant("stock", "B: default theme, stock widget", default_theme=True, stock_widgets=True),
    Variant("theme", "C: default theme, our player", default_theme=True),
)


@dataclass
class Load:
    """One page load.

    Attributes
    ----------
    requests
        Requests to this machine that went over the wire, but for the browser's own icon.
    stopped
        Addresses elsewhere that the page asked for and did not get.
    assets
        Bytes transferred for each path, headers included.
    paint
        Milliseconds until the first contentful paint.
    playable
        Milliseconds until the scenario can be played, where it can.
    """

    requests: int = 0
    stopped: list[str] = field(default_factory=list)
    assets: dict[str, int] = field(default_factory=dict)
    paint: float = 0.0
    playable: float | None = None

    @property
    def weight(self) -> float:
        """Return the kilobytes transferred (of 1000 bytes)."""
        return sum(self.assets.values()) / 1000


@dataclass
class Results:
    """All that was measured.

    Attributes
    ----------
    about
        Date, machine, versions and settings.
    loads
        Page loads by page and by variant.
    builds
        Seconds of ``fourps book build``: ``cold`` and ``warm``.
    """

    about: dict[str, str]
    loads: dict[str, dict[str, list[Load]]]
    builds: dict[str, list[float]]


# --- Building --------------------------------------------------------------------------------


def copy_course(source: Path, target: Path) -> None:
    """Copy what a build needs, the package included: others may be editing the originals."""
    target.mkdir(parents=True)
    for name in COURSE:
        if (source / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "content")
            shutil.copytree(source / name, target / name, ignore=ignored)
        else:
            shutil.copy2(source / name, target / name)


def prepare(variant: Variant, course: Path) -> None:
    """Turn a copy of the course into a variant."""
    if not variant.default_theme:
        return
    shutil.copy2(Path(__file__).with_name("stock_theme.py"), course / "src")
    path = course / "_config.yml"
    config = yaml.safe_load(path.read_text("utf-8"))
    config["sphinx"]["extra_extensions"].append("stock_theme")
    settings = config["sphinx"]["config"]
    settings["html_theme"] = "sphinx_book_theme"
    # these are Furo's
    settings.pop("html_theme_options", None)
    if variant.stock_widgets:
        settings.pop("nb_ipywidgets_js", None)
        _show_widget(course / f"{PRACTICE}.md")
    path.write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")


def _show_widget(page: Path) -> None:
    """Make the practice page a notebook whose one cell shows the scenario."""
    scenario = r"(?ms)^```\{scenario\}.*?^```"
    text, count = re.subn(scenario, lambda _: CELL, page.read_text("utf-8"))
    if count != 1 and '\nfourps.play("protection")\n' not in text:
        raise BenchmarkError(f"{page.name} shows no scenario: has it been written anew?")
    if "jupytext:" not in text:
        text = NOTEBOOK + text.removeprefix("---\n")
    page.write_text(text, "utf-8")


def environment(folder: Path, course: Path) -> dict[str, str]:
    """Return the environment of a process that uses the copied package and leaves nothing."""
    home = folder / "home"
    scratch = folder / "tmp"
    for path in (home, scratch):
        path.mkdir(exist_ok=True)
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JUPYTER", "IPYTHON", "XDG_", "PYTHON"))
    }
    binaries = Path(sys.executable).parent
    return kept | {
        "PYTHONPATH": str(course / "src"),
        "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "TMPDIR": str(scratch),
    }


def build(course: Path, env: dict[str, str]) -> float:
    """Build the book and return how many seconds the whole process took."""
    command = [str(Path(sys.executable).with_name("fourps")), "book", "build", str(course)]
    began = time.perf_counter()
    done = subprocess.run(
        command, cwd=course, env=env, capture_output=True, encoding="utf-8", check=False
    )
    took = time.perf_counter() - began
    if done.returncode:
        raise BenchmarkError(f"{' '.join(command)} failed:\n{done.stderr}")
    return took


def edit_lesson(course: Path, mark: str) -> None:
    """Add a sentence to the first paragraph below the lesson's first section heading."""
    path = course / f"{LESSON}.md"
    text, count = re.subn(
        r"(?m)(^## .+\n\n[A-Z].+)$", rf"\1 {mark}", path.read_text("utf-8"), count=1
    )
    if not count:
        raise BenchmarkError(f"{path.name} has no paragraph below a section heading.")
    path.write_text(text, "utf-8")


def time_builds(
    course: Path, env: dict[str, str], runs: int, tick: Callable[[str], None]
) -> dict[str, list[float]]:
    """Time a cold build and, after an edit, a warm one, as often as asked."""
    took: dict[str, list[float]] = {"cold": [], "warm": []}
    original = (course / f"{LESSON}.md").read_text("utf-8")
    for run in range(runs):
        shutil.rmtree(course / "_build", ignore_errors=True)
        (course / f"{LESSON}.md").write_text(original, "utf-8")
        tick(f"cold build {run + 1}")
        took["cold"].append(build(course, env))
        mark = f"This sentence is number {run + 1}."
        edit_lesson(course, mark)
        tick(f"warm rebuild {run + 1}")
        took["warm"].append(build(course, env))
        if mark not in (course / "_build/html" / PAGES["lesson"]).read_text("utf-8"):
            raise BenchmarkError("The warm rebuild does not show the edited sentence.")
    return took


# --- Serving and loading ---------------------------------------------------------------------


def _plain(html: Path) -> Application:
    """Return a compressing server without our headers: a policy of ours would break the peers."""
    handlers = [(r"/(.*)", StaticFileHandler, {"path": str(html)})]
    return Application(handlers, compress_response=True)


@contextlib.contextmanager
def serving(folders: dict[str, Path]) -> Iterator[dict[str, str]]:
    """Serve each variant from a thread, and yield the address of each."""
    addresses: dict[str, str] = {}
    ready, stop = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def run() -> None:
        servers = []
        for name, html in folders.items():
            sockets = bind_sockets(0, HOST)
            servers.append(HTTPServer(application(html) if name == "ours" else _plain(html)))
            servers[-1].add_sockets(sockets)
            addresses[name] = f"http://{HOST}:{sockets[0].getsockname()[1]}"
        ready.set()
        await stop.wait()
        for server in servers:
            server.stop()
            await server.close_all_connections()

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()), daemon=True)
    thread.start()
    try:
        if not ready.wait(timeout=10):
            raise BenchmarkError("The local server did not start.")
        yield addresses
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(timeout=10)
        loop.close()


class Wire:
    """Listens to the browser's network events for one page."""

    def __init__(self, page: Page, base: str) -> None:
        self.load = Load()
        self._base = base
        self._paths: dict[str, str] = {}
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.requestServedFromCache", self._cached)
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")
        session.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": LATENCY_MS,
                "downloadThroughput": BYTES_PER_SECOND,
                "uploadThroughput": BYTES_PER_SECOND,
            },
        )

    def _sent(self, event: dict[str, Any]) -> None:
        url = event["request"]["url"]
        if url == f"{self._base}/favicon.ico":
            # asked for once per run of the browser, so not by every load
            return
        if url.startswith(self._base):
            self._paths[event["requestId"]] = urlsplit(url).path
        elif url.startswith(("http:", "https:")):
            self.load.stopped.append(url)

    def _cached(self, event: dict[str, Any]) -> None:
        self._paths.pop(event["requestId"], None)

    def _finished(self, event: dict[str, Any]) -> None:
        if path := self._paths.get(event["requestId"]):
            size = round(event["encodedDataLength"])
            self.load.assets[path] = self.load.assets.get(path, 0) + size

    def result(self) -> Load:
        """Return what was heard."""
        self.load.requests = len(self._paths)
        return self.load


_START = "name => performance.getEntriesByName(name)[0]?.startTime"


def load_page(browser: Browser, base: str, path: str, *, playable: bool) -> Load:
    """Load a page once, with an empty cache, on a slow connection.

    Parameters
    ----------
    browser
        A running browser.
    base
        The address of the server.
    path
        The page below it.
    playable
        Whether to wait for the player.

    Returns
    -------
    Load
        What was transferred, and when something was to be seen and to be played.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE_MS)
    try:
        page = context.new_page()
        wire = Wire(page, base)
        page.goto(f"{base}/{path}", wait_until="load", timeout=PATIENCE_MS)
        if playable:
            page.wait_for_function(_START, arg="fourps-ready")
        page.wait_for_function(_START, arg="first-contentful-paint")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(SETTLE_MS)
        load = wire.result()
        load.paint = page.evaluate(_START, "first-contentful-paint")
        load.playable = page.evaluate(_START, "fourps-ready") if playable else None
    finally:
        context.close()
    return load


def load_pages(
    folders: dict[str, Path], env: dict[str, str], runs: int, tick: Callable[[str], None]
) -> tuple[dict[str, dict[str, list[Load]]], str]:
    """Load every page of every variant in turn; return the loads and the browser's version."""
    loads: dict[str, dict[str, list[Load]]] = {
        page: {variant.name: [] for variant in VARIANTS} for page in PAGES
    }
    chromium = shutil.which("chromium")
    with (
        serving(folders) as addresses,
        sync_playwright() as playwright,
        playwright.chromium.launch(
            executable_path=chromium, args=CHROMIUM_ARGUMENTS, env={**env}
        ) as browser,
    ):
        for run in range(runs):
            for page, path in PAGES.items():
                for variant in VARIANTS:
                    tick(f"{page} page, {variant.name}, load {run + 1}")
                    base, playable = addresses[variant.name], variant.playable(page)
                    load = load_page(browser, base, path, playable=playable)
                    loads[page][variant.name].append(load)
        return loads, browser.version


# --- Measuring and telling -------------------------------------------------------------------


def measure(source: Path, runs: int, console: Console) -> Results:
    """Build, serve and load everything in a temporary folder.

    Parameters
    ----------
    source
        A checkout of the course.
    runs
        How often each page is loaded and each build timed.
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
    steps = len(VARIANTS) + 2 * runs + len(PAGES) * len(VARIANTS) * runs
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
        task = progress.add_task("", total=steps + 1, completed=-1)

        def tick(what: str) -> None:
            progress.update(task, advance=1, description=what)

        builds, folders = _build_all(source, folder, runs, tick)
        env = environment(folder, folder / "ours")
        loads, chromium = load_pages(folders, env, runs, tick)
    return Results(_about(began, chromium, runs), loads, builds)


def _build_all(
    source: Path, folder: Path, runs: int, tick: Callable[[str], None]
) -> tuple[dict[str, list[float]], dict[str, Path]]:
    """Time the builds of a copy of ours, build every variant, and return where their pages are."""
    timed = folder / "timed"
    copy_course(source, timed)
    folders: dict[str, Path] = {}
    # from one copy, so that every variant has the same text
    for variant in VARIANTS:
        course = folder / variant.name
        copy_course(timed, course)
        prepare(variant, course)
        tick(f"building {variant.name}")
        build(course, environment(folder, course))
        folders[variant.name] = course / "_build" / "html"
    return time_builds(timed, environment(folder, timed), runs, tick), folders


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


def spread(values: list[float], digits: int) -> str:
    """Write a median and what it lies between.

    Examples
    --------
    >>> spread([1.0, 3.0, 2.0], 1)
    '2.0 (1.0 to 3.0)'
    >>> spread([4, 4], 0)
    '4'
    """
    middle, low, high = (f"{one:.{digits}f}" for one in (median(values), min(values), max(values)))
    return middle if low == high else f"{middle} ({low} to {high})"


def ratio(peer: list[float], ours: list[float]) -> str:
    """Write how many times ours the peer is, by medians.

    Examples
    --------
    >>> ratio([10, 12, 11], [2.0])
    '5.5'
    >>> ratio([], [2.0])
    '-'
    """
    return f"{median(peer) / median(ours):.1f}" if peer and median(ours) else "-"


_MEASURES: tuple[tuple[str, int, Callable[[Load], float | None]], ...] = (
    ("requests", 0, lambda load: load.requests),
    ("requests elsewhere, stopped", 0, lambda load: len(load.stopped)),
    ("transferred, KB", 1, lambda load: load.weight),
    ("first contentful paint, s", 2, lambda load: load.paint / 1000),
    ("playable after, s", 2, lambda load: load.playable and load.playable / 1000),
)


def _page_rows(page: str, loads: dict[str, list[Load]]) -> Iterator[list[str]]:
    for title, digits, read in _MEASURES:
        values = {
            name: [value for one in all_of_it if (value := read(one)) is not None]
            for name, all_of_it in loads.items()
        }
        if not any(map(any, values.values())):
            continue
        cells = [
            spread(values[one.name], digits) if values[one.name] else "not playable without the CDN"
            for one in VARIANTS
        ]
        ratios = [ratio(values[one.name], values["ours"]) for one in VARIANTS[1:]]
        yield [f"{page} page: {title}", *cells, *ratios]


def _build_rows(builds: dict[str, list[float]]) -> Iterator[list[str]]:
    ratios = [cold / warm for cold, warm in zip(builds["cold"], builds["warm"], strict=True)]
    for title, values, digits in (
        ("cold build, s", builds["cold"], 1),
        ("rebuild after one edited sentence, s", builds["warm"], 1),
        ("cold build / rebuild", ratios, 2),
    ):
        yield [title, spread(values, digits), *["not measured"] * (len(VARIANTS) - 1), "-", "-"]


def table(results: Results) -> str:
    """Return the results as a Markdown table of medians, each with its least and greatest."""
    head = ["", *(variant.title for variant in VARIANTS), "B / A", "C / A"]
    rows = [row for page, loads in results.loads.items() for row in _page_rows(page, loads)]
    rows += _build_rows(results.builds)
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def report(results: Results) -> str:
    """Return all that is printed: what was measured with, the table, and what it leaves out."""
    about = "; ".join(f"{name} {value}" for name, value in results.about.items())
    stopped = sorted(
        {url for load in results.loads["scenario"]["stock"] for url in load.stopped}
        - {url for load in results.loads["scenario"]["theme"] for url in load.stopped}
    )
    return (
        f"{about}\n\n{table(results)}\n\n"
        "Median (least to greatest); KB of 1000 bytes, headers included, compressed.\n"
        "The CDN of the stock widget view cannot be fetched here and is NOT counted in B, which "
        "favours B.\nB asked for these before it stopped, and would ask for anywidget's module "
        "after them:\n" + "".join(f"- {url}\n" for url in stopped)
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog="Example: .venv/bin/python benchmarks/page_weight.py --runs 3 --output weight.json",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--runs", type=int, default=5, help="loads of each page, and builds (default: 5)"
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
