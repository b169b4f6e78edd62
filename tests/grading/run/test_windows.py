"""What was graded on Linux is given back, and taken away, on Windows: the folder is the same."""

import elsewhere
import pytest

pytestmark = pytest.mark.slow


def test_given_back_and_removed(small, right):
    """Do two learners get their feedback, and is one taken out, where nbgrader has marked files read-only?"""
    for learner in ("ada", "ben"):
        small.submit(learner, right)
    small.grade()
    # a person has marked the essays
    small.sql("update grade set manual_score = 1, needs_manual_grade = 0 where needs_manual_grade")
    graded = sorted((small.folder / "autograded").glob("*/ps1/one.ipynb"))
    assert [path.stat().st_mode & 0o222 for path in graded] == [0, 0]
    done = elsewhere.fourps("grade", "feedback", "ps1", folder=small.folder)
    assert done.returncode == 0, done.stderr
    zips = sorted(path.name for path in (small.folder / "feedback-zips" / "ps1").iterdir())
    assert zips == ["ada.zip", "ben.zip"]
    done = elsewhere.fourps("grade", "remove", "ada", "--yes", folder=small.folder)
    assert done.returncode == 0, done.stderr
    assert not [*small.folder.rglob("*ada*")]
    assert graded[1].is_file()
    assert {learner for learner, _ in small.scores()} == {"ben"}
