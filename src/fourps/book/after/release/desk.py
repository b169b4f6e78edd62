"""The marking desk: hand-ins from a folder, marked without any program.

One page that needs no other file and that sends nothing. It has the keys and the rubrics, so it is
in the facilitators' file alone. Part 1 is marked by the key that `fourps.grading.key` recorded, the
written tasks at the page that the grader serves too (`nbseal.mark`).
"""

from __future__ import annotations

import json
import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from rjsmin import jsmin

from fourps.book.after.bare_pages import bare_page
from fourps.book.after.headers import script_hashes
from fourps.book.after.release.papers import KEY
from fourps.course import saying, version
from fourps.course.english.exercises import CHECKS
from fourps.course.words import exercise_words, languages, words
from fourps.exercise.messages import messages
from fourps.front import desk_style, feedback_template, page_script
from fourps.grading import exercise_text, rubric
from fourps.grading.certificate.completion import (
    ALL_NEEDED,
    ALL_POINTS,
    FIRST_NEEDED,
    FIRST_POINTS,
    LAST_TASK,
)
from fourps.grading.key import key
from fourps.grading.tasks import about
from nbseal.base.cells import grade_id
from nbseal.base.desk_words import DESK
from nbseal.base.whole_files import write_whole
from nbseal.base.words import PAGE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fourps.grading.key import TaskKey
    from nbseal.base.rubric import Rubric

NAME = "desk.html"
_NOTHING_ELSE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_PARAGRAPH = re.compile(r"<p>(.*)</p>\s*", re.DOTALL)
# a colon after a name is said in each language
_WORDS = ("folder-", "handin-", "marks-", "label")


def write(course: Path, site: Path, folder: Path, language: str) -> None:  # noqa: ARG001
    """Write the desk of one language, the same bytes each time.

    Parameters
    ----------
    course
        The folder that holds ``exercises``.
    site
        The built book, which is not needed here.
    folder
        The language's own, in the facilitators' file.
    language
        A code such as ``fr``.

    Raises
    ------
    fourps.grading.key.UnrecordableError
        If a hidden test of part 1 does what no browser could do.
    """
    # a course without exercises has nothing to mark
    if any(course.glob("exercises/*/exercise.md")):
        write_whole(folder / NAME, page(course, language).encode())


def page(course: Path, language: str) -> str:
    """Return the desk in a language."""
    texts = words(language)
    script = f"<script>{jsmin(page_script('folder'))}</script>"
    (own,) = script_hashes(script.encode())
    embedded = json.dumps(data(course, language), ensure_ascii=False, separators=(",", ":"))
    embedded = embedded.replace("<", "\\u003c")
    told = {name: escape(text) for name, text in texts.items()}
    body = (
        f'<aside aria-labelledby="title" data-folder><h1 id="title">{told["folder-title"]}</h1>\n'
        f"<p>{told['folder-lead']} <strong>{told['folder-secret']}</strong></p>\n"
        f'<script type="application/json">{embedded}</script></aside>\n'
        f'<div id="desk"><main><p>{told["folder-none"]}</p>'
        f"<noscript>{told['group-text']}</noscript></main></div>\n{script}"
    )
    policy = f"{_NOTHING_ELSE}; script-src {own}"
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}">{KEY}'
    return bare_page(texts["folder-title"], body, language, head, desk_style())


def data(course: Path, language: str) -> dict[str, Any]:
    """Return what ``front/folder.js`` reads: keys, rubrics, and what is said in each language."""
    exercises = {path.parent.name: path for path in sorted(course.glob("exercises/*/exercise.md"))}
    return {
        "release": version(),
        "language": language,
        "words": {name: text for name, text in words(language).items() if name.startswith(_WORDS)},
        "desk": _desk_words(language),
        "template": feedback_template(),
        "languages": {code: _language(code) for code in languages()},
        "exercises": {name: _exercise(course, path) for name, path in exercises.items()},
        "rubrics": {
            name: _rubric(_rubrics(course, path, language)) for name, path in exercises.items()
        },
    }


def _desk_words(language: str) -> dict[str, str]:
    """Return what the desk says: here nothing is saved but what is in a file."""
    own_words, others = words(language), exercise_words(language)
    found = {name: others.get(name, text) for name, text in DESK.items()}
    for name in DESK:
        rest = name.removeprefix("desk-")
        if f"folder-{name}" in own_words:
            found[name] = own_words["folder-desk-" + rest]
    return found


@cache
def _language(code: str) -> dict[str, Any]:
    """Return what checks and feedback say, whatever the exercise."""
    mine = exercise_words(code)
    needed = {"first": FIRST_NEEDED, "most_first": FIRST_POINTS, "all": ALL_NEEDED}
    return {
        "checks": {name: messages(code)[name] for name in CHECKS},
        "page": {name: mine.get(name, text) for name, text in PAGE.items()},
        "part": mine["points-first"].format(last=LAST_TASK),
        "note": mine["points-needed"].format(**needed, most=ALL_POINTS),
    }


@cache
def _exercise(course: Path, path: Path) -> dict[str, Any]:
    """Return an exercise: the key of part 1, what a person marks, and how both are told."""
    notebook = exercise_text.read(path)
    tasks = key(notebook, str(path))
    answered = {
        grade_id(cell): cell.metadata.nbgrader
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    written = {cell: one["points"] for cell, one in answered.items() if one.get("grade")}
    return {
        "most": ALL_POINTS,
        "tasks": {cell: one._asdict() | {"hint": ""} for cell, one in tasks.items()},
        "written": written,
        # kept and never marked
        "others": [cell for cell in answered if cell == "record"],
        "languages": {
            code: _said(course, path, code, [*tasks, *written], tasks) for code in languages()
        },
    }


def _said(
    course: Path, path: Path, code: str, cells: list[str], keys: Mapping[str, TaskKey]
) -> dict[str, Any]:
    """Return what a learner is told of an exercise in a language."""
    name = path.parent.name
    known, say = about(name, code), saying.exercise(course, name, code)
    return {
        "title": known.title,
        "tasks": {
            cell: {
                "title": known.tasks[cell].title,
                "hint": say(keys[cell].hint) if cell in keys else "",
                "read": [one._asdict() for one in known.tasks[cell].read],
            }
            for cell in cells
        },
        "rubrics": {
            cell: {
                "criteria": [
                    {"name": one.name, "levels": [*one.levels]} for one in rubric.criteria
                ],
                "cap": rubric.cap,
                "cap_text": rubric.cap_text,
            }
            for cell, rubric in _rubrics(course, path, code).items()
        },
    }


def _rubrics(course: Path, path: Path, code: str) -> dict[str, Rubric]:
    rubrics = rubric.read(course, path.with_name(rubric.NAME), code)
    return {f"task-{number}": one for number, one in rubrics.items()}


def _rubric(tasks: Mapping[str, Rubric]) -> dict[str, Any]:
    """Return the rubric of an exercise: what is said of all its tasks, once, and each task."""
    first = next(iter(tasks.values()))
    return {
        "all": {"before": _html(first.before), "stop": _html(first.stop)},
        "tasks": {cell: one.drawn(_html, _line) for cell, one in tasks.items()},
    }


def _html(markdown: str) -> str:
    return str(_MARKDOWN.render(markdown))


def _line(markdown: str) -> str:
    """Return one paragraph without its tags."""
    drawn = _html(markdown)
    alone = _PARAGRAPH.fullmatch(drawn)
    return alone[1] if alone else drawn
