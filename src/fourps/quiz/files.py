"""Which files of a course hold questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DECISIONS = "decides.yaml"
"""Those that stand in a lesson: they are answered there, and leave no record."""
# what else lies beside them in YAML
_OTHERS = {
    "lines.yaml", "local.yaml", "outcomes.yaml", "reviewers.yaml", "rules.yaml", "scenario.yaml",
    "world.yaml",
}  # fmt: skip


def quizzes(folder: Path) -> list[Path]:
    """Return the quizzes that lie in a folder, its decisions among them, by name.

    Parameters
    ----------
    folder
        That of a module, or one of the course's folders for the whole book.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> [path.name for path in quizzes(content_root() / "modules" / "foundations")]
    ['decides.yaml', 'quiz.yaml', 'sorting.yaml']
    """
    return sorted(path for path in folder.glob("*.yaml") if path.name not in _OTHERS)


def of_the_book(root: Path) -> list[Path]:
    """Return the quizzes and tests of a course that belong to no module.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> [path.name for path in of_the_book(content_root())]
    ['after.yaml', 'before.yaml', 'later.yaml', 'decides.yaml']
    """
    book = root / "book"
    return [path for folder in (book, *sorted(book.glob("*/"))) for path in quizzes(folder)]


def of_the_course(root: Path) -> Iterator[Path]:
    """Yield all quizzes of a course, those of the book last.

    Examples
    --------
    >>> from pathlib import Path
    >>> list(of_the_course(Path("nowhere")))
    []
    """
    for folder in sorted(root.glob("modules/*")):
        yield from quizzes(folder)
    yield from of_the_book(root)
