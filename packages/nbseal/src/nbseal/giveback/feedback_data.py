"""What a learner's page of feedback says, from the gradebook and the notebooks that were marked."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from nbgrader.utils import is_grade, is_solution, is_task

from nbseal.base.about import AboutTask
from nbseal.base.cells import grade_id
from nbseal.base.profile import profile
from nbseal.base.rubric import LEVELS
from nbseal.base.words import PAGE
from nbseal.gradebook import decisions, verdicts
from nbseal.gradebook.marks import read_marks
from nbseal.gradebook.opening import gradebook

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from nbseal.base.about import AboutAssignment
    from nbseal.base.rubric import Rubric
    from nbseal.giveback.feedback_page import CriterionData, FeedbackData, TaskData
    from nbseal.gradebook.decisions import Decision
    from nbseal.gradebook.marks import Marks
    from nbseal.gradebook.settings import CourseFolder
    from nbseal.gradebook.verdicts import Verdict

_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)
_TITLE = re.compile(r"^#\s+(.*?)\s*#*$", re.MULTILINE)
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Marked:
    """What a gradebook has of an assignment, read once for all learners."""

    assignment: str
    marks: Mapping[str, Marks] = field(default_factory=dict)
    """By learner, like what follows."""
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    decided: Mapping[tuple[str, str], Decision] = field(default_factory=dict)
    """By learner and cell."""
    stopped: frozenset[tuple[str, str]] = frozenset()
    """Texts at which somebody stopped, by learner and cell."""

    def stopped_of(self, learner: str) -> set[str]:
        """Return the cells of a learner at which somebody stopped: a person speaks about them."""
        return {cell for name, cell in self.stopped if name == learner}

    def why_not(self, learner: str) -> str:
        """Return why a learner gets nothing yet; nothing if there is no reason."""
        marks = self.marks[learner]
        waiting = [cell for cell in marks.waiting if cell not in self.stopped_of(learner)]
        if marks.trouble or not waiting:
            return marks.trouble
        return f"to be marked by hand: {', '.join(waiting)}"


def read_marked(course: CourseFolder, assignment: str) -> Marked:
    """Read what a gradebook has of an assignment."""
    with gradebook(course) as book:
        connection = book.db.connection()
        return Marked(
            assignment,
            {marks.learner: marks for marks in read_marks(book, assignment)},
            verdicts.read(connection, assignment),
            decisions.latest(connection, assignment),
            frozenset(
                (student, cell) for student, _, cell in decisions.stopped(connection, assignment)
            ),
        )


def page_name(notebooks: Iterable[str]) -> str:
    """Return the name of the page beside those of an assignment's notebooks.

    Examples
    --------
    >>> page_name(["one"]), page_name(["feedback"])
    ('feedback.html', 'feedback-1.html')
    """
    return "feedback-1.html" if "feedback" in notebooks else "feedback.html"


class Lines(NamedTuple):
    """Where a rubric's own lines come from, once they may be told."""

    folder: Any
    """nbgrader's."""
    told: bool


def feedback_data(
    marked: Marked,
    learner: str,
    notebooks: Mapping[str, Any],
    pages: Collection[str],
    rubrics: Lines,
    *,
    untouched: Collection[tuple[str, str]] = (),
) -> FeedbackData:
    """Return what the page of a learner says.

    Parameters
    ----------
    marked
        What the gradebook has.
    learner
        Whose page it is.
    notebooks
        As they were marked, by name, without hidden tests and in the learner's language.
    pages
        Names of the pages of notebooks that lie beside it.
    rubrics
        Where rubrics lie, and whether the page may quote them.
    untouched
        Notebook and cell of each answer that is as it was released: there is nothing to show of it.
        A task that wants a program is left out where it was not begun, and no other code is there.
    """
    course, marks = profile(), marked.marks[learner]
    language = next((course.language_of(book) for book in notebooks.values()), "en")
    about, words = course.about(marked.assignment, language), course.words(language)
    standing = course.standing(marks, language)
    tasks = _Tasks(marked, marks, about, language, rubrics, untouched)
    for name, notebook in notebooks.items():
        tasks.read(name, notebook, alone=len(notebooks) == 1)
    verdict = marked.verdicts.get(learner)
    why = verdict.reasons if verdict and verdict.status != "graded" else ()
    return {
        "language": language,
        "words": {key: words.get(key, text) for key, text in PAGE.items()},
        "title": about.title or _title(notebooks) or marked.assignment,
        "learner": learner,
        "points": marks.points,
        "most": marks.maximum,
        "late": marks.penalty,
        "parts": [
            {"name": one.name, "points": one.points, "most": one.most} for one in standing.parts
        ],
        "notes": [*standing.notes],
        "troubles": [reason.said(words) for reason in why],
        "notebooks": [*pages],
        "tasks": tasks.done(programs=bool(pages)),
    }


