"""SYNTHETIC: an abstract ledger of 2,000 invented accounts, with two signals that mean nothing.

A and B stand for no behaviour, so that the ledger teaches no typology; it teaches what any rule
meets when what it looks for is rare. The counts below are exact. Signal A is raised far too often
in Jelisse, where many people send wages across the border: a rule can be unfair without being
meant so. A concern is not guilt.

``python -m fourps.data.accounts`` writes the file again.
"""

from __future__ import annotations

import pandas as pd

from fourps.data import store
from fourps.data.dice import Dice
from fourps.data.dictionary import dataset
from fourps.data.synthetic import label

_SEED = 2029
# For each region: accounts without a concern by signals (neither, A only, B only, both), then
# accounts with one in the same order.
_ACCOUNTS = {
    "Merrivane": ((668, 31, 25, 3), (1, 1, 0, 5)),
    "Oriveth": ((271, 13, 11, 1), (0, 1, 1, 2)),
    "Arrimel": ((312, 15, 12, 2), (1, 0, 1, 2)),
    "Varrouen": ((266, 12, 9, 1), (0, 1, 0, 1)),
    "Jelisse": ((232, 74, 10, 12), (0, 1, 0, 2)),
}
_SIGNALS = [(False, False), (True, False), (False, True), (True, True)]


def make(seed: int = _SEED) -> pd.DataFrame:
    """Invent the ledger: 2,000 rows, the columns of the data dictionary.

    Parameters
    ----------
    seed
        Sets the order of the accounts and the days of their reviews; the counts are fixed.

    Examples
    --------
    >>> ledger = make()
    >>> len(ledger), int(ledger["concern"].sum())
    (2000, 20)
    """
    dice = Dice(seed)
    rows = [
        (a, b, region, concern)
        for region, counts in _ACCOUNTS.items()
        for concern, group in zip((False, True), counts, strict=True)
        for (a, b), count in zip(_SIGNALS, group, strict=True)
        for _ in range(count)
    ]
    dice.shuffle(rows)
    ledger = pd.DataFrame(
        [
            (f"A{number:04}", *row, dice.whole(8, 30) if row[-1] else dice.whole(1, 12))
            for number, row in enumerate(rows, start=1)
        ],
        columns=list(dataset("accounts").columns),
    )
    return label(ledger)


load = store.loader("accounts")


if __name__ == "__main__":
    store.save("accounts", make())
