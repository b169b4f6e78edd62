"""The outputs of one notebook, made of what a child says.

Nothing of that is trusted, and all that is kept of it is valid in a notebook.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbgrader.preprocessors import Execute

from nbseal.inside.messages import JSON
from nbseal.inside.wire import TooLongError
from nbseal.marker.checks import note
from nbseal.reasons import because

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nbseal.base.errors import Reason

Kind = Literal["ok", "timeout", "memory", "died", "output", "tampered"]
Cell = tuple[list[dict[str, Any]], int | None]
_STREAMS = ("stdout", "stderr")
_LARGEST_COUNT = 1_000_000
# nbformat and nbconvert go down into a nest by calls
_DEEPEST = 100
# of all cells together: each is an object here, and is written, read and checked several times
_MOST_VALUES = 300_000
# each update and each clearing goes through all of them
_MOST_IDS = 100


class Executed(NamedTuple):
    """The outputs of an executed notebook, and how far it came."""

    cells: Sequence[Cell | None]
    """For each cell of the notebook its outputs and execution count; None for a cell without code.
    All are plain values, and valid in a notebook of format 4."""
    kind: Kind = "ok"
    """``ok`` if every cell had its turn. Otherwise what stopped it: ``timeout`` (a cell that did
    not let itself be interrupted, or the notebook as a whole), ``memory``, ``died`` (it ended its
    own process), ``output`` (it said more than it may), ``tampered`` (it changed what the tests
    rely on, or spoke for itself)."""
    reason: Reason | None = None
    """Why it was stopped; None if it is ``ok``."""
    late: tuple[tuple[int, int], ...] = ()
    """Which cells took too long and were interrupted, counted from 1, each with the seconds that it
    had; the next one ran."""
    marked: bool = False
    """Whether checks ran in the marker, where no learner's code ran."""

    def starved(self, memory_mb: int) -> Reason | None:
        """Return a reason that names the cells that ended with an error for want of memory.

        Parameters
        ----------
        memory_mb
            What there was.
        """
        cells = [
            str(number)
            for number, cell in enumerate(self.cells, 1)
            if any(output.get("ename") in _STARVED for output in (cell or ((), None))[0])
        ]
        return because("memory", memory=memory_mb, cells=", ".join(cells)) if cells else None

    def fill(self, notebook: Any) -> None:
        """Put the outputs into a notebook, as if it had been executed.

        Parameters
        ----------
        notebook
            The one that was executed; it is changed in place.
        """
        notebook.metadata["language_info"] = nbformat.from_dict(_LANGUAGE)
        note(notebook, marked=self.marked)
        for cell, executed in zip(notebook.cells, self.cells, strict=True):
            if executed is not None:
                outputs, count = executed
                cell.outputs = [nbformat.from_dict(output) for output in outputs]
                cell.execution_count = count


# Python's own, and NumPy's
_STARVED = {"MemoryError", "_ArrayMemoryError"}
# as ipykernel writes it
_LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
    "version": ".".join(map(str, sys.version_info[:3])),
}


class BadReplyError(Exception):
    """A child said what no kernel says."""


