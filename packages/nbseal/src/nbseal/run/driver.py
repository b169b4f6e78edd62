"""Grade the submissions of a course: prepare, execute in parallel, record."""

from __future__ import annotations

import contextlib
import functools
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbseal.gradebook import verdicts
from nbseal.gradebook.backup import back_up
from nbseal.gradebook.locks import Patience, one_at_a_time
from nbseal.gradebook.opening import usable
from nbseal.gradebook.session import RunGradebook
from nbseal.gradebook.settings import NAME, NoCourseError, opened
from nbseal.gradebook.verdicts import Verdict
from nbseal.machine import brief
from nbseal.plain.worker import NotPlainError, PlainError
from nbseal.reasons import because
from nbseal.run.changes import Changes
from nbseal.run.plan import chosen, plan
from nbseal.run.pool import pool
from nbseal.run.prepared import Prepared, SubmissionError, decide, needs_seal
from nbseal.run.result import NotSealedError, RunResult, raise_fatal, told_in
from nbseal.run.stages import Stages, validators_kept
from nbseal.seal import SealError, why_not

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager

    from nbseal.base.errors import Reason
    from nbseal.collect.submissions import Submission
    from nbseal.run.plan import Plan, Todo
    from nbseal.run.pool import Pool, Running
    from nbseal.run.result import Options, Teller
    from nbseal.seal import Executed

    _InHand = dict[Running, tuple[Prepared, Todo]]

# prepared submissions that wait for each worker: enough to keep it busy, few enough for memory
_AHEAD = 2


def run(folder: Path, assignments: Sequence[str], options: Options, teller: Teller) -> RunResult:
    """Grade what is new or changed, and return what is in the gradebook then.

    Parameters
    ----------
    folder
        nbgrader's course.
    assignments
        Their names; by default those for which anything was handed in.
    options
        How.
    teller
        Told how it goes.

    Raises
    ------
    UserError
        If it cannot begin; then nothing was changed.
    """
    # a relative name means something else once the course is the working folder
    folder = folder.resolve()
    with opened(folder) as app, one_at_a_time(folder), usable(app.coursedir.db_url, folder):
        patience = Patience(teller.say, options.patience)
        gradebook = RunGradebook(app.coursedir.db_url, app.coursedir.course_id, patience)
        with contextlib.closing(gradebook), gradebook.in_place(), validators_kept():
            return _Run(app, gradebook, options, teller).start(assignments)


