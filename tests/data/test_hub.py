import time

import numpy as np
import pandas as pd
import pytest

from fourps.data import hub, hub_draws
from fourps.data import hub_shape as shape
from fourps.data.schema import schema

# The 27 columns of CTDC's Global Synthetic Dataset (2024 and later), copied here on purpose.
_NAMES = """
yearOfRegistration gender ageBroad citizenship CountryOfExploitation traffickMonths
meansDebtBondageEarnings meansThreats meansAbusePsyPhySex meansFalsePromises meansDrugsAlcohol
meansDenyBasicNeeds meansExcessiveWorkHours meansWithholdDocs
isForcedLabour isSexualExploit isOtherExploit
sectorOfLabourAgriculture sectorOfLabourConstruction sectorOfLabourDomesticWork
sectorOfLabourHospitality sectorOfSexProstitution sectorOfSexPornography
recruiterRelationIntimatePartner recruiterRelationFriend recruiterRelationFamily
recruiterRelationOther
"""
CTDC = _NAMES.split()
AGES = {"0--8", "9--17", "18--20", "21--23", "24--26", "27--29", "30--38", "39--47", "48+", ""}
CHILDREN_AT_MOST_A_THIRD = [
    "meansDebtBondageEarnings",
    "meansFalsePromises",
    "meansExcessiveWorkHours",
    "meansWithholdDocs",
]


@pytest.fixture(scope="module")
def table():
    return hub.make()


@pytest.fixture(scope="module")
def complete():
    """Return the hub before any age is left out, as only its calibration may see it."""
    return hub_draws.complete(hub.ROWS, hub._SEED)


def named(aggregate):
    return f"{aggregate.among}-{aggregate.column}-{aggregate.share}"


def test_the_same_seed_makes_the_same_hub(table):
    """Does one seed always make one hub, and another seed another?"""
    pd.testing.assert_frame_equal(table, hub.make())
    assert hub.fingerprint(hub.make(rows=50)) != hub.fingerprint(hub.make(rows=50, seed=1))


def test_its_numbers_are_those_that_numpy_promises_to_keep():
    """Are the draws the raw numbers of PCG64, shifted to lie from 0 to 1?"""
    raw = np.random.PCG64(7).random_raw(1000)
    np.testing.assert_array_equal(hub_draws.Draws(1000, 7).numbers(), (raw >> 11) / 2**53)


def test_it_is_made_in_a_moment():
    """Are fifty thousand rows made in under three seconds of a processor?"""
    start = time.process_time()
    assert len(hub.make()) == 50_000
    assert time.process_time() - start < 3


def test_it_has_the_shape_of_the_real_file(table):
    """Has the hub CTDC's 27 columns, in their order, and only values that occur there?"""
    assert list(table.columns) == CTDC
    assert set(table["ageBroad"]) == AGES
    assert set(table["gender"]) == {*shape.GENDERS, ""}
    assert set(table["traffickMonths"]) == {*shape.MONTHS, ""}
    assert set(table[shape.FLAGS].to_numpy().ravel()) == {"1", ""}
    schema("hub").validate(table)


def test_blank_means_not_reported(table):
    """Is nothing ever "no", "0" or missing, and is much left blank, as in real life?"""
    assert not table.isna().to_numpy().any()
    blank = (table == "").mean()
    assert (blank > 0.85).sum() > 10
    assert blank["traffickMonths"] > 0.85
    assert blank[["CountryOfExploitation", "yearOfRegistration"]].max() == 0


def test_no_row_pairs_age_with_sexual_exploitation(table):
    """Is the age blank in every row that reports anything about sexual exploitation?"""
    reported = (table[["isSexualExploit", *shape.SEX]] == "1").any(axis=1)
    assert reported.any()
    assert set(table.loc[reported, "ageBroad"]) == {""}


def test_no_real_place_and_no_past_year(table):
    """Do all countries come from the codes that ISO leaves to its users, and all years lie ahead?"""
    countries = {*table["citizenship"], *table["CountryOfExploitation"]} - {""}
    assert countries == set(shape.COUNTRIES)
    assert all("XAA" <= country <= "XZZ" for country in countries)
    assert set(table["yearOfRegistration"]) == {"2027", "2028", "2029", "2030", "2031"}


def test_sectors_need_their_exploitation(table):
    """Is a sector only reported in rows that report what it is a sector of?"""
    for sectors, flag in ((shape.LABOUR, "isForcedLabour"), (shape.SEX, "isSexualExploit")):
        rows = (table[sectors] == "1").any(axis=1)
        assert set(table.loc[rows, flag]) == {"1"}


@pytest.mark.parametrize("aggregate", hub.AGGREGATES, ids=named)
def test_published_shares_are_reached(complete, aggregate):
    """Is each share that CTDC published reached within its tolerance, with all ages known?"""
    assert hub.reached(complete, aggregate) == pytest.approx(aggregate.share, abs=aggregate.within)


@pytest.mark.parametrize("aggregate", [one for one in hub.AGGREGATES if one.shown], ids=named)
def test_published_shares_show(table, aggregate):
    """Is each share that does not need a left-out age reached in the hub that readers see?"""
    assert hub.reached(table, aggregate) == pytest.approx(aggregate.share, abs=aggregate.within)


def test_all_tabulated_quantities_are_there():
    """Does the list of shares hold every row of the table of published aggregates?"""
    columns = {one.column for one in hub.AGGREGATES}
    assert columns == {
        *("gender", "ageBroad", "citizenship", "isForcedLabour", "isSexualExploit"),
        *shape.LABOUR,
        *shape.SEX,
        *("meansAbusePsyPhySex", "meansDrugsAlcohol", *CHILDREN_AT_MOST_A_THIRD),
        *("recruiterRelationOther", "recruiterRelationFamily"),
    }
    assert len(hub.AGGREGATES) == 32


@pytest.mark.parametrize("column", CHILDREN_AT_MOST_A_THIRD)
def test_children_are_held_by_these_means_at_most_a_third_as_often(complete, column):
    """Is a means that CTDC found at most a third as often among children so here too?"""
    adults, children = (
        hub.reached(complete, shape.Aggregate(who, column, ["1"], 0))
        for who in ("adults", "children")
    )
    # a third, with the room that chance needs
    assert children < adults / 3 + 0.01


def test_the_three_that_cannot_all_be_true(complete):
    """Do the three shares of young adults contradict one another, and is each missed alike?"""
    women = 0.74
    implied = 0.76 * (women * 0.47 + (1 - women) * (1 - 0.46))
    assert implied == pytest.approx(0.37, abs=0.005)
    three = [one for one in hub.AGGREGATES if one.within == 0.045]
    assert len(three) == 3
    missed = [abs(hub.reached(complete, one) - one.share) for one in three]
    assert max(missed) - min(missed) < 0.01


def test_some_countries_are_rare(table):
    """Is there a country so rare that a single person counts?"""
    counts = table["CountryOfExploitation"].value_counts()
    assert set(counts.index) == set(shape.COUNTRIES)
    assert (counts < 10).sum() == 2
    assert counts.max() > len(table) / 2
