"""Programs of others that open our packages, each installed into a folder of its own, as its lock says."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
UV = ROOT / ".tools" / "bin" / "uv"


def install(name: str, folder: Path) -> Path:
    """Install what a lock names, and return the Python that has it.

    Parameters
    ----------
    name
        Of the lock in ``requirements``.
    folder
        Where an environment is made.
    """
    lock = ROOT / "requirements" / f"{name}.txt"
    python = folder / "bin" / "python"
    for words in (
        ["venv", "--quiet", "--python", sys.executable, folder],
        ["pip", "sync", "--quiet", "--python", python, "--require-hashes", lock],
    ):
        done = subprocess.run([UV, *words], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{name} could not be installed: {done.stderr}"
    return python


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(address: str) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(address):
        return True
    return False


@contextlib.contextmanager
def serving(words: list[object], port: int, log: Path, seconds: float = 60) -> Iterator[str]:
    """Run a server until the end of a block, and return its address once it answers."""
    address = f"http://127.0.0.1:{port}"
    # without its parent it ends: a run of tests that is killed leaves no server
    command = ["setpriv", "--pdeathsig", "TERM", *map(str, words)]
    with log.open("w") as output:
        server = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True)
    try:
        deadline = time.monotonic() + seconds
        while not _answers(f"{address}/"):
            assert server.poll() is None, log.read_text("utf-8")
            assert time.monotonic() < deadline, f"{words[0]} does not answer"
            time.sleep(0.1)
        yield address
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(10)
