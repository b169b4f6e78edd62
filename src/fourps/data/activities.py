"""SYNTHETIC: who does what, where and when (4W) in Selvarra, with HXL hashtags.

Fourteen invented organisations. The line below the header holds the hashtags; protection is a
sector (``#sector``), since HXL has no tag of its own for it. Shelters and other protected places
stand with their region only. Pelluvar carries nearly all case management, so much depends on it,
and Varrouen has no counter-trafficking work at all.

A second file, the draft, has five faults put there on purpose, for validating: a shelter with its
site, a negative number, a misspelt sector, a date that is none, and a person's name in a cell.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import pandas as pd

from fourps.data import store
from fourps.data.store import label, read

if TYPE_CHECKING:
    from pathlib import Path

PROTECTED = "Safe accommodation"

load = partial(store.load, "activities")
Matrix: TypeAlias = pd.DataFrame
"""What `load` returns."""


def draft() -> pd.DataFrame:
    """Read the draft with its five faults: forty rows of text, since one date is none.

    Examples
    --------
    >>> faulty = draft()
    >>> faulty["sector"][faulty["sector"].str.startswith("Protec")].unique().tolist()
    ['Protection', 'Protecton']
    """
    return label(read(draft_path()).iloc[1:].reset_index(drop=True))


def path() -> Path:
    """Return the file of the matrix, for tools that read HXL: label, header, hashtags, rows.

    Examples
    --------
    >>> path().name
    'activities.csv'
    """
    return store.path("activities")


def draft_path() -> Path:
    """Return where the draft with its faults lies, a file of the same shape.

    Examples
    --------
    >>> draft_path().name
    'activities-draft.csv'
    """
    return path().with_stem("activities-draft")
