"""Translate the whole book by a rule: whatever stays plain then could not be translated."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sphinx
from babel.messages.pofile import read_po, write_po

from fourps.course.language import pseudo

if TYPE_CHECKING:
    from collections.abc import Iterable

_SPHINX = Path(sphinx.__file__).parent / "locale"


def write(templates: Iterable[Path], locale: Path, language: str) -> None:
    """Write the catalogues of a pseudo-language.

    Parameters
    ----------
    templates
        The ``.pot`` files of the book, as Sphinx extracts them.
    locale
        Where the catalogues come; a value for Sphinx's ``locale_dirs``.
    language
        The code of the language, as Sphinx writes it.
    """
    folder = locale / language / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    for template in (*templates, _SPHINX / "sphinx.pot"):
        with template.open("rb") as stream:
            catalogue = read_po(stream)
        catalogue.fuzzy = False
        for message in catalogue:
            if message.id:
                message.string = pseudo(str(message.id))
        with (folder / f"{template.stem}.po").open("wb") as out:
            write_po(out, catalogue)
