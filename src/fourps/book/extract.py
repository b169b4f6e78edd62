"""Find all that readers of the book see, for its translators."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

from fourps.book.build import templates
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
    found = templates(source, output)
    return {name: list(_texts(source, found, name)) for name in pages(source)}


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
