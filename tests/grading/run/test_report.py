"""What a report reads of courses that were really graded."""

import numpy as np
import pytest

from nbseal.gradebook.settings import settings
from nbseal.gradebook.snapshot import read


@pytest.mark.slow
def test_both_databases(small_course, postgres, right):
    """Does a report read the same from SQLite and from PostgreSQL after a real run?"""
    books = []
    for name, url in (("lite", ""), ("large", postgres("report"))):
        small = small_course(name, url=url, quick=True)
        small.submit("ada", right)
        small.submit("ben", right | {"double": "raise SystemExit"}, names=["one"])
        small.grade()
        books.append(read(settings(small.folder).db_url, small.folder))
    lite, large = books
    assert list(lite.learners) == list(large.learners) == ["ada", "ben"]
    assert lite.outcomes == large.outcomes
    assert lite.outcomes["ada", "ps1"].status == "graded"
    [exercise], [other] = lite.exercises, large.exercises
    assert (exercise.tasks, exercise.learners, exercise.due) == (
        other.tasks,
        other.learners,
        other.due,
    )
    np.testing.assert_array_equal(exercise.marks, other.marks)
    np.testing.assert_array_equal(exercise.waits, other.waits)
    assert {task.notebook for task in exercise.tasks} == {"one", "two"}
    # the essay waits for a person
    assert exercise.waits[0].sum() == 1
