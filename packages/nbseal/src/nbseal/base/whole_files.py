"""Write files and folders, one process at a time, so that a crash leaves nothing half-written."""

from __future__ import annotations

import contextlib
import ctypes
import glob
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from nbseal.base.locks import hold
from nbseal.base.moves import remove_file, remove_folder, rename

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = ".unfinished"
# seconds after which nobody writes a file any more
_LONGEST = 3600.0


def write_whole(path: Path, data: bytes) -> None:
    """Write a file under another name, then give it its own.

    What is left of a call that was killed, the next one for the same file removes.

    Parameters
    ----------
    path
        The file; its folder is made if it is missing.
    data
        Its content.

    Raises
    ------
    OSError
        If it cannot be written; what was there before is then untouched.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "folder" / "file"
    >>> write_whole(file, b"whole")
    >>> [one.name for one in file.parent.iterdir()]
    ['file']
    """
    # a new file follows the umask
    umask = os.umask(0)
    os.umask(umask)
    _write(path, data, 0o666 & ~umask)


def write_private(path: Path, data: bytes) -> None:
    """Write a file that its owner alone may read, in the same way.

    On Windows whoever may read its folder may read it.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "key"
    >>> write_private(file, b"secret")
    >>> oct(file.stat().st_mode & 0o777)
    '0o600'
    """
    _write(path, data, 0o600)


def remove(path: Path) -> None:
    """Remove a file, if it is there, and what is left of calls that were killed while writing it.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "file"
    >>> write_whole(file, b"whole")
    >>> remove(file)
    >>> [*file.parent.iterdir()]
    []
    """
    remove_file(path)
    _sweep(path)


@contextlib.contextmanager
def in_turn(place: Path) -> Iterator[None]:
    """Have processes that use a folder or file do so one after the other.

    The system ends a process's turn when the process ends, also after ``kill -9``; nothing is left
    in the folder.

    Parameters
    ----------
    place
        The folder or file, which exists.

    Examples
    --------
    >>> import tempfile
    >>> with in_turn(Path(tempfile.mkdtemp())):
    ...     print("my turn")
    my turn
    """
    release = hold(place, wait=True)
    try:
        yield
    finally:
        if release is not None:
            release()


@contextlib.contextmanager
def private_folder(parent: Path, name: str) -> Iterator[Path]:
    """Give a folder that its owner alone may read, and remove it afterwards.

    What is left of a process that was killed, the next one with the same name removes.

    Parameters
    ----------
    parent
        Where it is made.
    name
        What it is for.

    Examples
    --------
    >>> import tempfile
    >>> parent = Path(tempfile.mkdtemp())
    >>> with private_folder(parent, "release") as folder:
    ...     folder.name
    '.release.unfinished'
    >>> [*parent.iterdir()]
    []
    """
    with in_turn(parent):
        place = parent / f".{name}{_END}"
        remove_folder(place)
        place.mkdir(mode=0o700)
        try:
            yield place
        finally:
            remove_folder(place, ignore_errors=True)


def _write(path: Path, data: bytes, mode: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=_END, dir=path.parent)
    temporary = Path(name)
    with _mine(temporary):
        try:
            _sweep(path)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            rename(temporary, path)
            # not before: of what is left of a call that was killed nobody else may read anything
            path.chmod(mode)
        except BaseException as error:
            remove_file(temporary)
            if isinstance(error, OSError):
                # the system names what it opens, and not what it writes
                error.filename = error.filename or str(path)
            raise


def _mine(temporary: Path) -> contextlib.AbstractContextManager[None]:
    """Hold a file while it is written; on Windows what is open cannot get another name."""
    return contextlib.nullcontext() if sys.platform == "win32" else in_turn(temporary)


def _sweep(path: Path) -> None:
    """Remove what was left when a process was killed while it wrote this file."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*{_END}"):
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                if left.stat().st_mtime < time.time() - _LONGEST:
                    remove_file(left)
            # nobody holds it any more
            elif release := hold(left, wait=False):
                left.unlink()
                release()


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


@contextlib.contextmanager
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
        rename(old, target)
    remove_folder(folder)
    folder.mkdir(mode=0o700)
    try:
        yield new
        if not (target.exists() and _exchange(new, target)):
            if target.exists():
                rename(target, old)
            rename(new, target)
    finally:
        remove_folder(folder, ignore_errors=True)
