"""Where notebooks are executed: sealed processes here, or on the machines of a cluster."""

from __future__ import annotations

import contextlib
import threading
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from fourps.grading.seal import Executed, Limits, Worker

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_START = 30
# by itself, by the system for want of memory, or by anybody else
_KILLED = ("died", "memory")


class SchedulerError(Exception):
    """A cluster that cannot be used; the message says what to do."""


class Pool(NamedTuple):
    """Something that executes.

    Attributes
    ----------
    executor
        Takes `execute`.
    workers
        How many notebooks it executes at a time.
    """

    executor: Executor
    workers: int


@dataclass(frozen=True)
class Way:
    """How notebooks are executed."""

    limits: Limits
    preload: tuple[str, ...]
    sealed: bool


# one pre-imported process is kept for each notebook that runs at the same time
_idle: dict[Way, list[Worker]] = {}
_guard = threading.Lock()


def execute(
    notebooks: Mapping[str, Any], files: Mapping[str, bytes], way: Way
) -> dict[str, Executed]:
    """Execute the notebooks of one submission, here.

    Parameters
    ----------
    notebooks
        By name.
    files
        What lies beside them.
    way
        How.

    Returns
    -------
    dict of str to Executed
        By name. A notebook whose process died is executed once more, since it may have been killed
        by somebody else.
    """
    with _guard:
        waiting = _idle.setdefault(way, [])
        worker = waiting.pop() if waiting else None
    worker = worker or Worker(way.limits, sealed=way.sealed, preload=way.preload)
    try:
        done = {name: _twice(worker, notebook, files) for name, notebook in notebooks.items()}
    except BaseException:
        worker.close()
        raise
    with _guard:
        waiting.append(worker)
    return done


def _twice(worker: Worker, notebook: Any, files: Mapping[str, bytes]) -> Executed:
    done = worker.execute(notebook, files)
    return worker.execute(notebook, files) if done.kind in _KILLED else done


def close_idle() -> None:
    """End the processes that wait for work."""
    with _guard:
        for workers in _idle.values():
            while workers:
                workers.pop().close()


@contextlib.contextmanager
def local(workers: int) -> Iterator[Pool]:
    """Execute on this machine.

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


@contextlib.contextmanager
def cluster(address: str) -> Iterator[Pool]:
    """Execute on the workers of a `dask.distributed` scheduler, each with this package installed.

    Parameters
    ----------
    address
        ``tls://host:8786``, with certificates from Dask's own configuration; or ``tcp://`` if the
        scheduler is on this machine.

    Raises
    ------
    SchedulerError
        If learners' work would cross a network that anybody can read, or nobody answers.
    """
    if urlsplit(address).scheme != "tls" and not _is_here(address):
        raise SchedulerError(
            f"{address} would send learners' work over the network unencrypted. Start scheduler "
            "and workers with TLS and give tls://...; autograder/README.md says how."
        )
    try:
        from distributed import Client
    except ImportError as error:
        raise SchedulerError(
            f"--scheduler needs the extra 'cluster': pip install 'fourps[cluster]' ({error})"
        ) from error
    try:
        client = Client(address, set_as_default=False, timeout=_START)
    except (OSError, ValueError) as error:
        raise SchedulerError(f"No scheduler answers at {address}: {error}") from error
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise SchedulerError(f"The scheduler at {address} has no workers yet. Start some.")
        yield Pool(client.get_executor(pure=False), threads)


def _is_here(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    with contextlib.suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"
