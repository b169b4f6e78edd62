"""Gradebooks that are filled in as nbgrader does, and a cohort that was made up."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from fourps.report.cohort import cohort
from nbseal.gradebook import snapshot


@pytest.fixture(scope="session")
def made(maker, root, tmp_path_factory):
    """Return the folder of a course with 60 learners in eight modules."""
    folder = tmp_path_factory.mktemp("made")
    maker.cohort(folder, root, 60)
    return folder


@pytest.fixture(scope="session")
def large(made, root):
    """Return what a report says about that course."""
    return cohort(made, root, [], 0.7, datetime(2026, 11, 25, tzinfo=UTC))


@pytest.fixture
def course(maker, tmp_path):
    """Return a function that makes a course of tasks and grades, and reads its gradebook.

    A grade is a number, or the columns that nbgrader has for it.
    """

    def make(tasks, learners):
        folder = tmp_path / "course"
        folder.mkdir()
        (folder / "nbgrader_config.py").write_text("c = get_config()\n", "utf-8")
        url = f"sqlite:///{folder / 'gradebook.db'}"
        grades = {
            learner: {
                name: [
                    maker.Grade(**one) if isinstance(one, dict) else maker.Grade(auto_score=one)
                    for one in given
                ]
                for name, given in handed.items()
            }
            for learner, handed in learners.items()
        }
        maker.enter(url, tasks, grades)
        return SimpleNamespace(folder=folder, url=url, read=lambda: snapshot.read(url, folder))

    return make
