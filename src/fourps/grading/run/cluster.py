"""Execute notebooks on a `dask.distributed` cluster, which may lose machines while it does."""

from __future__ import annotations

import contextlib
import logging
import time
from concurrent.futures import FIRST_COMPLETED, CancelledError, wait
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fourps.course.error import FourpsError
from fourps.grading.run import remote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fourps.grading.run.pool import Pool, Running, Way, Work

_START = 30
# between two looks at the cluster when nothing comes back
_LOOK = 5.0
PATIENCE = 120.0


class SchedulerError(FourpsError):
    """A cluster that cannot be used; the message says what to do."""


class ClusterLostError(FourpsError):
    """A cluster that could be used and can no longer."""


@contextlib.contextmanager
def cluster(address: str, *, sealed: bool = True, patience: float = PATIENCE) -> Iterator[Pool]:
    """Execute on the workers of a scheduler, each with this release of the package installed.

    A submission whose machine is lost is executed on another one; Dask sees to that.

    Parameters
    ----------
    address
        ``tls://host:8786``, with certificates from Dask's own configuration; or ``tcp://`` if the
        scheduler is on this machine.
    sealed
        Whether the workers must be able to seal.
    patience
        Seconds to wait for a scheduler or workers that are gone.

    Raises
    ------
    SchedulerError
        If learners' work would cross a network that anybody can read, if nobody answers, or if a
        worker cannot do what it is there for.
    ClusterLostError
        If all workers are gone, and none comes in time.
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
            "--scheduler needs the extra 'cluster'. In the project's folder: "
            f"pip install '.[cluster]' ({error})"
        ) from error
    try:
        client = Client(address, set_as_default=False, timeout=_START)
    except (OSError, ValueError) as error:
        raise SchedulerError(f"No scheduler answers at {address}: {error}") from error
    with _said_by_us_alone(), client:
        workers = sum(client.nthreads().values())
        if not workers:
            raise SchedulerError(f"The scheduler at {address} has no workers yet. Start some.")
        _refuse_unfit(client, sealed=sealed)
        yield _Cluster(client, workers, patience)


class _Cluster:
    def __init__(self, client: Any, workers: int, patience: float) -> None:
        self.workers = workers
        self._client = client
        self._patience = patience
        # each is executed, however much one looks like another
        self._executor = client.get_executor(pure=False)

    def require(self, way: Way, most: int) -> None:  # noqa: ARG002 - one for each machine is there
        packed = remote.pack(None, way)
        answers = self._client.run(remote.ready, packed, on_error="return")
        for address, answer in sorted(answers.items()):
            if isinstance(answer, BaseException):
                raise SchedulerError(f"The worker {address} cannot grade: {answer}")

    def submit(self, work: Work, way: Way) -> Running:
        running: Running = self._executor.submit(remote.execute, remote.pack(work, way))
        return running

    def done(self, running: Iterable[Running]) -> set[Running]:
        alive = time.monotonic()
        running = list(running)
        while True:
            done = wait(running, _LOOK, return_when=FIRST_COMPLETED).done
            if any(one.cancelled() for one in done):
                raise ClusterLostError("The scheduler is gone")
            if done:
                return done
            if self._has_workers():
                alive = time.monotonic()
            elif time.monotonic() - alive >= self._patience:
                raise ClusterLostError("The cluster has lost all its workers")

    def _has_workers(self) -> bool:
        try:
            return bool(self._client.nthreads())
        # it is not there, or this client has given it up
        except (OSError, RuntimeError, ValueError, CancelledError):
            return False


def _refuse_unfit(client: Any, *, sealed: bool) -> None:
    """Ask the machines before anything is changed, so that not every submission fails."""
    found: dict[str, Any] = {}
    try:
        found["scheduler"] = client.run_on_scheduler(remote.release), ""
    except Exception as error:  # noqa: BLE001 - whatever is raised there comes here
        found["scheduler"] = error
    for address, answer in sorted(client.run(remote.fitness, on_error="return").items()):
        found[f"worker {address}"] = answer
    ours = remote.release()
    for machine, answer in found.items():
        if isinstance(answer, BaseException):
            raise SchedulerError(
                f"The {machine} cannot grade ({type(answer).__name__}: {answer}). Install "
                "'fourps[cluster]' in the environment where Dask runs there."
            )
        theirs, why = answer
        if theirs != ours:
            raise SchedulerError(
                f"The {machine} has fourps {theirs}, and this is {ours}. Install one release "
                "everywhere: different ones may mark differently."
            )
        if sealed and why:
            raise SchedulerError(f"The {machine} cannot seal: {why}")


@contextlib.contextmanager
def _said_by_us_alone() -> Iterator[None]:
    """Keep Dask's tracebacks from a facilitator who reads what the run says of a lost cluster."""
    # the second speaks only if the connection is lost while something is being sent
    logs = [logging.getLogger(f"distributed.{part}") for part in ("client", "batched")]
    before = [log.level for log in logs]
    for log in logs:
        log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for log, level in zip(logs, before, strict=True):
            log.setLevel(level)


def _is_here(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    with contextlib.suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"
