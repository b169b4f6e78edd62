"""Run a test cell so that it means something, and leave none of its text behind."""

from __future__ import annotations

import contextlib
import linecache
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_LAST = ("last_type", "last_value", "last_traceback", "last_exc")


@contextlib.contextmanager
def own_events(shell: Any) -> Iterator[None]:
    """Leave out what a notebook has hung onto each run: it could change things for a moment."""
    hung = shell.events.callbacks
    shell.events.callbacks = {name: [] for name in hung}
    try:
        yield
    finally:
        shell.events.callbacks = hung


@contextlib.contextmanager
def forgotten(shell: Any) -> Iterator[None]:
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


def plain_number(messages: list[list[Any]], result: object) -> None:
    """Show a number as Python does, whatever printers a notebook has registered for it."""
    if type(result) in (int, float):
        for kind, content in messages:
            if kind == "execute_result":
                content["data"] = {"text/plain": repr(result)}
