"""Messages of a cell, in order and no longer than may be kept, as a kernel would pack them."""

from __future__ import annotations

import io
import json
import os
import re
from typing import Any

from jupyter_client.jsonutil import json_clean, json_default
from jupyter_client.session import Session

from nbseal.inside.wire import COST

_CUT = "\n[The rest of this cell's output was dropped: it is longer than may be kept.]\n"
# a result or an error decides about marks: it is always kept, and cut when it is long
_LONGEST = 200_000
# what a notebook keeps as it is; everything else in a bundle is text there
JSON = re.compile(r"application/(?:.*\+)?json")


class Transcript:
    """What a cell says: ``[kind, content]`` of each message, no longer than the limit in all."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._used = 0
        self.messages: list[list[Any]] = []

    def start(self) -> None:
        """Begin a new cell."""
        self._used = 0
        self.messages = []

    def close(self) -> None:
        """Drop whatever is said from now on."""
        self._limit = 0

    def stream(self, name: str, text: str) -> None:
        """Add to what a stream says, as long as there is room."""
        last = self.messages[-1] if self.messages else None
        goes_on = last is not None and last[0] == "stream" and last[1]["name"] == name
        room = self._limit - self._used
        if not text or room <= 0:
            return
        self._used += len(text) + (0 if goes_on else COST)
        if len(text) > room:
            text = text[:room] + _CUT
        if last and goes_on:
            last[1]["text"].append(text)
        else:
            self.messages.append(["stream", {"name": name, "text": [text]}])

    def add(self, kind: str, content: dict[str, Any]) -> None:
        """Add any other message."""
        data = content.get("data", {}).values()
        size = COST + sum(len(text) for text in data if isinstance(text, str))
        if kind in ("execute_result", "error"):
            content = short(content)
        elif self._used + size > self._limit:
            return
        else:
            self._used += size
        self.messages.append([kind, content])

    def take(self) -> list[list[Any]]:
        """Return all messages of the cell."""
        for kind, content in self.messages:
            if kind == "stream":
                content["text"] = "".join(content["text"])
        return self.messages


def short(content: dict[str, Any]) -> dict[str, Any]:
    """Return a message with each of its texts cut to what may be kept."""
    return {
        key: short(value)
        if isinstance(value, dict)
        else value[:_LONGEST]
        if isinstance(value, str)
        else [str(line)[: _LONGEST // len(value)] for line in value[:_LONGEST]]
        if isinstance(value, list)
        else value
        for key, value in content.items()
    }


class Stream(io.TextIOBase):
    """Standard output or error output, which is said when it is flushed, as a kernel does it."""

    encoding = "UTF-8"
    errors = "strict"

    def __init__(self, transcript: Transcript, name: str, descriptor: int) -> None:
        self._transcript = transcript
        self.name = name
        self._descriptor = descriptor
        self._kept: list[str] = []
        self._size = 0

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._kept.append(text)
        self._size += len(text)
        if self._size > _LONGEST:
            self.flush()
        return len(text)

    def flush(self) -> None:
        text, self._kept, self._size = "".join(self._kept), [], 0
        self._transcript.stream(self.name, text)

    def drain(self) -> None:
        """Say what was written to the file descriptor, by a program that was started, say."""
        self.flush()
        size = os.fstat(self._descriptor).st_size
        if size:
            text = os.pread(self._descriptor, size, 0).decode("utf-8", "replace")
            os.ftruncate(self._descriptor, 0)
            self._transcript.stream(self.name, text)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor


class Recorder(Session):
    """Stands where a kernel's connection would be."""

    transcript: Transcript

    def msg(self, msg_type: str, content: Any = None, *_: Any, **__: Any) -> dict[str, Any]:
        return {"msg_type": msg_type, "content": content}

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *_: Any, **__: Any) -> None:  # noqa: ARG002
        if isinstance(msg_or_type, str):
            self.transcript.add(msg_or_type, as_kernel(content))
        else:
            self.transcript.add(msg_or_type["msg_type"], as_kernel(msg_or_type["content"]))


def as_kernel(content: dict[str, Any]) -> dict[str, Any]:
    """Return a message's content as it comes out of a kernel's connection.

    Pictures become base64, numbers of NumPy numbers, times text. What a kernel cannot send raises
    an error in the learner's own cell, as in a kernel.

    Examples
    --------
    >>> as_kernel({"data": {"image/png": b"a", "text/plain": 3, "application/json": {"a": 1e999}}})
    {'data': {'image/png': 'YQ==', 'text/plain': '3', 'application/json': {'a': 'inf'}}}
    >>> as_kernel({"wait": 1})
    {'wait': True}
    """
    try:
        packed = json.dumps(content, default=json_default, allow_nan=False)
    except (TypeError, ValueError):
        packed = json.dumps(json_clean(content), default=json_default, allow_nan=False)
    plain: dict[str, Any] = json.loads(packed)
    if isinstance(plain.get("data"), dict):
        plain["data"] = {
            kind: value if JSON.fullmatch(kind) else _text(value)
            for kind, value in plain["data"].items()
            if value is not None
        }
    if "wait" in plain:
        plain["wait"] = bool(plain["wait"])
    transient = plain.get("transient")
    if isinstance(transient, dict) and transient.get("display_id") is not None:
        transient["display_id"] = str(transient["display_id"])
    return plain


def _text(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "".join(value)
    return value if isinstance(value, str) else json.dumps(value)
