"""What the marker asks of a learner's process: the values of names, and calls of functions.

Nothing here decides a mark, and nothing that runs here is trusted: the other side reads plain
values only. A function is called in a copy of the process as it was when its check's turn came,
after all cells of the notebook have run. So what a hidden try passes in is never there for a later
cell.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import warnings
from typing import TYPE_CHECKING, Any, NoReturn

from fourps.grading.inside.plain import (
    MODULES,
    Reader,
    TooLargeError,
    UnreadableError,
    Writer,
    name_of,
    text,
)
from fourps.grading.inside.wire import Frames, pack

if TYPE_CHECKING:
    from collections.abc import Callable

    from fourps.grading.inside.shell import Kernel

_LONGEST = 2_000
# classes of errors that come back as they are; none of them ends a program or a test
_ERRORS = (
    *(ArithmeticError, AssertionError, AttributeError, BufferError, EOFError, FileNotFoundError),
    *(ImportError, IndexError, KeyError, LookupError, MemoryError, ModuleNotFoundError, NameError),
    *(NotImplementedError, OSError, OverflowError, PermissionError, RecursionError, RuntimeError),
    *(TimeoutError, TypeError, UnboundLocalError, UnicodeError, ValueError, ZeroDivisionError),
)


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
        self._kernel = kernel
        self._connection = connection
        self._held: list[Any] = []

    def look(self, request: dict[str, Any], descriptors: list[int]) -> bytes:
        """Tell the values of names, and leave a copy of this process behind if one is a function.

        Parameters
        ----------
        request
            With ``names``, and the ``imports`` of the check that a notebook has after it. After the
            ``last`` one this process need not be left as it is, and answers itself.
        descriptors
            Of a connection on which the copy is asked.

        Returns
        -------
        bytes
            A frame with the trees of the names that there are.
        """
        self._held = []
        names = self._kernel.shell.user_ns
        trees = {name: self._tree(names[name]) for name in request["names"] if name in names}
        frame = pack(["values", text_of(trees)])
        if self._held and request["last"]:
            with open(os.dup(self._connection), "wb") as connection:  # noqa: PTH123 - no path
                connection.write(frame)
            self._serve(descriptors[0])
        if self._held:
            # what is said of it is that threads do not come along, and none is needed
            with warnings.catch_warnings(), contextlib.suppress(OSError):
                warnings.simplefilter("ignore")
                if not os.fork():
                    self._serve(descriptors[0])
        for one in descriptors:
            os.close(one)
        # as in a notebook, a check takes a number, and what it imports is there afterwards
        self._kernel.shell.execution_count += 1
        for line in request["imports"]:
            with contextlib.suppress(Exception):
                exec(line, names)  # noqa: S102 - a line of the exercise
        return frame

    def _tree(self, value: Any, *, streams: bool = False) -> Any:
        try:
            return Writer(self._hold, streams=streams).tree(value)
        except (TooLargeError, RecursionError):
            return self._hold(value)

    def _hold(self, value: Any) -> Any:
        name = getattr(value, "__name__", None)
        if type(value) is type(sys) and name in MODULES:
            return ["module", name]
        self._held.append(value)
        if callable(value):
            return ["function", len(self._held) - 1, name if type(name) is str else "function"]
        return ["other", len(self._held) - 1, name_of(value)]

    def _serve(self, descriptor: int) -> NoReturn:
        try:
            # else nobody would see that the process itself has ended
            os.close(self._connection)
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            # what is printed here is for nobody
            self._kernel.said.close()
            _answer_all(socket.socket(fileno=descriptor), self._called)
        finally:
            os._exit(0)

    def _called(self, request: dict[str, Any]) -> list[Any]:
        function = self._held[request["function"]]
        reader = Reader(self._back)
        args, kwargs = (reader.value(request[part]) for part in ("args", "kwargs"))
        before = text_of([request["args"], request["kwargs"]])
        try:
            result = function(*args, **kwargs)
            for number, one in enumerate(args):
                if one is result:
                    said = ["argument", number]
                    break
            else:
                said = ["value", self._tree(result, streams=True)]
        except BaseException as error:  # noqa: BLE001 - whatever it is, the check is to hear of it
            said = ["error", *_described(error)]
        after = [self._tree(args), self._tree(kwargs)]
        return [*said, None if text_of(after) == before else after]

    def _back(self, tree: list[Any]) -> Any:
        word, number = tree
        if word != "held":
            raise UnreadableError
        return self._held[number]


def text_of(trees: Any) -> str:
    """Return trees as text, without those that are too long together."""
    try:
        return text(trees)
    except TooLargeError:
        return text({} if type(trees) is dict else [])


def _described(error: BaseException) -> tuple[str, str]:
    kind = next((one for one in type(error).__mro__ if one in _ERRORS), None)
    said = "something that cannot be shown"
    with contextlib.suppress(Exception):
        said = str(error)
    if kind is None:
        kind, said = RuntimeError, f"{name_of(error)}: {said}"
    return kind.__name__, said[:_LONGEST]


def _answer_all(connection: socket.socket, called: Callable[[dict[str, Any]], list[Any]]) -> None:
    frames = Frames(connection)
    while True:
        request = frames.next()
        try:
            frame = pack(called(request))
        except Exception:  # noqa: BLE001 - it cannot be said: that is an answer too
            frame = pack(["error", "RuntimeError", "What it returned cannot be told.", None])
        connection.sendall(frame)


def error_class(name: object) -> type[Exception]:
    """Return the class of an error by its name; RuntimeError for whatever is none of them.

    Examples
    --------
    >>> error_class("KeyError"), error_class("SystemExit")
    (<class 'KeyError'>, <class 'RuntimeError'>)
    """
    return {one.__name__: one for one in _ERRORS}.get(str(name), RuntimeError)
