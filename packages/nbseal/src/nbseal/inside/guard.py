"""Notice that a notebook changed what its own tests rely on.

The learner's code shares a process with the tests, so whoever knows this file can get around it.
What it does is to make the ways that are passed around in classrooms fail, and be named: a patched
built-in, assertion helper or traceback, a transformer of cells, a hook of IPython.
"""

from __future__ import annotations

import builtins
import contextlib
import functools
import importlib
import inspect
import operator
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    # how to look it up, by which name, what it is, and what is said where it is another
    _Entry = tuple[Callable[[str], object], str, object, str]

_CODE = ("__code__", "__defaults__", "__kwdefaults__")
_WATCHED_KINDS = (ModuleType, property, functools.cached_property)
# whoever changes one of these changes what a test means
_WATCHED = (
    *("ast", "codeop", "contextlib", "copy", "hashlib", "importlib._bootstrap", "json", "math"),
    *("operator", "traceback", "traitlets.traitlets", "unittest.case", "unittest.mock"),
    *("numpy.testing", "pandas._testing", "pandas.testing"),
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
_LOADED = ("hashlib", "numpy.testing", "pandas.testing", "unittest")
_PARTS = (
    *("builtin_trap", "compile", "custom_exceptions", "display_formatter", "display_pub"),
    *("display_trap", "display_trap.hook", "displayhook", "events", "history_manager"),
    *("input_transformer_manager", "InteractiveTB", "trio_runner", "user_module", "user_ns"),
)


def guard(shell: Any, guarded: Iterable[str] = ()) -> Callable[[], str]:
    """Remember what tests rely on, and return a function that names what of it was changed.

    Parameters
    ----------
    shell
        IPython's, before any learner's code ran.
    guarded
        Packages of the course, which its checks call.
    """
    seen: dict[int, object] = {}
    watched = (*_WATCHED, *guarded, str(__package__))
    # an interactive shell leaves its last value in `_`
    entries: list[_Entry] = [
        (vars(builtins).get, name, value, f"builtins.{name}")
        for name, value in vars(builtins).items()
        if name != "_"
    ]
    for name in _LOADED:
        if name.partition(".")[0] in {*sys.modules, "unittest"}:
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
    modules = {
        name: module
        for name, module in sorted(sys.modules.items())
        if name.startswith(watched) or name in _COMPARING
    }
    for name, module in modules.items():
        entries.append((sys.modules.get, name, module, f"sys.modules[{name!r}]"))
        entries += _members_of(module, name, seen, watched)
    entries.append((_other_builtins(shell.user_ns), "__builtins__", None, "__builtins__"))
    parts = [(name, operator.attrgetter(name)(shell)) for name in _PARTS]
    names, code = _unchanged(entries, operator.call), _code(seen.values())
    hooks = _hooks(shell, parts)
    added = _added([shell, *(part for _, part in parts)])
    shown = [(f"get_ipython().{name}", part) for name, part in parts]
    kinds = _kinds([*modules.items(), ("get_ipython()", shell), *shown])
    return lambda: names() or code() or kinds() or added() or hooks()


def _unchanged(
    rows: Iterable[tuple[Any, str, object, str]], look: Callable[[Any, str], object]
) -> Callable[[], str]:
    """Watch what is found when each of these is looked at by its name."""
    shown: tuple[str, ...]
    holders, names, values, shown = zip(*rows, strict=True)
    # all these are looked at around each test, so in C
    every, each, same, pairs = all, map, operator.is_, zip

    def changed() -> str:
        if every(each(same, each(look, holders, names), values)):
            return ""
        for holder, name, value, path in pairs(holders, names, values, shown):
            if look(holder, name) is not value:
                return path
        return ""

    return changed


def _other_builtins(names: dict[str, Any]) -> Callable[[str], object]:
    # %pylab leaves the names of the module instead of it; without either Python takes them too
    usual, look = (builtins, vars(builtins), None), names.get

    def other(name: str) -> object:
        value = look(name)
        for known in usual:
            if value is known:
                return None
        return value

    return other


def _kinds(parts: Iterable[tuple[str, object]]) -> Callable[[], str]:
    """Watch the classes of objects: a class that is put in the place of one overrides all of it."""
    kept = [(name, part, type(part)) for name, part in parts]

    def changed() -> str:
        for name, part, kind in kept:
            if type(part) is not kind:
                return f"{name}.__class__"
        return ""

    return changed


def _added(parts: Iterable[object]) -> Callable[[], str]:
    """Watch for a method that is put on a class, where it stands before an inherited one."""
    classes = {kind for part in parts for kind in type(part).__mro__}
    kept = [(kind, vars(kind), len(vars(kind)), {*vars(kind)}) for kind in classes]
    count = len

    def changed() -> str:
        for kind, own, number, before in kept:
            if count(own) != number:
                for name in own.keys() - before:
                    for base in kind.__mro__[1:]:
                        if name in base.__dict__:
                            return f"{kind.__module__}.{kind.__qualname__}.{name}"
        return ""

    return changed


def _code(members: Iterable[object]) -> Callable[[], str]:
    kept: list[tuple[object, str, object, str]] = []
    todo, known = [*members], set[int]()
    while todo:
        member: Any = todo.pop()
        # NumPy's functions hand on to another one
        member = getattr(member, "_implementation", member)
        if not inspect.isfunction(member) or id(member) in known:
            continue
        known.add(id(member))
        shown = f"{member.__module__}.{member.__qualname__}"
        # a default that there was none of changes no call that could be made before
        parts = [part for part in _CODE if getattr(member, part) is not None]
        kept += [(member, part, getattr(member, part), shown) for part in parts]
        for cell in member.__closure__ or ():
            with contextlib.suppress(ValueError):
                # what a decorator was given
                if callable(cell.cell_contents):
                    kept.append((cell, "cell_contents", cell.cell_contents, shown))
                    todo.append(cell.cell_contents)
    return _unchanged(kept, getattr)


def _hooks(shell: Any, parts: list[tuple[str, object]]) -> Callable[[], str]:
    # a method that is put on one object stands in front of that of its class
    methods = [
        (name, vars(part), _methods(type(part)) - {*vars(part)})
        for name, part in [
            ("get_ipython()", shell),
            *((f"get_ipython().{name}", part) for name, part in parts if _has_methods(part)),
            *shell.display_formatter.formatters.items(),
        ]
    ]
    transforms = {name: [*value] for name, value in _transforms(shell).items()}
    same, trace, profile, current = _same, sys.gettrace, sys.getprofile, _transforms
    looks = [(operator.attrgetter(name), name, value) for name, value in parts]

    def changed() -> str:
        for look, name, value in looks:
            if look(shell) is not value:
                return f"get_ipython().{name}"
        for name, own, inherited in methods:
            for method in own.keys() & inherited:
                return f"{name}.{method}"
        for name, value in current(shell).items():
            if not same(value, transforms[name]):
                return f"get_ipython().{name}"
        if trace():
            return "sys.settrace"
        return "sys.setprofile" if profile() else ""

    return changed


def _methods(kind: type) -> set[str]:
    return {name for name in dir(kind) if callable(getattr(kind, name, None))}


def _has_methods(part: object) -> bool:
    return hasattr(part, "__dict__") and not isinstance(part, ModuleType)


def _transforms(shell: Any) -> dict[str, Any]:
    manager = shell.input_transformer_manager
    return {
        "input_transformers_post": shell.input_transformers_post,
        "ast_transformers": shell.ast_transformers,
        "input_transformer_manager.cleanup_transforms": manager.cleanup_transforms,
        "input_transformer_manager.line_transforms": manager.line_transforms,
        "input_transformer_manager.token_transformers": manager.token_transformers,
    }


def _same(now: Any, before: list[Any]) -> bool:
    """Compare lists without asking their members, or a class of list, who may say anything."""
    return (
        type(now) is list
        and len(now) == len(before)
        and not [1 for entry, other in zip(now, before, strict=True) if entry is not other]
    )


def _has_watched_members(kind: type, watched: tuple[str, ...]) -> bool:
    module = str(kind.__module__)
    return module.startswith(watched) or f"{module}.{kind.__qualname__}" in _COMPARING


def _members_of(
    holder: Any, path: str, seen: dict[int, object], watched: tuple[str, ...]
) -> list[_Entry]:
    """List the functions and classes of a module or class, and those of its classes in turn."""
    entries: list[_Entry] = []
    full = f"{holder.__module__}.{holder.__qualname__}" if inspect.isclass(holder) else path
    chosen = _COMPARING.get(full, "").split()
    # one that is not there yet would stand before an inherited one
    for name, value in [(name, vars(holder).get(name)) for name in chosen or [*vars(holder)]]:
        inner = getattr(value, "__func__", value)
        counts = callable(inner) or isinstance(value, _WATCHED_KINDS)
        if not (counts or (chosen and value is None and inspect.isclass(holder))):
            continue
        entries.append((vars(holder).get, name, value, f"{path}.{name}"))
        if id(inner) in seen:
            continue
        seen[id(inner)] = inner
        if inspect.isclass(inner) and _has_watched_members(inner, watched):
            entries += _members_of(inner, f"{path}.{name}", seen, watched)
    return entries
