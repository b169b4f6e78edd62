"""How a run of the tests goes: where its chance is from, in which order files run, and what it says of itself.

There is no chance in ``make test``, and a seed of each run in ``make prove``. Without a seed hypothesis draws
the same examples each time, so that a run that was green stays green. With one (``--hypothesis-seed``) it
draws others, and more; so does whoever asks for the fixture ``seed``. A test that fails then says with
which command it fails again.

Two workers take file after file. The longest come first, so that none is left alone at the end; how
long each takes is what a whole run measured before, in ``_build/tests/durations.csv`` or else in
``tests/durations.csv``, which is under git.
"""

from __future__ import annotations

import csv
import gc
import io
import os
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping


ROOT = Path(__file__).parents[2]
MEASURED = ROOT / "_build" / "tests" / "durations.csv"
KNOWN = ROOT / "tests" / "durations.csv"
# seconds of a file that nobody has measured
_UNKNOWN = 2.0
# seconds of tests before those in a browser, in which the book that they open is built
_BOOK = 240.0
_EVERY = 20.0
_SLOWEST = 10
_SEED = "--hypothesis-seed"
# a loaded machine is slow, which is no fault of the test
_ALWAYS = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
_EXAMPLES = 1_000
# on another Python, where they have been drawn in full on this one
_FEW = 20


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect the tests, look for no garbage meanwhile, and never again among what is there then.

    Tests, fixtures and loaded libraries stay to the end of a run; Python looked through them time and again.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_configure(config: pytest.Config) -> None:
    """Choose how hypothesis draws; have the process that shows the run, not its workers, say how it goes."""
    settings.register_profile("same", derandomize=True, **_ALWAYS)
    settings.register_profile("few", derandomize=True, max_examples=_FEW, **_ALWAYS)
    settings.register_profile("chance", print_blob=True, max_examples=_EXAMPLES, **_ALWAYS)
    if config.getoption("--hypothesis-profile", default=None) is None:
        settings.load_profile("same" if config.getoption(_SEED) is None else "chance")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Progress(config), "fourps-progress")


def pytest_report_header(config: pytest.Config) -> str:
    """Say which seed the run has."""
    seed = config.getoption(_SEED)
    return "no chance: random tests draw the same each time" if seed is None else f"seed {seed}"


@pytest.fixture(scope="session")
def seed(request: pytest.FixtureRequest) -> int:
    """Return the seed of the run."""
    return int(request.config.getoption(_SEED) or 0)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Say beside a failure how to have it again."""
    report = yield
    if report.failed and call.when == "call":
        seed = item.config.getoption(_SEED)
        words = "" if seed is None else f" {_SEED}={seed}"
        report.sections.append(("Again", f".venv/bin/pytest -m ''{words} '{item.nodeid}'"))
    return report


def read(*paths: Path) -> dict[str, float]:
    """Return the seconds of each file of tests, from the first table that is there and whole."""
    for path in paths:
        with suppress(OSError, ValueError, KeyError), path.open(encoding="utf-8") as file:
            return {row["file"]: float(row["seconds"]) for row in csv.DictReader(file)}
    return {}


def write(seconds: Mapping[str, float], path: Path) -> None:
    """Write a table of seconds, the slowest file first."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["seconds", "file"])
    table.writerows([f"{took:.1f}", name] for name, took in slowest(seconds))
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(f".{os.getpid()}")
    new.write_text(text.getvalue(), "utf-8")
    new.replace(path)


def slowest(seconds: Mapping[str, float]) -> list[tuple[str, float]]:
    """Return files and their seconds, the slowest first."""
    return sorted(((name, took) for name, took in seconds.items()), key=lambda row: (-row[1], row))


