"""SYNTHETIC: an invented hub of cases, shaped like the dataset of a real one.

Its columns and values are those of the Counter-Trafficking Data Collaborative's Global Synthetic
Dataset (releases of 2024 to 2026), whose terms forbid passing the file on: so this course makes its
own stand-in, and `fourps.data.ctdc` reads the real file, for those who have fetched it from CTDC.

No row here is a person. The countries are invented and the years lie in the future. Shares are set
to those that CTDC has published (`AGGREGATES`), so that the labs meet real problems: most fields
are blank most of the time, and blank means "not reported", never "no". Within an age group the
fields do not depend on one another, except that sectors need their form of exploitation, so nothing
follows from how they go together. Nothing about real people can be concluded from it, and it must
never be used to spot anyone.

No row pairs an age with sexual exploitation: where the one is reported, the other is left blank.
So no table of this hub can show the two together; the course asks no such question. Shares by age
are therefore set before those ages are left out, and cannot be counted in the hub itself: only
those that `AGGREGATES` marks as ``shown`` can. In the hub most ages that remain are those of people
in forced labour.

Three of the published shares cannot all be true of one table: 47 % of women and 54 % of men aged 18
to 29 make about 49 % of adults or 37 % of all, and the story says 43 %. The hub misses each of the
three by the same three to four points.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from fourps.data.hub_draws import complete
from fourps.data.hub_shape import AGGREGATES, COLUMNS, NOT_REPORTED, REPORTED, SEX, reached
from fourps.data.synthetic import label

if TYPE_CHECKING:
    import pandas as pd

# the page about the data names these as the hub's own
__all__ = ["AGGREGATES", "COLUMNS", "fingerprint", "make", "reached", "unpaired"]
ROWS = 50_000
_SEED = 2031


def make(rows: int = ROWS, seed: int = _SEED) -> pd.DataFrame:
    """Invent the hub.

    Parameters
    ----------
    rows
        How many rows.
    seed
        The same seed makes the same hub.

    Returns
    -------
    pandas.DataFrame
        `rows` rows and the 27 columns of ``COLUMNS``, all of them text; blank is "not reported".

    Examples
    --------
    >>> hub = make(rows=100)
    >>> hub.shape, sorted(set(hub["isForcedLabour"]))
    ((100, 27), ['', '1'])
    """
    return label(unpaired(complete(rows, seed)))


def unpaired(hub: pd.DataFrame) -> pd.DataFrame:
    """Leave the age blank wherever anything about sexual exploitation is reported.

    Parameters
    ----------
    hub
        A table with the columns of ``COLUMNS``; it is changed in place.

    Examples
    --------
    >>> import pandas as pd
    >>> row = dict.fromkeys(COLUMNS, "") | {"ageBroad": "18--20", "isSexualExploit": "1"}
    >>> unpaired(pd.DataFrame([row]))["ageBroad"].tolist()
    ['']
    """
    reported = hub[["isSexualExploit", *SEX]].eq(REPORTED).any(axis=1)
    hub["ageBroad"] = hub["ageBroad"].mask(reported, NOT_REPORTED)
    return hub


def fingerprint(hub: pd.DataFrame) -> str:
    """Return a short name, of twelve hexadecimal digits, that changes whenever the hub does.

    Parameters
    ----------
    hub
        Any table.

    Examples
    --------
    >>> fingerprint(make(rows=5)) == fingerprint(make(rows=5))
    True
    """
    return hashlib.sha256(hub.to_csv(index=False, lineterminator="\n").encode()).hexdigest()[:12]
