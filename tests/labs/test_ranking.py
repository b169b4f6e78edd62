import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.data import sites
from fourps.labs import ranking

NUMBERS = range(1, 9)


@pytest.fixture(scope="module")
def rates():
    return ranking.rates(sites.load())


def six(rates, number, rule, weights=ranking.EQUAL):
    index = ranking.risk(ranking.parts(ranking.filled(rates, number, rule)), weights)
    return set(index.index[: ranking.BUDGET])


def test_a_blank_stays_blank_in_the_rates(rates):
    """Is what was not reported missing, and never zero?"""
    rounds = sites.load()
    assert rates["papers"].isna().sum() == rounds["no_documents"].isna().sum() > 0
    assert rates.attrs["label"] == "SYNTHETIC"


@pytest.mark.parametrize("rule", ranking.RULES)
@pytest.mark.parametrize("number", NUMBERS)
def test_a_rule_fills_every_blank_and_changes_nothing_else(rates, number, rule):
    """Does a rule leave what was reported as it is?"""
    before = rates.xs(number, level="round")
    after = ranking.filled(rates, number, rule)
    assert not after.isna().any(axis=None)
    assert after.where(before.notna()).equals(before)


def test_the_last_report_is_an_earlier_one_of_the_same_site(rates):
    """Does `last report` look back and never ahead?"""
    after = ranking.filled(rates, 6, "last report")
    blank = rates.xs(6, level="round")["papers"].isna()
    for site in blank[blank].index:
        reported = rates["papers"].xs(site, level="site").loc[:5].dropna()
        assert after.loc[site, "papers"] == reported.iloc[-1]


@pytest.mark.parametrize(("number", "rule"), [(6, "best"), (9, "middle")])
def test_unknown_choices_are_refused(rates, number, rule):
    """Is a rule or round that there is not refused?"""
    with pytest.raises(ValueError, match="There is no"):
        ranking.filled(rates, number, rule)
    with pytest.raises(ValueError, match="There is no round"):
        ranking.chances(rates, 9, counts=False, weights=False)


def test_a_column_that_nobody_reported_is_refused(rates):
    """Is there a message where nothing can be drawn from?"""
    empty = rates.copy()
    empty.loc[6, "papers"] = np.nan
    with pytest.raises(ValueError, match="blank at every site"):
        ranking.chances(empty, 6, counts=False, weights=False)


@given(st.lists(st.floats(0, 1), min_size=8, max_size=8), st.integers(0, 7))
def test_more_of_a_condition_never_lowers_the_risk(values, place):
    """Does each column push the index the way it should, or not at all?"""
    name = ranking.COLUMNS[place]
    ends = [[0.0] * 8, [1.0] * 8]
    table = pd.DataFrame([*ends, values, values], ["least", "most", "a", "b"], ranking.COLUMNS)
    table.loc["b", name] = 1.0
    found = ranking.risk(ranking.parts(table))
    if name == "staff":
        assert found["b"] <= found["a"]
    else:
        assert found["b"] >= found["a"]


def test_a_column_of_equal_values_decides_nothing(rates):
    """Is there no division by zero where all sites are alike?"""
    table = ranking.filled(rates, 1, "middle").assign(papers=0.2)
    assert np.isfinite(ranking.parts(table)).all(axis=None)


def test_ties_go_by_name():
    """Is a tie decided by the name, whatever the order of the table?"""
    three = pd.DataFrame(2.0, ["c", "a", "b"], list(ranking.EQUAL))
    assert ranking.risk(three).index.tolist() == ["a", "b", "c"]


@pytest.mark.parametrize("counts", [False, True])
@pytest.mark.parametrize("weights", [False, True])
def test_drawing_is_the_same_each_time_and_fills_the_list(rates, counts, weights):
    """Does every drawing choose as many sites as there are visits?"""
    one, other = (ranking.chances(rates, 6, counts=counts, weights=weights) for _ in range(2))
    assert one.equals(other)
    assert one.sum() == pytest.approx(ranking.BUDGET)
    assert one.between(0, 1).all()


def test_a_round_without_blanks_leaves_nothing_to_draw(rates):
    """Is every site in or out for certain where all is reported?"""
    whole = rates.groupby(level="site").ffill().groupby(level="site").bfill()
    share = ranking.chances(whole, 6, counts=False, weights=False)
    assert set(share) == {0.0, 1.0}
    assert set(share[share == 1].index) == six(whole, 6, "middle")


def test_what_the_lab_says_about_round_6(rates):
    """Do the answers in the lab still fit the data?"""
    lists = {rule: six(rates, 6, rule) for rule in ranking.RULES}
    both = {"Luvessa Bridge", "Reed Field"}
    assert set.intersection(*lists.values()) == both
    assert len(set.union(*lists.values()) - both) == 9
    region = sites.load().drop_duplicates("site").set_index("site")["region"]
    assert {region[site] for site in lists["highest"]} == {"Arrimel"}
    assert sum(region[site] != "Arrimel" for site in lists["lowest"]) == 4
    every = [
        (dict(zip(ranking.EQUAL, one, strict=True)))
        for one in itertools.product([0, 1, 2], [1, 2], [0, 1, 2])
    ]
    weighted = [six(rates, 6, "middle", one) for one in every]
    assert set.intersection(*weighted) == both
    assert len(set.union(*weighted)) == 13
    without = [found for one, found in zip(every, weighted, strict=True) if not one["capacity"]]
    assert not {"Fish Market", "Pump House"} & set.union(*without)
    share = ranking.chances(rates, 6, counts=True, weights=True)
    assert (share[list(both)] > 0.99).all()
    assert (share[["Crossing Field", "Fish Market"]] > 0.8).all()
    assert share[["Pump House", "Grain Store", "Salt Store", "Quarry Road"]].between(0.3, 0.7).all()


def test_what_the_lab_says_about_round_4(rates):
    """Does no rule for blanks move the six of round 4, while errors of counting do?"""
    assert len({frozenset(six(rates, 4, rule)) for rule in ranking.RULES}) == 1
    share = ranking.chances(rates, 4, counts=True, weights=False)
    assert share[["Orchard Lane", "Fish Market"]].between(0.4, 0.7).all()
