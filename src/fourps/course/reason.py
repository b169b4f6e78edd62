"""Why something is as it is, as a fact: each reader says it in its own language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | int


@dataclass(frozen=True)
class Reason:
    """A key, and what fills its sentence.

    Examples
    --------
    >>> why = Reason.of({"gone": "{path} is gone."}, "gone", path="ada/one.ipynb")
    >>> print(why.without("ada"))
    …/one.ipynb is gone.
    >>> why.of_notebook("ps1").said({"gone": "{path} n'est plus là."})
    "ps1: ada/one.ipynb n'est plus là."
    """

    key: str
    """Under which a catalogue has the sentence in other languages."""
    values: tuple[tuple[str, Value], ...] = ()
    """Names and values; the order of the names means nothing."""
    text: str = field(default="", compare=False, repr=False)
    """The sentence in English, with its places open."""
    notebook: str = ""
    """Of which of several notebooks it is said; empty where there is one."""

    @classmethod
    def of(cls, texts: Mapping[str, str], key: str, /, **values: object) -> Self:
        """Return a reason whose sentence stands in a table."""
        kept = {name: one if isinstance(one, int) else str(one) for name, one in values.items()}
        return cls(key, tuple(sorted(kept.items())), texts[key])

    @classmethod
    def quoted(cls, sentence: str) -> Self:
        """Return what somebody else said, which every reader prints as it stands."""
        return cls.of({"said": "{text}"}, "said", text=sentence)

    def __str__(self) -> str:
        return self.said({})

    def said(self, texts: Mapping[str, str]) -> str:
        """Return the sentence in the language of `texts`; in English, if they have none for it."""
        sentence = texts.get(self.key, self.text).format(**dict(self.values))
        return f"{self.notebook}: {sentence}" if self.notebook else sentence

    def of_notebook(self, name: str) -> Self:
        """Return the same, said of one of several notebooks."""
        return replace(self, notebook=name)

    def without(self, learner: str) -> Self:
        """Return the same without an id, which may stand in a path."""
        word = rf"(?<!\w){re.escape(learner)}(?!\w)"
        cleared = ((name, _cleared(word, value)) for name, value in self.values)
        return replace(self, values=tuple(cleared))


def _cleared(word: str, value: Value) -> Value:
    return re.sub(word, "…", value) if isinstance(value, str) else value
