"""One thing that a reviewer says yes, no or better to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

# no digits: a spreadsheet takes 12345678 and 1e234567 for numbers and writes them in another way
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


def letters(text: str) -> str:
    """Return eight letters that change with the words of a text, and with nothing else of it.

    Examples
    --------
    >>> letters("Ask  first.") == letters("Ask\\nfirst."), letters("Ask first.")
    (True, 'aeklcadf')
    """
    whole = " ".join(text.split())
    return hashlib.sha256(whole.encode()).hexdigest()[:8].translate(_LETTERS)


@dataclass(frozen=True)
class Statement:
    """What the course says, where it stands and what it rests on."""

    kind: Literal["design", "rule", "text", "situation", "question"]
    """A question on the design, a rule of Selvarra, a passage of a page, a situation of a scenario
    with what the course holds best, or a question with its right answer."""
    id: str
    """What an answer names. That of a passage follows its words, so that it can move."""
    part: str
    """The heading under which it is asked: a module, or a page of the book."""
    place: str
    """Where it stands within that part."""
    said: tuple[tuple[str, str], ...]
    """Its paragraphs, each after a word that introduces it, or none."""
    sources: tuple[str, ...] = ()
    """The short labels of the documents that it cites."""
    facts: tuple[tuple[str, str], ...] = ()
    """The facts of the sheet that it rests on, each with its status."""
    module: str = ""
    """The folder of the module whose matter it is, if it is of one."""
    page: str = ""
    """The page that a passage stands on, and the heading below its title:
    ``book/safety.md#content-notes``."""
    claims: bool = True
    """Whether it cites something or stands in a box of advice; other passages are asked about only
    where somebody is asked to read the whole page."""

    @property
    def text(self) -> str:
        """All that it says."""
        return "\n".join(f"{word}: {text}" if word else text for word, text in self.said)

    @property
    def wording(self) -> str:
        """Eight letters that change when its words or its sources do: then it is asked again."""
        return letters("\n".join((self.text, *self.sources)))