class Outputs:
    """The outputs of a notebook's cells, made of messages by the rules of nbclient and nbgrader.

    Parameters
    ----------
    cells
        How many cells the notebook has.

    Attributes
    ----------
    interrupted
        Which cells took too long, counted from 1.
    """

    def __init__(self, cells: int) -> None:
        self.interrupted: list[tuple[int, int]] = []
        empty = [
            NotebookNode(cell_type="code", metadata={}, outputs=[], execution_count=None)
            for _ in range(cells)
        ]
        self.cells = empty
        self._client = NotebookClient(NotebookNode(cells=empty), record_timing=False)
        self._values = 0
        self._ids = 0

    def start(self) -> None:
        """Begin a cell."""
        self._client.clear_before_next_output = False

    def add(self, index: int, frame: Any) -> dict[str, Any] | None:
        """Add one message to a cell; return the kernel's reply, if it was the last one.

        Parameters
        ----------
        index
            Of the cell.
        frame
            ``[kind, content]``, from a child.

        Raises
        ------
        BadReplyError
            If it is anything else than a kernel's message.
        TooLongError
            If all messages together hold too many values.
        """
        kind, content = message_of(frame)
        self._values += _count(content)
        if self._values > _MOST_VALUES:
            raise TooLongError
        if kind == "reply":
            self._finish(index, content)
            return content
        _require(kind in _CHECKS)
        _CHECKS[kind](content)
        # nbclient takes both from a message of any kind, as they stand
        transient = content.get("transient", {})
        _require(type(transient) is dict and type(transient.get("display_id", "")) is str)
        _require(kind == "execute_result" or "execution_count" not in content)
        self._forget_ids(kind, content)
        message = {"msg_type": kind, "header": {"msg_type": kind}, "content": content}
        self._client.process_message(message | {"parent_header": {}}, self.cells[index], index)
        return None

    def marked(self, index: int) -> None:
        """Have nbgrader read of a test what the test says, and not what it called.

        nbgrader takes the first result or error for the marks. So an error comes first here, and of
        the results only the last one stays. It gives up over one without text.
        """
        cell = self.cells[index]
        results = [output for output in cell.outputs if output.output_type == "execute_result"]
        cell.outputs = [
            output for output in cell.outputs if output not in results or output is results[-1]
        ]
        for output in results:
            output.data["text/plain"] = output.data.get("text/plain") or "(without text)"
        cell.outputs.sort(key=lambda output: output.output_type != "error")
        # places have changed, and nothing may change them afterwards
        self._client.clear_display_id_mapping(index)

    def settle(self) -> None:
        """Let nothing that is said from now on change what cells have shown by now."""
        self._client._display_id_map.clear()  # noqa: SLF001 - one by one it takes long

    def late(self, index: int, seconds: int) -> None:
        """Add the error of a cell that took too long, in nbclient's words."""
        self.interrupted.append((index + 1, seconds))
        text = f"No reply from kernel before timeout ({seconds} s)"
        self.error(index, "CellTimeoutError", text)

    def of(self, cells: Any) -> list[Cell | None]:
        """Return the outputs of a notebook's cells as `Executed` has them."""
        return [
            (node.outputs, node.execution_count) if cell.cell_type == "code" else None
            for cell, node in zip(cells, self.cells, strict=True)
        ]

    def error(self, index: int, name: str, why: Reason | str) -> None:
        """Add an error that no child reported."""
        value = str(why)
        output = NotebookNode(output_type="error", ename=name, evalue=value)
        output.traceback = [f"{name}: {value}" if value else name]
        self.cells[index].outputs.append(output)

    def _forget_ids(self, kind: str, content: dict[str, Any]) -> None:
        """Let no later message change a result, or one of very many displays."""
        if kind == "display_data" and content.get("transient", {}).get("display_id"):
            self._ids += 1
        if kind == "execute_result" or (kind == "display_data" and self._ids > _MOST_IDS):
            content.pop("transient", None)

    def _finish(self, index: int, content: dict[str, Any]) -> None:
        cell = self.cells[index]
        count, error = content.get("count"), content.get("error")
        _require(type(count) is int and 0 <= count < _LARGEST_COUNT)
        cell.execution_count = count
        if error is not None:
            _require(type(error) is dict)
            _error(error)
            reply = {"content": {"status": "error", **error}}
            Execute.on_cell_executed(None, cell=cell, execute_reply=reply)
        changed = content.get("changed", "")
        _require(type(changed) is str)
        if changed:
            self.error(index, "TamperedError", because("changed", what=changed))


def message_of(frame: Any) -> tuple[str, dict[str, Any]]:
    """Return the kind and content of a message."""
    _require(type(frame) is list and len(frame) == 2)  # noqa: PLR2004
    kind, content = frame
    _require(type(kind) is str and type(content) is dict)
    return kind, _clean(content)


def _count(value: Any) -> int:
    if type(value) is list:
        return 1 + sum(map(_count, value))
    return 1 + sum(map(_count, value.values())) if type(value) is dict else 1


def _clean(value: Any, depth: int = 0) -> Any:
    """Return plain JSON values without lone surrogates, which no file can hold.

    Examples
    --------
    >>> _clean(["a\\ud800", {"b": 1}])
    ['a?', {'b': 1}]
    """
    _require(depth < _DEEPEST)
    if type(value) is str:
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    if type(value) is list:
        return [_clean(member, depth + 1) for member in value]
    if type(value) is dict:
        return {_clean(key): _clean(member, depth + 1) for key, member in value.items()}
    return value


def _require(condition: bool) -> None:  # noqa: FBT001 - it is the whole point
    if not condition:
        raise BadReplyError


def _stream(content: dict[str, Any]) -> None:
    _require(content.get("name") in _STREAMS and type(content.get("text")) is str)


def _error(content: dict[str, Any]) -> None:
    _require(type(content.get("ename")) is str and type(content.get("evalue")) is str)
    lines = content.get("traceback")
    _require(type(lines) is list and all(type(line) is str for line in lines))


def _display(content: dict[str, Any]) -> None:
    data = content.get("data")
    _require(type(data) is dict and type(content.get("metadata")) is dict)
    for kind, value in content["data"].items():
        _require(bool(JSON.fullmatch(kind)) or type(value) is str)


def _result(content: dict[str, Any]) -> None:
    _display(content)
    count = content.get("execution_count")
    _require(type(count) is int and 0 <= count < _LARGEST_COUNT)


def _clear(content: dict[str, Any]) -> None:
    _require(type(content.get("wait")) is bool)


_CHECKS = {
    "stream": _stream,
    "error": _error,
    "display_data": _display,
    "update_display_data": _display,
    "execute_result": _result,
    "clear_output": _clear,
}
