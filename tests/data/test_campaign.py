import pytest

from fourps.data import campaign


@pytest.fixture(scope="module")
def panel():
    return campaign.load()


def share(panel, site, name, column="checked_offer"):
    rows = panel[(panel["site"] == site) & (panel["round"] == name)]
    return float(rows[column].mean())


def test_two_sites_of_300_in_three_rounds(panel):
    """Is each of 600 people there in each round, at one site, with one debt?"""
    assert panel.groupby(["site", "round"]).size().eq(300).all()
    assert panel.groupby("person")[["site", "in_debt"]].nunique().eq(1).all(axis=None)


def test_who_left_answers_nothing_and_does_not_return(panel):
    """Is everything blank for those no longer reached, in that round and after it?"""
    assert panel.loc[panel["left"], ["knows", "checked_offer", "offered"]].isna().all(axis=None)
    assert panel.loc[~panel["left"], ["knows", "offered"]].notna().all(axis=None)
    rounds = panel.pivot_table(index="person", columns="round", values="left", aggfunc="max")
    assert not rounds["before"].any()
    assert not (rounds["after"] > rounds["later"]).any()


def test_who_had_no_offer_checked_none(panel):
    """Is checking blank, not false, for those who had nothing to check?"""
    assert panel.loc[~panel["offered"].fillna(value=True), "checked_offer"].isna().all()
    assert panel.loc[panel["offered"].fillna(value=False), "checked_offer"].notna().all()


def test_knowledge_rises_and_fades(panel):
    """Does knowledge rise by two answers at the drama's site, and lose most of it again?"""
    before, after, later = (share(panel, "drama", name, "knows") for name in campaign.ROUNDS)
    assert after - before > 2
    assert 0.3 < later - before < 1.2
    assert abs(share(panel, "no drama", "after", "knows") - before) < 0.5


def test_behaviour_hardly_differs_between_the_sites(panel):
    """Is what the drama seems to have changed smaller against the other site, and gone later?"""
    change = {
        (site, name): share(panel, site, name) - share(panel, site, "before")
        for site in campaign.SITES
        for name in campaign.ROUNDS
    }
    assert change["drama", "after"] > 0.08
    assert change["no drama", "after"] > 0.04
    assert abs(change["drama", "later"] - change["no drama", "later"]) < 0.02


def test_those_who_leave_are_not_like_those_who_stay(panel):
    """Do people in debt leave more often, most of all where the drama was?"""
    later = panel[panel["round"] == "later"]
    left = later.groupby(["site", "in_debt"])["left"].mean()
    assert left["drama", True] > 1.7 * left["no drama", True]
    assert left["drama", True] > 3 * left["drama", False]
    first = panel[panel["round"] == "before"].merge(later[["person", "left"]], on="person")
    drama = first[first["site"] == "drama"].groupby("left_y")["checked_offer"].mean()
    assert drama[False] > drama[True] + 0.05
