"""The people of a module: how many a lesson has, and that a letter is one person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fourps.check.yaml_texts import texts
from fourps.course.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fourps.check.gathered import Gathered

MOST = 12
# "S., the seamstress"; I is a word, and no person
_LETTER = re.compile(r"(?<![\w.])([A-HJ-Z])\.(?=[\s,'?!;:)\"\u2019\u201d])")
# "S., 34" and "S., a woman of 34"
_AGE = re.compile(
    r"(?<![\w.])([A-HJ-Z])\., (?:(?:a|an|the)\b[^.,;:]{0,40}? of )?(\d{1,2})(?=[,;.\s])"
)


def check(module: Path, gathered: Gathered) -> Iterator[Problem]:
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
    if len(letters) > MOST:
        message = (
            f"{len(letters)} people have a letter in this lesson ({', '.join(sorted(letters))}), "
            f"more than {MOST}: who is met once needs none"
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
