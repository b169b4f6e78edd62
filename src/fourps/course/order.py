"""In which order a reader looks words up: that of a dictionary, in whichever language.

Babel has no collation, and what the machine knows of one is not the same on each.
"""

from __future__ import annotations

import re
import unicodedata

_BETWEEN = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Return a text without accents and capitals.

    ``front/find.js`` has the same rule.

    Examples
    --------
    >>> folded("Élan, œuvre")
    'elan, oeuvre'
    """
    apart = unicodedata.normalize("NFD", text)
    letters = "".join(one for one in apart if not unicodedata.category(one).startswith("M"))
    return letters.lower().replace("œ", "oe").replace("æ", "ae")


def place(text: str) -> tuple[str, str]:
    """Return what sorts a text: word by word; accents and signs only where all else is alike.

    Examples
    --------
    >>> sorted(["zone", "État", "été", "etat des lieux", "œuvre", "4W", "ete"], key=place)
    ['4W', 'État', 'etat des lieux', 'ete', 'été', 'œuvre', 'zone']
    """
    return _BETWEEN.sub(" ", folded(text)).strip(), text.casefold()
