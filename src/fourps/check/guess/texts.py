"""Options in the language of their reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.course.catalogue import Catalogue, files

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

    Raises
    ------
    BrokenSourceError
        If a catalogue is broken.

    Examples
    --------
    >>> from pathlib import Path
    >>> texts(Path("nowhere"), "fr")("Go now.")
    'Go now.'
    """
    known: dict[str, str] = {}
    for path in files(root, language).values():
        known |= {one.text: one.said for one in Catalogue.read(path).entries if one.said}
    return lambda text: known.get(text.replace("\n", " ").strip(), text)
