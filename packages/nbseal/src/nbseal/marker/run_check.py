"""Runs a check in the marker's own kernel.

What was there before a check, and may decide a mark, is changed by no call of a function.
"""

from __future__ import annotations

import collections
import functools
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbseal.inside.plain_values import owner
from nbseal.inside.wire import NotJsonError, loads, pack
from nbseal.marker.learner_calls import AnswerEndedError, Calls, Functions
from nbseal.reasons import because

if TYPE_CHECKING:
    import types
    from collections.abc import Callable

    from nbseal.inside.shell import Kernel


class Marker:
    """Runs checks, one after the other, with names of its own.

    Parameters
    ----------
    kernel
        In which no learner's code ever ran.
    """

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._names: dict[str, Any] = kernel.shell.user_ns
        # a check may keep a function of the learner's for a later one
        self._calls: list[Functions] = []

    def check(self, request: dict[str, Any], descriptors: list[int]) -> bytes:
        """Run a check, and say what came of it.

        Parameters
        ----------
        request
            Its ``source``; the ``released`` cells before it that no learner could change; the
            ``values`` of names that the learner's process told; the ``count`` of the cell; and the
            ``environment``, with the language in which it speaks to the learner.
        descriptors
            Of a connection to the learner's functions.
        """
        connection = socket.socket(fileno=descriptors[0])
        messages, reply = self.mark(request, functools.partial(Calls, connection))
        return b"".join(map(pack, messages)) + pack(["reply", reply])

    def mark(
        self, request: dict[str, Any], calls_of: Callable[[Callable[[], set[int]]], Functions]
    ) -> tuple[list[list[Any]], dict[str, Any]]:
        """Run a check, and return what it said and what came of it.

        Parameters
        ----------
        request
            As `check` has it.
        calls_of
            Returns what it may ask of the learner's process, of what no call changes.
        """
        self._kernel.shell.execution_count = request["count"]
        os.environ.update(request["environment"])
        for source in request["released"]:
            self._bind(source)
        kept: set[int] = set()
        calls = calls_of(lambda: kept | _of_modules())
        self._calls.append(calls)
        given = {
            name: calls.value(tree)
            for name, tree in _told(request["values"]).items()
            if name in request["names"] and name not in self._names
        }
        if len(calls):
            kept |= _inside([*self._names.values()])
        self._names.update(given)
        before = self._unanswered()
        messages, reply = self._kernel.run(request["source"])
        if "error" not in reply and self._unanswered() > before:
            # the check has caught even that
            name, text = AnswerEndedError.__name__, str(because("answer-ended"))
            reply["error"] = {"ename": name, "evalue": text, "traceback": [f"{name}: {text}"]}
        for name, value in given.items():
            # the next check asks for it again
            if self._names.get(name) is value:
                del self._names[name]
        return messages, reply | {"ended": "error" not in reply}

    def _unanswered(self) -> int:
        return sum(calls.unanswered for calls in self._calls)

    def _bind(self, source: str) -> None:
        """Run a cell of the exercise for the names that it binds, and drop what it shows.

        One that fails here, since it uses what learners define, binds nothing: what has become of
        its names is then asked of their process.
        """
        before = {**self._names}
        try:
            with self._kernel.unheard():
                code = _compiled(self._kernel.shell.transform_cell, source)
                exec(code, self._names)  # noqa: S102 - of the exercise
        except Exception:  # noqa: BLE001 - whatever it is
            self._names.clear()
            self._names.update(before)
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")


@functools.cache
def _compiled(transform: Callable[[str], str], source: str) -> types.CodeType:
    return compile(transform(source), "cell", "exec")


def _told(text: str) -> dict[str, Any]:
    try:
        values = loads(text.encode("ascii", "replace"))
    except NotJsonError:
        return {}
    return values if type(values) is dict else {}


def _inside(values: list[Any]) -> set[int]:
    """Return the ``id`` of values, and of those that are in them.

    Examples
    --------
    >>> rows = [1]
    >>> id(rows) in _inside([{"a": (rows,)}])
    True
    """
    seen: set[int] = set()
    while values:
        value = values.pop()
        if id(value) in seen:
            continue
        seen |= {id(value), id(owner(value))}
        if isinstance(value, list | tuple | set | frozenset | collections.deque):
            values.extend(value)
        elif isinstance(value, dict):
            values.extend(value.values())
        elif hasattr(value, "__dict__") and _is_own(value):
            values.extend(vars(value).values())
    return seen


def _of_modules() -> set[int]:
    """Return the same of the modules that came with the notebook, as a check has imported them."""
    return _inside([module for module in [*sys.modules.values()] if _is_here(module)])


def _is_own(value: Any) -> bool:
    """Say whether a class, or an object of one, is of the exercise and of no library."""
    kind = value if isinstance(value, type) else type(value)
    module = sys.modules.get(kind.__module__)
    return kind.__module__ == "__main__" or _is_here(value) or _is_here(module)


def _is_here(module: object) -> bool:
    """Say whether something is a module of a file beside the notebook."""
    file = getattr(module, "__file__", None) if isinstance(module, type(sys)) else None
    return bool(file) and _is_below(str(file), str(Path.cwd()))


@functools.cache
def _is_below(file: str, folder: str) -> bool:
    return Path(file).is_relative_to(folder)
