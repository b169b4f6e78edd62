"""IPython as a kernel has it, with what it would send kept instead."""

from __future__ import annotations

import asyncio
import builtins
import contextlib
import getpass
import os
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from ipykernel import zmqshell
from IPython.core.error import StdinNotImplementedError
from traitlets.config import Config

from fourps.grading.inside.check_cells import (
    forgotten,
    own_events,
    own_settings,
    plain_number,
    replaced,
)
from fourps.grading.inside.errors import Compiler
from fourps.grading.inside.guard import guard
from fourps.grading.inside.said import Recorder, Said, Stream, short

if TYPE_CHECKING:
    from collections.abc import Iterator


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
        self.said = Said(limit)
        config = Config()
        config.HistoryManager.hist_file = ":memory:"
        # half of IPython's functions have types, and half of those are right
        self.shell: Any = ZMQInteractiveShell.instance(config=config, compiler_class=Compiler)
        recorder = Recorder()
        recorder.said = self.said
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
            self._streams.append(Stream(self.said, name, number))
        sys.stdout, sys.stderr = self._streams
        builtins.input = getpass.getpass = _no_input
        # a hook could change things at the start of a test and put them back at its end, unseen
        sys.addaudithook = _no_hook  # type: ignore[assignment]
        # its descriptors are its process's own
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)

    def watch(self) -> None:
        """Remember what tests rely on, as it is now."""
        self._changed = guard(self.shell)

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
            self.said.start()

    def test(self, source: str) -> tuple[list[list[Any]], dict[str, Any]]:
        """Run a test, whose reply also names what it relies on and was ``changed``."""
        with own_events(self.shell), own_settings(self.shell), forgotten(self.shell):
            changed = self._changed()
            messages, reply, result = self._execute(source, store=True)
            plain_number(messages, result)
            # what is overwritten at the end could put things back when it goes
            changed = changed or self._changed()
        if "error" not in reply:
            changed = changed or replaced(source, self.shell.user_ns)
        return messages, reply | {"changed": changed}

    def canary(self, source: str) -> tuple[list[list[Any]], dict[str, Any]]:
        """Run a cell that is known to fail, the way a test runs."""
        traceback = self.shell.InteractiveTB
        mode = traceback.mode
        with own_events(self.shell), own_settings(self.shell), forgotten(self.shell):
            # the same way, without the drawing of a traceback
            traceback.set_mode("Minimal")
            try:
                messages, reply, _ = self._execute(source, store=False)
            finally:
                traceback.set_mode(mode)
        return messages, reply

    def _execute(self, source: str, *, store: bool) -> tuple[list[list[Any]], dict[str, Any], Any]:
        self.said.start()
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
        return self.said.take(), reply, result.result

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
