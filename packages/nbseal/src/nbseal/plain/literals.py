"""What a cell binds, where it does nothing else: read from its text, of which nothing is run."""

from __future__ import annotations

import ast
import math
import re
import warnings
from typing import Any

Value = str | int | float
Bound = dict[str, Value]

# characters of a cell: of the longest answers each may take ten
LONGEST = 100_000
# bits of a whole number, as many as libraries take
_BITS = 63
# lines that IPython takes for a copied session, or for an indented cell
_SESSION = re.compile(r"^[^\S\n]*(?:>>>|\.\.\.|In \[)|\A\s*^[ \t]", re.MULTILINE)


def bound(source: str) -> Bound | None:
    r"""Return the texts and numbers that a cell binds to names; None if it may do anything else.

    Parameters
    ----------
    source
        Of the cell, which may be anything.

    Examples
    --------
    >>> bound("women = men = '''\nwomen: 4\n'''  # so far\nshare = -0.5")
    {'women': '\nwomen: 4\n', 'men': '\nwomen: 4\n', 'share': -0.5}
    >>> bound("answer = 4 + 5") is bound("answer = f'{points}'") is bound("%time") is None
    True
    """
    tree = parsed(source)
    values: Bound = {}
    for statement in tree.body if tree else []:
        value = _literal(statement.value) if isinstance(statement, ast.Assign) else None
        names = targets(statement)
        if value is None or not names:
            return None
        values |= dict.fromkeys(names, value)
    return values or None


def parsed(source: str) -> ast.Module | None:
    """Read a cell as a kernel does, and run nothing; None if it is no Python, or too long."""
    if len(source) > LONGEST:
        return None
    try:
        with warnings.catch_warnings():
            # of a backslash before a letter that it means nothing for
            warnings.simplefilter("ignore")
            return ast.parse(_as_ipython(source))
    # the last two are raised for what is nested too deep
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None


def targets(statement: ast.stmt) -> list[str]:
    """Return the names that a statement assigns to, if it assigns to names alone.

    Examples
    --------
    >>> targets(parsed("women = men = 4").body[0]), targets(parsed("women, men = 4, 5").body[0])
    (['women', 'men'], [])
    """
    given = statement.targets if isinstance(statement, ast.Assign) else []
    names = [target.id for target in given if isinstance(target, ast.Name)]
    return names if len(names) == len(given) else []


def _as_ipython(source: str) -> str:
    """Return a cell without prompts and without an indentation of all lines, as IPython reads it.

    What else it changes are its own commands, which are no Python here.
    """
    if not _SESSION.search(source):
        return source
    from IPython.core.inputtransformer2 import TransformerManager

    # half of IPython's functions have types
    manager: Any = TransformerManager()  # type: ignore[no-untyped-call]
    lines = f"{source}\n".splitlines(keepends=True)
    for transform in manager.cleanup_transforms:
        lines = transform(lines)
    return "".join(lines)


def _literal(node: ast.expr) -> Value | None:
    """Return a text, or a number with or without a sign."""
    sign = 1
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        sign, node = -1 if isinstance(node.op, ast.USub) else 1, node.operand
        if not (isinstance(node, ast.Constant) and type(node.value) in (int, float)):
            return None
    value = node.value if isinstance(node, ast.Constant) else None
    if type(value) is str:
        return value
    if type(value) is int and value.bit_length() <= _BITS:
        return sign * value
    return sign * value if type(value) is float and math.isfinite(value) else None
