"""Keep links and pipes of a submission away from nbgrader, which would follow them."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from traitlets.log import get_logger

if TYPE_CHECKING:
    from collections.abc import Iterator


def odd_files(folder: Path) -> Iterator[Path]:
    """Find what is neither a folder nor an ordinary file, such as a link.

    Links could lead to other learners' files, and pipes would never end.

    Parameters
    ----------
    folder
        Of a submission. No link in it is followed.
    """
    for place, folders, names in os.walk(folder):
        for name in sorted([*folders, *names]):
            path = Path(place, name)
            mode = path.lstat().st_mode
            if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                yield path


def remove_odd_files(*, notebooks: list[str], **_: object) -> None:
    """Remove links and pipes from a submission before nbgrader reads it.

    It stands in ``Autograde.pre_convert_hook``. Nothing is lost, since neither has content of its
    own.

    Parameters
    ----------
    notebooks
        The submission's notebooks; those that are links are taken out.
    """
    for folder in {Path(notebook).parent for notebook in notebooks}:
        for path in [*odd_files(folder)]:
            path.unlink()
            get_logger().warning("%s was a link or no ordinary file. It was removed.", path)
    notebooks[:] = [notebook for notebook in notebooks if Path(notebook).exists()]
