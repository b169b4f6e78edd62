"""What released code does beyond its own names, as far as its text tells."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from nbseal.base.profile import profile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# modules that do not reach out of a program, and mostly keep nothing from one call to the next
_MODULES = {
    *("bisect", "calendar", "collections", "copy", "dataclasses", "datetime", "decimal", "enum"),
    *("fractions", "functools", "heapq", "itertools", "json", "math", "numbers", "numpy"),
    *("operator", "pandas", "random", "re", "statistics", "string", "textwrap", "typing"),
    *("unicodedata", "unittest"),
}
# what reads, writes, asks, runs or ends something, or is IPython's own
_NAMES = re.compile(
    r"__\w+__|breakpoint|compile|delattr|display|eval|exec|exit|get_ipython|globals|input|locals|"
    r"open|quit|setattr|vars|In|Out|KeyboardInterrupt|SystemExit|_+(?:i+|ih|oh|dh|i?\d+)"
)
_PARTS = re.compile(
    r"__\w+__|(?:read|load|save)\w*|(?:gen)?from(?:file|txt)|tofile|memmap|seterr|setcontext|"
    r"set_(?:option|printoptions|state)|to_(?:csv|excel|html|json|parquet|pickle|sql|xml)|"
    r"boxplot|hist|plot"
)


def reaches(trees: Iterable[ast.Module]) -> Iterator[str]:
    """Yield what code uses that is more than names, functions and a few libraries of its own.

    Parameters
    ----------
    trees
        Of all cells.

    Examples
    --------
    >>> tree = ast.parse("import math, os\\nmath.pi = 3\\nopen('data.csv').read()")
    >>> [*reaches([tree])]
    ['the module os', 'math.pi', 'read', 'open']
    """
    nodes = [node for tree in trees for node in ast.walk(tree)]
    imported = {name for node in nodes for name in _imported(node)}
    for node in nodes:
        yield from (f"the module {name}" for name in _modules(node) if not _is_known(name))
        if isinstance(node, ast.Name) and _NAMES.fullmatch(node.id):
            yield node.id
        elif isinstance(node, ast.Await | ast.AsyncFor | ast.AsyncWith):
            yield "await"
        elif isinstance(node, ast.Attribute) and _PARTS.fullmatch(node.attr):
            yield node.attr
        if _changes(node, imported):
            yield ast.unparse(node)


def _imported(node: ast.AST) -> list[str]:
    names = node.names if isinstance(node, ast.Import | ast.ImportFrom) else []
    return [alias.asname or alias.name.partition(".")[0] for alias in names]


def _modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    everything = any(alias.name == "*" for alias in node.names)
    return ["." * node.level + (node.module or "") + ".*" * everything]


def _changes(node: ast.AST, imported: set[str]) -> bool:
    """Say whether it puts something into what was imported, or takes it out."""
    if not isinstance(node, ast.Attribute | ast.Subscript) or isinstance(node.ctx, ast.Load):
        return False
    root: ast.expr = node
    while isinstance(root, ast.Attribute | ast.Subscript):
        root = root.value
    return isinstance(root, ast.Name) and root.id in imported


def _is_known(module: str) -> bool:
    own = any(module == name or module.startswith(f"{name}.") for name in profile().guarded)
    return own or (module.partition(".")[0] in _MODULES and not module.endswith("*"))
