import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(2400)]

POINTS = 50
CHAIN = 5


def test_killed_at_any_moment(crashes):
    """Are marks those of an undisturbed run, whatever was killed at fifty random moments?"""
    points = 0
    while points < POINTS:
        course = crashes.course()
        for _ in range(CHAIN):
            points += crashes.crash(course)
        assert crashes.finish(course) == crashes.undisturbed
        assert set(course.outcomes().values()) == {"graded"}
        assert len(course.outcomes()) == crashes.learners
        assert not list(course.folder.glob("autograded/*/.*"))