class _Run:
    def __init__(self, app: Any, gradebook: RunGradebook, options: Options, teller: Teller) -> None:
        self._course = app.coursedir
        self._gradebook = gradebook
        self._options = options
        self._teller = teller
        try:
            self._stages = Stages(app, gradebook)
            self._way = self._stages.way(sealed=options.sealed)
        # nbgrader's and traitlets' own classes differ by what is wrong
        except Exception as error:
            raise NoCourseError(
                f"{Path(self._course.root, NAME)} names a step, or sets a value, that cannot be "
                f"used: {brief(error)}"
            ) from error
        self._report = RunResult()
        self._changes = Changes(self._course, gradebook)
        self._of = 0
        self._ahead: dict[Submission, Prepared] = {}

    def start(self, assignments: Sequence[str]) -> RunResult:
        with self._gradebook.transaction():
            names = chosen(self._gradebook, self._course, assignments)
            planned = plan(self._gradebook, self._course, names, force=self._options.force)
            kept = {(verdict.assignment, verdict.student) for verdict in planned.kept}
            late = ((name, student) for name in names for student in self._stages.late(name))
            # what is kept as it is graded, and loses something else for lateness by now
            planned.late = [pair for pair in late if pair in kept]
        self._of = len(planned.todo) + len(planned.news) + len(planned.late)
        self._report.verdicts = planned.kept
        for verdict in planned.kept:
            # a run that was killed just after its marks were kept had no time for it
            self._stages.settle(verdict.assignment, verdict.student)
        with told_in(self._report):
            self._change(names, planned)
            self._report.told = self._changes.tell()
        return self._report

    def _change(self, names: Sequence[str], planned: Plan) -> None:
        try:
            if self._of:
                self._work_off(names, planned)
        except OSError:
            # the gradebook can still be asked
            self._remark(planned)
            raise
        self._remark(planned)

    def _work_off(self, names: Sequence[str], planned: Plan) -> None:
        with pool(self._options.workers) as to:
            if self._stages.execute:
                self._look_ahead(planned.todo, to)
            self._begin(names)
            for verdict in planned.news:
                self._enter(verdict)
            for assignment, student in planned.late:
                with (
                    self._gradebook.transaction(),
                    self._changes.noted(assignment, student, other=False),
                ):
                    self._stages.penalize(assignment, student)
                self._count()
            self._grade(planned.todo, to)

    def _look_ahead(self, todo: Sequence[Todo], to: Pool) -> None:
        """See to it that the first submission can be executed, before anything is changed."""
        rest = iter(todo)
        for task in rest:
            first = self._ahead[task.submission] = self._prepare(task.submission)
            if first.plain:
                return
            if first.notebooks:
                break
        else:
            return
        if not self._no_seal:
            to.require(self._way, len(todo))
        elif not (
            self._report.verdicts or any(self._prepare(task.submission).plain for task in rest)
        ):
            # there is nobody else of whom anything could be said
            raise NotSealedError(self._no_seal)

    @functools.cached_property
    def _no_seal(self) -> str:
        """Why nothing of a learner's can be executed here; empty if it can."""
        return why_not(sealed=self._options.sealed, hidden=self._way.hidden)

    def _remark(self, planned: Plan) -> None:
        """Say what waits for a person. The table has none of it, since it ends without a run."""
        with self._gradebook.transaction():
            again = {name: self._gradebook.reopened(name) for name in planned.refused}
        for at, verdict in enumerate(self._report.verdicts):
            remarks = [*verdict.remarks]
            if cells := again[verdict.assignment].get(verdict.student):
                remarks.append(f"Marked by a person before: look again at {', '.join(cells)}.")
            reasons = planned.refused[verdict.assignment].get(verdict.student)
            if reasons and verdict.status != "failed":
                remarks.append(" ".join(["Another hand-in was refused.", *map(str, reasons)]))
            self._report.verdicts[at] = replace(verdict, remarks=tuple(remarks))

    def _begin(self, names: Sequence[str]) -> None:
        self._report.backup = back_up(self._gradebook.engine, Path(self._course.root))
        self._gradebook.prepare()
        if self._options.force:
            # a run that is killed leaves the rest to the next one, with or without --force
            with self._gradebook.transaction():
                for name in names:
                    verdicts.forget(self._gradebook.session.connection(), name)

    def _grade(self, todo: Sequence[Todo], to: Pool) -> None:
        """Keep the workers busy: prepare what comes next, record what is done."""
        running: _InHand = {}
        for task in todo:
            while len(running) >= to.workers * (1 + _AHEAD):
                self._take(running, to)
            prepared = self._ahead.pop(task.submission, None) or self._prepare(task.submission)
            if prepared.notebooks and self._stages.execute:
                self._send(prepared, task, running, to)
            else:
                self._finish(prepared, task, {})
        while running:
            self._take(running, to)

    def _send(self, prepared: Prepared, task: Todo, running: _InHand, to: Pool) -> None:
        """Have a submission executed: without a seal what is plain, and nothing else."""
        if prepared.plain:
            running[to.submit_plain(prepared)] = prepared, task
        elif self._no_seal:
            self._fail(prepared, needs_seal(prepared, self._no_seal))
        else:
            running[to.submit(prepared, self._way)] = prepared, task

    def _noted(self, todo: Todo) -> AbstractContextManager[None]:
        if not todo.again:
            return contextlib.nullcontext()
        submission = todo.submission
        return self._changes.noted(submission.assignment, submission.student, other=not todo.same)

    def _take(self, running: _InHand, to: Pool) -> None:
        """Record what is done, as soon as anything is."""
        # what ends the run takes nothing with it
        for future in sorted(to.done(running), key=lambda future: future.exception() is not None):
            prepared, task = running.pop(future)
            error = future.exception()
            if error is None:
                self._finish(prepared, task, future.result())
            elif isinstance(error, NotPlainError):
                prepared.plain, prepared.more = {}, str(error)
                self._send(prepared, task, running, to)
            else:
                raise_fatal(error)
                if isinstance(error, PlainError):
                    raise error
                if isinstance(error, SealError):
                    # where no other can be started either, it is not this one's fault
                    to.require(self._way, 1)
                self._fail(prepared, because("not-executed", error=brief(error)))

    def _prepare(self, submission: Submission) -> Prepared:
        try:
            with self._gradebook.transaction():
                return self._stages.prepare(submission)
        except SubmissionError as error:
            why = error.reason
        except OSError as error:
            raise_fatal(error)
            why = because("not-read", error=brief(error))
        return Prepared(submission=submission, troubles={"": why})

    def _finish(self, prepared: Prepared, todo: Todo, executed: Mapping[str, Executed]) -> None:
        try:
            with self._gradebook.transaction():
                names = self._gradebook.notebooks(prepared.submission.assignment)
                if prepared.notebooks:
                    with self._noted(todo):
                        self._stages.write(prepared, executed, same=todo.same)
                # nothing was run that a seal would hold
                way = replace(self._way, sealed=True) if prepared.plain else self._way
                verdict = decide(prepared, executed, names, todo.fingerprint, way)
                self._note(verdict, new=not prepared.notebooks)
        # one submission's trouble, in nbgrader's steps or in the course's own, stops no other
        except Exception as error:
            raise_fatal(error)
            self._stages.log.exception("%s could not be recorded", prepared.submission)
            self._fail(prepared, because("not-recorded", error=brief(error)))
        else:
            self._stages.settle(verdict.assignment, verdict.student)
            self._tell(verdict)

    def _fail(self, prepared: Prepared, reason: Reason) -> None:
        assignment, student = prepared.submission.assignment, prepared.submission.student
        remarks, sealed = tuple(prepared.remarks), self._way.sealed
        self._enter(Verdict(assignment, student, "failed", (reason,), remarks, sealed=sealed))

    def _enter(self, verdict: Verdict) -> None:
        with self._gradebook.transaction():
            self._note(verdict)
        self._tell(verdict)

    def _note(self, verdict: Verdict, *, new: bool = True) -> None:
        """Enter a verdict, and its learner if new, so that nobody is left out of an export."""
        if new:
            self._gradebook.book.update_or_create_student(verdict.student)
        verdicts.write(self._gradebook.session.connection(), verdict)

    def _tell(self, verdict: Verdict) -> None:
        self._report.verdicts.append(verdict)
        self._report.failed += verdict.status == "failed"
        self._count()

    def _count(self) -> None:
        self._report.now += 1
        self._teller.progress(self._report.now, self._of)
