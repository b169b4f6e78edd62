"""What the marker asks of a learner's process: the values of names, and calls of functions.

A function is called in a copy of the process as it was when its check's turn came, after all cells
of the notebook have run. So what a hidden try passes in is never there for a later cell. Checks
share a copy when between them no cell did anything but bind new names.
"""

from __future__ import annotations

import builtins
import contextlib
import os
import signal
from typing import TYPE_CHECKING, Any, NoReturn

from fourps.grading.inside import standby
from fourps.grading.inside.bindings import binds, mentions
from fourps.grading.inside.held import Held, text_of
from fourps.grading.inside.wire import pack
from fourps.grading.reasons import because

if TYPE_CHECKING:
    from fourps.grading.inside.child import Answer
    from fourps.grading.inside.shell import Kernel


class Answers:
    """Answers from the names of a notebook.

    Parameters
    ----------
    kernel
        In which the notebook's cells run.
    connection
        Descriptor on which it is asked, which is no copy's.
    """

    def __init__(self, kernel: Kernel, connection: int) -> None:
        self._names: dict[str, Any] = kernel.shell.user_ns
        self._kernel = kernel
        self._connection = connection
        # checks whose functions are called in this process as it is, or in a copy of it
        self._waiting: dict[int, Held] = {}
        self._mentioned: set[str] = set()
        self._imported: dict[str, dict[str, Any]] = {}

    def running(self, run: Answer) -> Answer:
        """Return what runs a cell, and leaves a copy behind first where that may change a call."""

        def answer(request: dict[str, Any], descriptors: list[int]) -> bytes:
            self._before(request["source"])
            return run(request, descriptors)

        return answer

    def look(self, request: dict[str, Any], descriptors: list[int]) -> bytes:
        """Answer with the trees of the names that there are, and keep the rest of them for calls.

        Parameters
        ----------
        request
            With ``names``, and the ``imports`` of the check that a notebook has after it.
        descriptors
            Of a connection on which functions are called.
        """
        imports = [line for line in request["imports"] if not self._is_imported(line)]
        for line in imports:
            self._before(line)
        held = Held()
        names = self._names
        trees = {name: held.tree(names[name]) for name in request["names"] if name in names}
        # as in a notebook, a check takes a number, and what it imports is there afterwards
        self._kernel.shell.execution_count += 1
        for line in imports:
            self._import(line)
        for one in descriptors:
            if held:
                self._waiting[one] = held
            else:
                os.close(one)
        return pack(["values", text_of(trees)])

    def end(self, _: dict[str, Any], __: list[int]) -> bytes:
        """Answer calls from now on, and run no more cells."""
        frame = pack(["end"])
        if self._waiting:
            with open(os.dup(self._connection), "wb") as connection:  # noqa: PTH123 - no path
                connection.write(frame)
            self._serve()
        return frame

    def _before(self, source: str) -> None:
        """Leave a copy behind for those that wait, where a cell may change what a call does."""
        if self._waiting and self._may_change_a_call(source):
            try:
                if not standby.fork():
                    self._serve()
            except OSError:
                _say_no_copy([*self._waiting])
            for one in self._waiting:
                os.close(one)
            self._waiting = {}
        self._mentioned |= mentions(source)

    def _may_change_a_call(self, source: str) -> bool:
        made = binds(source)
        known = {*self._names, *vars(builtins), *self._mentioned}
        return made is None or not made.isdisjoint(known)

    def _is_imported(self, line: str) -> bool:
        known = self._imported.get(line)
        return known is not None and all(
            self._names.get(name) is value for name, value in known.items()
        )

    def _import(self, line: str) -> None:
        made: dict[str, Any] = {}
        with contextlib.suppress(Exception):
            exec(line, {**self._names}, made)  # noqa: S102 - a line of the exercise
        if made:
            self._imported[line] = made
            self._names.update(made)

    def _serve(self) -> NoReturn:
        try:
            # else nobody would see that the process itself has ended
            os.close(self._connection)
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            # what is printed here is for nobody
            self._kernel.said.close()
            standby.answer({number: held.called for number, held in self._waiting.items()})
        finally:
            os._exit(0)


def _say_no_copy(descriptors: list[int]) -> None:
    """Answer the first call before it is made: nobody will be there for it."""
    frame = pack(["error", "RuntimeError", str(because("no-copy")), None])
    for one in descriptors:
        with contextlib.suppress(OSError):
            os.write(one, frame)
