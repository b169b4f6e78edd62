import pytest

from fourps.data import sites

INDICATORS = [
    *("children_alone", "no_documents", "out_of_school", "in_debt", "job_offers_unchecked"),
    *("unexplained_departures", "services_missing"),
]


@pytest.fixture(scope="module")
def rounds():
    return sites.load()


def blank(table):
    return table[INDICATORS].isna().to_numpy().mean()


def test_eight_rounds_of_24_sites(rounds):
    """Is each of 24 sites in each of eight rounds, six weeks apart, always in one region?"""
    assert rounds.groupby("round")["code"].nunique().tolist() == [24] * 8
    assert rounds.groupby("round")["week"].unique().explode().tolist() == [*range(4, 47, 6)]
    assert rounds.groupby("code")[["site", "region"]].nunique().eq(1).all(axis=None)
    assert rounds["code"].unique().tolist() == [f"S{number:02}" for number in range(1, 25)]
    assert rounds["site"].unique().tolist()[:5] == [
        *("Ferry Road", "The Stadium", "Old Brickworks", "Luvessa Bridge", "Mill Yard")
    ]
    assert set(rounds["region"]) == set(sites.REGIONS)


def test_about_eight_per_cent_is_missing(rounds):
    """Is about 8 % of the indicators not reported, and nothing else?"""
    assert 0.07 < blank(rounds) < 0.09
    assert rounds.drop(columns=INDICATORS).notna().all(axis=None)


def test_what_is_missing_is_not_missing_at_random(rounds):
    """Is far more missing in Arrimel after the floods?"""
    flooded = (rounds["region"] == "Arrimel") & rounds["round"].isin([6, 7])
    assert blank(rounds[flooded]) > 0.35
    assert blank(rounds[~flooded]) < 0.08


def test_the_floods_fill_the_sites_of_arrimel(rounds):
    """Do the sites of Arrimel more than double from round 5 to round 6?"""
    people = rounds[rounds["region"] == "Arrimel"].groupby("round")["people"].sum()
    assert people[6] > 2 * people[5]
