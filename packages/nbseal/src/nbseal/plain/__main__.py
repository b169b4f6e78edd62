"""The process that runs released cells: ``python -m nbseal.plain SECONDS``.

It takes a line of JSON for each notebook and each submission, and answers in lines. It has no
signal and no child. What takes so many seconds of a processor it ends itself; who started it looks
at the clock.
"""

from __future__ import annotations

import ast
import contextlib
import gc
import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from nbseal.inside.limits import Limits
from nbseal.plain.kernel import PlainKernel
from nbseal.plain.leftovers import put_back, state
from nbseal.plain.limits import MEMORY, TOO_LONG
from nbseal.plain.submission import Submission

if TYPE_CHECKING:
    from collections.abc import Callable

# seconds between two looks at the processor's clock
_LOOK = 0.1


class _Watch(threading.Thread):
    """Ends the process when one submission has taken too much of a processor."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.end = float("inf")

    def run(self) -> None:
        while True:
            time.sleep(_LOOK)
            if time.process_time() > self.end:
                os._exit(TOO_LONG)


def main() -> None:
    """Answer until nobody asks any more."""
    # where it was started: nothing is imported from there
    with contextlib.suppress(ValueError):
        sys.path.remove(str(Path.cwd()))
    seconds = float(sys.argv[1])
    asked, answered = _streams()
    _limit()
    kernel = PlainKernel(Limits().output_mb << 20)
    kernel.start()
    watch = _Watch()
    watch.start()
    known: dict[str, list[dict[str, Any]]] = {}
    # until other cells come: after any change this process is replaced
    before = state()

    def say(*words: object) -> None:
        answered.write(json.dumps(words).encode("ascii") + b"\n")
        answered.flush()

    say("ready")
    for line in asked:
        request = json.loads(line)
        watch.end = time.process_time() + seconds
        if "cells" in request:
            cells = known[request["key"]] = request["cells"]
            _import(cells)
            # it stays, and is not searched for garbage with each submission
            gc.freeze()
            before = state()
            if request["try"]:
                _run(kernel, cells, {}, "en", lambda *_: None)
            say("known", state() != before)
        else:
            cells = known[request["key"]]
            _run(kernel, cells, request["answers"], request["language"], say)
            say("done", state() != before)
        watch.end = float("inf")


def _run(
    kernel: PlainKernel,
    cells: list[dict[str, Any]],
    answers: dict[str, dict[str, Any]],
    language: str,
    say: Callable[..., None],
) -> None:
    with put_back():
        for place, (messages, reply) in Submission(kernel, answers, language).run(cells):
            say("cell", place, messages, reply)


def _import(cells: list[dict[str, Any]]) -> None:
    """Import what cells import, so that it is there before the first submission."""
    for cell in cells:
        for node in ast.walk(ast.parse(cell["source"])):
            if isinstance(node, ast.Import | ast.ImportFrom):
                # the cell that imports it says what is wrong
                with contextlib.suppress(Exception):
                    exec(compile(ast.Module([node], []), "cell", "exec"), {})  # noqa: S102


def _streams() -> tuple[IO[bytes], IO[bytes]]:
    """Return what was standard input and output, which nothing else shall read or write."""
    asked, answered = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(nothing, number)
    return asked, answered


def _limit() -> None:
    # Windows has no such module, and macOS not that limit
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
