import pandas as pd
import pytest

from fourps.data import activities, campaign, sites
from fourps.labs import brief


@pytest.fixture(scope="module")
def rounds():
    return sites.load()


@pytest.fixture(scope="module")
def matrix():
    return activities.load()


@pytest.fixture
def two_sites():
    return pd.DataFrame(
        {
            "round": [1, 2, 1, 2],
            "code": ["S01", "S01", "S02", "S02"],
            "region": "Oriveth",
            "people": [1000, 1000, 500, 500],
            "unexplained_departures": [2, 6, 4, None],
        }
    )


def test_added_up(two_sites):
    """Does adding up leave a blank out, and say that there is one?"""
    table = brief.departures(two_sites, "Oriveth", brief.ADDED)
    assert table["value"].tolist() == [6, 6]
    assert table["blank"].tolist() == [0, 1]
    assert table[["low", "high"]].isna().all(axis=None)


def test_room(two_sites):
    """May a blank be anything from nothing to the most that its site reported?"""
    second = brief.departures(two_sites, "Oriveth", brief.ROOM).loc[2]
    assert (second["low"], second["high"]) == (6, 10)
    assert pd.isna(second["value"])


def test_rate(two_sites):
    """Does the rate count the people of the sites that reported, and no others?"""
    values = brief.departures(two_sites, "Oriveth", brief.RATE)["value"]
    assert values.tolist() == [4, 6]


@pytest.mark.parametrize("region", sites.REGIONS)
def test_reported_lies_within_the_room(rounds, region):
    """Does the sum of what was reported always lie within the room?"""
    added = brief.departures(rounds, region, brief.ADDED)["value"]
    room = brief.departures(rounds, region, brief.ROOM)
    whole, gap = room[room["blank"] == 0], room[room["blank"] > 0]
    assert (whole["value"] == added[whole.index]).all()
    assert (gap["low"] == added[gap.index]).all()
    assert (gap["low"] <= gap["high"]).all()


def test_summary(rounds):
    """Has the table behind the figure a row for each region and round, and no hole?"""
    table = brief.summary(rounds)
    assert len(table) == len(sites.REGIONS) * rounds["round"].nunique()
    assert table.notna().all(axis=None)
    assert (table["reported"] <= table["at most"]).all()


def test_the_flood_hides_departures(rounds):
    """Is the lab's example there: a fall in Arrimel that is partly a matter of who reported?"""
    room = brief.departures(rounds, "Arrimel", brief.ROOM)
    assert room.loc[6, "blank"] == 4
    assert room.loc[6, "high"] > 1.5 * room.loc[6, "low"]


def test_more_reached_than_people(rounds, matrix):
    """Is the lab's contradiction there: more people reached in Oriveth than live at its sites?"""
    found = brief.reach(matrix, rounds, "Oriveth")
    assert found["reached, added up"] > found["people at the sites"]


@pytest.mark.parametrize("region", sites.REGIONS)
def test_each_count_of_activities_is_part_of_the_one_above(rounds, matrix, region):
    """Do the four counts of activities never rise?"""
    assert brief.reach(matrix, rounds, region, brief.LISTED).is_monotonic_decreasing


def test_a_day_before_the_end_is_still_running(rounds):
    """Is an activity still running on its last day, and without an end, and never once planned?"""
    row = {"region": "Oriveth", "sector": "Protection", "status": "ongoing", "reached": 10}
    ends = [brief.DAY, brief.DAY - pd.Timedelta(days=1), pd.NaT, pd.NaT]
    matrix = pd.DataFrame([row | {"end": end} for end in ends])
    matrix.loc[3, "status"] = "planned"
    assert brief.reach(matrix, rounds, "Oriveth", brief.LISTED).tolist() == [4, 4, 3, 2]


@pytest.mark.parametrize("measure", brief.MEASURES)
@pytest.mark.parametrize("who", [brief.EVERYONE, brief.STAYED])
def test_order(measure, who):
    """Are the rounds in the order of time, not of the alphabet?"""
    table = brief.drama(campaign.load(), measure, who)
    assert list(table.index[:3]) == ["drama, before", "drama, after", "drama, later"]


def test_those_who_stayed_are_the_same_in_all_rounds():
    """Are the people behind the three rounds the same once those who left are taken out?"""
    table = brief.drama(campaign.load(), "right answers of 10", brief.STAYED)
    assert table.loc["drama, before", "people"] == table.loc["drama, later", "people"]


@pytest.mark.parametrize(
    "call",
    [
        lambda: brief.departures(sites.load(), "Oriveth", "by guess"),
        lambda: brief.reach(activities.load(), sites.load(), "Oriveth", "posters"),
        lambda: brief.drama(campaign.load(), "right answers of 10", "the best"),
    ],
)
def test_unknown(call):
    """Is a choice that does not exist refused, with those that do?"""
    with pytest.raises(ValueError, match="expected"):
        call()
