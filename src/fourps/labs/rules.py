"""Counts whom a warning rule marks rightly, whom it marks wrongly, and whom it misses.

The signals are abstract, so that nothing here can serve to look for anybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd


RULES: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "A": lambda ledger: ledger["a"],
    "B": lambda ledger: ledger["b"],
    "A or B": lambda ledger: ledger["a"] | ledger["b"],
    "A and B": lambda ledger: ledger["a"] & ledger["b"],
}


class Counts(NamedTuple):
    """How many are marked and how many are not, by what a careful review found."""

    right: int
    """Marked, and of concern."""
    wrong: int
    """Marked, and of no concern."""
    missed: int
    """Not marked, and of concern."""
    cleared: int
    """Not marked, and of no concern."""

    @property
    def marked(self) -> int:
        """All who are marked."""
        return self.right + self.wrong

    @property
    def predictive(self) -> float | None:
        """The predictive value: the share of concern among those marked; None if nobody is marked.

        Examples
        --------
        >>> Counts(right=8, wrong=32, missed=2, cleared=958).predictive
        0.2
        """
        return self.right / self.marked if self.marked else None

    @property
    def found(self) -> float | None:
        """The share of those of concern who are marked; None if nobody is of concern.

        Examples
        --------
        >>> Counts(right=8, wrong=50, missed=2, cleared=940).found
        0.8
        """
        concern = self.right + self.missed
        return self.right / concern if concern else None


def count(marked: pd.Series, concern: pd.Series) -> Counts:
    """Compare a rule with a careful review.

    Parameters
    ----------
    marked, concern
        Truth values with the same index.

    Raises
    ------
    ValueError
        If the two have different indexes.

    Examples
    --------
    >>> import pandas as pd
    >>> count(pd.Series([True, True, False]), pd.Series([True, False, False]))
    Counts(right=1, wrong=1, missed=0, cleared=1)
    """
    if not marked.index.equals(concern.index):
        raise ValueError("marked and concern have different indexes: compare the same accounts.")
    return Counts(
        right=int((marked & concern).sum()),
        wrong=int((marked & ~concern).sum()),
        missed=int((~marked & concern).sum()),
        cleared=int((~marked & ~concern).sum()),
    )


def expected(people: int, concern: int, found: float, cleared: float) -> Counts:
    """Say what a rule would do to other people, in whole people, if it worked equally well there.

    Parameters
    ----------
    people
        How many there are.
    concern
        How many of them are of concern.
    found
        The share of those of concern whom the rule marks.
    cleared
        The share of the others whom it does not mark.

    Raises
    ------
    ValueError
        If a share is not between 0 and 1, or more are of concern than there are.

    Examples
    --------
    >>> expected(1000, 10, found=0.8, cleared=0.95)
    Counts(right=8, wrong=50, missed=2, cleared=940)
    """
    if not 0 <= concern <= people:
        raise ValueError(f"{concern} of {people} are of concern: expected 0 to {people}.")
    if not (0 <= found <= 1 and 0 <= cleared <= 1):
        raise ValueError(f"found={found}, cleared={cleared}: expected shares from 0 to 1.")
    right = round(concern * found)
    # rounded up at the half: 49.5 people wrongly marked are 50, as a reader would round
    wrong = int((people - concern) * (1 - cleared) + 0.5 + 1e-9)
    return Counts(right, wrong, concern - right, people - concern - wrong)
