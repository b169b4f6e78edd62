"""``nbseal run``."""

from __future__ import annotations

import gc
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Self

import typer

from nbseal.base.from_outside import several
from nbseal.base.profile import profile, typed
from nbseal.cli.printing import Course, bar, counted, errors, fail, say

if TYPE_CHECKING:
    from nbseal.run.changes import Told
    from nbseal.run.result import RunResult

_UNSAFE = (
    "UNSAFE: learners' code runs with your rights. It can read, change and delete your files and "
    "this gradebook. The gradebook will say of each submission that it was not sealed."
)
_WORDS = {"graded": "graded", "partly": "partly graded", "failed": "failed", "missing": "missing"}
_EACH = 10.0
# marks that moved, in the terminal; the file has them all
_MOST = 40


class _Teller:
    """Shows a bar in a terminal, and elsewhere a line now and then."""

    def __init__(self) -> None:
        from rich import progress

        self._bar = bar(
            progress.TextColumn("Grading"),
            progress.BarColumn(),
            progress.MofNCompleteColumn(),
            progress.TimeElapsedColumn(),
            progress.TextColumn("left:"),
            progress.TimeRemainingColumn(),
        )
        self._task = self._bar.add_task("", total=None)
        self._start = self._said = time.monotonic()

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def say(self, text: str) -> None:
        say(text, to=self._bar.console)

    def progress(self, done: int, of: int) -> None:
        self._bar.update(self._task, completed=done, total=of)
        now = time.monotonic()
        if self._bar.disable and now - self._said >= _EACH:
            self._said = now
            left = (now - self._start) / done * (of - done)
            self.say(f"{done} of {of} graded; about {left:.0f} seconds left ...")


def run_command(
    assignments: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ASSIGNMENT]...", help="By default all for which anything was handed in."
        ),
    ] = None,
    course: Course = Path(),
    workers: Annotated[
        int,
        typer.Option(
            min=1, help="Notebooks at a time on this machine.", show_default="one a processor"
        ),
    ] = os.cpu_count() or 1,
    *,
    force: Annotated[
        bool, typer.Option("--force", help="Grade again also what is graded and unchanged.")
    ] = False,
    unsafe: Annotated[
        bool, typer.Option("--unsafe", help="Run learners' code unsealed, with all your rights.")
    ] = False,
) -> None:
    """Grade what is new or changed, sealed and in parallel. Example: nbseal run ps1.

    Works on any nbgrader course. Manual marks and comments stay. Run it again after whatever ended
    it: it goes on where it was. The exit status is 1 unless everything is graded.
    """
    from nbseal.run.driver import run
    from nbseal.run.result import Options
    from nbseal.seal import why_not

    # what is loaded by now stays: with each look at it, seconds would go by in a long run
    gc.freeze()
    # where nothing runs at all, nothing runs with anybody's rights
    if unsafe and not why_not(sealed=False):
        say(_UNSAFE, style="bold red", to=errors)
    options = Options(workers, sealed=not unsafe, force=force)
    try:
        with _Teller() as teller:
            report = run(course, assignments or [], options, teller)
    except KeyboardInterrupt:
        raise fail("Stopped. What is graded is kept; run again to go on.") from None
    _summary(report)
    if not report.complete:
        raise typer.Exit(1)


def _summary(report: RunResult) -> None:
    """Print how many there are of each kind, and each that a person should look at."""
    for name in sorted({verdict.assignment for verdict in report.verdicts}):
        verdicts = [verdict for verdict in report.verdicts if verdict.assignment == name]
        statuses: list[str] = [verdict.status for verdict in verdicts]
        counts = [(word, statuses.count(status)) for status, word in _WORDS.items()]
        say(f"{name}: {', '.join(f'{number} {word}' for word, number in counts if number)}.")
        for verdict in sorted(verdicts, key=lambda verdict: verdict.student):
            sentences = [f"{_WORDS[verdict.status]}. {verdict.reason}"] if verdict.reason else []
            sentences += ["It was not sealed."] if not verdict.sealed else []
            if sentences or verdict.remarks:
                say(f"  {verdict.student}: {' '.join((*sentences, *verdict.remarks))}")
    if not (report.verdicts or report.stopped):
        say("Nothing was handed in.")
    if report.backup and report.now:
        say(f"{_now(report)}. The gradebook as it was before: {report.backup}")
    _changes(report.told)
    if report.stopped:
        say(report.stopped, style="bold red", to=errors)


def _now(report: RunResult) -> str:
    """Say how many were decided in this run, and of how many nothing is."""
    decided = report.now - report.failed
    failed = [f"{report.failed} failed"] if report.failed else []
    if decided or not failed:
        return ", ".join([f"{decided} decided now", *failed])
    return f"{report.failed} failed now"


def _changes(told: Told) -> None:
    """Print which marks moved, and what became of that which said the marks of before."""
    from nbseal.gradebook.marks import shown

    if told.moved:
        moved = counted(len(told.moved), "mark")
        say(f"{moved} changed. All are in {told.table}:")
    lines = [
        f"  {mark.student}: {mark.assignment}/{mark.notebook}, {mark.cell}: {shown(mark.old)} "
        f"before, {shown(mark.new)} now"
        for mark in told.moved
    ]
    say(*lines, most=_MOST)
    for name in sorted({name for name, _ in told.withdrawn}):
        learners = several((who for assignment, who in told.withdrawn if assignment == name), _MOST)
        again = typed(f"feedback {name}")
        say(f"Feedback taken away, since it is of before: {learners}. Again: {again}")
    if told.certificates:
        files = several(map(str, told.certificates), _MOST)
        say(profile().outdated.format(files))
