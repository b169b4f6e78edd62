"""What Python has compiled of the libraries of the tests' own environment, for a new one that has the same.

Most of what the first command of a new environment costs is the compiling of its libraries, file by file.
"""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from contextlib import suppress
from pathlib import Path


def share(environment: Path) -> None:
    """Link it beside the same libraries of a new environment.

    Python itself looks whether it was made of the very file beside it, and compiles what was not. On
    another disk nothing can be linked, and all is compiled.
    """
    here = Path(sysconfig.get_path("purelib"))
    there = environment / here.relative_to(sys.prefix)
    with suppress(OSError):
        for name, _, _ in os.walk(there):
            folder = Path(name)
            compiled = here / folder.relative_to(there) / "__pycache__"
            if compiled.is_dir() and folder.name != "__pycache__":
                shutil.copytree(compiled, folder / "__pycache__", copy_function=os.link)
