"""Answers to what the marker asks of a learner's process: values of names, and calls of functions.

A function is called in a copy of the process as it was when its check's turn came, after all cells
of the notebook have run. So what a hidden try passes in is never there for a later cell. Checks
share a copy when between them no cell did anything but bind new names.

One copy answers the calls of several checks, and stands by for when they end it: calls are made in
a child of it. That answers one check after the other, as a kernel would; when it ends or does not
come back, a fresh one takes the next check.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import functools
import os
import re
import signal
import socket
import warnings
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, NoReturn

from nbseal.inside.held import Held, text_of
from nbseal.inside.wire import Frames, pack
from nbseal.reasons import because

if TYPE_CHECKING:
    import types
    from collections.abc import Callable

    from nbseal.inside.child import Answer
    from nbseal.inside.shell import Kernel

    Called = Callable[[dict[str, Any]], list[Any]]

# a child that is in no call takes a check at once; seconds after which it is taken to be in one
_AT_ONCE = 2
_WORD = 4
_NAME = re.compile(r"[^\W\d]\w*")


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
        held, text = self.told(request)
        for descriptor in descriptors:
            if held:
                self._waiting[descriptor] = held
            else:
                os.close(descriptor)
        return pack(["values", text])

    def told(self, request: dict[str, Any]) -> tuple[Held, str]:
        """Return what a check may call, and the trees of the names that there are, as text."""
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
        return held, text_of(trees)

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
                if not _fork():
                    self._serve()
            except OSError:
                _say_no_copy([*self._waiting])
            for descriptor in self._waiting:
                os.close(descriptor)
            self._waiting = {}
        self._mentioned |= mentions(source)

    def _may_change_a_call(self, source: str) -> bool:
        bound = binds(source)
        known = {*self._names, *vars(builtins), *self._mentioned}
        return bound is None or not bound.isdisjoint(known)

    def _is_imported(self, line: str) -> bool:
        known = self._imported.get(line)
        return known is not None and all(
            self._names.get(name) is value for name, value in known.items()
        )

    def _import(self, line: str) -> None:
        imported: dict[str, Any] = {}
        with contextlib.suppress(Exception):
            exec(_compiled(line), {**self._names}, imported)  # noqa: S102 - a line of the exercise
        if imported:
            self._imported[line] = imported
            self._names.update(imported)

    def _serve(self) -> NoReturn:
        try:
            # else nobody would see that the process itself has ended
            os.close(self._connection)
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            # what is printed here is for nobody
            self._kernel.transcript.close()
            _answer_all({number: held.called for number, held in self._waiting.items()})
        finally:
            os._exit(0)


@functools.cache
def _compiled(line: str) -> types.CodeType:
    return compile(line, "<string>", "exec")


def _say_no_copy(descriptors: list[int]) -> None:
    """Answer the first call before it is made: nobody will be there for it."""
    frame = pack(["error", "RuntimeError", str(because("no-copy")), None])
    for descriptor in descriptors:
        with contextlib.suppress(OSError):
            os.write(descriptor, frame)


def _fork() -> int:
    """Return the number of a child, or 0 in it."""
    # what is said of it is that threads do not come along, and none is needed
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return os.fork()


def _answer_all(checks: dict[int, Called]) -> NoReturn:
    """Answer until nothing more can be asked, then end.

    Parameters
    ----------
    checks
        By the descriptor of the connection on which it is asked, what answers. The next check asks
        only when the one before has an answer, or was given up.
    """
    waiting = {socket.socket(fileno=number): called for number, called in checks.items()}
    if len(waiting) == 1:
        _reply(waiting)
    helper: _Helper | None = None
    while waiting:
        for connection in _ready(waiting):
            if helper is None or not helper.takes(connection):
                try:
                    helper = _Helper(waiting)
                except OSError:
                    # there is no room for a child
                    _reply(waiting)
                helper.takes(connection)
            del waiting[connection]
            connection.close()
    os._exit(0)


class _Helper:
    """A child that answers those checks that it is told to.

    Parameters
    ----------
    waiting
        What it may be told.
    """

    def __init__(self, waiting: dict[socket.socket, Called]) -> None:
        self._control, theirs = socket.socketpair()
        self._control.settimeout(_AT_ONCE)
        self._process = _fork()
        if not self._process:
            self._control.close()
            _reply({}, theirs, waiting)
        theirs.close()

    def takes(self, connection: socket.socket) -> bool:
        """Have it answer a check; return whether it does, and end it if not."""
        with contextlib.suppress(OSError):
            self._control.sendall(connection.fileno().to_bytes(_WORD))
            if self._control.recv(1):
                return True
        self._control.close()
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
        return False


def _reply(
    asked: dict[socket.socket, Called],
    control: socket.socket | None = None,
    waiting: dict[socket.socket, Called] | None = None,
) -> NoReturn:
    """Answer what is asked, and take more when told to."""
    try:
        frames = {peer: Frames(peer) for peer in asked}
        known = {peer.fileno(): (peer, called) for peer, called in (waiting or {}).items()}
        while control or asked:
            for peer in _ready([*asked, *([control] if control else [])]):
                if peer in asked:
                    peer.sendall(_called(asked[peer], frames[peer].next()))
                elif word := peer.recv(_WORD):
                    connection, called = known[int.from_bytes(word)]
                    asked[connection], frames[connection] = called, Frames(connection)
                    peer.sendall(b"+")
                else:
                    # all checks have been taken
                    control = None
    finally:
        os._exit(0)


def _called(called: Called, request: dict[str, Any]) -> bytes:
    try:
        return pack(called(request))
    except Exception:  # noqa: BLE001 - it cannot be said: that is an answer too
        return pack(["error", "RuntimeError", "What it returned cannot be told.", None])


def _ready(connections: Any) -> list[Any]:
    return wait([*connections])


def binds(source: str) -> set[str] | None:
    """Return the names that a cell binds, or None if it may do anything else.

    Examples
    --------
    >>> sorted(binds("limit = 3\\ndef double(x, by=2):\\n    return x * by"))
    ['double', 'limit']
    >>> binds("double(3)") is binds("def f(x=print()):\\n    pass") is binds("%time") is None
    True
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return None
    bound: set[str] = set()
    for statement in tree.body:
        names = _bound(statement)
        if names is None:
            return None
        bound |= names
    return bound


