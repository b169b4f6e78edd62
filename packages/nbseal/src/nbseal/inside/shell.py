"""IPython as a kernel has it, with what it would send kept instead.

A test cell runs so that it means something, and leaves none of its text behind. Errors are drawn as
IPython does it, without working out anew for each what never changes.
"""

from __future__ import annotations

import ast
import asyncio
import builtins
import contextlib
import getpass
import inspect
import linecache
import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from ipykernel import zmqshell
from IPython.core.compilerop import CachingCompiler
from IPython.core.error import StdinNotImplementedError
from pygments.lexer import words
from traitlets.config import Config

from nbseal.inside.guard import guard
from nbseal.inside.messages import Recorder, Stream, Transcript, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LAST = ("last_type", "last_value", "last_traceback", "last_exc")
# each frame is coloured by a lexer of its own, which would put all its words together again
words.get = cache(words.get)


# libraries look at this very name to see that they are in a notebook
class ZMQInteractiveShell(zmqshell.ZMQInteractiveShell):
    """A kernel's shell without a kernel."""

    def enable_gui(self, gui: Any = None) -> None:
        """Do nothing: there is no event loop of a window system."""

    def ask_exit(self) -> None:
        """Do nothing: the cells after ``exit()`` are other tasks."""


class Kernel:
    """Runs cells as a kernel does.

    Parameters
    ----------
    limit
        The most characters that one cell may say.
    """

    def __init__(self, limit: int) -> None:
        self.transcript = Transcript(limit)
        config = Config()
        config.HistoryManager.hist_file = ":memory:"
        # half of IPython's functions have types, and half of those are right
        self.shell: Any = ZMQInteractiveShell.instance(config=config, compiler_class=Compiler)
        recorder = Recorder()
        recorder.transcript = self.transcript
        parts: list[Any] = [self.shell.displayhook, self.shell.display_pub]
        for part in parts:
            part.session = recorder
            part.topic = b""
        self._streams: list[Stream] = []

    def start(self) -> None:
        """Take over the streams and what asks for input."""
        self._streams = []
        for number, name in ((1, "stdout"), (2, "stderr")):
            os.dup2(os.memfd_create(name), number)
            self._streams.append(Stream(self.transcript, name, number))
        sys.stdout, sys.stderr = self._streams
        builtins.input = getpass.getpass = _no_input
        # a hook could change things at the start of a test and put them back at its end, unseen
        sys.addaudithook = _no_hook  # type: ignore[assignment]
        # its descriptors are its process's own
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)

    def watch(self, guarded: Iterable[str] = ()) -> None:
        """Remember what tests rely on, as it is now, packages of the course with it."""
        self._changed = guard(self.shell, guarded)

    def run(self, source: str) -> tuple[list[list[Any]], dict[str, Any]]:
        """Run one cell; return what it said, and ``count``, and ``error`` if there was one."""
        messages, reply, _ = self._execute(source, store=True)
        return messages, reply

    @contextlib.contextmanager
    def unheard(self) -> Iterator[None]:
        """Drop what is said while the block runs."""
        try:
            yield
        finally:
            for stream in self._streams:
                stream.drain()
            self.transcript.start()

    def test(self, source: str) -> tuple[list[list[Any]], dict[str, Any]]:
        """Run a test, whose reply also names what it relies on and was ``changed``."""
        with _own_settings(self.shell), _forgotten(self.shell):
            changed = self._changed()
            messages, reply, result = self._execute(source, store=True)
            _plain_number(messages, result)
            # what is overwritten at the end could put things back when it goes
            changed = changed or self._changed()
        if "error" not in reply:
            changed = changed or _replaced(source, self.shell.user_ns)
        return messages, reply | {"changed": changed}

    def canary(self, source: str) -> tuple[list[list[Any]], dict[str, Any]]:
        """Run a cell that is known to fail, the way a test runs."""
        traceback = self.shell.InteractiveTB
        mode = traceback.mode
        with _own_settings(self.shell), _forgotten(self.shell):
            # the same way, without the drawing of a traceback
            traceback.set_mode("Minimal")
            try:
                messages, reply, _ = self._execute(source, store=False)
            finally:
                traceback.set_mode(mode)
        return messages, reply

    def _execute(self, source: str, *, store: bool) -> tuple[list[list[Any]], dict[str, Any], Any]:
        self.transcript.start()
        count = self.shell.execution_count
        result = self._run(source, store=store)
        for stream in self._streams:
            stream.drain()
        failed = result.error_before_exec or result.error_in_exec
        reply: dict[str, Any] = {"count": count}
        if failed is None and not self.shell.last_execution_succeeded:
            failed = RuntimeError("the cell failed without an error of its own")
        if failed is not None or self.shell._last_traceback_during_displayhook:  # noqa: SLF001
            reply["error"] = short(
                {
                    "ename": type(failed).__name__,
                    "evalue": str(failed),
                    "traceback": self.shell._last_traceback or [],  # noqa: SLF001
                }
            )
        return self.transcript.take(), reply, result.result

    def _run(self, source: str, *, store: bool) -> Any:
        task = self._loop.create_task(self._in_loop(source, store=store))
        while not task.done():
            try:
                self._loop.run_until_complete(task)
            except KeyboardInterrupt:
                # a cell that awaits; others have caught it themselves
                task.cancel()
            except asyncio.CancelledError:
                break
        return task.result()

    async def _in_loop(self, source: str, *, store: bool) -> Any:
        # a kernel's cells run with its event loop running, so that create_task works in them
        shell = self.shell
        try:
            transformed = shell.transform_cell(source)
        except Exception:  # noqa: BLE001 - run_cell meets it again, and shows it
            return shell.run_cell(source, store_history=store)
        if not shell.should_run_async(source, transformed_cell=transformed):
            return shell.run_cell(source, store_history=store)
        result = await shell.run_cell_async(
            source, store_history=store, transformed_cell=transformed
        )
        shell.events.trigger("post_execute")
        shell.events.trigger("post_run_cell", result)
        return result


