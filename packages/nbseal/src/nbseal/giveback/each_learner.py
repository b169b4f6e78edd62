"""Do the same for each learner, in a process of its own that can be ended."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nbseal.machine import brief

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class _Child(NamedTuple):
    name: str
    pid: int
    until: float


def each(
    names: Sequence[str],
    do: Callable[[str], str],
    *,
    seconds: float,
    at_once: int,
    memory_mb: int = 0,
) -> Iterator[tuple[str, str]]:
    """Call a function for each name, several at a time, and none for longer than it may take.

    Each call runs in a copy of this process, which has all libraries loaded. On Windows, which has
    no copies, they run here, one after the other and without a limit.

    It yields a name and what went wrong, as soon as that is known.

    Parameters
    ----------
    names
        What to call it with.
    do
        Returns what went wrong, or nothing. What it changes in memory is forgotten.
    seconds
        How long a call may take.
    at_once
        How many run at a time.
    memory_mb
        Memory that a call may take, on top of what this process has; 0 for any, as it is on systems
        that do not tell what a process has.

    Examples
    --------
    >>> dict(each(["ada", ""], lambda name: "" if name else "no name", seconds=9, at_once=1))
    {'ada': '', '': 'no name'}
    """
    if not hasattr(os, "fork"):
        yield from ((name, _here(name, do)) for name in names)
        return
    waiting = list(reversed(names))
    with selectors.DefaultSelector() as running:
        try:
            while waiting or running.get_map():
                while waiting and len(running.get_map()) < at_once:
                    _start(running, waiting.pop(), do, seconds, memory_mb)
                yield from _ended(running, seconds)
        finally:
            for key in [*running.get_map().values()]:
                _end(running, key)


def _here(name: str, do: Callable[[str], str]) -> str:
    """Call it in this process, which nothing that it raises may end."""
    try:
        return do(name)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - as the end of a process of its own
        return brief(error)


def _start(
    running: selectors.BaseSelector,
    name: str,
    do: Callable[[str], str],
    seconds: float,
    memory_mb: int,
) -> None:
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            if memory_mb:
                _limit(memory_mb)
            os.write(writing, f".{do(name)}".encode("utf-8", "replace")[:4000])
        finally:
            # nothing of what the parent has begun is to be ended here
            os._exit(0)
    os.close(writing)
    running.register(reading, selectors.EVENT_READ, _Child(name, pid, time.monotonic() + seconds))


def _limit(memory_mb: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    # only Linux has this file
    with contextlib.suppress(FileNotFoundError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        most = pages * resource.getpagesize() + (memory_mb << 20)
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _ended(running: selectors.BaseSelector, seconds: float) -> Iterator[tuple[str, str]]:
    """Wait until one has ended or has to be, and yield those that have."""
    first = min(key.data.until for key in running.get_map().values())
    for key, _ in running.select(max(0.0, first - time.monotonic())):
        answer = os.read(key.fd, 4000).decode("utf-8", "replace")
        _end(running, key)
        yield key.data.name, answer[1:] if answer else "its process ended before it was done"
    for key in [*running.get_map().values()]:
        if time.monotonic() >= key.data.until:
            _end(running, key)
            yield key.data.name, f"it took longer than {seconds:g} s"


def _end(running: selectors.BaseSelector, key: selectors.SelectorKey) -> None:
    running.unregister(key.fileobj)
    os.close(key.fd)
    os.kill(key.data.pid, signal.SIGKILL)
    os.waitpid(key.data.pid, 0)
