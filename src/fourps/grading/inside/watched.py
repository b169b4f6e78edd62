"""What of Python, IPython and the libraries a notebook's own tests rely on, for `guard`."""

from __future__ import annotations

import functools
import inspect
import operator
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    # how to look it up, by which name, what it is, and what is said where it is another
    Entry = tuple[Callable[[str], object], str, object, str]

_WATCHED_KINDS = (ModuleType, property, functools.cached_property)
# whoever changes one of these changes what a test means
_WATCHED = (
    *("ast", "codeop", "contextlib", "copy", "hashlib", "importlib._bootstrap", "json", "math"),
    *("operator", "traceback", "traitlets.traitlets", "unittest.case", "unittest.mock"),
    *("numpy.testing", "pandas._testing", "pandas.testing"),
    *("fourps.exercise", "fourps.grading.inside"),
    *("ipykernel.displayhook", "ipykernel.jsonutil", "ipykernel.zmqshell"),
    *("IPython.core.async_helpers", "IPython.core.builtin_trap", "IPython.core.compilerop"),
    *("IPython.core.display_functions", "IPython.core.display_trap", "IPython.core.displayhook"),
    *("IPython.core.displaypub", "IPython.core.error", "IPython.core.events"),
    *("IPython.core.formatters", "IPython.core.history", "IPython.core.inputtransformer2"),
    *("IPython.core.interactiveshell", "IPython.core.tbtools", "IPython.core.ultratb"),
)
# of these only the names by which tests compare: what a look at more would touch, each child's
# memory would hold once more
_COMPARING = {
    "numpy": "all allclose any array array_equal array_equiv asarray equal isclose isnan testing",
    "numpy._core.numeric": "allclose array_equal array_equiv asarray equal isclose isnan",
    "pandas": "DataFrame Index Series isna isnull testing",
    "pandas.DataFrame": "__eq__ __getattr__ all any equals",
    "pandas.Index": "__eq__ all any equals",
    "pandas.Series": "__eq__ all any equals",
    "pandas.core.base.IndexOpsMixin": "__eq__ item tolist",
    "pandas.core.generic.NDFrame": "__eq__ __getattr__ all any equals",
    "unittest": "TestCase case mock",
}
# tests load them; a notebook that does so before them could put others in their place
LOADED = ("hashlib", "numpy.testing", "pandas.testing", "unittest")
_PARTS = (
    *("builtin_trap", "compile", "custom_exceptions", "display_formatter", "display_pub"),
    *("display_trap", "display_trap.hook", "displayhook", "events", "history_manager"),
    *("input_transformer_manager", "InteractiveTB", "trio_runner", "user_module", "user_ns"),
)


def is_watched(module: str) -> bool:
    """Say whether something of a module is watched."""
    return module.startswith(_WATCHED) or module in _COMPARING


def _has_watched_members(kind: type) -> bool:
    module = str(kind.__module__)
    return module.startswith(_WATCHED) or f"{module}.{kind.__qualname__}" in _COMPARING


def parts_of(shell: Any) -> list[tuple[str, object]]:
    """Return the parts of IPython's shell, each with its name."""
    return [(name, operator.attrgetter(name)(shell)) for name in _PARTS]


def members_of(holder: Any, path: str, seen: dict[int, object]) -> list[Entry]:
    """List the functions and classes of a module or class, and those of its classes in turn."""
    found: list[Entry] = []
    full = f"{holder.__module__}.{holder.__qualname__}" if inspect.isclass(holder) else path
    chosen = _COMPARING.get(full, "").split()
    # one that is not there yet would stand before an inherited one
    for name, value in [(name, vars(holder).get(name)) for name in chosen or [*vars(holder)]]:
        inner = getattr(value, "__func__", value)
        watched = callable(inner) or isinstance(value, _WATCHED_KINDS)
        if not (watched or (chosen and value is None and inspect.isclass(holder))):
            continue
        found.append((vars(holder).get, name, value, f"{path}.{name}"))
        if id(inner) in seen:
            continue
        seen[id(inner)] = inner
        if inspect.isclass(inner) and _has_watched_members(inner):
            found += members_of(inner, f"{path}.{name}", seen)
    return found
