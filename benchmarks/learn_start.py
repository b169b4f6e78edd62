"""Measure how long a learner waits: from `fourps learn` to a JupyterLab that answers.

Prints seconds for a first start (the folder is made) and for two later ones; the target is 10 s.
Run it with nothing else running: ``.venv/bin/python benchmarks/learn_start.py``.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

FOURPS = Path(sys.executable).with_name("fourps")
TARGET = 10.0
STARTS = ("first", "second", "third")
_GIVE_UP = 120.0


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def seconds_until_it_answers(folder: Path) -> float:
    """Start the command, wait for the page that the browser would open, and stop it again."""
    port = free_port()
    options = ["--no-browser", "--allow-root", f"--port={port}", "--IdentityProvider.token=bench"]
    began = time.perf_counter()
    with subprocess.Popen(
        [FOURPS, "learn", str(folder), "--", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as server:
        try:
            while time.perf_counter() - began < _GIVE_UP and server.poll() is None:
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/lab?token=bench") as page:
                        page.read()
                        return time.perf_counter() - began
                except urllib.error.URLError:
                    time.sleep(0.05)
            raise SystemExit("JupyterLab did not answer; run `fourps learn` by hand to see why.")
        finally:
            if server.poll() is None:
                os.killpg(server.pid, signal.SIGTERM)


def main() -> None:
    """Print the three waits."""
    with tempfile.TemporaryDirectory() as base:
        for start in STARTS:
            seconds = seconds_until_it_answers(Path(base) / "four-ps")
            verdict = "within" if seconds <= TARGET else "over"
            print(f"{start} start: {seconds:.1f} s ({verdict} the target of {TARGET:.0f} s)")


if __name__ == "__main__":
    main()
