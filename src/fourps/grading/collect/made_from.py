"""From which name an id was made, so that no other name ever comes to the same id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.whole_files import write_private

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ".names"
_END = ".txt"


def remember(course: Path, learner: str, name: str) -> None:
    """Remember the name of a file or folder that an id was made from.

    Parameters
    ----------
    course
        nbgrader's folder.
    learner, name
        The id and the name. Of an id that is the name itself nothing is kept.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> course = Path(tempfile.mkdtemp())
    >>> remember(course, "Lukasz", "Łukasz")
    >>> remember(course, "ada", "ada")
    >>> read(course, "Lukasz"), read(course, "ada")
    ('Łukasz', '')
    """
    if name != learner:
        # a file's name may be no text
        write_private(file(course, learner), name.encode("utf-8", "surrogatepass"))


def read(course: Path, learner: str) -> str:
    """Return the name that an id was made from; empty if none is remembered."""
    path = file(course, learner)
    return path.read_bytes().decode("utf-8", "surrogatepass") if path.is_file() else ""


def file(course: Path, learner: str) -> Path:
    """Return where it is remembered."""
    return course / FOLDER / f"{learner}{_END}"
