"""A lesson in pieces, each short enough for a phone, and the people whom a learner meets in it.

The pieces of ``lesson.md`` are the pages of the folder ``lesson`` beside it. Each has something to
decide, and says what it teaches. A screen of 390 x 844 pixels holds about 170 words of running
text: `tests/e2e/test_pieces.py` measures the pages themselves.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fourps.check.gathered import texts
from fourps.course.outcomes import marked
from fourps.course.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from fourps.check.gathered import Gathered
    from fourps.course.page import Page

FOLDER, LESSON = "lesson", "lesson.md"
# words that are seen without opening anything; what is decided comes on top
LONGEST, BETWEEN = 850, 380
_MOST_PEOPLE = 12
# "S., the seamstress"; I is a word, and no person
_LETTER = re.compile(r"(?<![\w.])([A-HJ-Z])\.(?=[\s,'?!;:)\"\u2019\u201d])")
# "S., 34" and "S., a woman of 34"
_AGE = re.compile(
    r"(?<![\w.])([A-HJ-Z])\., (?:(?:a|an|the)\b[^.,;:]{0,40}? of )?(\d{1,2})(?=[,;.\s])"
)


def is_piece(path: Path) -> bool:
    """Return whether a page is a piece of a lesson.

    Examples
    --------
    >>> from pathlib import Path
    >>> is_piece(Path("modules/a/lesson/risk.md")), is_piece(Path("modules/a/lesson.md"))
    (True, False)
    """
    return path.parent.name == FOLDER and path.parents[2].name == "modules"


def check(page: Page, listed: Collection[str]) -> Iterator[Problem]:
    """Yield what is missing in a piece of a lesson, or on the page that leads through the pieces.

    The names are ``no-pieces``, ``no-path``, ``unlisted-piece``, ``long-piece``, ``far-decision``
    and ``piece-without-outcome``.

    Parameters
    ----------
    page
        Any page.
    listed
        The names of the pages in the table of contents.
    """
    if is_piece(page.path):
        yield from _piece(page, listed)
    elif page.path.name == LESSON:
        yield from _module(page)


def _module(page: Page) -> Iterator[Problem]:
    pieces = sorted(page.path.with_suffix("").glob("*.md"))
    lines = [directive.line for directive in page.directives if directive.name == "pieces"]
    if lines and not pieces:
        message = f"there is no page in the folder '{FOLDER}' beside this one: put the pieces there"
        yield Problem(page.path, lines[0], "no-pieces", "", message)
    elif pieces and not lines:
        message = f"the lesson has {len(pieces)} pieces: show the way through them with {{pieces}}"
        yield Problem(page.path, 1, "no-path", "", message)


def _piece(page: Page, listed: Collection[str]) -> Iterator[Problem]:
    path = page.path
    name = f"modules/{path.parents[1].name}/{FOLDER}/{path.stem}"
    if listed and name not in listed:
        message = f"no reader comes here: add '- file: {name}' below its lesson in _toc.yml"
        yield Problem(path, 1, "unlisted-piece", "", message)
    if not any(marked(block.text) for block in page.blocks if len(block.headings) == 1):
        message = (
            "name below the title what this piece teaches, such as *Outcome 3.1.*: results of "
            "quizzes lead here"
        )
        yield Problem(path, 1, "piece-without-outcome", "", message)
    seen = [
        (block.line, len(block.prose.split()))
        for block in page.blocks
        if block.kind != "code" and not block.inside("fold")
    ]
    count = sum(words for _, words in seen)
    if count > LONGEST:
        message = (
            f"{count} words, more than {LONGEST}: at a break in the thought begin another piece"
        )
        yield Problem(path, 1, "long-piece", "", message)
    yield from _decisions(page, seen)


def _decisions(page: Page, seen: list[tuple[int, int]]) -> Iterator[Problem]:
    lines = [1, *(directive.line for directive in page.directives if directive.name == "decide")]
    for start, end in zip(lines, [*lines[1:], None], strict=True):
        after = (words for line, words in seen if line >= start and (not end or line < end))
        if (count := sum(after)) > BETWEEN:
            where = "the next {decide}" if end else "the end"
            message = (
                f"{count} words from here to {where}, more than {BETWEEN}: put a {{decide}} between"
            )
            yield Problem(page.path, start, "far-decision", "", message)


def people(module: Path, gathered: Gathered) -> Iterator[Problem]:
    """Yield a lesson with too many people, and each letter that stands for two.

    A letter stands for two people where two ages are given with it, wherever a learner meets them
    in the module. The names are ``many-people`` and ``letter-twice``.

    Parameters
    ----------
    module
        Its folder.
    gathered
        What the course has, after the module's files were read.
    """
    ages: dict[str, str] = {}
    letters: set[str] = set()
    for path, line, text in _said(module, gathered):
        if path.parent.name == "lesson" or path.name in ("lesson.md", "decides.yaml"):
            letters.update(_LETTER.findall(text))
        for letter, age in _AGE.findall(text):
            if ages.setdefault(letter, age) != age:
                message = (
                    f"{letter}. is {ages[letter]} years old elsewhere in this module, and {age} "
                    "here: give one of them another letter, or none"
                )
                yield Problem(path, line, "letter-twice", "", message)
    if len(letters) > _MOST_PEOPLE:
        message = (
            f"{len(letters)} people have a letter in this lesson ({', '.join(sorted(letters))}), "
            f"more than {_MOST_PEOPLE}: who is met once needs none"
        )
        yield Problem(module / "lesson.md", 1, "many-people", "", message)


def _said(module: Path, gathered: Gathered) -> Iterator[tuple[Path, int, str]]:
    """Yield each text of a module that learners meet before its exercise, with its line."""
    for path in [module / "lesson.md", *sorted(module.glob("lesson/*.md"))]:
        if path.is_file():
            for block in gathered.read(path).blocks:
                if block.kind != "code":
                    yield path, block.line, block.prose
    for path in sorted(module.glob("*.yaml")):
        if source := gathered.sources_of.get(path):
            for loc, text in texts(source):
                yield path, source.line(loc), text
