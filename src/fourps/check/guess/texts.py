"""Options in the language of their reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def texts(root: Path, language: str) -> Callable[[str], str]:
    """Return what gives a text of the course in a language.

    Parameters
    ----------
    root
        The folder of the course; translations are catalogues in ``locale/<language>``.
    language
        Its code.

    Returns
    -------
    callable
        A text without a translation stays as it is written.

    Examples
    --------
    >>> from pathlib import Path
    >>> texts(Path("nowhere"), "fr")("Go now.")
    'Go now.'
    """
    known: dict[str, str] = {}
    for path in sorted((root / "locale" / language).rglob("*.po")):
        with path.open("rb") as file:
            known |= {
                str(one.id): str(one.string) for one in read_po(file) if one.id and one.string
            }
    return lambda text: known.get(text.strip(), text)
