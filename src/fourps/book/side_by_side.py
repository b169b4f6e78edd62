"""Build the languages of the book side by side, each in a process of its own.

Sphinx builds one language in a process, on one processor. What a language's process says is told
under its name when it has ended, so that the languages do not talk into each other. Cells are run
once for all (`fourps.book.run_cells`).
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from fourps.course.language import name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def build_languages(
    source: Path, work: Path, output: Path, codes: Sequence[str], config: dict[str, Any]
) -> list[str]:
    """Build each language into a folder of its name in `work`, and return those that went wrong.

    The other parameters are those of `fourps.book.one_language.build_language`. OSError says what
    the system refused to one of the processes; the others are ended then, as they are when this
    one is interrupted or ends.
    """
    with contextlib.ExitStack() as stack:
        started = {
            code: stack.enter_context(_building([source, work / code, output], code, config))
            for code in codes
        }
        # in the order of the languages, whichever ends first
        return [code for code, building in started.items() if not building.is_good()]


class _Building:
    """A language that is being built: what its process says, and how it ended."""

    def __init__(self, code: str, process: subprocess.Popen[bytes], *files: IO[bytes]) -> None:
        self._name, self._process = f"{name(code, 'en')} ({code})", process
        self._answer, self._said = files

    def is_good(self) -> bool:
        """Wait for the end, tell what was said, and return whether nothing was wrong."""
        status = self._process.wait()
        if said := _read(self._said):
            sys.stderr.write(f"{self._name}:\n{said}")
        answer = _read(self._answer)
        if not answer:
            sys.stderr.write(f"{self._name} ended with status {status}.\n")
            return False
        done = json.loads(answer)
        if "refused" in done:
            raise OSError(*done["refused"])
        return bool(done["good"])


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


@contextlib.contextmanager
def _building(folders: list[Path], code: str, config: dict[str, Any]) -> Iterator[_Building]:
    """Start building a language, and end that if nobody waits for it any more."""
    asked = json.dumps([[os.fspath(one) for one in folders], code, config])
    with (
        # files, since nobody reads until the languages before have ended
        tempfile.TemporaryFile() as answer,
        tempfile.TemporaryFile() as said,
        subprocess.Popen(  # noqa: S603 - our own words; no shell
            [sys.executable, "-P", "-m", __name__, asked],
            # through which nothing comes, until this process ends
            stdin=subprocess.PIPE,
            stdout=answer,
            stderr=said,
            # Ctrl+C is for this process, which ends the others
            start_new_session=True,
        ) as process,
    ):
        try:
            yield _Building(code, process, answer, said)
        finally:
            process.kill()


def _end_with_parent() -> None:
    """End when the process that asked has ended, also after ``kill -9``."""
    os.read(0, 1)
    os._exit(1)


def _work() -> None:
    """Build what is asked for, and say on the output how that went."""
    from fourps.book.one_language import build_language

    threading.Thread(target=_end_with_parent, daemon=True).start()
    folders, code, config = json.loads(sys.argv[1])
    source, work, output = map(Path, folders)
    # whatever else is printed is for people
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    try:
        good = build_language(source, work, output, code, config)
        done: dict[str, Any] = {"good": good}
    except OSError as error:
        done = {"refused": [error.errno, error.strerror, error.filename]}
    with answer:
        json.dump(done, answer)


if __name__ == "__main__":
    _work()
