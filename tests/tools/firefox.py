"""Firefox: one for each worker, and in it a new device for each question; to start it takes longer than most answers."""

from __future__ import annotations

import atexit
import json
import shutil
import subprocess
import sys
from pathlib import Path

NODE = Path(sys.executable).with_name("node")
SCRIPT = Path(__file__).parents[1] / "e2e" / "firefox.mjs"


class Firefox:
    """What answers; it starts with the first question."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def __call__(self, **question):
        """Return what was seen; what fails ends that Firefox, and the next question has another."""
        process = self._process = self._process or self._started()
        process.stdin.write(json.dumps(question) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            self.close()
        assert line, "Firefox ended; its complaint is on the standard error output"
        return json.loads(line)

    def _started(self) -> subprocess.Popen[str]:
        program = shutil.which("firefox-esr") or shutil.which("firefox")
        assert program, "Firefox is missing: run `sh tests/need.sh`"
        return subprocess.Popen(
            [NODE, SCRIPT, program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def close(self) -> None:
        """End it, if it was started."""
        if self._process:
            # it ends with the last question
            self._process.communicate()
            self._process = None


ask = Firefox()
atexit.register(ask.close)
