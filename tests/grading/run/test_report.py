"""What a report reads of courses that were really graded."""

import numpy as np
import pytest

from fourps.grading.gradebook.settings import settings
from fourps.grading.gradebook.snapshot import read


@pytest.mark.slow
def test_both_databases(small_course, postgres, right):
    """Does a report read the same from SQLite and from PostgreSQL after a real run?"""
    books = []
    for name, url in (("lite", ""), ("large", postgres("report"))):
        made = small_course(name, url=url, quick=True)
        made.submit("ada", right)
        made.submit("ben", right | {"double": "raise SystemExit"}, names=["one"])
        made.grade()
        books.append(read(settings(made.folder).db_url, made.folder))
    lite, large = books
    assert list(lite.learners) == list(large.learners) == ["ada", "ben"]
    assert lite.outcomes == large.outcomes
    assert lite.outcomes["ada", "ps1"].status == "graded"
    [one], [other] = lite.exercises, large.exercises
    assert (one.tasks, one.learners, one.due) == (other.tasks, other.learners, other.due)
    np.testing.assert_array_equal(one.marks, other.marks)
    np.testing.assert_array_equal(one.waits, other.waits)
    assert {task.notebook for task in one.tasks} == {"one", "two"}
    # the essay waits for a person
    assert one.waits[0].sum() == 1
