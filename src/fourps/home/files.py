"""Write files so that nothing half-written is left after a crash."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write a file under another name, then give it its own.

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

    Raises
    ------
    OSError
        If it cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "key"
    >>> write_private(file, b"secret")
    >>> oct(file.stat().st_mode & 0o777)
    '0o600'
    """
    _write(path, data, 0o600)


def _write(path: Path, data: bytes, mode: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