def mentions(source: str) -> set[str]:
    """Return the names that a cell uses, in its functions too.

    Examples
    --------
    >>> sorted(mentions("def total():\\n    return sum(rows)"))
    ['rows', 'sum']
    >>> sorted(mentions("%time total()"))
    ['time', 'total']
    """
    try:
        nodes = [*ast.walk(ast.parse(source))]
    except (SyntaxError, ValueError, RecursionError):
        return {*_NAME.findall(source)}
    names = [node for node in nodes if isinstance(node, ast.Name)]
    return {node.id for node in names if isinstance(node.ctx, ast.Load)}


def _bound(statement: ast.stmt) -> set[str] | None:
    if isinstance(statement, ast.Pass):
        return set()
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        given = [*statement.args.defaults, *filter(None, statement.args.kw_defaults)]
        plain = not statement.decorator_list and all(map(_is_plain, given))
        return {statement.name} if plain and not _calls_in_types(statement) else None
    if isinstance(statement, ast.Assign) and _is_plain(statement.value):
        names = [target.id for target in statement.targets if isinstance(target, ast.Name)]
        return {*names} if len(names) == len(statement.targets) else None
    return None


def _is_plain(value: ast.expr) -> bool:
    try:
        ast.literal_eval(value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return True


def _calls_in_types(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    given = function.args
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    types = [function.returns, *(argument.annotation for argument in every if argument)]
    nodes = [node for annotation in types if annotation for node in ast.walk(annotation)]
    return any(isinstance(node, ast.Call | ast.NamedExpr | ast.Await) for node in nodes)
