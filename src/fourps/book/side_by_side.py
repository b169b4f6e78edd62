"""Build the languages of the book side by side, in processes that can be asked again.

Sphinx builds one language in a process, on one processor. Another process loads what all languages
need once, and forks for each of them (`fourps.book.warm`); where it cannot, there is one process
for each. What a language says is told under its name when it has ended, so that the languages do
not talk into each other. Cells are run once for all (`fourps.book.cells`).
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from typing import IO, TYPE_CHECKING, Any, Self, cast

from fourps.book.outdated import library_hash
from fourps.course.language import name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# elsewhere a process that has loaded much is not safe to fork, or cannot be
FORKS = sys.platform == "linux"
# what is run in such a process
PROGRAM = ("-m", "fourps.book.warm")


class Builders:
    """Processes that build languages: started when they are first asked, ended with the context.

    Parameters
    ----------
    stay
        Whether they are asked again, and had better get ready for that.
    """

    def __init__(self, *, stay: bool = False) -> None:
        self._stay = stay
        self._processes: dict[tuple[str, ...], _Process] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        while self._processes:
            self._processes.popitem()[1].end()

    def build(
        self, source: Path, work: Path, output: Path, codes: Sequence[str], config: dict[str, Any]
    ) -> list[str]:
        """Build each language into a folder of its name in `work`; return those that went wrong.

        The other parameters are those of `fourps.book.one_language.build_language`. OSError says
        what the system refused to one of the languages; the others are ended then, as they are when
        this process is interrupted or ends.
        """
        folders = [os.fspath(folder) for folder in (source, work, output)]
        request = {"folders": folders, "config": config, "stay": self._stay}
        groups = [tuple(codes)] if FORKS else [(code,) for code in codes]
        library_hash.cache_clear()
        try:
            for group in groups:
                self._start(group).ask(request | {"codes": group})
            # in the order of the languages, whichever ends first
            return [
                code
                for group in groups
                for code in group
                if not _is_good(code, self._processes[group].answer(), by_name=len(codes) > 1)
            ]
        except BaseException:
            self.__exit__()
            raise

    def _start(self, group: tuple[str, ...]) -> _Process:
        before = self._processes.get(group)
        if before and before.is_there() and before.library == library_hash():
            return before
        if before:
            before.end()
        self._processes[group] = _Process(library_hash())
        return self._processes[group]


class _Process:
    """Builds the languages that it is asked for (`fourps.book.warm`).

    Parameters
    ----------
    library
        The hash of what it loads: code that is edited later, it does not know.
    """

    def __init__(self, library: str) -> None:
        self.library = library
        self._popen = subprocess.Popen(  # noqa: S603 - our own words; no shell
            [sys.executable, "-P", *PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Ctrl+C is for this process, which ends that one
            start_new_session=True,
        )

    def ask(self, request: dict[str, Any]) -> None:
        """Have it build."""
        stdin = cast("IO[bytes]", self._popen.stdin)
        # what has ended by now has no answer, which is told
        with contextlib.suppress(BrokenPipeError):
            stdin.write(json.dumps(request).encode() + b"\n")
            stdin.flush()

    def is_there(self) -> bool:
        """Return whether it can be asked."""
        return self._popen.poll() is None

    def answer(self) -> dict[str, Any]:
        """Return what came of the next language, which is waited for."""
        line = cast("IO[bytes]", self._popen.stdout).readline()
        return json.loads(line) if line else {"status": self._popen.wait()}

    def end(self) -> None:
        """End it, and with it the languages."""
        with self._popen:
            self._popen.kill()


def _is_good(code: str, answer: dict[str, Any], *, by_name: bool) -> bool:
    """Tell what was said of a language, and return whether nothing was wrong."""
    named = f"{name(code, 'en')} ({code})"
    if text := answer.get("said"):
        sys.stderr.write(f"{named}:\n{text}" if by_name else text)
    if "refused" in answer:
        raise OSError(*answer["refused"])
    if "good" not in answer:
        sys.stderr.write(f"{named} ended with status {answer['status']}.\n")
    return bool(answer.get("good"))
