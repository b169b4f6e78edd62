"""A folder of ``autograded/``, which is written whole before it takes its name.

What stood there before is kept until the gradebook has the marks of the new one.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from nbseal.base.moves import remove_folder, rename

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
    remove_folder(new)
    new.mkdir(parents=True)
    try:
        yield new
        if old.exists():
            # that is of what the gradebook has
            remove_folder(graded)
        elif graded.exists():
            rename(graded, old)
        rename(new, graded)
    except BaseException:
        remove_folder(new)
        raise


def settle(graded: Path) -> None:
    """Remove what was put aside, once the gradebook has the marks."""
    remove_folder(put_aside(graded))
