"""Texts that readers see outside the book: exercises, their rubrics, and the guide to grading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.course import catalogue
from fourps.course.passages import passages, told
from fourps.translation.update import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def beside_the_book(root: Path) -> dict[str, list[Text]]:
    """Return the texts of each such file, by the name of its catalogue.

    Parameters
    ----------
    root
        The folder of the course.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> found = beside_the_book(content_root())
    >>> found["modules/foundations/exercise"][0].english
    'Exercise: the next pile of notes'
    """
    found: dict[str, list[Text]] = {}
    for name, path in _files(root):
        page = root / "modules" / path.parent.name / "exercise.md"
        seen = _seen(page) if path.stem == "exercise" else set()
        for text in _texts(root, path):
            # model answers and hints of hidden tests are in no package of the course
            of = catalogue.name(root, page) if text.english in seen else name
            found.setdefault(of, []).append(text)
    return found


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(root.glob("exercises/*/*.md")):
        name = path.parent.relative_to(root).as_posix()
        yield name if path.stem == "exercise" else f"{name}/{path.stem}", path
    guide = root / "autograder" / "README.md"
    if guide.is_file():
        yield "autograder/README", guide


def _seen(page: Path) -> set[str]:
    """Return what learners see of an exercise, and what the checks that they see tell."""
    text = page.read_text("utf-8") if page.is_file() else ""
    return {one.text for one in (*passages(text), *told(text))}


def _texts(root: Path, path: Path) -> Iterator[Text]:
    text = path.read_text("utf-8")
    for one in sorted((*passages(text), *told(text)), key=lambda one: one.line):
        yield Text(one.text, (path.relative_to(root).as_posix(),))
