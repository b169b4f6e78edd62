"""Options in the language of their reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.course.catalogue import load, pages

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
    for page in pages(root, language):
        known |= {one.text: one.said for one in load(root, page, language).entries if one.said}
    return lambda text: known.get(text.replace("\n", " ").strip(), text)
