"""Draw errors as IPython does, without working out anew for each what never changes."""

from __future__ import annotations

import contextlib
import inspect
from functools import cache
from pathlib import Path

from IPython.core.compilerop import CachingCompiler
from pygments.lexer import words

# each frame is coloured by a lexer of its own, which would put all its words together again
words.get = cache(words.get)


class Compiler(CachingCompiler):
    """Says that cells are of no module: else each that is loaded would be asked, for each frame."""

    def cache(self, transformed_code: str, number: int = 0, raw_code: str | None = None) -> str:
        """Keep a cell's lines for its errors, and return what it is called."""
        name = super().cache(transformed_code, number, raw_code)
        inspect.modulesbyfile[name] = ""
        # the folder that it runs in may be gone
        with contextlib.suppress(OSError):
            inspect.modulesbyfile[str(Path(name).absolute())] = ""
        return name
