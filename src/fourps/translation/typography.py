"""How French is set: its spaces, quotation marks and apostrophes, and no forms with brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
_QUOTED = re.compile(r"«[^»]*»")
_RULES = {
    # of several signs the first has the space; markup may stand between
    rf"[^\s{_SPACES};:!?%»…][*_]*[;!?%»]|[\w)»*][*_]*:(?!\w|//)": "a no-break space is missing",
    rf"[^\S{_SPACES}]+[;:!?%»]": "this space must be a no-break space",
    rf"«[^{_SPACES}]": "« must be followed by a no-break space",
    r"\w'\w": "write the apostrophe \N{RIGHT SINGLE QUOTATION MARK}",
    r'"': "write « and » with their no-break spaces",
    r"\.\.\.": "write …",
    r"\d \d{3}\b": "this space must be a no-break space",
    r"\b(?:Etats?|Ecoles?|Equipes?|Etapes?|Evaluations?|Etudes?|Elles? meme)\b": "write the accent",
    r"\w[·•]\w|\w\((?:e|s|es|ne|ve|trice)\)|\w\.e\.s?\b": "write both forms, or one for everybody",
}
_FRENCH = {re.compile(pattern): advice for pattern, advice in _RULES.items()}


def differences(said: str) -> Iterator[str]:
    r"""Yield what is not set as French is.

    Parameters
    ----------
    said
        A French text without roles, addresses and code.

    Examples
    --------
    >>> list(differences("Qui\u00a0? «\u00a0Moi\u00a0», dit-elle à 54,7\u00a0%\u00a0: oui."))
    []
    >>> list(differences("Le groupe 1: oui"))
    ["'Le groupe 1: oui': a no-break space is missing"]
    """
    for pattern, advice in _FRENCH.items():
        for found in pattern.finditer(said):
            around = said[max(0, found.start() - 12) : found.end() + 6].strip()
            yield f"'{around}': {advice}"
    if re.search("[“”]", _QUOTED.sub("", said)):
        yield "“ and ” stand only within « and »"
