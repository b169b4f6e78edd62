"""A folder of ``autograded/``, which is written whole before it takes its name.

What stood there before is kept until the gradebook has the marks of the new one.
"""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def staged(graded: Path) -> Path:
    """Return where a folder of ``autograded/`` is written, until it is whole.

    Examples
    --------
    >>> from pathlib import Path
    >>> staged(Path("autograded/ada/ps1")).as_posix()
    'autograded/ada/.ps1.new'
    """
    return graded.with_name(f".{graded.name}.new")


def put_aside(graded: Path) -> Path:
    """Return where a folder of ``autograded/`` waits until its marks are in the gradebook.

    Examples
    --------
    >>> from pathlib import Path
    >>> put_aside(Path("autograded/ada/ps1")).as_posix()
    'autograded/ada/.ps1.old'
    """
    return graded.with_name(f".{graded.name}.old")


@contextlib.contextmanager
def written_whole(graded: Path) -> Iterator[Path]:
    """Give a hidden folder to write into, which takes the other's name at the end of the block.

    Parameters
    ----------
    graded
        The folder of ``autograded/``.
    """
    new, old = staged(graded), put_aside(graded)
    # of a run that was killed
    shutil.rmtree(new, ignore_errors=not new.exists())
    new.mkdir(parents=True)
    try:
        yield new
        if old.exists():
            # that is of what the gradebook has
            shutil.rmtree(graded, ignore_errors=not graded.exists())
        elif graded.exists():
            graded.rename(old)
        new.rename(graded)
    except BaseException:
        shutil.rmtree(new)
        raise


def settle(graded: Path) -> None:
    """Remove what was put aside, once the gradebook has the marks."""
    old = put_aside(graded)
    shutil.rmtree(old, ignore_errors=not old.exists())
