"""Put one folder in place of another in one step."""

from __future__ import annotations

import ctypes
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, where the system can (Linux)."""
    swap = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    here, exchange = -100, 2
    return swap is not None and swap(here, bytes(one), here, bytes(other), exchange) == 0


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a new folder to fill, and put it in place of `target` if nothing goes wrong.

    Parameters
    ----------
    target
        A folder that may exist; its parent is made if it is missing.

    Yields
    ------
    Path
        Where the new folder is to be made.

    Examples
    --------
    >>> target = Path(tempfile.mkdtemp()) / "site"
    >>> with replacing(target) as new:
    ...     new.mkdir()
    >>> target.is_dir()
    True
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".publish-") as folder:
        new, old = Path(folder) / "new", Path(folder) / "old"
        yield new
        if not (target.exists() and _exchange(new, target)):
            if target.exists():
                target.rename(old)
            new.rename(target)
