import statistics

import pandas as pd
import pytest

from fourps.data import hub_shape as shape
from fourps.data import people
from fourps.data.synthetic import read
from fourps.lab import release


@pytest.fixture(scope="module")
def stored():
    return release.load()


def test_noise_stays_in_its_range():
    """Are counts near the truth, with noise of the scale that epsilon asks for?"""
    values, categories = ["A"] * 300 + ["B"] * 100 + ["elsewhere"] * 5, ["A", "B", "nobody"]
    counts, scale = release.noisy_counts(values, categories, epsilon=0.5)
    assert list(counts) == categories
    assert scale == pytest.approx(2, abs=0.01)
    # noise beyond 30 scales comes less than once in 10,000,000,000,000 counts
    assert [
        abs(counts[name] - true) < 60 for name, true in zip(categories, [300, 100, 0], strict=True)
    ]
    assert all(isinstance(count, int) for count in counts.values())


@pytest.mark.once
def test_noise_differs_each_time():
    """Is the noise drawn anew, since nothing fixes it?"""
    table = {"one": pd.Series(pd.Categorical(["A"] * 30, ["A"]))}
    counts = release.make(table, epsilons=[0.1], releases=40)["count"]
    assert len(set(counts)) > 1
    assert abs(statistics.mean(counts) - 30) < 30


def test_a_tiny_table_is_released():
    """Has a release one row for each table, category, epsilon and repetition?"""
    table = {"tiny": pd.Series(pd.Categorical(["A", "A", "B"], ["A", "B", "C"]))}
    made = release.make(table, epsilons=[1.0, 5.0], releases=2)
    assert list(made.columns) == release.COLUMNS
    assert len(made) == 3 * 2 * 2
    assert made["count"].between(-60, 60).all()


def test_stored_parameters_are_those_of_the_code(stored):
    """Were the stored releases made with the tables, epsilons and scales that the code names?"""
    assert list(stored.columns) == release.COLUMNS
    categories = {release.HUB: shape.COUNTRIES, release.SITES: people.SITES}
    expected = {
        (table, category, epsilon, number)
        for table, names in categories.items()
        for category in names
        for epsilon in release.EPSILONS
        for number in range(1, release.RELEASES + 1)
    }
    columns = stored[["table", "category", "epsilon", "release"]]
    assert set(columns.itertuples(index=False, name=None)) == expected
    assert len(stored) == len(expected)
    assert (stored["scale"] * stored["epsilon"]).between(0.999, 1.001).all()


def test_stored_releases_are_of_today_s_data():
    """Was the stored file made from the hub that the code makes today, and labelled SYNTHETIC?"""
    with release.path().open(encoding="utf-8") as file:
        assert file.readline() == f"# SYNTHETIC: {release.about()}\n"


def test_stored_counts_are_in_range(stored):
    """Is every stored count within 30 scales of the truth, and are not all of them the truth?"""
    true = pd.concat({name: values.value_counts() for name, values in release.exact().items()})
    error = stored["count"] - [
        true[place] for place in zip(stored["table"], stored["category"], strict=True)
    ]
    assert (error.abs() <= 30 * stored["scale"]).all()
    assert (error != 0).mean() > 0.4


def test_the_stored_file_is_small():
    """Is the file small enough to travel with every copy of the course?"""
    assert release.path().stat().st_size < 40_000
    assert not read(release.path()).isna().to_numpy().any()
