"""One submission: a process that seals itself, then runs the cells that it is given.

Started by itself it tries whether that can be done here, without loading what takes long.
"""

from __future__ import annotations

import contextlib
import gc
import os
import random
import resource
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbseal.inside import linux
from nbseal.inside.limits import DISK, PARTS, Limits
from nbseal.inside.wire import Frames, pack

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nbseal.inside.shell import Kernel

    # what is asked, with the descriptors that came along; the answer is one frame or several
    Answer = Callable[[dict[str, Any], list[int]], bytes]

USER = 1000
# descriptors that are closed where macOS knows no limit of theirs
_MANY = 1 << 16


def serve(
    connection: socket.socket,
    kernel: Kernel,
    limits: Limits,
    answers: Mapping[str, Answer],
    *,
    sealed: bool,
) -> None:
    """Seal this process, take the files, and answer until the other side asks no more.

    Parameters
    ----------
    connection
        To the grader. The first frame names the files, and each later one asks for something.
    kernel
        What runs them.
    limits
        What this submission may use.
    answers
        Who answers each kind of request.
    sealed
        False leaves out the namespaces and the filter.
    """
    frames = Frames(connection, descriptors=1)
    if sealed:
        seal(connection.fileno(), limits)
    else:
        _close_all_but(connection.fileno())
    _take_files(frames.next())
    # as in a kernel of Jupyter, modules beside the notebook can be imported
    sys.path.insert(0, "")
    _limit(limits)
    # its streams are memory files, which nothing else may make
    kernel.start()
    if sealed:
        # what it is made with is there on Linux only, and nothing else needs it
        from nbseal.inside import system_calls

        system_calls.install()
    _reseed()
    gc.enable()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    while True:
        try:
            request = frames.next()
            given, frames.descriptors = frames.descriptors, []
            connection.sendall(answers[request["kind"]](request, given))
        except KeyboardInterrupt:
            # it came when a cell was just done
            continue
        except EOFError:
            return


def seal(connection: int, limits: Limits) -> None:
    """Leave everything behind but one connection: descriptors, namespaces, capabilities.

    Parameters
    ----------
    connection
        The descriptor to keep.
    limits
        For the size of the disk.
    """
    _close_all_but(connection)
    _namespaces(limits)
    _become_nobody()


def cells(kernel: Kernel) -> dict[str, Answer]:
    """Return who runs cells of a notebook."""

    def running(run: Callable[[str], tuple[list[list[Any]], dict[str, Any]]]) -> Answer:
        def answer(request: dict[str, Any], _: list[int]) -> bytes:
            messages, reply = run(request["source"])
            return b"".join(map(pack, messages)) + pack(["reply", reply])

        return answer

    runs = {"cell": kernel.run, "test": kernel.test, "canary": kernel.canary}
    return {kind: running(run) for kind, run in runs.items()}


def _close_all_but(kept: int) -> None:
    os.closerange(3, kept)
    end = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    os.closerange(kept + 1, _MANY if end == resource.RLIM_INFINITY else end)


def _namespaces(limits: Limits) -> None:
    linux.unshare(linux.NEW_NAMES | linux.NEW_IPC)
    linux.mount("", "/", "", linux.PRIVATE)
    size = f"size={limits.disk_mb}m,nr_inodes={limits.disk_mb * 256},mode=0755"
    linux.mount("tmpfs", DISK, "tmpfs", linux.NO_SUID | linux.NO_DEV, size)
    for part, place in PARTS.items():
        (Path(DISK) / part).mkdir()
        _keep_python(Path(place), Path(DISK) / part)
        linux.mount(f"{DISK}/{part}", place, "", linux.BIND | linux.WITH_ALL_BELOW)
    linux.mount("proc", "/proc", "proc", linux.NO_SUID | linux.NO_DEV)
    os.chdir(PARTS["home"])


def _keep_python(place: Path, new: Path) -> None:
    """Show in a new place what Python needs of the old one, for a Python that lies under /tmp."""
    needed = map(Path, (sys.prefix, sys.base_prefix, *sys.path))
    for name in {path.relative_to(place).parts[0] for path in needed if place in path.parents}:
        (new / name).mkdir()
        linux.mount(str(place / name), str(new / name), "", linux.BIND | linux.WITH_ALL_BELOW)
        # the other children see it too
        locked = linux.READ_ONLY | linux.NO_SUID | linux.NO_DEV
        linux.mount("", str(new / name), "", linux.BIND | linux.AGAIN | locked)


def _take_files(files: dict[str, str]) -> None:
    for name, content in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes.fromhex(content))


def _become_nobody() -> None:
    linux.unshare(linux.NEW_USERS)
    own = f"{USER} 0 1"
    for name, text in {"setgroups": "deny", "uid_map": own, "gid_map": own}.items():
        Path("/proc/self", name).write_text(text, "ascii")
    linux.give_up_capabilities()


def _limit(limits: Limits) -> None:
    with contextlib.suppress(FileNotFoundError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        taken = pages * resource.getpagesize()
        _set(resource.RLIMIT_AS, taken + (limits.memory_mb << 20))
    _set(resource.RLIMIT_CPU, limits.cpu_seconds)
    _set(resource.RLIMIT_FSIZE, limits.file_mb << 20)
    _set(resource.RLIMIT_NPROC, limits.processes)
    _set(resource.RLIMIT_NOFILE, linux.DESCRIPTORS)
    _set(resource.RLIMIT_CORE, 0)
    with contextlib.suppress(OSError):
        # when memory runs out, it is this process that goes
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")


def _set(limit: int, value: int) -> None:
    hard = resource.getrlimit(limit)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(limit, (value, value))


def _reseed() -> None:
    """Give each child random numbers of its own; a fork has its parent's."""
    random.seed()
    numpy: Any = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed()


def main() -> None:
    """Seal a child; what fails is an error of this process."""
    from nbseal.inside import system_calls

    mine, _ = socket.socketpair()
    linux.unshare(linux.NEW_PIDS)
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        raise SystemExit(os.waitstatus_to_exitcode(status))
    seal(mine.fileno(), Limits())
    system_calls.install()


if __name__ == "__main__":
    main()
