"""Holds what one check may ask a learner's process for: functions and other things, by number.

Nothing here decides a mark, and nothing that runs here is trusted: the other side reads plain
values only.
"""

from __future__ import annotations

import contextlib
import sys
from typing import Any

from nbseal.inside.plain_values import MODULES, TooLargeError, Writer, name_of, text
from nbseal.inside.read_values import Reader, UnreadableError

_LONGEST = 2_000
# classes of errors that come back as they are; none of them ends a program or a test
_ERRORS = (
    *(ArithmeticError, AssertionError, AttributeError, BufferError, EOFError, FileNotFoundError),
    *(ImportError, IndexError, KeyError, LookupError, MemoryError, ModuleNotFoundError, NameError),
    *(NotImplementedError, OSError, OverflowError, PermissionError, RecursionError, RuntimeError),
    *(TimeoutError, TypeError, UnboundLocalError, UnicodeError, ValueError, ZeroDivisionError),
)


class Held:
    """What the values of one check's names hold, and what its calls return.

    Examples
    --------
    >>> held = Held()
    >>> held.tree([1, abs]), len(held)
    (['list', [1, ['function', 0, 'abs']]], 1)
    >>> held.called({"function": 0, "args": ["tuple", [-3]], "kwargs": ["dict", []]})
    ['value', 3, None]
    """

    def __init__(self) -> None:
        self._things: list[Any] = []

    def __len__(self) -> int:
        return len(self._things)

    def tree(self, value: Any, *, streams: bool = False) -> Any:
        """Return the tree of a value, as `Writer` makes it.

        What is too large is held, and so is what cannot be looked at.
        """
        # an object may raise anything when it is asked what it is
        with contextlib.suppress(Exception):
            return Writer(self._hold, streams=streams).tree(value)
        return self._hold(value)

    def called(self, request: dict[str, Any]) -> list[Any]:
        """Call a function, and return what came of it as trees.

        Parameters
        ----------
        request
            With the number of the ``function``, and its ``args`` and ``kwargs`` as trees.
        """
        function = self._things[request["function"]]
        reader = Reader(self._back)
        args, kwargs = (reader.value(request[part]) for part in ("args", "kwargs"))
        before = text_of([request["args"], request["kwargs"]])
        try:
            result = function(*args, **kwargs)
            for number, argument in enumerate(args):
                if argument is result:
                    answer = ["argument", number]
                    break
            else:
                answer = ["value", self.tree(result, streams=True)]
        except BaseException as error:  # noqa: BLE001 - whatever it is, the check is to hear of it
            answer = ["error", *_described(error)]
        after = [self.tree(args), self.tree(kwargs)]
        return [*answer, None if text_of(after) == before else after]

    def _hold(self, value: Any) -> Any:
        name = None
        with contextlib.suppress(Exception):
            name = getattr(value, "__name__", None)
        if type(value) is type(sys) and name in MODULES:
            return ["module", name]
        self._things.append(value)
        if callable(value):
            return ["function", len(self) - 1, name if type(name) is str else "function"]
        return ["other", len(self) - 1, name_of(value)]

    def _back(self, tree: list[Any]) -> Any:
        word, number = tree
        if word != "held":
            raise UnreadableError
        return self._things[number]


def text_of(trees: Any) -> str:
    """Return trees as text, without those that are too long together."""
    try:
        return text(trees)
    except TooLargeError:
        return text({} if type(trees) is dict else [])


def error_class(name: object) -> type[Exception]:
    """Return the class of an error by its name; RuntimeError for whatever is none of them.

    Examples
    --------
    >>> error_class("KeyError"), error_class("SystemExit")
    (<class 'KeyError'>, <class 'RuntimeError'>)
    """
    return {kind.__name__: kind for kind in _ERRORS}.get(str(name), RuntimeError)


def _described(error: BaseException) -> tuple[str, str]:
    kind = next((base for base in type(error).__mro__ if base in _ERRORS), None)
    words = "something that cannot be shown"
    with contextlib.suppress(Exception):
        words = str(error)
    if kind is None:
        kind, words = RuntimeError, f"{name_of(error)}: {words}"
    return kind.__name__, words[:_LONGEST]
