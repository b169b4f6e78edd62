"""Runs the checks that a released exercise shows, and says in words what they and errors mean."""

from __future__ import annotations

import logging
import os
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from fourps.course import saying
from fourps.course.files import content_root
from fourps.course.mime import LANGUAGE
from fourps.exercise.messages import messages
from fourps.handin.released_exercise import counting, language_of, marks, read, turned
from fourps.learn.about_exercise import beside
from fourps.learn.explain import error_of, explain, own_errors, printed
from nbseal.base.notebook_file import load

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from fourps.course.saying import Saying
    from fourps.handin.released_exercise import ReleasedCell, ReleasedExercise


Status = Literal[
    "passed",
    "partly",
    "failed",
    "not started",
    "changed",
    "missing",
    "not run",
    "written",
    "to write",
]
_QUIET = logging.getLogger("fourps.learn.validate")
_QUIET.addHandler(logging.NullHandler())
_QUIET.propagate = False


@dataclass(frozen=True)
class _Speech:
    """What is said to a learner, and in which language."""

    language: str
    words: Mapping[str, str]
    say: Saying
    """Gives what the exercise's own checks say."""


@dataclass(frozen=True)
class Result:
    """What came of one graded cell."""

    name: str
    """What the learner can find the cell by."""
    status: Status
    """``passed``; ``partly`` (some of the points); ``failed``; ``not started`` (the answers are as
    released); ``changed`` (the check is not the released one); ``missing``; ``not run``; or, where
    a person marks the cell, ``written`` or ``to write``."""
    message: str = ""
    """What failed, or what to do."""
    points: float = 0
    earned: float = 0
    """What the cell is worth, and what the check that is shown gave."""

    @property
    def fails(self) -> bool:
        """Whether a check did not pass; what a person marks has none."""
        return self.status not in ("passed", "written", "to write")


@dataclass
class Validation:
    """What came of an exercise."""

    release: ReleasedExercise
    """The exercise."""
    language: str
    words: Mapping[str, str]
    """The language in which all of it is said."""
    results: list[Result] = field(default_factory=list)
    """One for each graded cell, in the order of the release."""
    errors: list[str] = field(default_factory=list)
    """One sentence for each of the learner's own cells that stopped with an error, or that has
    become text."""
    remarks: list[str] = field(default_factory=list)
    """One sentence for each cell that is there more than once, and for each module beside the
    notebook that it imports."""

    @property
    def passed(self) -> bool:
        """Whether every check that is shown passed."""
        return not self.errors and not any(result.fails for result in self.results)


def validate(
    path: Path,
    seconds: int = 60,
    progress: Callable[[int, int], None] | None = None,
    language: str = "",
) -> Validation:
    """Run an exercise in a fresh kernel in its own folder, and say what came of each graded cell.

    Nothing is written: the notebook stays as it is.

    Parameters
    ----------
    path
        The learner's notebook.
    seconds
        How long one cell may take.
    progress
        Called with the number of the code cell that begins, and how many there are.
    language
        Of what is said; by default the notebook's.
    """
    notebook = load(path)
    release = read(notebook)
    language = language or language_of(notebook)
    say = saying.exercise(content_root(), release.exercise, language)
    speech = _Speech(language, messages(language), say)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
            if marks(cell).get("grade"):
                # whatever it asks for, it is run here as it is where it is marked
                cell.metadata.pop("tags", None)
    told = progress or (lambda _number, _count: None)
    stopped = _run(notebook, path.parent, seconds, told, speech)
    counts, copied = counting(notebook, release, speech.words)
    modules = beside(notebook, path.parent, speech.words)
    validation = Validation(release, speech.language, speech.words, remarks=[*copied, *modules])
    cells = {name: notebook.cells[place] for name, place in counts.items()}
    started = _started(notebook, release, counts)
    validation.results = [
        _judge(released, cells.get(released.grade_id), notebook, started, speech)
        for released in release.cells
        if released.graded
    ]
    validation.errors = [
        *turned(notebook, release, counts, speech.words),
        *own_errors(notebook, release, speech.words),
    ]
    if stopped:
        validation.errors.append(stopped)
    return validation


def _run(
    notebook: Any, folder: Path, seconds: int, progress: Callable[[int, int], None], speech: _Speech
) -> str:
    """Run every code cell; return why it ended early, or nothing."""
    client = NotebookClient(
        notebook,
        timeout=seconds,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
        log=_QUIET,
    )
    code = [
        (index, cell)
        for index, cell in enumerate(notebook.cells)
        if cell.cell_type == "code" and cell.source.strip()
    ]
    # what a cell writes past Python's own streams must not reach the learner's terminal
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with client.setup_kernel(env={**os.environ, LANGUAGE: speech.language}, **streams):
        for number, (index, cell) in enumerate(code, 1):
            progress(number, len(code))
            try:
                client.execute_cell(cell, index, execution_count=number)
            except CellTimeoutError:
                return speech.words["slow-cell"].format(number=number, seconds=seconds)
            except DeadKernelError:
                return speech.words["ended-cell"].format(number=number)
    return ""


def _started(
    notebook: Any, release: ReleasedExercise, counts: Mapping[str, int]
) -> dict[str, bool]:
    """Say for each graded cell whether an answer that stands before it was changed.

    Those answers are the ones between it and the check before it; when two checks follow each
    other, they look at the same answers.
    """
    known = release.by_id
    result: dict[str, bool] = {}
    group: list[bool] = []
    closed = False
    for place, cell in enumerate(notebook.cells):
        grade_id = marks(cell).get("grade_id", "")
        released = known.get(grade_id)
        if released is None or counts[grade_id] != place:
            continue
        if released.answer:
            group, closed = ([] if closed else group), False
            group.append(not released.unchanged(cell.source))
        else:
            closed = True
        result[grade_id] = any(group) or not group
    return result


def _judge(
    released: ReleasedCell, cell: Any, notebook: Any, started: dict[str, bool], speech: _Speech
) -> Result:
    name, words = released.called(speech.words, speech.language), speech.words
    if cell is None:
        return Result(name, "missing", words["cell-deleted"], released.points)
    if released.answer or marks(cell).get("task"):
        written = not released.answer or not released.unchanged(cell.source)
        return Result(name, "written" if written else "to write", "", released.points)
    if not released.unchanged(cell.source):
        return Result(name, "changed", words["check-changed"], released.points)
    if cell.cell_type != "code":
        return Result(name, "changed", words["check-text"], released.points)
    if cell.execution_count is None:
        return Result(name, "not run", words["check-unreached"], released.points)
    failure = error_of(cell)
    earned = 0.0 if failure else _earned(cell, released.points)
    if earned == released.points and not failure:
        return Result(name, "passed", "", released.points, earned)
    if not started.get(released.grade_id, True):
        return Result(name, "not started", words["answer-untouched"], released.points)
    message = explain(failure, notebook, words, speech.say) if failure else printed(cell, words)
    status: Status = "partly" if earned else "failed"
    return Result(name, status, message, released.points, earned)


def _earned(cell: Any, points: float) -> float:
    """Return the points that a check gave: nbgrader reads a number as partial credit."""
    shown = [output.data.get("text/plain", "") for output in cell.outputs if "data" in output]
    for text in reversed(shown):
        try:
            return min(max(float(text), 0.0), points)
        except ValueError:
            continue
    return points
