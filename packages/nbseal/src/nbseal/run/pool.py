"""Where notebooks are executed: in sealed processes, several at a time; plain ones without."""

from __future__ import annotations

import contextlib
import threading
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nbseal.plain.worker import PlainWorker
from nbseal.seal import Executed, Limits, Worker

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from nbseal.plain.released import Plain

    Running = Future[dict[str, Executed]]

# by itself, by the system for want of memory, or by anybody else
_KILLED = ("died", "memory")


@dataclass(frozen=True)
class Way:
    """How notebooks are executed."""

    limits: Limits
    preload: tuple[str, ...]
    sealed: bool
    hidden: tuple[str, ...] = ()
    """As `Worker` takes them."""


@dataclass
class Work:
    """What is executed of one submission."""

    notebooks: dict[str, Any] = field(default_factory=dict)
    """By name: with tests put back and outputs cleared."""
    files: dict[str, bytes] = field(default_factory=dict)
    """What lies beside them, by relative path."""
    marker: Collection[str] | None = None
    """The names of the files that the marker may have, which are the course's own; None where there
    is no marker."""
    orders: dict[str, Sequence[str]] = field(default_factory=dict)
    """For the marker, by name of a notebook: its checks and read-only cells as they were
    released."""
    seconds: dict[str, Sequence[int]] = field(default_factory=dict)
    """By name of a notebook: how long each cell may take, where that is said of each."""
    plain: dict[str, Plain] = field(default_factory=dict)
    """By name, of each notebook: what it binds, if no code of a learner's is in any."""


# one pre-imported process is kept for each notebook that runs at the same time
_idle: dict[Way, list[Worker]] = {}
_guard = threading.Lock()
# one is enough: it takes less time for a submission than the steps before and after
_plain = PlainWorker()
_plain_guard = threading.Lock()


def _worker(way: Way) -> Worker:
    return Worker(way.limits, sealed=way.sealed, preload=way.preload, hidden=way.hidden)


def ready(way: Way) -> None:
    """Have a process more that waits for work.

    Raises
    ------
    SealError
        If none can be started here.
    """
    worker = _worker(way)
    worker.__enter__()
    with _guard:
        _idle.setdefault(way, []).append(worker)


def execute(work: Work, way: Way) -> dict[str, Executed]:
    """Execute the notebooks of one submission; return what came of each, by name.

    A notebook whose process died is executed once more, since it may have been killed by somebody
    else.
    """
    with _guard:
        waiting = _idle.setdefault(way, [])
        worker = waiting.pop() if waiting else None
    worker = worker or _worker(way)
    try:
        done = {name: _twice(worker, name, work) for name in work.notebooks}
    except BaseException:
        worker.close()
        raise
    with _guard:
        waiting.append(worker)
    return done


def execute_plainly(work: Work) -> dict[str, Executed]:
    """Do the same for a submission that is plain, without a seal.

    Raises
    ------
    NotPlainError
        If its released cells cannot be run so.
    """
    with _plain_guard:
        return {name: _plainly(name, work) for name in work.notebooks}


def _plainly(name: str, work: Work) -> Executed:
    about = (work.plain[name], work.notebooks[name].cells)
    done = _plain.execute(*about)
    return _plain.execute(*about) if done.kind in _KILLED else done


def _twice(worker: Worker, name: str, work: Work) -> Executed:
    orders, seconds = work.orders.get(name, ()), work.seconds.get(name, ())
    about = (work.notebooks[name], work.files, work.marker, orders, seconds)
    done = worker.execute(*about)
    return worker.execute(*about) if done.kind in _KILLED else done


def close_idle() -> None:
    """End the processes that wait for work."""
    with _guard:
        for workers in _idle.values():
            while workers:
                workers.pop().close()
    with _plain_guard:
        _plain.close()


@contextlib.contextmanager
def pool(workers: int) -> Iterator[Pool]:
    """Execute the notebooks of several submissions at a time.

    Parameters
    ----------
    workers
        How many sealed processes.
    """
    executor = ThreadPoolExecutor(workers, "grading")
    try:
        yield Pool(executor, workers)
    finally:
        executor.shutdown(cancel_futures=True)
        close_idle()


class Pool:
    """Executes the notebooks of so many submissions at a time; `pool` makes one."""

    def __init__(self, executor: ThreadPoolExecutor, workers: int) -> None:
        self._executor = executor
        self.workers = workers

    def require(self, way: Way, most: int) -> None:
        """Check that notebooks can be executed in a way, before anything is changed.

        Parameters
        ----------
        way
            How.
        most
            How many submissions there are. The processes that are started wait for them.

        Raises
        ------
        SealError
            If they cannot; the message says what to do.
        """
        with _guard:
            there = len(_idle.get(way, ()))
        if not there:
            # the others start meanwhile
            first = [self._executor.submit(ready, way) for _ in range(min(self.workers, most))]
            for done in wait(first, return_when=FIRST_COMPLETED).done:
                done.result()

    def submit(self, work: Work, way: Way) -> Running:
        """Have `execute` do it, when its turn has come."""
        return self._executor.submit(execute, work, way)

    def submit_plain(self, work: Work) -> Running:
        """Have `execute_plainly` do it, when its turn has come."""
        return self._executor.submit(execute_plainly, work)

    def done(self, running: Iterable[Running]) -> set[Running]:
        """Wait until anything is done, and return what is."""
        return wait(running, return_when=FIRST_COMPLETED).done
