"""Find links, pipes and other things that are no ordinary file."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

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
