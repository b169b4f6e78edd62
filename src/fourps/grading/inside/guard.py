"""Notice that a notebook changed what its own tests rely on.

The learner's code shares a process with the tests, so whoever knows this file can get around it.
What it does is to make the ways that are passed around in classrooms fail, and be named: a patched
built-in, assertion helper or traceback, a transformer of cells, a hook of IPython.
"""

from __future__ import annotations

import builtins
import functools
import inspect
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    _Entry = tuple[Callable[[str], object], str, object, str]

# whoever changes one of these changes what a test means
_WATCHED = (
    "IPython.core.",
    "ast",
    "codeop",
    "contextlib",
    "copy",
    "fourps.exercise",
    "fourps.grading.inside",
    "ipykernel.zmqshell",
    "ipykernel.displayhook",
    "ipykernel.jsonutil",
    "json",
    "math",
    "numpy.testing",
    "pandas._testing",
    "pandas.testing",
    "traceback",
    "traitlets.traitlets",
    "unittest.case",
)
_PARTS = ("compile", "display_formatter", "display_pub", "displayhook", "events", "InteractiveTB")
_CODE = ("__code__", "__defaults__", "__kwdefaults__")


def guard(shell: Any) -> Callable[[], str]:
    """Remember what tests rely on, and return a function that says what of it was changed.

    Parameters
    ----------
    shell
        IPython's, before any learner's code ran.

    Returns
    -------
    callable
        It returns a name, or nothing if all is as it was.
    """
    seen: dict[int, object] = {}
    entries: list[_Entry] = [
        (vars(builtins).get, name, value, f"builtins.{name}") for name, value in _builtins()
    ]
    for name, module in sorted(sys.modules.items()):
        if name.startswith(_WATCHED):
            entries += _members(module, name, seen)
    names, code, hooks = _names(entries), _code(seen.values()), _hooks(shell)
    return lambda: names() or code() or hooks()


def _names(entries: list[_Entry]) -> Callable[[], str]:
    def changed() -> str:
        for get, name, value, shown in entries:
            if get(name) is not value:
                return shown
        return ""

    return changed


def _code(members: Iterable[object]) -> Callable[[], str]:
    kept = [
        (one, part, getattr(one, part))
        for one in members
        if inspect.isfunction(one)
        for part in _CODE
    ]
    look = getattr

    def changed() -> str:
        for one, part, value in kept:
            if look(one, part) is not value:
                return f"{one.__module__}.{one.__qualname__}"
        return ""

    return changed


def _hooks(shell: Any) -> Callable[[], str]:
    parts = [(name, getattr(shell, name)) for name in _PARTS]
    # a method that is put on one object stands in front of that of its class
    methods = [
        (name, vars(part), {*dir(type(part))} - {*vars(part)})
        for name, part in [
            ("get_ipython()", shell),
            *((f"get_ipython().{name}", part) for name, part in parts),
            *shell.display_formatter.formatters.items(),
        ]
    ]
    transforms = _transforms(shell)
    look, trace, profile, current = getattr, sys.gettrace, sys.getprofile, _transforms

    def changed() -> str:
        for name, value in parts:
            if look(shell, name) is not value:
                return f"get_ipython().{name}"
        for name, own, inherited in methods:
            for method in own.keys() & inherited:
                return f"{name}.{method}"
        for name, value in current(shell).items():
            if value != transforms[name]:
                return f"get_ipython().{name}"
        if trace():
            return "sys.settrace"
        return "sys.setprofile" if profile() else ""

    return changed


def _builtins() -> Iterator[tuple[str, object]]:
    # an interactive shell leaves its last value in `_`
    return ((name, value) for name, value in vars(builtins).items() if name != "_")


def _members(holder: Any, path: str, seen: dict[int, object]) -> list[_Entry]:
    """List the functions and classes of a module or class, and those of its classes in turn."""
    found: list[_Entry] = []
    for name, value in [*vars(holder).items()]:
        inner = getattr(value, "__func__", value)
        if not (inspect.isroutine(inner) or inspect.isclass(inner) or _wraps(value)):
            continue
        found.append((vars(holder).get, name, value, f"{path}.{name}"))
        if id(inner) in seen:
            continue
        seen[id(inner)] = inner
        if inspect.isclass(inner) and str(inner.__module__).startswith(_WATCHED):
            found += _members(inner, f"{path}.{name}", seen)
    return found


def _wraps(value: object) -> bool:
    return isinstance(value, property | functools.cached_property)


def _transforms(shell: Any) -> dict[str, object]:
    manager = shell.input_transformer_manager
    return {
        "input_transformers_post": shell.input_transformers_post[:],
        "ast_transformers": shell.ast_transformers[:],
        "set_custom_exc": shell.custom_exceptions,
        "input_transformer_manager.cleanup_transforms": manager.cleanup_transforms[:],
        "input_transformer_manager.line_transforms": manager.line_transforms[:],
        "input_transformer_manager.token_transformers": manager.token_transformers[:],
    }
