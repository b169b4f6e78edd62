"""Translate the whole book by a rule: whatever stays plain then could not be translated."""

from __future__ import annotations

from pathlib import Path

import sphinx
from babel.messages.pofile import read_po, write_po

from fourps.course.language import pseudo

_SPHINX = Path(sphinx.__file__).parent / "locale"


def write(templates: Path, locale: Path, language: str) -> None:
    """Write the catalogues of a pseudo-language.

    Parameters
    ----------
    templates
        The folder with the ``.pot`` files of the book, as Sphinx extracts them.
    locale
        Where the catalogues come; a value for Sphinx's ``locale_dirs``.
    language
        The code of the language, as Sphinx writes it.
    """
    folder = locale / language / "LC_MESSAGES"
    ours = ((path, path.relative_to(templates)) for path in templates.rglob("*.pot"))
    for template, name in (*ours, (_SPHINX / "sphinx.pot", Path("sphinx.pot"))):
        with template.open("rb") as stream:
            catalogue = read_po(stream)
        catalogue.fuzzy = False
        for message in catalogue:
            if message.id:
                message.string = pseudo(str(message.id))
        path = folder / name.with_suffix(".po")
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as out:
            write_po(out, catalogue)
