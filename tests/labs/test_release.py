import pandas as pd
import pytest

from fourps.labs import release


@pytest.fixture(scope="module")
def stored():
    return release.load()


def test_stored_parameters_are_those_of_the_code(stored):
    """Were the stored releases made with the tables, epsilons and scales that the code names?"""
    expected = {
        (table, category, epsilon, number)
        for table, values in release.exact().items()
        for category in values.cat.categories
        for epsilon in release.EPSILONS
        for number in range(1, 11)
    }
    columns = stored[["table", "category", "epsilon", "release"]]
    assert set(columns.itertuples(index=False, name=None)) == expected
    assert len(stored) == len(expected)
    assert (stored["scale"] * stored["epsilon"]).between(0.999, 1.001).all()


def test_stored_counts_are_in_range(stored):
    """Is every stored count within 30 scales of the truth, and are not all of them the truth?"""
    true = pd.concat({name: values.value_counts() for name, values in release.exact().items()})
    error = stored["count"] - [
        true[place] for place in zip(stored["table"], stored["category"], strict=True)
    ]
    assert (error.abs() <= 30 * stored["scale"]).all()
    assert (error != 0).mean() > 0.4
