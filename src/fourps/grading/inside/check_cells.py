"""Run a test cell so that it means something, and leave none of its text behind."""

from __future__ import annotations

import ast
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


@contextlib.contextmanager
def own_settings(shell: Any) -> Iterator[None]:
    """Run a test as it was written to run, whatever a notebook has set for its own cells.

    The last line's value is shown and no other, and an error starts no debugger.
    """
    kept = shell.ast_node_interactivity, shell.call_pdb
    shell.ast_node_interactivity, shell.call_pdb = "last_expr", False
    # whether a line ends in a semicolon is asked of this list, and not of one that says so
    history = shell.history_manager
    history.input_hist_parsed = [*history.input_hist_parsed]
    try:
        yield
    finally:
        shell.ast_node_interactivity, shell.call_pdb = kept


def replaced(source: str, names: dict[str, Any]) -> str:
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
        for one in node.names:
            if one.name in vars(module):
                yield one.asname or one.name, vars(module)[one.name]
    elif isinstance(node, ast.Import):
        for one in node.names:
            whole = one.name if one.asname else one.name.partition(".")[0]
            if whole in sys.modules:
                yield one.asname or whole, sys.modules[whole]


def plain_number(messages: list[list[Any]], result: object) -> None:
    """Show a number as Python does, whatever printers a notebook has registered for it."""
    if type(result) in _numbers():
        for kind, content in messages:
            if kind == "execute_result":
                content["data"] = {"text/plain": repr(result)}


def _numbers() -> set[type]:
    numpy: Any = sys.modules.get("numpy")
    found: set[type] = {int, float}
    if numpy is not None:
        found.update(one for one in numpy.sctypeDict.values() if issubclass(one, numpy.number))
    return found
