"""Find all that readers of the book see, for its translators."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

from fourps.book.build import BuildError
from fourps.book.one_language import run
from fourps.book.outdated import book_hash
from fourps.course.toc import pages
from fourps.translation.update import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Message


def extract(source: Path, output: Path) -> dict[str, list[Text]]:
    """Return the texts of each page, by the page's name.

    Parameters
    ----------
    source
        The folder that holds ``_config.yml`` and ``_toc.yml``.
    output
        A folder such as ``_build``.

    Raises
    ------
    BuildError
        If there was any warning.
    """
    folder = _templates(source, output)
    return {name: list(_texts(source, folder, name)) for name in pages(source)}


def _templates(source: Path, output: Path) -> Path:
    """Have Sphinx write all texts of the book, as translators begin with them.

    Folders are those of `build`. What comes back is the folder with a ``.pot`` file for each page;
    while nothing has changed it is the one of before.
    """
    work = output / ".work" / "templates"
    folder, stamp, state = work / "gettext", work / "of", book_hash(source)
    if stamp.is_file() and stamp.read_text("utf-8") == state:
        return folder
    stamp.unlink(missing_ok=True)
    # those of pages that have gone
    shutil.rmtree(folder, ignore_errors=True)
    config = {"language": "en", "gettext_compact": False}
    if run(source, work, output, config, "gettext") != 0:
        shutil.rmtree(work, ignore_errors=True)
        raise BuildError("The texts were not read. Mend what is named above and try again.")
    stamp.write_text(state, "utf-8")
    return folder


def _texts(source: Path, folder: Path, name: str) -> Iterator[Text]:
    template = folder / f"{name}.pot"
    if not template.is_file():
        # a page without a word
        return
    with template.open("rb") as stream:
        catalog = read_po(stream)
    for message in catalog:
        if message.id:
            yield Text(str(message.id), tuple(_files(source.resolve(), folder.resolve(), message)))


def _files(source: Path, folder: Path, message: Message) -> Iterator[str]:
    """Yield where a text is written, below the course: lines would change with every edit."""
    for name, _ in message.locations:
        path = Path(os.path.normpath(folder / name))
        if path.is_relative_to(source):
            yield path.relative_to(source).as_posix()
