"""Words that readers of a language know from elsewhere, and those that the course uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.course.catalogue import beside
from fourps.course.order import place
from fourps.course.source import Source, Strict, Text

if TYPE_CHECKING:
    from pathlib import Path

SYNONYMS = "synonyms.yaml"


class _Synonyms(Strict):
    synonyms: dict[Text, Text] = {}


def load(root: Path, language: str) -> dict[str, str]:
    """Return what the course says for each such word, in the order of the words.

    Parameters
    ----------
    root
        The folder of the course. In its ``locale``, ``synonyms.yaml`` of a language has them.
    language
        Its code.

    Raises
    ------
    BrokenSourceError
        With file and line.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> load(content_root(), "fr")["référencement"], load(content_root(), "en")["hotline"]
    ('orientation', 'local help')
    """
    path = beside(root, language, SYNONYMS)
    if not path.is_file():
        return {}
    found = Source.load(path, _Synonyms)[0].synonyms
    return dict(sorted(found.items(), key=lambda pair: place(pair[0])))
