"""One notebook in two children: a learner's, and a marker that no learner's code reaches.

First the learner's process runs every cell but the checks. Where a check stands it tells the
values of the names that the check uses; and if a function is among them, it leaves a copy of itself
behind before anything can change what a call does. Then a fresh process, the marker, runs the
checks. It alone gets their text. When one calls a function, it asks the copy for it, directly. By
then no cell of the notebook has anything more to show, so what a hidden try passes in comes up
nowhere.
"""

from __future__ import annotations

import contextlib
import functools
import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nbgrader.utils import is_grade, is_solution

from nbseal.base.cells import grade_id
from nbseal.base.profile import profile
from nbseal.inside.plain_values import LARGEST
from nbseal.marker import checks
from nbseal.marker.learner_calls import AnswerEndedError
from nbseal.reasons import because
from nbseal.seal.one_child import NAMES, StoppedError, Talk, left_out
from nbseal.seal.outputs import BadReplyError, Executed, Outputs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from nbseal.inside.limits import Limits
    from nbseal.seal.one_child import Children

# what is kept of all names of a notebook together, and of one frame: text within JSON is longer
_MOST_KEPT = 16 * LARGEST
_FRAME = 2 * LARGEST + (1 << 20)
# of the time of a notebook, at least for its checks
_FOR_CHECKS = 0.2


@dataclass
class _Check:
    """A check that waits for the marker."""

    count: int
    """The number of its cell, as a kernel counts."""
    names: list[str]
    """What it may ask for."""
    values: str
    """What the learner's process said of them."""
    connection: socket.socket
    """To the copy that the learner's process left for it."""


