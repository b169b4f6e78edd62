"""Frames on a socket: four bytes that give a length, then JSON."""

from __future__ import annotations

import json
import math
import socket
import struct
import time
from typing import Any, NoReturn

_HEAD = struct.Struct(">I")
# what a frame costs of the budget besides its bytes: whoever reads it makes objects of it
COST = 500


class TooLongError(Exception):
    """The other side sent more than it may."""


class NotJsonError(Exception):
    """The other side sent something else than JSON."""


def pack(value: object) -> bytes:
    """Return a value as one frame.

    Examples
    --------
    >>> pack(["stream"])
    b'\\x00\\x00\\x00\\n["stream"]'
    """
    body = json.dumps(value, separators=(",", ":")).encode("ascii")
    return _HEAD.pack(len(body)) + body


def body_of(frame: bytes) -> bytes:
    """Return what a frame holds, without its length.

    Examples
    --------
    >>> body_of(pack(["stream"]))
    b'["stream"]'
    """
    return frame[_HEAD.size :]


class Frames:
    """Read frames from a socket, with a deadline and a budget of bytes.

    Parameters
    ----------
    connection
        A stream socket. What comes from it is not trusted.
    descriptors
        How many of them are taken with a frame; by default none.
    """

    def __init__(self, connection: socket.socket, descriptors: int = 0) -> None:
        self._connection = connection
        self._most = descriptors
        self._left = bytearray()
        self.descriptors: list[int] = []
        self.budget: float = float("inf")

    def next(self, deadline: float | None = None) -> Any:
        """Return the next value.

        Parameters
        ----------
        deadline
            A moment of `time.monotonic`; by default it waits for ever.

        Raises
        ------
        TimeoutError
            If the value is not whole at the deadline. What came of it is kept for the next call.
        EOFError
            If the other side closed the connection.
        TooLongError
            If a frame, or all together, is longer than the budget.
        NotJsonError
            If a frame cannot be read.
        """
        head = self._take(_HEAD.size, deadline)
        (length,) = _HEAD.unpack(head)
        if length > self.budget:
            raise TooLongError
        whole = self._take(_HEAD.size + length, deadline)
        del self._left[: len(whole)]
        self.budget -= len(whole) + COST
        return loads(whole[_HEAD.size :])

    def _take(self, size: int, deadline: float | None) -> bytes:
        while len(self._left) < size:
            if deadline is not None:
                wait = deadline - time.monotonic()
                if wait <= 0:
                    raise TimeoutError
                self._connection.settimeout(wait)
            try:
                more = self._received()
            except ConnectionResetError:
                more = b""
            if not more:
                raise EOFError
            self._left += more
        return bytes(self._left[:size])

    def _received(self) -> bytes:
        if not self._most:
            return self._connection.recv(1 << 18)
        more, descriptors, _, _ = socket.recv_fds(self._connection, 1 << 18, self._most)
        self.descriptors += descriptors
        return more


def loads(body: bytes) -> Any:
    """Read JSON that nobody vouches for.

    Raises
    ------
    NotJsonError
        If it is none: not UTF-8, no number that JSON knows, too deep or with too long a number.

    Examples
    --------
    >>> loads(b'{"a": [1]}')
    {'a': [1]}
    >>> loads(b"NaN")
    Traceback (most recent call last):
    nbseal.inside.wire.NotJsonError: NaN is no JSON
    """
    try:
        return json.loads(body, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise NotJsonError(str(error)) from None


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _refuse(text)


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
