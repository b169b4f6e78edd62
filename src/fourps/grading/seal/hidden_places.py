"""What no notebook may see, wherever it lies: a course, its gradebook, the sources of exercises."""

from __future__ import annotations

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
    return tuple(map(str, [root, *(one for one in elsewhere if not one.is_relative_to(root))]))
