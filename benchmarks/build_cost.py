"""Measure what builds cost beside an older checkout, and how long `make serve` takes.

Both checkouts build copies of one course, in turn: at first, with the work folder removed, after
one sentence of a lesson, and after its title; what their cells print is there already. The figures
are user and system time of the process and all that it starts, medians of three, so that they hold
on a machine that does other things as well. With ``--serve`` it measures the seconds from save to
page, for which nothing else may run.

``.venv/bin/python benchmarks/build_cost.py OLDER_CHECKOUT``; ``--course`` names a course that both
can build, where the older one cannot build ours.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
COURSE = ("_config.yml", "_toc.yml", "book", "modules", "locale")
FOURPS = [sys.executable, "-P", "-c", "from fourps.cli import app; app()", "book"]
PAGE = "modules/prevention/lesson/debt"
SENTENCE = re.compile(r"(more than in the orchards\.)( Edit \d+\.)?")
TITLE = re.compile(r"^(# .*?)( \d+)?$", re.MULTILINE)
EN, BOTH = ("en",), ("en", "fr")
# what is counted, and at most how much of what it was
TARGETS = {
    "first, both languages": 0.75,
    "work folder removed, both": 0.50,
    "one sentence, English": 0.65,
    "one sentence, both": 0.55,
    "its title, English": 0.50,
}
SECONDS = {EN: 3.0, BOTH: 5.0}


class Checkout(NamedTuple):
    """A checkout, and a copy of the course that it builds."""

    root: Path
    course: Path

    def environment(self) -> dict[str, str]:
        """Return the environment in which its own package is used."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        # kernels are started by name
        path = os.pathsep.join((str(Path(sys.executable).parent), kept["PATH"]))
        return {**kept, "PATH": path, "PYTHONPATH": str(self.root / "src")}

    def words(self, command: str, languages: tuple[str, ...]) -> list[str]:
        """Return a command that builds languages into a folder of theirs."""
        named = [word for code in languages for word in ("--language", code)]
        return [*FOURPS, command, ".", "--output", str(self.output(languages)), *named]

    def output(self, languages: tuple[str, ...]) -> Path:
        """Return where languages are built: beside the course, of which it would be a part."""
        return self.course.with_name("-".join((self.course.name, *languages)))

    def build(self, languages: tuple[str, ...]) -> float:
        """Build, insist that it worked, and return seconds of the processors."""
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(
                self.words("build", languages),
                cwd=self.course,
                env=self.environment(),
                stdout=said,
                stderr=said,
            )
            _, status, used = os.wait4(process.pid, 0)
            said.seek(0)
            if status:
                raise SystemExit(f"{self.root}:\n{said.read().decode()[-3000:]}")
        return used.ru_utime + used.ru_stime

    def forget(self, languages: tuple[str, ...], cells: Path) -> None:
        """Leave nothing of former builds but what cells printed."""
        output = self.output(languages)
        shutil.rmtree(output, ignore_errors=True)
        shutil.copytree(cells, output / ".jupyter_cache")

    def edit(self, pattern: re.Pattern[str], number: int) -> str:
        """Edit a page, and return what is new in it."""
        path = self.course / f"{PAGE}.md"
        text, found = pattern.subn(
            lambda match: (
                f"{match[1]} {'Edit ' * match[1].endswith('.')}{number}"
                f"{'.' * match[1].endswith('.')}"
            ),
            path.read_text("utf-8"),
            count=1,
        )
        if not found:
            raise SystemExit(f"{path} has nothing to edit: has it been written anew?")
        path.write_text(text, "utf-8")
        return f" Edit {number}."


def copied(root: Path, course: Path, target: Path) -> Checkout:
    """Return a checkout with a copy of a course."""
    target.mkdir(parents=True)
    for name in COURSE:
        copy = shutil.copytree if (course / name).is_dir() else shutil.copy2
        copy(course / name, target / name)
    return Checkout(root, target)


