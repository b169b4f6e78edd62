"""Which cells bind new names and do nothing else: what stood before them works on as it did."""

from __future__ import annotations

import ast
import re

_WORD = re.compile(r"[^\W\d]\w*")


def binds(source: str) -> set[str] | None:
    """Return the names that a cell binds, or None if it may do anything else.

    Examples
    --------
    >>> sorted(binds("limit = 3\\ndef double(x, by=2):\\n    return x * by"))
    ['double', 'limit']
    >>> binds("double(3)") is binds("def f(x=print()):\\n    pass") is binds("%time") is None
    True
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return None
    found: set[str] = set()
    for statement in tree.body:
        names = _bound(statement)
        if names is None:
            return None
        found |= names
    return found


def mentions(source: str) -> set[str]:
    """Return the names that a cell uses, in its functions too.

    Examples
    --------
    >>> sorted(mentions("def total():\\n    return sum(rows)"))
    ['rows', 'sum']
    >>> sorted(mentions("%time total()"))
    ['time', 'total']
    """
    try:
        nodes = [*ast.walk(ast.parse(source))]
    except (SyntaxError, ValueError, RecursionError):
        return {*_WORD.findall(source)}
    names = [node for node in nodes if isinstance(node, ast.Name)]
    return {node.id for node in names if isinstance(node.ctx, ast.Load)}


def _bound(statement: ast.stmt) -> set[str] | None:
    if isinstance(statement, ast.Pass):
        return set()
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        given = [*statement.args.defaults, *filter(None, statement.args.kw_defaults)]
        plain = not statement.decorator_list and all(map(_is_plain, given))
        return {statement.name} if plain and not _calls_in_types(statement) else None
    if isinstance(statement, ast.Assign) and _is_plain(statement.value):
        names = [one.id for one in statement.targets if isinstance(one, ast.Name)]
        return {*names} if len(names) == len(statement.targets) else None
    return None


def _is_plain(value: ast.expr) -> bool:
    try:
        ast.literal_eval(value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return True


def _calls_in_types(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    given = function.args
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    types = [function.returns, *(one.annotation for one in every if one)]
    nodes = [node for one in types if one for node in ast.walk(one)]
    return any(isinstance(node, ast.Call | ast.NamedExpr | ast.Await) for node in nodes)
