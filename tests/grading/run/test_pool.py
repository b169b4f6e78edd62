"""How many notebooks are on their way at a time, and in how many processes."""

import threading
from concurrent.futures import Future
from contextlib import nullcontext

import pytest
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.apps import AutogradeApp
from nbgrader.coursedir import CourseDirectory

from nbseal.run import driver, pool
from nbseal.run.stages import Stages
from nbseal.seal import Limits, SealedExecute, SealError, Worker, of_course, sealed_execute

pytestmark = pytest.mark.slow
WAY = pool.Way(Limits(), (), sealed=True)


def test_one_process_for_each_thread():
    """Is there one sealed process for each that executes at the same time, kept for the next?"""
    both = threading.Barrier(2)
    used = []

    class Together(dict):
        def __iter__(self):
            both.wait(60)
            return super().__iter__()

    def execute():
        notebooks = {"one": new_notebook(cells=[new_code_cell("1")])}
        used.append(pool.execute(pool.Work(Together(notebooks)), WAY)["one"].kind)

    for _ in range(2):
        threads = [threading.Thread(target=execute) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        workers = pool._idle[WAY]
        processes = {worker._process.pid for worker in workers}
        assert len(processes) == 2
        used.append(processes)
    assert used[:2] == used[3:5] == ["ok", "ok"]
    assert used[2] == used[5]


@pytest.mark.parametrize("workers", [1, 2])
def test_how_many_are_on_their_way(workers, small, right, monkeypatch):
    """Are at most three submissions of each worker lost with a run, as the manual says?"""
    for number in range(9):
        small.submit(f"learner-{number}", right, names=["one"])
    waiting, most = [], []

    class Pool:
        def require(self, *_):
            pass

        def submit(self, *_):
            waiting.append(Future())
            most.append(len(waiting))
            return waiting[-1]

        def done(self, running):
            waiting.remove(first := next(iter(running)))
            first.set_exception(RuntimeError("not executed"))
            return {first}

    counting = Pool()
    counting.workers = workers
    monkeypatch.setattr(driver, "pool", lambda _: nullcontext(counting))
    small.grade()
    assert len(most) == 9
    assert max(most) == 3 * workers


def test_places_that_are_hidden(tmp_path, monkeypatch):
    """Are a course's places hidden by `fourps grade run`, and by nbgrader's own command?"""
    # which other tests here have one worker for all courses without
    monkeypatch.setattr("nbseal.run.stages.of_course", of_course)
    app = AutogradeApp()
    app.coursedir = CourseDirectory(root=str(tmp_path))
    stages = Stages(app, None)
    hidden = stages.way(sealed=True).hidden
    assert hidden[0] == str(tmp_path)
    asked = []
    monkeypatch.setattr(sealed_execute, "_workers", {})
    monkeypatch.setattr(Worker, "_start", lambda self: asked.append(self._hidden))
    SealedExecute(parent=stages.exporter)._worker()
    with pytest.raises(SealError):
        pool.execute(pool.Work({"a": None}), stages.way(sealed=True))
    assert asked[0] == asked[-1] == hidden