def cells_of(one: Checkout) -> Path:
    """Build once, and return a folder with what the cells printed, and nothing else."""
    one.build(BOTH)
    kept = one.course.with_name(f"{one.course.name}-cells")
    shutil.copytree(
        one.output(BOTH) / ".jupyter_cache",
        kept,
        ignore=shutil.ignore_patterns("searches", "notebooks", "pages.pickle"),
    )
    return kept


def costs(both: dict[str, Checkout], rounds: int) -> dict[str, dict[str, list[float]]]:
    """Return the seconds of processors of each checkout, by what was built."""
    found: dict[str, dict[str, list[float]]] = {
        name: {which: [] for which in both} for name in TARGETS
    }
    cells = {which: cells_of(one) for which, one in both.items()}
    first, again, sentence, in_both, title = TARGETS

    def note(name: str, which: str, seconds: float) -> None:
        found[name][which].append(seconds)
        print(f"{name}: {which} {seconds:.2f} s (load {os.getloadavg()[0]:.1f})", file=sys.stderr)

    for _ in range(rounds):
        for which, one in both.items():
            one.forget(BOTH, cells[which])
            note(first, which, one.build(BOTH))
        for which, one in both.items():
            shutil.rmtree(one.output(BOTH) / ".work")
            note(again, which, one.build(BOTH))
    for which, one in both.items():
        one.forget(EN, cells[which])
        one.build(EN)
    for number in range(rounds):
        for name, languages, pattern in (
            (sentence, EN, SENTENCE),
            (title, EN, TITLE),
            (in_both, BOTH, SENTENCE),
        ):
            for which, one in both.items():
                if languages == BOTH:
                    # the title was edited for the other
                    one.build(BOTH)
                one.edit(pattern, 100 * number + len(name))
                note(name, which, one.build(languages))
    return found


def waited(one: Checkout, languages: tuple[str, ...], rounds: int) -> list[float]:
    """Serve a book, and return the seconds from each save to the page."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [*one.words("serve", languages), "--port", str(port)],
            cwd=one.course,
            env=one.environment(),
            stdout=said,
            stderr=said,
        )
        try:
            _until(partial(_page, port), 300)
            found = []
            for number in range(rounds + 1):
                # so that it has settled
                time.sleep(3)
                new = one.edit(SENTENCE, 1000 + number)
                began = time.perf_counter()
                _until(partial(_shows, port, new), 120)
                found.append(time.perf_counter() - began)
                print(
                    f"from save to page, {'-'.join(languages)}: {found[-1]:.2f} s "
                    f"(load {os.getloadavg()[0]:.1f})",
                    file=sys.stderr,
                )
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)
    # the first loads what those after it have
    return found[1:]


def _page(port: int) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", f"/{PAGE}.html")
        return connection.getresponse().read().decode()
    except (OSError, HTTPException):
        return ""
    finally:
        connection.close()


def _shows(port: int, text: str) -> bool:
    return text in _page(port)


def _until(happens: Callable[[], object], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not happens():
        if time.monotonic() > deadline:
            raise SystemExit("The page did not come.")
        time.sleep(0.05)


def main() -> None:
    """Print a table, and what misses its target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("older", type=Path, help="a checkout")
    parser.add_argument("--course", type=Path, default=ROOT)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--serve", action="store_true", help="measure `make serve` alone")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        new = copied(ROOT, given.course, Path(name, "new"))
        if given.serve:
            for languages, most in SECONDS.items():
                middle = statistics.median(waited(new, languages, given.rounds))
                kept = "within" if middle <= most else "MISSES"
                print(f"from save to page, {'-'.join(languages)}: {middle:.2f} s, {kept} {most:g}")
            return
        old = copied(given.older.resolve(), given.course, Path(name, "old"))
        found = costs({"old": old, "new": new}, given.rounds)
    print("| seconds of the processors | older | this | ratio | at most |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, most in TARGETS.items():
        before, now = (statistics.median(found[name][which]) for which in ("old", "new"))
        print(f"| {name} | {before:.1f} | {now:.1f} | {now / before:.2f} | {most:.2f} |")


if __name__ == "__main__":
    main()
