"""Checks as the grader sees them: the names that one needs, and the note of where they ran.

Names and imports are read from the text of a check, before anything runs. The note in a graded
notebook says that no learner's code ran where its checks ran.
"""

from __future__ import annotations

import ast
import builtins
import symtable
from typing import TYPE_CHECKING, Any

from nbseal.base.profile import profile

if TYPE_CHECKING:
    from collections.abc import Iterator

_HIDDEN = ("BEGIN HIDDEN TESTS", "END HIDDEN TESTS")
_MARKED = {"marker": True}


def names(source: str) -> list[str]:
    """Return the names that a cell uses and that may be a learner's, sorted.

    Built-in names and those that the cell itself binds before it uses them are none.

    Parameters
    ----------
    source
        Of the cell, with IPython's own syntax or without.

    Examples
    --------
    >>> names("from math import sqrt\\nfor n in (3, 4):\\n    assert sqrt(double(n)) > least, 'no'")
    ['double', 'least', 'n']
    """
    tree = parsed(source)
    if tree is None:
        return []
    # what the parts of a cell, such as functions, have for themselves is nobody's
    shared = _shared(symtable.symtable(ast.unparse(tree), "cell", "exec"))
    needed: set[str] = set()
    bound = {*dir(builtins), "get_ipython", "In", "Out", "display"}
    for statement in tree.body:
        needed |= {*_used(statement)} - bound
        bound |= _bound(statement)
    return sorted(needed & shared)


def shown_imports(source: str) -> list[str]:
    """Return the imports that stand by themselves in the part of a check that learners see.

    Examples
    --------
    >>> shown_imports(
    ...     "import numpy as np\\nassert total() == 42\\n"
    ...     "### BEGIN HIDDEN TESTS\\nimport hidden\\n### END HIDDEN TESTS"
    ... )
    ['import numpy as np']
    """
    shown, inside = [], False
    for line in source.splitlines():
        if any(word in line for word in _HIDDEN):
            inside = _HIDDEN[0] in line
        elif not inside:
            shown.append(line)
    tree = parsed("\n".join(shown))
    body = tree.body if tree else []
    return [ast.unparse(node) for node in body if isinstance(node, ast.Import | ast.ImportFrom)]


def _shared(table: symtable.SymbolTable) -> set[str]:
    """Return the names that a cell shares with other cells."""
    whole = table.get_type() == "module"
    shared = {symbol.get_name() for symbol in table.get_symbols() if whole or symbol.is_global()}
    return shared.union(*map(_shared, table.get_children()))


def _used(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store):
        yield node.id
    elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        yield node.target.id
    if isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        # from Python 3.12 on what a comprehension binds stands in the table of the cell
        first, own = node.generators[0].iter, _stored(*[part.target for part in node.generators])
        yield from _used(first)
        inner = [*ast.iter_child_nodes(node)]
        yield from (name for part in inner for name in _used(part) if name not in own)
        return
    for child in ast.iter_child_nodes(node):
        yield from _used(child)


def _stored(*nodes: ast.AST) -> set[str]:
    return {part.id for node in nodes for part in ast.walk(node) if isinstance(part, ast.Name)}


def _bound(statement: ast.stmt) -> set[str]:
    """Return the names that a statement binds in any case."""
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return {alias.asname or alias.name.partition(".")[0] for alias in statement.names}
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    return _stored(*statement.targets) if isinstance(statement, ast.Assign) else set()


def parsed(source: str) -> ast.Module | None:
    """Read a cell, also one in IPython's syntax; None if that is not Python either."""
    # what follows the first line of such a cell is mostly Python too
    first, _, rest = source.partition("\n")
    if first.lstrip().startswith("%%"):
        source = rest
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        pass
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        # half of IPython's functions have types
        manager: Any = TransformerManager()  # type: ignore[no-untyped-call]
        tree: ast.Module = ast.parse(manager.transform_cell(source))
    except (SyntaxError, ValueError, RecursionError):
        return None
    return tree


def note(notebook: Any, *, marked: bool) -> None:
    """Write the note, or take away what a learner may have put in its place.

    Examples
    --------
    >>> from nbformat.v4 import new_notebook
    >>> mine = new_notebook(metadata={profile().key: {"marker": True}})
    >>> is_noted(mine)
    True
    >>> note(mine, marked=False)
    >>> is_noted(mine), mine.metadata
    (False, {})
    """
    notebook.metadata.pop(profile().key, None)
    if marked:
        notebook.metadata[profile().key] = {**_MARKED}


def is_noted(notebook: Any) -> bool:
    """Say whether a notebook has the note."""
    return bool(notebook.metadata.get(profile().key) == _MARKED)
