"""Runs that are killed at random moments, with real execution and many learners."""

import contextlib
import multiprocessing
import os
import random
import signal
import time

import psutil
import pytest

from nbseal.cli.run import run_command

pytestmark = [pytest.mark.slow, pytest.mark.prove, pytest.mark.timeout(3600)]

POINTS = 100
CHAIN = 5


class Crashes:
    """Runs of one course that are killed at random moments, until all is graded."""

    learners = 20

    def __init__(self, make, right, seed):
        self._make, self._right = make, right
        self._dice = random.Random(seed)  # noqa: S311 - chance, not secrecy
        self._count = 0
        # a fork of a process that has imported everything, so that a run costs what it does
        self._forks = multiprocessing.get_context("forkserver")
        self._forks.set_forkserver_preload(["nbseal.run.driver", "nbseal.cli.run"])
        # the first run also starts what the others are forked from: the second says how long one takes
        for _ in range(2):
            course = self.course()
            start = time.monotonic()
            assert self._finish(course) == 0
            self._seconds = time.monotonic() - start
        self.undisturbed = course.rows()
        assert set(course.outcomes().values()) == {"graded"}

    def course(self):
        """Return a course in which nothing is graded yet."""
        self._count += 1
        course = self._make(f"course-{self._count}", quick=True)
        for number in range(self.learners):
            wrong = {"double": f"def double(x):\n    return x + {number}"} if number % 3 else {}
            course.submit(f"learner-{number:02}", self._right | wrong)
        return course

    def _start(self, course):
        run = self._forks.Process(
            target=run_command, kwargs={"course": course.folder, "workers": 2}, daemon=False
        )
        run.start()
        return run

    def _finish(self, course):
        run = self._start(course)
        run.join()
        return run.exitcode

    def crash(self, course):
        """Kill the run, or a process that it started, at a random moment; tell whether one lived."""
        run = self._start(course)
        run.join(self._dice.uniform(0, self._seconds))
        alive = run.is_alive()
        if alive:
            victims = [run.pid]
            if self._dice.random() < 0.4:
                with contextlib.suppress(psutil.NoSuchProcess):
                    victims = [
                        process.pid for process in psutil.Process(run.pid).children(recursive=True)
                    ] or victims
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._dice.choice(victims), signal.SIGKILL)
        run.join()
        return alive

    def finish(self, course):
        """Run to the end, and return the rows."""
        assert self._finish(course) == 0
        return course.rows()


@pytest.fixture
def crashes(small_course, right, seed):
    """Return runs to be killed."""
    return Crashes(small_course, right, seed)


def test_killed_at_any_moment(crashes):
    """Are marks those of an undisturbed run, whatever was killed at a hundred random moments?"""
    points = 0
    while points < POINTS:
        course = crashes.course()
        for _ in range(CHAIN):
            points += crashes.crash(course)
        assert crashes.finish(course) == crashes.undisturbed
        assert set(course.outcomes().values()) == {"graded"}
        assert len(course.outcomes()) == crashes.learners
        assert not list(course.folder.glob("autograded/*/.*"))
