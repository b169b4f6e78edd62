from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourps.data import people
from fourps.labs import privacy

THRESHOLDS = st.integers(1, 6)
# each looks at thousands of tables
FEWER = settings(max_examples=settings.default.max_examples // 5)


def bordered(inner):
    """Return counts with totals, as `cross` does."""
    rows, columns = np.shape(inner)
    table = pd.DataFrame(
        inner, [f"r{n}" for n in range(rows)], [f"c{n}" for n in range(columns)], dtype=int
    )
    table[privacy.ALL] = table.sum(axis=1)
    table.loc[privacy.ALL] = table.sum()
    return table


def tables(most, shapes=((2, 2), (2, 3), (3, 2))):
    return st.sampled_from(shapes).flatmap(
        lambda shape: st.lists(
            st.lists(st.integers(0, most), min_size=shape[1], max_size=shape[1]),
            min_size=shape[0],
            max_size=shape[0],
        ).map(bordered)
    )


def marks(table):
    size = table.size
    return st.lists(st.booleans(), min_size=size, max_size=size).map(
        lambda flags: pd.DataFrame(np.array(flags).reshape(table.shape), table.index, table.columns)
    )


def consistent(table, hidden, most):
    """Return every table, with inner counts up to `most`, that agrees with all that is printed."""
    inner = table.iloc[:-1, :-1]
    choices = [
        range(most + 1) if hide else [count]
        for count, hide in zip(
            inner.to_numpy().ravel(), hidden.iloc[:-1, :-1].to_numpy().ravel(), strict=True
        )
    ]
    every = np.array(list(product(*choices))).reshape(-1, *inner.shape)
    full = np.zeros((len(every), *table.shape), dtype=int)
    full[:, :-1, :-1] = every
    full[:, :-1, -1] = every.sum(axis=2)
    full[:, -1, :] = full.sum(axis=1)
    agrees = (full == table.to_numpy()) | hidden.to_numpy()
    return full[agrees.all(axis=(1, 2))]


@FEWER
@given(st.data())
def test_ranges_are_those_of_all_consistent_tables(data):
    """Is the range of each hidden count what trying every table gives?"""
    table = data.draw(tables(3, shapes=[(2, 2)]) | tables(1, shapes=[(2, 3), (3, 2)]))
    hidden = data.draw(marks(table))
    # with the grand total printed no count can be larger, so that every table can be tried
    hidden.loc[privacy.ALL, privacy.ALL] = False
    every = consistent(table, hidden, table.loc[privacy.ALL, privacy.ALL])
    for row, column in zip(*np.nonzero(hidden.to_numpy()), strict=True):
        found = privacy.possible(table, hidden, table.index[row], table.columns[column])
        assert set(range(found.low, found.high + 1)) == set(every[:, row, column].tolist())


@FEWER
@given(tables(9), THRESHOLDS)
def test_no_small_count_is_published(table, threshold):
    """Is no count under the threshold ever printed, totals and zeros included?"""
    for hidden in (privacy.small(table, threshold), privacy.helpers(table, threshold)):
        printed = privacy.publish(table, hidden).to_numpy().ravel()
        assert all(text == privacy.HOLE or int(text) >= threshold for text in printed)


@FEWER
@given(tables(6, shapes=((2, 2), (2, 3))), THRESHOLDS)
def test_no_hidden_count_can_be_worked_out(table, threshold):
    """Are there, for every hole, two tables that agree with all that is printed?"""
    hidden = privacy.helpers(table, threshold)
    every = consistent(table, hidden, 7)
    assert (every == table.to_numpy()).all(axis=(1, 2)).any()
    for row, column in zip(*np.nonzero(hidden.to_numpy()), strict=True):
        assert len(set(every[:, row, column].tolist())) > 1


@pytest.mark.once
@FEWER
@given(tables(12, shapes=((3, 3), (3, 4))), THRESHOLDS)
def test_larger_tables_keep_their_holes(table, threshold):
    """Does nothing remain that can be filled in tables as large as the lab's?"""
    hidden = privacy.helpers(table, threshold)
    assert not privacy.known(table, hidden).to_numpy().any()
    assert (privacy.small(table, threshold) <= hidden).to_numpy().all()


@pytest.mark.once
@pytest.mark.parametrize("week", people.WEEKS)
@pytest.mark.parametrize("columns", ["sex", "support"])
@pytest.mark.parametrize("threshold", [3, 5, 10])
def test_the_tables_of_the_lab_keep_their_holes(week, columns, threshold):
    """Does the lab itself print no table whose holes can be filled?"""
    table = privacy.cross(people.load(week), "site", columns)
    assert not privacy.known(table, privacy.helpers(table, threshold)).to_numpy().any()


def test_holes_that_add_up_to_nothing_are_filled():
    """Is a row known to be empty when its total is printed as zero?"""
    table = bordered([[0, 0], [7, 8]])
    hidden = privacy.small(table, 1)
    hidden.loc["r0", privacy.ALL] = False
    assert privacy.known(table, hidden).loc["r0"].tolist() == [True, True, False]


def test_a_count_that_nothing_limits_has_no_upper_end():
    """Is a table printed with no total at all open upwards?"""
    table = bordered([[1, 2], [3, 4]])
    assert privacy.possible(table, table >= 0, "r0", "c0") == (0, None)
    hidden = table == 10
    hidden.loc["r0", "c0"] = True
    assert privacy.possible(table, hidden, "r0", "c0") == (1, 1)


def test_nothing_is_hidden_without_need():
    """Does a table without small counts stay whole?"""
    assert not privacy.helpers(bordered([[9, 8], [8, 7]]), 5).to_numpy().any()


def test_counting_keeps_empty_groups():
    """Does a group that nobody is in stand in the table, as zero?"""
    table = privacy.cross(people.load(16), "site", "support")
    assert table.loc["Ferry Road", "legal advice"] == 0
    assert table.loc[privacy.ALL, privacy.ALL] == 39


LISTS = st.lists(
    st.tuples(*[st.sampled_from("ab"), st.sampled_from("xyz"), st.sampled_from("mn")]),
    min_size=1,
    max_size=12,
)
COLUMNS = st.sampled_from([["one"], ["one", "two"], ["two", "three"], ["one", "two", "three"]])


@given(LISTS, COLUMNS)
def test_k_is_what_counting_by_hand_gives(rows, columns):
    """Does k agree with comparing every person with every other?"""
    table = pd.DataFrame(rows, columns=["one", "two", "three"])
    seen = [tuple(row) for row in table[columns].to_numpy()]
    by_hand = [sum(other == one for other in seen) for one in seen]
    assert privacy.alike(table, columns).tolist() == by_hand
    assert privacy.k(table, columns) == min(by_hand)


@given(LISTS)
def test_told_is_what_looking_gives(rows):
    """Is a secret told exactly when all who look the same share it?"""
    table = pd.DataFrame(rows, columns=["one", "two", "three"])
    by_hand = [len({c for a, b, c in rows if (a, b) == (x, y)}) == 1 for x, y, _ in rows]
    assert privacy.told(table, ["one", "two"], "three").tolist() == by_hand