def ordered(names: Iterable[str], known: Mapping[str, float]) -> list[str]:
    """Return files in the order in which they should start.

    Examples
    --------
    >>> ordered(["a", "tests/e2e/b", "c"], {"a": 1, "tests/e2e/b": 300, "c": 250})
    ['c', 'tests/e2e/b', 'a']
    """
    rest = sorted(names, key=lambda name: (-known.get(name, _UNKNOWN), name))
    first = []
    before = 0.0
    for name in rest:
        if before < _BOOK and not name.startswith("tests/e2e/"):
            first.append(name)
            before += known.get(name, _UNKNOWN)
    return first + [name for name in rest if name not in first]


def file_of(nodeid: str) -> str:
    """Return the file of a test."""
    return nodeid.partition("::")[0]


def clock(seconds: float) -> str:
    """Return a time as people say it.

    Examples
    --------
    >>> clock(59.6), clock(754)
    ('1 min 00 s', '12 min 34 s')
    """
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first. Each worker does it, and all in the same way."""
    known = read(MEASURED, KNOWN)
    order = ordered({file_of(test.nodeid) for test in items}, known)
    place = {name: number for number, name in enumerate(order)}
    items.sort(key=lambda test: place[file_of(test.nodeid)])


class Progress:
    """Says every so often how far a run is, and at its end which files took longest.

    Parameters
    ----------
    config
        Of the run.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._known = read(MEASURED, KNOWN)
        self._seconds: Counter[str] = Counter()
        self._done: Counter[str] = Counter()
        self._of: Counter[str] = Counter()
        self._began = self._said = time.monotonic()

    @property
    def _say(self) -> pytest.TerminalReporter:
        reporter = self._config.pluginmanager.get_plugin("terminalreporter")
        assert isinstance(reporter, pytest.TerminalReporter)
        return reporter

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """Count the tests of each file; every worker finds the same."""
        self._count(ids)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Count the tests of each file where there are no workers."""
        self._count([test.nodeid for test in session.items])

    def _count(self, ids: Iterable[str]) -> None:
        if not self._of:
            self._of.update(map(file_of, ids))
            self._began = time.monotonic()

    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        """Leave out the dots: a line now and then says more."""
        if report.when == "call" and report.passed and self._config.get_verbosity() < 1:
            return "passed", "", ""
        return None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up, and say where the run is."""
        name = file_of(report.nodeid)
        self._seconds[name] += report.duration
        if report.failed and self._config.get_verbosity() < 1:
            self._say.write_line(f" {report.nodeid} ({report.when})")
        if report.when != "teardown":
            return
        self._done[name] += 1
        now = time.monotonic()
        if now - self._said >= _EVERY:
            self._said = now
            self._say.write_line(self.line(now - self._began))

    def line(self, elapsed: float) -> str:
        """Return how far the run is after so many seconds."""
        whole = {name: self._known.get(name, _UNKNOWN) for name in self._of}
        done = sum(whole[name] * self._done[name] / of for name, of in self._of.items())
        share = done / max(sum(whole.values()), 1e-9)
        left = f"about {clock(elapsed / share - elapsed)} left" if share > 0.02 else "just begun"
        tests = f"{self._done.total():,} of {self._of.total():,} tests"
        return f"{share:4.0%}  {tests}, {clock(elapsed)} so far, {left}"

    def pytest_terminal_summary(self) -> None:
        """Name the slowest files; keep all of them if nothing was left out."""
        rows = slowest(self._seconds)[:_SLOWEST]
        self._say.section("slowest files")
        for name, took in rows:
            self._say.write_line(f"{took:7.1f} s  {name}")
        if self._done == self._of and _whole(self._config):
            write(self._seconds, MEASURED)


def _whole(config: pytest.Config) -> bool:
    """Say whether nobody chose among the tests, but for what `make prove` alone has."""
    chosen = config.getoption("keyword") or config.getoption("lf", default=False)
    chosen = chosen or config.getoption("markexpr") not in ("", "not prove")
    return config.args_source == pytest.Config.ArgsSource.TESTPATHS and not chosen
