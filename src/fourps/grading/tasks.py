"""What learners are told of an exercise: the title of each task, and the pages that teach it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

from fourps.course import saying
from fourps.course.files import content_root
from fourps.course.outcomes import marked
from fourps.course.toc import pages
from fourps.grading import exercise_text
from fourps.handin.released_exercise import marks, under_headings, without_points
from nbseal.base.about import AboutAssignment, AboutTask, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    say, teach = saying.exercise(root, assignment, language), _pieces(root, language)
    tasks: dict[str, AboutTask] = {}
    outcomes: dict[str, list[str]] = {}
    notebook = exercise_text.read(page)
    for cell, title in under_headings(notebook):
        numbers = outcomes.setdefault(title, [])
        if cell.cell_type == "markdown":
            numbers += (number for part in cell.source.split("\n\n") for number in marked(part))
        if name := marks(cell).get("grade_id"):
            read = dict.fromkeys(one for number in numbers for one in teach.get(number, ()))
            tasks[name] = AboutTask(without_points(say(title)), tuple(read))
    heading = _TITLE.search(notebook.cells[0].source)
    return AboutAssignment(say(heading[1]) if heading else "", tasks)


@cache
def _pieces(root: CourseRoot, language: str) -> dict[str, list[Reading]]:
    """Return the pages of lessons that teach each outcome, in their order."""
    found: dict[str, list[Reading]] = {}
    for name, text in _lessons(root):
        title = _TITLE.search(text)
        numbers = dict.fromkeys(number for line in text.splitlines() for number in marked(line))
        if title and numbers:
            say = saying.page(root, root / f"{name}.md", language)
            reading = Reading(say(title[1]), _address(root, name, language))
            for number in numbers:
                found.setdefault(number, []).append(reading)
    return found


def _lessons(root: CourseRoot) -> Iterator[tuple[str, str]]:
    for name in pages(root):
        if _PIECE.fullmatch(name):
            yield name, (root / f"{name}.md").read_text("utf-8")


def _address(root: CourseRoot, name: str, language: str) -> str:
    """Return where a page is on the web; nothing if the book does not say where it is published."""
    sphinx = _settings(root)
    base = sphinx.get("html_baseurl", "").rstrip("/")
    first, *others = sphinx.get("fourps_languages") or ["en"]
    if not base or language not in (first, *others):
        return ""
    return f"{base}/{name}.html" if language == first else f"{base}/{language}/{name}.html"


@cache
def _settings(root: CourseRoot) -> dict[str, Any]:
    """Return what the book says to Sphinx."""
    config = root / "_config.yml"
    settings = yaml.safe_load(config.read_text("utf-8")) if config.is_file() else {}
    found: dict[str, Any] = settings.get("sphinx", {}).get("config", {})
    return found
