"""What was there before a check, and may decide a mark: no call of a function changes it."""

from __future__ import annotations

import collections
import sys
from pathlib import Path
from typing import Any

from fourps.grading.inside.plain_values import owner


def inside(values: list[Any]) -> set[int]:
    """Return the ``id`` of values, and of those that are in them.

    Examples
    --------
    >>> rows = [1]
    >>> id(rows) in inside([{"a": (rows,)}])
    True
    """
    seen: set[int] = set()
    while values:
        one = values.pop()
        if id(one) in seen:
            continue
        seen |= {id(one), id(owner(one))}
        if isinstance(one, list | tuple | set | frozenset | collections.deque):
            values.extend(one)
        elif isinstance(one, dict):
            values.extend(one.values())
        elif hasattr(one, "__dict__") and _is_own(one):
            values.extend(vars(one).values())
    return seen


def of_modules() -> set[int]:
    """Return the same of the modules that came with the notebook, as a check has imported them."""
    return inside([one for one in [*sys.modules.values()] if _is_here(one)])


def _is_own(value: Any) -> bool:
    """Say whether a class, or an object of one, is of the exercise and of no library."""
    kind = value if isinstance(value, type) else type(value)
    module = sys.modules.get(kind.__module__)
    return kind.__module__ == "__main__" or _is_here(value) or _is_here(module)


def _is_here(module: object) -> bool:
    """Say whether something is a module of a file beside the notebook."""
    file = getattr(module, "__file__", None) if isinstance(module, type(sys)) else None
    return bool(file) and Path(str(file)).is_relative_to(Path.cwd())
