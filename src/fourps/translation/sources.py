"""Texts that readers see outside the book: exercises, their rubrics, and the guide to grading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.course.passages import passages, told
from fourps.translation.update import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# nbgrader takes out what stands between them
_MARKS = frozenset(
    f"{end} {what}"
    for end in ("BEGIN", "END")
    for what in ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME")
)


def beside_the_book(root: Path) -> dict[str, list[Text]]:
    """Return the texts of each such file, by the name of its catalogue.

    Parameters
    ----------
    root
        The folder of the course.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> beside_the_book(content_root())["exercises/foundations"][0].english
    'Exercise: the next pile of notes'
    """
    return {name: list(_texts(root, path)) for name, path in _files(root)}


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(root.glob("exercises/*/*.md")):
        name = path.parent.relative_to(root).as_posix()
        yield name if path.stem == "exercise" else f"{name}/{path.stem}", path
    guide = root / "autograder" / "README.md"
    if guide.is_file():
        yield "autograder/README", guide


def _texts(root: Path, path: Path) -> Iterator[Text]:
    text = path.read_text("utf-8")
    for one in sorted((*passages(text), *told(text)), key=lambda one: one.line):
        if one.text not in _MARKS:
            yield Text(one.text, (path.relative_to(root).as_posix(),))
