from contextlib import contextmanager

import pytest
from desk_course import DeskCourse
from desk_marker import Marker

from nbseal.mark import opened
from nbseal.mark.view import Options

TEXTS = {"ada": "Come on *Friday*, please.", "ben": "Friday.", "cem": "Come."}


@pytest.fixture
def course(atlas, tmp_path):  # noqa: ARG001 - its profile has the rubric
    """A course with three letters to mark, two criteria of three points, and a cap of two."""
    made = DeskCourse(tmp_path / "course", cell="letter", points=6)
    made.hand_in(TEXTS)
    return made


@pytest.fixture
def desk(course):
    """Return a function that opens the desk as a marker."""
    left = []

    @contextmanager
    def opening(marker="first", **more):
        with opened(
            course.folder, "ps1", course.cell, Options(marker, **more), left.append
        ) as desk:
            yield Marker(desk)

    yield opening
    assert left == []
