"""How French is set, and how easy it is to read.

textstat would count it too, and brings a dictionary under a licence that the course cannot have.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
        for match in pattern.finditer(said):
            around = said[max(0, match.start() - 12) : match.end() + 6].strip()
            yield f"'{around}': {advice}"
    if re.search("[“”]", _QUOTED.sub("", said)):
        yield "“ and ” stand only within « and »"


EASY = 55.0
"""Below it a page is harder than any of the first 42 that were translated."""
_ENOUGH = 200  # words; below, one long name decides
_SENTENCE = re.compile(r"[.!?…:](?=\s|$)|$")
_WORD = re.compile(r"[^\W\d_]+")
# what is written as several vowels and heard as one, or not at all
_HEARD = re.compile(r"i?(?:eau|oeu|œu|ou|oi|ai|au|ei|eu|[aeouyœæ])|ui|i")
_SILENT = re.compile(r"(?<=[^aeiouy])(?:e|es|ent)$")


def syllables(word: str) -> int:
    """Count the syllables of a French word, by its letters.

    Examples
    --------
    >>> [syllables(word) for word in ("traite", "personnes", "orientation", "d'eau", "lieu", "été")]
    [1, 2, 4, 1, 1, 2]
    """
    return sum(map(_spoken, _WORD.findall(word.lower()))) or 1


def _spoken(word: str) -> int:
    # the accents tell what is heard at the end
    bare = _SILENT.sub("", word) if len(word) > len("les") else word
    plain = "".join(letter for letter in unicodedata.normalize("NFD", bare) if letter.isalpha())
    return len(_HEARD.findall(plain))


def ease(texts: Iterable[str]) -> float | None:
    """Return the reading ease of French; None for fewer than 200 words.

    Parameters
    ----------
    texts
        Paragraphs; each ends a sentence.

    Returns
    -------
    float
        From 0, very hard, to 100.

    References
    ----------
    Kandel, Moles 1958: Flesch's measure for French.

    Examples
    --------
    >>> round(ease(["Vous restez avec elle. Elle dit ce que vous lui dites."] * 25))
    101
    """
    words = sentences = spoken = 0
    for text in texts:
        for sentence in _SENTENCE.split(text):
            spoken_words = [word for word in sentence.split() if any(map(str.isalnum, word))]
            words += len(spoken_words)
            sentences += bool(spoken_words)
            spoken += sum(map(syllables, spoken_words))
    if words < _ENOUGH:
        return None
    return 207 - 1.015 * words / sentences - 73.6 * spoken / words