def _no_hook(*_: object) -> NoReturn:
    raise PermissionError("Notebooks cannot have audit hooks where they are graded.")


def _no_input(*_: object, **__: object) -> NoReturn:
    raise StdinNotImplementedError(
        "raw_input was called, but this frontend does not support input requests."
    )


@contextlib.contextmanager
def _forgotten(shell: Any) -> Iterator[None]:
    """Take the text of a cell out of the history, the cache of lines and the last traceback."""
    lines, count = {*linecache.cache}, shell.execution_count
    try:
        yield
    finally:
        for name in linecache.cache.keys() - lines:
            del linecache.cache[name]
        history = shell.history_manager
        for kept in (history.input_hist_parsed, history.input_hist_raw):
            del kept[count:]
            kept.extend([""] * (shell.execution_count - count))
        history.db_input_cache.clear()
        history._i00 = ""  # noqa: SLF001 - IPython moves it to _i with the next cell
        shell.user_ns.update({"_i": "", f"_i{count}": ""})
        shell.InteractiveTB.tb = None
        for name in _LAST:
            if hasattr(sys, name):
                delattr(sys, name)


@contextlib.contextmanager
def _own_settings(shell: Any) -> Iterator[None]:
    """Run a test as it was written to run, whatever a notebook has set for its own cells.

    The last line's value is shown and no other, and an error starts no debugger. What a notebook
    has hung onto each run is left out: it could change things for a moment.
    """
    hung, kept = shell.events.callbacks, (shell.ast_node_interactivity, shell.call_pdb)
    shell.events.callbacks = {name: [] for name in hung}
    try:
        shell.ast_node_interactivity, shell.call_pdb = "last_expr", False
        # whether a line ends in a semicolon is asked of this list, and not of one that says so
        history = shell.history_manager
        history.input_hist_parsed = [*history.input_hist_parsed]
        yield
    finally:
        shell.ast_node_interactivity, shell.call_pdb = kept
        shell.events.callbacks = hung


def _replaced(source: str, names: dict[str, Any]) -> str:
    """Say which name a test imported and then lost to a function that it called.

    It is empty if all are what was imported, or the test has bound them itself.

    Parameters
    ----------
    source
        Of the test, which has run.
    names
        Of the notebook.
    """
    if "import" not in source:
        return ""
    try:
        nodes = [*ast.walk(ast.parse(source))]
    except (SyntaxError, ValueError, RecursionError):
        # a test with IPython's own syntax
        return ""
    named = [node for node in nodes if isinstance(node, ast.Name)]
    bound = {node.id for node in named if not isinstance(node.ctx, ast.Load)}
    for node in nodes:
        for name, value in _imported(node):
            if name not in bound and name in names and names[name] is not value:
                return name
    return ""


def _imported(node: ast.AST) -> Iterator[tuple[str, object]]:
    if isinstance(node, ast.ImportFrom) and node.module in sys.modules:
        module = sys.modules[node.module]
        for alias in node.names:
            if alias.name in vars(module):
                yield alias.asname or alias.name, vars(module)[alias.name]
    elif isinstance(node, ast.Import):
        for alias in node.names:
            whole = alias.name if alias.asname else alias.name.partition(".")[0]
            if whole in sys.modules:
                yield alias.asname or whole, sys.modules[whole]


def _plain_number(messages: list[list[Any]], result: object) -> None:
    """Show a number as Python does, whatever printers a notebook has registered for it."""
    if type(result) in _numbers():
        for kind, content in messages:
            if kind == "execute_result":
                content["data"] = {"text/plain": repr(result)}


def _numbers() -> set[type]:
    numpy: Any = sys.modules.get("numpy")
    kinds: set[type] = {int, float}
    if numpy is not None:
        kinds.update(kind for kind in numpy.sctypeDict.values() if issubclass(kind, numpy.number))
    return kinds


class Compiler(CachingCompiler):
    """Says that cells are of no module: else each that is loaded would be asked, for each frame."""

    def cache(self, transformed_code: str, number: int = 0, raw_code: str | None = None) -> str:
        """Keep a cell's lines for its errors, and return what it is called."""
        name = super().cache(transformed_code, number, raw_code)
        inspect.modulesbyfile[name] = ""
        # the folder that it runs in may be gone
        with contextlib.suppress(OSError):
            inspect.modulesbyfile[str(Path(name).absolute())] = ""
        return name
