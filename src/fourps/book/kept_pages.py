"""Pages that were taken apart, for the next build: to take all of them apart is a tenth of a build.

They are used where their text is the same (`fourps.course.page.read`), and the code is that takes
them apart.
"""

from __future__ import annotations

import contextlib
import hashlib
import pickle
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from nbseal.base.whole_files import write_whole

from fourps.book.code_hash import code_hash
from fourps.course.page import Page, know, known

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# they read Markdown
_LIBRARIES = ("markdown-it-py", "mdit-py-plugins")
# so many are taken apart sooner than all are written
_FEW = 10
_kept: dict[Path, str] = {}


def recall(cache: Path) -> None:
    """Know the pages that were kept, unless this process knows some already.

    Parameters
    ----------
    cache
        The folder of what is kept.
    """
    path = _path(cache)
    if known() or not path.is_file():
        return
    of, _, pages = path.read_bytes().partition(b"\n")
    # no other code can read what this has written
    if of == _of():
        # what was cut off, or is no such thing, is taken apart again
        with contextlib.suppress(Exception):
            know(pickle.loads(pages))  # noqa: S301 - it stands beside Sphinx's own, kept in this way
            _kept.update((page.path, page.text) for page in known())


def keep(cache: Path) -> None:
    """Keep the pages that are known, if more than a few of them are not kept yet."""
    pages = known()
    if sum(_kept.get(page.path) != page.text for page in pages) > _FEW:
        write_whole(_path(cache), _of() + b"\n" + pickle.dumps(pages))
        _kept.update((page.path, page.text) for page in pages)


def _path(cache: Path) -> Path:
    return cache / "pages.pickle"


def _of() -> bytes:
    """Return a hash of what takes pages apart."""
    text = code_hash(Page.__module__) + repr([*map(version, _LIBRARIES)])
    return hashlib.sha256(text.encode()).hexdigest().encode()


def _finished(app: Sphinx, exception: Exception | None) -> None:
    if not exception:
        keep(Path(app.config.fourps_cache))


def register(app: Sphinx) -> None:
    """Recall pages before any is read, and keep them at the end."""
    app.connect("builder-inited", lambda app: recall(Path(app.config.fourps_cache)))
    app.connect("build-finished", _finished, priority=900)