class TwoChildren:
    """One notebook in two children.

    Parameters
    ----------
    worker
        What starts, interrupts and ends them.
    limits
        For times and sizes.
    cells
        Of the notebook, with nbgrader's metadata as it was released.
    order
        Names of checks and read-only cells as they were released. By default they count as they
        stand in the notebook, where a learner can move them and ask that some are not run.
    language
        In which checks speak to the learner.
    seconds
        How long each of the cells may take; by default as long as the limits have it.
    """

    def __init__(
        self,
        worker: Children,
        limits: Limits,
        cells: Any,
        order: Sequence[str] = (),
        *,
        language: str = "en",
        seconds: Sequence[int] = (),
    ) -> None:
        self._worker = worker
        self._limits = limits
        self._cells = cells
        self._seconds = seconds or [limits.cell_seconds] * len(cells)
        self._order = {name: number for number, name in enumerate(order)}
        self._environment = {profile().language_variable: language}
        self._outputs = Outputs(len(cells))
        self._checks: dict[int, _Check] = {}
        self._count = 0
        self._kept = 0
        self._end = time.monotonic() + limits.total_seconds

    def execute(self, files: Mapping[str, bytes], own: Collection[str]) -> Executed:
        """Run all cells, then all checks.

        Parameters
        ----------
        files
            What lies beside the notebook.
        own
            Which of them are the course's own.
        """
        with self._worker.child("l") as connection, contextlib.ExitStack() as stack:
            talk = Talk(self._worker, "l", connection, self._limits, self._end)
            stopped = self._learn(talk, files, stack)
            if self._checks:
                known = {name: files[name] for name in own if name in files}
                stopped = self._mark(known, stopped) or stopped
        cells = self._outputs.of(self._cells)
        if stopped:
            return Executed(cells, stopped.kind, stopped.reason, marked=True)
        return Executed(cells, late=tuple(self._outputs.interrupted), marked=True)

    def _learn(
        self, talk: Talk, files: Mapping[str, bytes], stack: contextlib.ExitStack
    ) -> StoppedError | None:
        """Run the cells, and look what the checks will need."""
        stopped = talk.give(files)
        for index, cell in enumerate(self._cells):
            if cell.cell_type != "code":
                continue
            if stopped:
                self._outputs.error(index, "NotExecuted", stopped.reason)
            elif _claims(cell):
                # nbgrader would give it marks for saying nothing
                self._outputs.error(index, "NotExecuted", because("not-run"))
            elif cell.source.strip() and not left_out(cell):
                stopped = self._turn(talk, index, cell, stack)
        return stopped or (self._end_cells(talk) if self._checks else None)

    def _end_cells(self, talk: Talk) -> StoppedError | None:
        """Have the learner's process run no more cells, and answer calls."""

        def hear(frame: Any) -> bool:
            if frame != ["end"]:
                raise BadReplyError
            return True

        try:
            talk.ask({"kind": "end"}, hear)
        except StoppedError as error:
            return error
        return None

    def _turn(
        self, talk: Talk, index: int, cell: Any, stack: contextlib.ExitStack
    ) -> StoppedError | None:
        self._count += 1
        try:
            # locked, so that its text is not the learner's
            if is_grade(cell) and not is_solution(cell) and _is_locked(cell):
                self._checks[index] = self._look(talk, index, stack)
            else:
                self._run(talk, index, {"kind": "cell", "source": cell.source})
        except StoppedError as stopped:
            error = stopped
            if error.kind == "memory" and self._worker.took_too_much("l") and self._checks:
                error = self._copies(index)
            self._outputs.error(index, NAMES[error.kind], error.reason)
            # the copies that it has left go on
            self._worker.end_child("l")
            return error
        return None

    def _copies(self, index: int) -> StoppedError:
        """Return what is said where copies of the learner's process outgrew its memory."""
        about = {"cell": index + 1, "memory": self._limits.memory_mb}
        return StoppedError("memory", because("copies", **about))

    def _look(self, talk: Talk, index: int, stack: contextlib.ExitStack) -> _Check:
        told: list[str] = []

        def hear(frame: Any) -> bool:
            match frame:
                case ["values", str(text)]:
                    told.append(text)
                    return True
            raise BadReplyError

        names, imports = _asked(self._cells[index].source)
        ours, theirs = socket.socketpair()
        stack.enter_context(ours)
        with theirs:
            request = {"kind": "look", "names": names, "imports": imports}
            talk.ask(request, hear, [theirs.fileno()], most=_FRAME)
        self._kept += len(told[0])
        if self._kept > _MOST_KEPT:
            raise StoppedError("output", because("output"))
        return _Check(self._count, names, told[0], ours)

    def _in_order(self) -> Iterator[tuple[int, _Check, list[str]]]:
        """Return the checks as they were released, each with the read-only cells before it."""
        places = [self._order.get(grade_id(cell), len(self._order)) for cell in self._cells]
        released: list[str] = []
        for index in sorted(range(len(places)), key=places.__getitem__):
            if index in self._checks:
                yield index, self._checks[index], released
                released = []
            elif self._counts(self._cells[index]):
                released.append(self._cells[index].source)

    def _counts(self, cell: Any) -> bool:
        """Say whether a cell binds names in the marker."""
        asked = grade_id(cell) in self._order if self._order else not left_out(cell)
        return asked and _is_released(cell)

    def _mark(self, files: Mapping[str, bytes], before: StoppedError | None) -> StoppedError | None:
        """Run the checks in the marker."""
        end = max(self._end, time.monotonic() + _FOR_CHECKS * self._limits.total_seconds)
        # what ended the copies, which are for calls: checks that make none go on
        full = before if before and self._worker.took_too_much("l") else None
        with self._worker.child("m") as connection:
            talk = Talk(self._worker, "m", connection, self._limits, end)
            stopped = talk.give(files)
            for index, check, released in self._in_order():
                if stopped:
                    self._outputs.error(index, "NotExecuted", stopped.reason)
                    continue
                try:
                    request = _request(check, released, self._cells[index].source)
                    self._run(talk, index, request | {"environment": self._environment}, check)
                except StoppedError as error:
                    stopped = error
                    self._outputs.error(index, NAMES[error.kind], error.reason)
                self._outputs.marked(index)
                full = self._without_an_answer(index, full)
        return stopped or full

    def _without_an_answer(self, index: int, full: StoppedError | None) -> StoppedError | None:
        """Have a check say if it was for memory that nobody answered it; return why."""
        for output in self._outputs.cells[index].outputs:
            if output.get("ename") == AnswerEndedError.__name__:
                if full is None and self._worker.took_too_much("l"):
                    full = self._copies(index)
                if full:
                    output.evalue = str(full.reason)
                    output.traceback = [f"{output.ename}: {full.reason}"]
        return full

    def _run(
        self, talk: Talk, index: int, request: dict[str, Any], check: _Check | None = None
    ) -> None:
        replies: list[dict[str, Any]] = []

        def hear(frame: Any) -> bool:
            reply = self._outputs.add(index, frame)
            replies.extend([reply] if reply is not None else [])
            return reply is not None

        self._outputs.start()
        given, seconds = [check.connection.fileno()] if check else None, self._seconds[index]
        if talk.ask(request, hear, given, seconds=seconds):
            self._outputs.late(index, seconds)
        elif check and not (replies[-1].get("error") or replies[-1].get("ended") is True):
            self._outputs.error(index, "NotExecuted", because("not-run"))


@functools.lru_cache(1_000)
def _asked(source: str) -> tuple[list[str], list[str]]:
    """Return what a check asks for and imports: the same for each learner."""
    return checks.names(source), checks.shown_imports(source)


def _request(check: _Check, released: list[str], source: str) -> dict[str, Any]:
    about = {"count": check.count, "released": released, "names": check.names}
    return {"kind": "check", "source": source, "values": check.values, **about}


def _claims(cell: Any) -> bool:
    """Say whether a cell that learners can change is marked by what it says."""
    return is_grade(cell) and not is_solution(cell) and not _is_locked(cell)


def _is_released(cell: Any) -> bool:
    if cell.cell_type != "code":
        return False
    return not is_grade(cell) and not is_solution(cell) and _is_locked(cell)


def _is_locked(cell: Any) -> bool:
    about = cell.metadata.get("nbgrader", {})
    return bool(about.get("locked")) and bool(about.get("grade_id"))
