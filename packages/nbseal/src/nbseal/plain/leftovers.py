"""What a submission leaves in the process, where the next one could meet it.

What has an end of its own is put back. What else a check can change without it being seen in its
text is compared: then the process is used for no other submission.
"""

from __future__ import annotations

import builtins
import contextlib
import decimal
import locale
import os
import random
import sys
import threading
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbseal.base.profile import profile

if TYPE_CHECKING:
    from collections.abc import Iterator

_MANY = (list, dict, set)


@contextlib.contextmanager
def put_back() -> Iterator[None]:
    """Put back what a block sets, and let it draw other random numbers than the one before."""
    numpy: Any = sys.modules.get("numpy")
    random.seed()
    with warnings.catch_warnings(), decimal.localcontext():
        if numpy is None:
            yield
        else:
            numpy.random.seed()
            with numpy.errstate(), numpy.printoptions():
                yield


def state() -> tuple[object, ...]:
    """Return what must be the same before and after a submission, as far as it is cheap to ask."""
    pandas: Any = sys.modules.get("pandas")
    own = profile().guarded
    below = tuple(f"{name}." for name in own)
    guarded = [name for name in [*sys.modules] if name in own or name.startswith(below)]
    return (
        {**os.environ},
        Path.cwd(),
        [*sys.path],
        locale.setlocale(locale.LC_ALL),
        threading.active_count(),
        _shallow(builtins),
        *map(_shallow, (pandas, sys.modules.get("numpy"))),
        repr(pandas.options.d) if pandas else "",
        {name: _deep(sys.modules[name]) for name in guarded},
    )


def _shallow(module: Any) -> dict[str, int]:
    return {name: id(value) for name, value in vars(module).items()} if module else {}


def _deep(module: Any) -> dict[str, object]:
    """Return what a module of the course has, with what is in its collections and classes."""
    values = vars(module).items()
    return {name: (id(value), _inside(value)) for name, value in values if name != "__builtins__"}


def _inside(value: object) -> object:
    if type(value) in _MANY:
        return repr(value)
    return {**vars(value)} if isinstance(value, type) else None
