"""Put one folder in place of another in one step."""

from __future__ import annotations

import ctypes
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, where the system can (Linux)."""
    swap = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    here, exchange = -100, 2
    return swap is not None and swap(here, bytes(one), here, bytes(other), exchange) == 0


def unfinished(target: Path) -> Path:
    """Return where what takes a folder's place is made: always there, so that it is found.

    Examples
    --------
    >>> from pathlib import Path
    >>> unfinished(Path("feedback/ada/ps1")).as_posix()
    'feedback/ada/.ps1.unfinished'
    """
    return target.with_name(f".{target.name}.unfinished")


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a new folder to fill, and put it in place of `target` if nothing goes wrong.

    What a call that was killed has left beside the target, the next one removes.

    Parameters
    ----------
    target
        A folder that may exist; its parent is made if it is missing.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> target = Path(tempfile.mkdtemp()) / "site"
    >>> with replacing(target) as new:
    ...     new.mkdir()
    >>> [path.name for path in target.parent.iterdir()]
    ['site']
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = unfinished(target)
    new, old = folder / "new", folder / "old"
    if old.exists() and not target.exists():
        # killed between the two names, on a system that cannot exchange
        old.rename(target)
    shutil.rmtree(folder, ignore_errors=not folder.exists())
    folder.mkdir(mode=0o700)
    try:
        yield new
        if not (target.exists() and _exchange(new, target)):
            if target.exists():
                target.rename(old)
            new.rename(target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
