"""Counts with noise (differential privacy): made with OpenDP, kept in a file, read by the lab.

``python -m fourps.lab.release`` makes them again; it needs ``pip install '.[privacy]'``. The
lab itself only reads the file, so that a page or a notebook needs no OpenDP.

Why OpenDP: it is kept and released regularly, and it works out the scale of the noise from what
may differ and what may show, instead of taking our word for it. ``pac-synth``, the library behind
CTDC's own data, makes whole synthetic tables, but its last release is of March 2023. Neither takes
a seed, and rightly so: noise that can be made again can be taken off again. That is why the
releases are kept in a file, and why tests may ask for ranges only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from fourps.course.files import content_root
from fourps.data import hub, people
from fourps.data import hub_shape as shape
from fourps.data.synthetic import read, write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

EPSILONS = [0.1, 0.5, 1.0, 5.0]
RELEASES = 10
HUB = "the hub: 50,000 rows by country"
SITES = "the list: 40 people by site"
COLUMNS = ["table", "category", "epsilon", "scale", "release", "count"]


def noisy_counts(
    values: Sequence[str], categories: Sequence[str], epsilon: float
) -> tuple[dict[str, int], float]:
    """Count with noise, so that one person more or less hardly shows.

    It returns the count of each category, which may be negative, and the scale of the noise.

    Parameters
    ----------
    values
        One value a person; a value outside `categories` is not counted.
    categories
        What is counted, fixed before anyone looks at `values`.
    epsilon
        How much one person may show: the smaller, the more noise.

    Raises
    ------
    ImportError
        If OpenDP is not installed.

    Examples
    --------
    >>> counts, scale = noisy_counts(["A"] * 500, ["A", "B"], epsilon=1.0)
    >>> list(counts), round(scale, 3), 400 < counts["A"] < 600
    (['A', 'B'], 1.0, True)
    """
    try:
        import opendp.prelude as dp
    except ImportError as error:
        raise ImportError("Noise is made with OpenDP: pip install '.[privacy]'") from error
    # OpenDP asks us to say that we know: the proofs of these parts are not all vetted yet
    dp.enable_features("contrib")
    space = dp.vector_domain(dp.atom_domain(T=str)), dp.symmetric_distance()
    count = space >> dp.t.then_count_by_categories(categories=list(categories))

    # d_in=1: the two tables that nobody shall tell apart differ in one row, that is, one person
    scale = dp.binary_search_param(
        lambda scale: count >> dp.m.then_laplace(scale=scale), d_in=1, d_out=epsilon
    )
    # the last of the counts is what fell in no category
    *counts, _ = (count >> dp.m.then_laplace(scale=scale))(list(values))
    return dict(zip(categories, counts, strict=True)), float(scale)


def exact() -> dict[str, pd.Series]:
    """Count without noise what the lab releases: the categories of all people, table by table.

    Examples
    --------
    >>> exact()[SITES].value_counts(sort=False).to_dict()
    {'The Stadium': 17, 'Ferry Road': 12, 'Old Brickworks': 11}
    """
    countries = hub.make()["CountryOfExploitation"]
    return {
        HUB: pd.Series(pd.Categorical(countries, shape.COUNTRIES)),
        SITES: people.load(22)["site"],
    }


def make(
    tables: dict[str, pd.Series],
    epsilons: Sequence[float] = tuple(EPSILONS),
    releases: int = RELEASES,
) -> pd.DataFrame:
    """Release each table several times: one row a count, the columns of ``COLUMNS``.

    Each release spends `epsilon` anew: ten at 0.5 show as much as one at 5.

    Parameters
    ----------
    tables
        For each table its values, one a person, in categories.
    epsilons
        How much one person may show in one release.
    releases
        How many of each.

    Examples
    --------
    >>> table = {"two sites": pd.Series(pd.Categorical(["A"] * 50 + ["B"]))}
    >>> len(make(table, epsilons=[1.0], releases=3))
    6
    """
    rows = []
    for name, values in tables.items():
        for epsilon in epsilons:
            for release in range(1, releases + 1):
                counts, scale = noisy_counts(list(values), list(values.cat.categories), epsilon)
                rows += [
                    (name, category, epsilon, round(scale, 6), release, count)
                    for category, count in counts.items()
                ]
    return pd.DataFrame(rows, columns=COLUMNS)


def load() -> pd.DataFrame:
    """Read the stored releases, as `make` returns them.

    Examples
    --------
    >>> sorted(load()["epsilon"].unique().tolist())
    [0.1, 0.5, 1.0, 5.0]
    """
    return read(path()).astype({"epsilon": float, "scale": float, "release": int, "count": int})


def path() -> Path:
    """Return the CSV file in which the releases are stored.

    Examples
    --------
    >>> path().name
    'releases.csv'
    """
    return content_root() / "modules" / "protection" / "data" / "releases.csv"


def about() -> str:
    """Say in one line what the releases were made from, with the fingerprint of the hub.

    Examples
    --------
    >>> about().startswith("invented counts with noise")
    True
    """
    return (
        "invented counts with noise, made by fourps.lab.release with OpenDP "
        f"from the invented hub {hub.fingerprint(hub.make())} and the invented list of week 22"
    )


if __name__ == "__main__":
    write(make(exact()), path(), about())
