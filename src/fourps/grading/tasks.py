"""What learners are told of an exercise: the title of each task, and the pages that teach it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import yaml

from fourps.course import saying
from fourps.course.files import content_root
from fourps.course.outcomes import marked
from fourps.course.toc import pages
from fourps.grading import exercise_text
from fourps.handin.released_exercise import marks, under_headings, without_points
from nbseal.base.about import AboutAssignment, AboutTask, Reading

if TYPE_CHECKING:
    from fourps.course.files import CourseRoot

_PIECE = re.compile(r"modules/[^/]+/lesson/[^/]+")
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


def about(assignment: str, language: str = "en") -> AboutAssignment:
    """Return the tasks of an exercise; none for an assignment that is no exercise of this course.

    Parameters
    ----------
    assignment
        nbgrader's name of it.
    language
        Such as ``fr``.

    Examples
    --------
    >>> known = about("protection")
    >>> known.tasks["task-1-check"].title
    'Task 1: seen, guessed, labelled'
    >>> [reading.name for reading in known.tasks["task-1"].read]
    ['What you write down']
    """
    return _about(content_root(), assignment, language)


@cache
def _about(root: CourseRoot, assignment: str, language: str) -> AboutAssignment:
    page = root / "modules" / assignment / "exercise.md"
    if not page.is_file():
        return AboutAssignment()
    say, teach = saying.exercise(root, assignment, language), _pieces(root)
    tasks: dict[str, AboutTask] = {}
    outcomes: dict[str, list[str]] = {}
    notebook = exercise_text.read(page)
    for cell, title in under_headings(notebook):
        numbers = outcomes.setdefault(title, [])
        if cell.cell_type == "markdown":
            numbers += (number for part in cell.source.split("\n\n") for number in marked(part))
        if name := marks(cell).get("grade_id"):
            names = dict.fromkeys(one for number in numbers for one in teach.get(number, ()))
            read = tuple(_reading(root, one, language) for one in names)
            tasks[name] = AboutTask(without_points(say(title)), read)
    heading = _TITLE.search(notebook.cells[0].source)
    return AboutAssignment(say(heading[1]) if heading else "", tasks)


@cache
def _pieces(root: CourseRoot) -> dict[str, list[str]]:
    """Return the names of the pages of lessons that teach each outcome, in their order."""
    found: dict[str, list[str]] = {}
    for name in filter(_PIECE.fullmatch, pages(root)):
        lines = (root / f"{name}.md").read_text("utf-8").splitlines()
        for number in dict.fromkeys(number for line in lines for number in marked(line)):
            found.setdefault(number, []).append(name)
    return found


@cache
def _reading(root: CourseRoot, name: str, language: str) -> Reading:
    page = root / f"{name}.md"
    title = _TITLE.search(page.read_text("utf-8"))
    called = saying.page(root, page, language)(title[1]) if title else name
    return Reading(called, _address(root, name, language))


def _address(root: CourseRoot, name: str, language: str) -> str:
    """Return where a page is on the web; nothing if the book does not say where it is published."""
    base, first, others = _published(root)
    if not base or language not in (first, *others):
        return ""
    return f"{base}/{name}.html" if language == first else f"{base}/{language}/{name}.html"


@cache
def _published(root: CourseRoot) -> tuple[str, str, list[str]]:
    """Return the address of a book, and its languages, of which the first has no folder there."""
    config = root / "_config.yml"
    settings = yaml.safe_load(config.read_text("utf-8")) if config.is_file() else {}
    sphinx = settings.get("sphinx", {}).get("config", {})
    first, *others = sphinx.get("fourps_languages") or ["en"]
    return sphinx.get("html_baseurl", "").rstrip("/"), first, others
