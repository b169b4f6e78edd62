"""Ship only what pages load: themes and extensions bring scripts and styles of their own."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from fourps.book.after.built import Built

if TYPE_CHECKING:
    from collections.abc import Iterator

# Sphinx copies into folders that begin so; a page's own links to other pages are not looked at
_LOADED = re.compile(r'(?:href|src)="((?:\.\./)*_[^"?#]*)')
_DRAWN = re.compile(r"""url\(["']?(?!["']?data:)([^)"'?#]+)""")
# a licence travels with the script that it is of
_LICENCE = ".LICENSE.txt"


def drop(html: Path) -> None:
    """Remove each file that Sphinx copied and no page loads, nor a style sheet that one loads.

    The folder is that of one language. Sphinx copies again whatever a later build needs.

    Examples
    --------
    >>> import tempfile
    >>> html = Path(tempfile.mkdtemp())
    >>> (html / "_static").mkdir()
    >>> for name in ("used.js", "unused.js"):
    ...     (html / "_static" / name).touch()
    >>> _ = (html / "page.html").write_text('<script src="_static/used.js?v=1"></script>')
    >>> drop(html)
    >>> [path.name for path in html.glob("_static/*")]
    ['used.js']
    """
    loaded = {path for page in Built(html).pages for path in _named(page, _LOADED)}
    for path in [path for path in loaded if path.suffix == ".css" and path.is_file()]:
        loaded.update(_named(path, _DRAWN))
    for path in html.glob("_*/**/*"):
        if path.is_file() and path.with_name(path.name.removesuffix(_LICENCE)) not in loaded:
            path.unlink()


def _named(path: Path, pattern: re.Pattern[str]) -> Iterator[Path]:
    """Yield each file that a page or style sheet names."""
    for address in dict.fromkeys(pattern.findall(path.read_text("utf-8"))):
        yield Path(os.path.normpath(path.parent / unquote(address)))
