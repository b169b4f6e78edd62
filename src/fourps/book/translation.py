"""What Sphinx does with the catalogues of a language."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from fourps.book.catalogues import catalogue
from fourps.book.page_in_book import complain
from fourps.course.catalogue import Catalogue
from fourps.course.language import is_pseudo
from fourps.course.problem import BrokenSourceError

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


class TranslateCaptions(SphinxTransform):
    """Translates the captions of the navigation, which come after all else was translated."""

    # after the table of contents has been put into the page
    default_priority = 110

    def apply(self, **_options: Any) -> None:
        """Say each caption in the language of the page."""
        found = catalogue(self.env)
        if not found:
            return
        for node in self.document.findall(addnodes.toctree):
            if node.get("rawcaption"):
                node["caption"] = found.gettext(node["rawcaption"])


def _copy_catalogues(app: Sphinx, config: Config) -> None:
    """Give Sphinx copies, since it leaves a compiled file beside each; name each that is broken."""
    if is_pseudo(config.language):
        # they were made a moment ago, and not by hand
        return
    copies = Path(app.doctreedir, "locale")
    kept = set()
    for folder in config.locale_dirs:
        locale = Path(app.srcdir, folder)
        for path in sorted((locale / config.language).rglob("*.po")):
            kept.add(copy := copies / path.relative_to(locale))
            try:
                Catalogue.read(path)
            except BrokenSourceError as error:
                complain(error.problems)
            else:
                _copy(path, copy)
    for path in {*copies.rglob("*.po")} - kept:
        path.unlink()
        path.with_suffix(".mo").unlink(missing_ok=True)
    config.locale_dirs = [str(copies)]


def _copy(path: Path, copy: Path) -> None:
    """Leave a copy that is right as old as it is: what is newer is read again."""
    if not copy.is_file() or copy.read_bytes() != path.read_bytes():
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)


def register(app: Sphinx) -> None:
    """Have Sphinx translate what it does not translate by itself."""
    app.add_transform(TranslateCaptions)
    app.connect("config-inited", _copy_catalogues)
