"""Places of a notebook: the files that lie beside it, and what it may not see, wherever it lies."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from nbgrader.exchange.default.exchange import Exchange
from sqlalchemy import make_url

if TYPE_CHECKING:
    from nbgrader.coursedir import CourseDirectory

_STEPS = (
    *("source", "source_with_tests", "release", "submitted"),
    *("autograded", "feedback", "solution"),
)


def of_a_notebook(name: str) -> bool:
    """Say whether a file is a notebook, or some program's copy of one, by its name.

    An executed notebook holds hidden tests, a source its solution; and a program that is killed
    while it writes one leaves a copy under a name of its own.

    Examples
    --------
    >>> [of_a_notebook(name) for name in ("a.ipynb", ".a.ipynb.k2x", "a.ipynb~", "notes.txt")]
    [True, True, True, False]
    """
    return ".ipynb" in name.lower()


def beside(folder: Path) -> dict[str, bytes]:
    """Return the content of the plain files of a folder, by their relative name.

    Notebooks and copies of them are left out, and so is whatever is no plain file: a link could
    lead anywhere.

    Parameters
    ----------
    folder
        Where a notebook lies.
    """
    contents: dict[str, bytes] = {}
    for place, _, names in os.walk(folder):
        for name in sorted(names):
            path = Path(place) / name
            if of_a_notebook(name) or path.is_symlink() or not path.is_file():
                continue
            contents[path.relative_to(folder).as_posix()] = path.read_bytes()
    return contents


def of_course(course: CourseDirectory) -> tuple[str, ...]:
    """Return what no notebook may see: the course's folder, and what was put elsewhere.

    Parameters
    ----------
    course
        nbgrader's description of its folders.

    Examples
    --------
    >>> from nbgrader.coursedir import CourseDirectory
    >>> course = CourseDirectory(root="/srv/course", submitted_directory="/srv/handed-in")
    >>> of_course(course)
    ('/srv/course', '/srv/handed-in', '/usr/local/share/nbgrader/exchange')
    """
    root = Path(course.root).resolve()
    # a folder may be a link, or lie elsewhere altogether
    places = [root / getattr(course, f"{step}_directory") for step in _STEPS]
    # by itself nbgrader has it below /usr, where everybody's hand-ins then lie
    places.append(Path(Exchange(parent=course).root))
    url = make_url(course.db_url)
    if url.get_backend_name() == "sqlite" and url.database:
        places.append(Path(url.database))
    elsewhere = sorted({place.resolve() for place in places})
    return tuple(map(str, [root, *(path for path in elsewhere if not path.is_relative_to(root))]))
