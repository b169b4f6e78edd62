"""Learners' functions as they stand in the marker: each call crosses to the learner's process."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, NoReturn

from nbseal.inside.held import error_class
from nbseal.inside.plain_values import LARGEST, Writer, text
from nbseal.inside.read_values import Reader, UnreadableError, merge
from nbseal.inside.wire import Frames, NotJsonError, TooLongError, pack
from nbseal.reasons import because

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Collection

_LONGEST = 2_000
_SHOWN = 100


class LearnersAssertionError(AssertionError):
    """An assertion in a learner's own code: not the check's, so its words are nobody's hint."""


class AnswerEndedError(BaseException):
    """The process that holds a function has ended; no check may take that for an answer."""


class Other:
    """Something of a learner's that is no plain value: it equals nothing.

    Parameters
    ----------
    kind
        The name of its type.
    """

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def __eq__(self, other: object) -> bool:
        return False

    def __ne__(self, other: object) -> bool:
        return True

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return f"<{self._kind} of the notebook>"


class Functions:
    """Functions that are elsewhere: what they take and return is copied. A subclass asks them.

    Parameters
    ----------
    kept
        Returns the ``id`` of what no call changes: it was there before the check, and may decide.

    Attributes
    ----------
    unanswered
        How many calls there were that nobody answered.
    """

    def __init__(self, kept: Callable[[], Collection[int]] = frozenset) -> None:
        self._kept = kept
        self.unanswered = 0
        self._numbers: dict[int, int] = {}
        # a number means a thing only as long as that is there
        self._things: list[object] = []

    def __len__(self) -> int:
        """Return how many things are elsewhere, so far as is known here."""
        return len(self._things)

    def value(self, tree: Any) -> Any:
        """Return what stands here for something of the learner's.

        Parameters
        ----------
        tree
            As the learner's process has written it, which may be anything.
        """
        try:
            return Reader(self._held).value(tree)
        except UnreadableError:
            return Other("value that cannot be read")

    def _held(self, tree: list[Any]) -> Any:
        word, number, name = tree
        if type(number) is not int or type(name) is not str:
            raise UnreadableError
        thing: Any = Other(name[:_SHOWN])
        if word == "function":
            thing = self._function(number, name[:_SHOWN])
        elif word != "other":
            raise UnreadableError
        self._numbers[id(thing)] = number
        self._things.append(thing)
        return thing

    def _function(self, number: int, name: str) -> Callable[..., Any]:
        def answer(*args: Any, **kwargs: Any) -> Any:
            return self._call(number, args, kwargs)

        answer.__name__ = answer.__qualname__ = name
        return answer

    def _call(self, number: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        write = Writer(self._back).tree
        request = {"function": number, "args": write(args), "kwargs": write(kwargs)}
        text(request)
        answer: list[Any] = self._asked(pack(request))
        changed = answer.pop()
        if changed is not None:
            self._change((args, kwargs), changed)
        if answer[0] == "value":
            return self.value(answer[1])
        if answer[0] == "argument":
            return args[answer[1]]
        _, name, words = answer
        kind = error_class(name)
        raise (LearnersAssertionError if kind is AssertionError else kind)(str(words)[:_LONGEST])

    def _asked(self, frame: bytes) -> list[Any]:
        """Return what a function answers: a word, what belongs to it, and what it changed."""
        raise NotImplementedError

    def _change(self, sent: Any, changed: Any) -> None:
        values = [self.value(tree) for tree in changed] if type(changed) is list else []
        kept = self._kept()
        for old, new in zip(sent, values, strict=False):
            merge(old, new, kept)

    def _back(self, value: Any) -> Any:
        if id(value) not in self._numbers:
            kind = type(value).__name__
            raise TypeError(f"{kind} cannot be handed to a function of the notebook")
        return ["held", self._numbers[id(value)]]


class Calls(Functions):
    """What one check may ask of the learner's process.

    Parameters
    ----------
    connection
        To the copy of it that belongs to the check.
    kept
        As `Functions` has it.
    """

    def __init__(
        self, connection: socket.socket, kept: Callable[[], Collection[int]] = frozenset
    ) -> None:
        super().__init__(kept)
        self._connection = connection
        self._frames = Frames(connection)
        self._open = True

    def _asked(self, frame: bytes) -> list[Any]:
        if not self._open:
            self._end()
        # whatever comes between leaves half an answer
        self._open = False
        # text within JSON takes more room than its characters
        self._frames.budget = 4 * LARGEST
        try:
            # one that is not there may have said why
            with contextlib.suppress(OSError):
                self._connection.sendall(frame)
            reply: Any = self._frames.next()
        except (EOFError, OSError, TooLongError, NotJsonError):
            self._end()
        fits = type(reply) is list and len(reply) == _WORDS.get(str(reply[0]) if reply else "", 0)
        if not fits or (reply[0] == "argument" and type(reply[1]) is not int):
            self._end()
        self._open = True
        parts: list[Any] = reply
        return parts

    def _end(self) -> NoReturn:
        self.unanswered += 1
        raise AnswerEndedError(str(because("answer-ended")))


_WORDS = {"value": 3, "argument": 3, "error": 4}