@dataclass
class _Tasks:
    """The tasks of a learner, in the order of the notebooks."""

    marked: Marked
    marks: Marks
    about: AboutAssignment
    language: str
    rubrics: Lines
    untouched: Collection[tuple[str, str]]
    _found: dict[str, TaskData] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)
    _open: str = ""
    _unbegun: set[str] = field(default_factory=set)

    def read(self, name: str, notebook: Any, *, alone: bool) -> None:
        """Take what a notebook shows of each task; say so if it is the only one."""
        heading, self._open = name, ""
        for cell in notebook.cells:
            if cell.cell_type == "markdown" and not is_solution(cell):
                headings = _HEADING.findall(cell.source)
                heading = headings[-1] if headings else heading
                self._open = "" if headings else self._open
            if is_grade(cell) or is_solution(cell) or is_task(cell):
                named = grade_id(cell)
                key = f"{name}/{named}" if named in self._seen else named
                self._seen.add(key)
                title = heading if alone or heading == name else f"{name}: {heading}"
                task = self._task(named, title)
                self._take(task, key, cell, shown=(name, named) not in self.untouched)

    def _take(self, task: TaskData, key: str, cell: Any, *, shown: bool) -> None:
        if is_solution(cell) or is_task(cell):
            answer, code = _answer(cell)
            if shown:
                task["answer"] = _together("\n\n", task["answer"], answer)
            elif code:
                self._unbegun.add(task["title"])
            task["code"] = task["code"] or code
        elif cell.cell_type == "code":
            task["check"] = _together("\n", task["check"], _said(cell))
        task["comment"] = _together("\n\n", task["comment"], self.marks.comments.get(key, ""))
        if is_grade(cell) or is_task(cell):
            self._count(task, key)
            # what is graded next is another task, unless the course says that it is the same
            self._open = ""

    def _task(self, named: str, heading: str) -> TaskData:
        """Return the task of a cell: the course's, or one for each thing that is graded."""
        if known := self.about.tasks.get(named):
            return self._found.setdefault(known.title, _new(known))
        if not self._open:
            self._open = f"{heading} ({named})" if heading in self._found else heading
        return self._found.setdefault(self._open, _new(AboutTask(self._open)))

    def _count(self, task: TaskData, key: str) -> None:
        """Add what a cell brought, and by which criteria."""
        points, most = self.marks.cells.get(key, (0.0, 0.0))
        task["points"] += points
        task["most"] += most
        task["corrected"] = task["corrected"] or key in self.marks.corrected
        if (self.marks.learner, key) in self.marked.stopped:
            task["state"] = "stopped"
        elif key in self.marks.waiting and task["state"] == "marked":
            task["state"] = "waits"
        decided = self.marked.decided.get((self.marks.learner, key))
        # whoever gave other points in the formgrader gave them by no criteria
        if decided is None or decided.points != points:
            return
        where = (self.rubrics.folder, self.marked.assignment, key, self.language)
        if rubric := profile().rubric(*where):
            task["criteria"] += _criteria(rubric, decided, told=self.rubrics.told)
            if decided.cap and rubric.cap is not None:
                line = rubric.cap_text if self.rubrics.told else ""
                task["cap"] = {"most": rubric.cap, "line": line}

    def done(self, *, programs: bool) -> list[TaskData]:
        """Return the tasks, with cells that are in no notebook any more.

        Parameters
        ----------
        programs
            Whether tasks that nobody began, and that want one, are among them.
        """
        for key in self.marks.cells:
            if key not in self._seen:
                self._open = ""
                self._count(self._task(key.rpartition("/")[2], key), key)
        return [
            _kept(task)
            for title, task in self._found.items()
            if task["comment"] or (task["most"] and (programs or title not in self._unbegun))
        ]


def _new(about: AboutTask) -> TaskData:
    """Return a task of which nothing is known yet."""
    return {
        "title": about.title,
        "state": "marked",
        "points": 0.0,
        "most": 0.0,
        "corrected": False,
        "criteria": [],
        "cap": None,
        "comment": "",
        "check": "",
        "read": [{"name": one.name, "address": one.address} for one in about.read],
        "answer": "",
        "code": False,
    }


def _together(between: str, *texts: str) -> str:
    return between.join(filter(None, texts))


def _kept(task: TaskData) -> TaskData:
    """Return a task, of a text at which somebody stopped without anything of it."""
    if task["state"] != "stopped":
        return task
    return {
        **task,
        "points": 0.0,
        "answer": "",
        "comment": "",
        "check": "",
        "criteria": [],
        "cap": None,
    }


def _criteria(rubric: Rubric, decided: Decision, *, told: bool) -> Iterator[CriterionData]:
    for criterion, points in zip(rubric.criteria, decided.scores, strict=False):
        known = told and points in LEVELS
        line = criterion.levels[LEVELS.index(int(points))] if known else ""
        yield {"name": criterion.name, "points": points, "most": LEVELS[0], "line": line}


def _title(notebooks: Mapping[str, Any]) -> str:
    """Return the first great heading."""
    texts = (
        cell.source
        for book in notebooks.values()
        for cell in book.cells
        if cell.cell_type == "markdown"
    )
    return next((match[1] for text in texts if (match := _TITLE.search(text))), "")


def _answer(cell: Any) -> tuple[str, bool]:
    """Return what a learner wrote, and whether it is a program.

    A cell that binds one text holds that text.
    """
    if cell.cell_type != "code":
        return cell.source.strip(), False
    try:
        match ast.parse(cell.source).body:
            case [ast.Assign(value=ast.Constant(value=str(text)))]:
                return text.strip("\n"), False
    # whatever it is, Python does not read it
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    return cell.source.strip("\n"), True


def _said(cell: Any) -> str:
    """Return what a check said, a line each."""
    said = []
    for output in cell.outputs:
        if output.output_type == "stream":
            said.append(output.text)
        elif output.output_type == "error":
            said.append(output.evalue or output.ename)
    return _COLOURS.sub("", "\n".join(text.strip("\n") for text in said))
