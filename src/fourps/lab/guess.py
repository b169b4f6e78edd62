"""A question before a figure: what a reader expects decides what they will see in it."""

from __future__ import annotations

from dataclasses import dataclass

FEWEST = 2


@dataclass(frozen=True)
class Guess:
    """A guess that a reader may make before a figure shows its point.

    Parameters
    ----------
    ask
        The question.
    options
        What may be expected.
    told
        What the figure shows, in a sentence; it stands above the figure then.

    Examples
    --------
    >>> Guess("How many of the six stay?", ["none", "two", "all"], "Two of six stay.").options
    ['none', 'two', 'all']
    """

    ask: str
    options: list[str]
    told: str

    def __post_init__(self) -> None:
        if len(set(self.options)) < max(FEWEST, len(self.options)):
            raise ValueError(f"The question {self.ask!r} needs two options or more, each once.")
