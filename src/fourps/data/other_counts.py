"""SYNTHETIC: three kinds of number about Selvarra in 2030, which must not be mixed.

The 64 detected victims are those of `fourps.data.detected`. The estimate comes from an invented
survey and counts something else, people in forced labour on any day; and the people whom an aid
organisation assisted include many who were never trafficked.

``python -m fourps.data.other_counts`` writes the file again.
"""

from __future__ import annotations

import pandas as pd

from fourps.data import store
from fourps.data.dictionary import dataset
from fourps.data.synthetic import label

_ROWS = [
    ("detected", "police and courts", "victims of trafficking detected", 2030, None, 64, None),
    (
        *("estimated", "household survey", "people in forced labour on any day"),
        *(2030, 5_900, 9_300, 14_800),
    ),
    (
        *("assisted", "an aid organisation"),
        "people assisted after violence, exploitation or abuse, trafficked or not",
        *(2030, None, 412, None),
    ),
]


def make() -> pd.DataFrame:
    """Invent the three numbers; a count has no range, so its ``low`` and ``high`` are blank.

    Examples
    --------
    >>> make()[["kind", "value"]].values.tolist()
    [['detected', 64], ['estimated', 9300], ['assisted', 412]]
    """
    table = pd.DataFrame(_ROWS, columns=list(dataset("other_counts").columns))
    return label(table.astype({"low": "float64", "high": "float64"}))


load = store.loader("other_counts")


if __name__ == "__main__":
    store.save("other_counts", make())
