"""Counts with noise (differential privacy): made with OpenDP, kept in a file, read by the lab.

Noise has no seed, on purpose: whoever could repeat it could take it away again. So the counts that
the lab shows are made once and stored, with epsilon and the scale of the noise beside each. The
lines that made them stand in the lab.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from fourps.course.files import content_root
from fourps.data import people
from fourps.data.store import read

EPSILONS = [0.1, 0.5, 1.0, 5.0]
HUB = "the hub: 50,000 rows by country"
SITES = "the list: 40 people by site"
# of the invented countries of fourps.data.detected, the frequent ones first; the last two are rare
# on purpose: there a single person counts
_COUNTRIES = ["XTA", "XSE", "XQA", "XQB", "XIS", "XQC", "XQD", "XQG", "XQE", "XQH", "XQF", "XQI"]
_ROWS = [26011, 9941, 5096, 3034, 2403, 1451, 960, 603, 297, 194, 6, 4]


def exact() -> dict[str, pd.Series]:
    """Count without noise what the lab releases: the categories of all people, table by table.

    Examples
    --------
    >>> {name: len(values) for name, values in exact().items()}
    {'the hub: 50,000 rows by country': 50000, 'the list: 40 people by site': 40}
    """
    countries = pd.Categorical(np.repeat(_COUNTRIES, _ROWS), _COUNTRIES)
    return {HUB: pd.Series(countries), SITES: people.load(22)["site"]}


def load() -> pd.DataFrame:
    """Read the stored releases: one row a count, ten releases of each table and epsilon.

    Examples
    --------
    >>> load()["epsilon"].unique().tolist()
    [0.1, 0.5, 1.0, 5.0]
    """
    path = content_root() / "modules" / "protection" / "data" / "releases.csv"
    return read(path).astype({"epsilon": float, "scale": float, "release": int, "count": int})
