from collections import Counter

import pandas as pd
import pytest

from fourps.data import people
from fourps.data.store import read
from fourps.labs import privacy

SENSITIVE = ("exploit", "sexual", "abuse", "traffick")


def rows(table):
    return Counter(table.astype(str).itertuples(index=False, name=None))


def changes(before, after, step):
    """Return what differs between two weeks in single columns and by site, after rounding."""
    found = {}
    for columns in (["site"], ["sex"], ["age"], ["support"]):
        counts = [week.groupby(columns, observed=False).size() for week in (before, after)]
        old, new = ((count + step // 2) // step * step for count in counts)
        found |= {name: (old[name], new[name]) for name in old.index if old[name] != new[name]}
    return found


def test_the_lists_differ_as_the_lab_says():
    """Do the two lists differ by the two who arrived and the one who left, and by nobody else?"""
    before, after = rows(people.load(16)), rows(people.load(22))
    assert (before.total(), after.total()) == (39, 40)
    assert after - before == Counter(
        [
            ("Ferry Road", "male", "45 and over", "legal advice"),
            ("The Stadium", "female", "18-29", "health care"),
        ]
    )
    assert before - after == Counter([("The Stadium", "female", "30-44", "documents")])


def test_no_data_file_pairs_age_with_exploitation(root):
    """Does no table of the course hold an age beside anything about exploitation?"""
    for path in sorted((root / "modules").glob("*/data/*.csv")):
        names = [name.lower() for name in read(path).columns]
        if any("age" in name for name in names):
            assert not [name for name in names if any(word in name for word in SENSITIVE)], path


@pytest.mark.parametrize("week", people.WEEKS)
def test_categories_keep_their_order(week):
    """Are ages in the order of ages, not of the alphabet, and no value lost?"""
    table = people.load(week)
    assert list(table["age"].cat.categories) == people.AGES
    assert not table.isna().to_numpy().any()


def test_a_week_without_a_list_is_named():
    """Is somebody who asks for another week told which weeks there are?"""
    with pytest.raises(ValueError, match="choose 16 or 22"):
        people.load(17)


def test_task_1_has_the_solution_that_is_printed():
    """Does the table of task 1 give back what its solution says?"""
    table = pd.DataFrame(
        {"documents": [7, 3, 10], "training": [6, 5, 11], "All": [13, 8, 21]},
        index=["The Stadium", "Ferry Road", "All"],
    )
    hidden = table < 0
    hidden.loc["Ferry Road", "documents"] = True
    assert privacy.possible(table, hidden, "Ferry Road", "documents") == (3, 3)
    hidden.loc["Ferry Road", "training"] = True
    assert privacy.known(table, hidden).to_numpy().sum() == 2
    hidden.loc["The Stadium", ["documents", "training"]] = True
    assert privacy.possible(table, hidden, "Ferry Road", "documents") == (0, 8)
    assert not privacy.known(table, hidden).to_numpy().any()


def test_the_text_of_the_lab_holds():
    """Do the numbers that the page states in words still hold?"""
    before, after = people.load(16), people.load(22)
    table = privacy.cross(before, "site", "sex")
    assert table.loc["Ferry Road"].to_dict() == {"female": 8, "male": 3, "All": 11}
    assert table.loc["All"].to_dict() == {"female": 22, "male": 17, "All": 39}
    # one small cell in site by sex; in site by support most cells are small
    assert privacy.small(table, 5).to_numpy().sum() == 1
    support = privacy.cross(before, "site", "support")
    assert privacy.small(support, 5).to_numpy().sum() == 8
    # totals move by one where the newcomer is, and not at the Stadium
    sites = [week["site"].value_counts().to_dict() for week in (before, after)]
    assert sites == [
        {"The Stadium": 17, "Ferry Road": 11, "Old Brickworks": 11},
        {"The Stadium": 17, "Ferry Road": 12, "Old Brickworks": 11},
    ]
    # rounding lets changes of one person through, and makes them look large
    assert changes(before, after, 5) == {"male": (15, 20), "health care": (10, 15)}
    assert changes(before, after, 10) == {"18-29": (10, 20)}
    # Figures 1 and 2 with the kind of support; task 1
    inner = privacy.helpers(support, 5).drop(index="All", columns="All")
    assert inner.to_numpy().sum() == 9
    # Figure 4: one k is 4, and only two settings have more, none of them with site or support
    halves = after.assign(halves=after["age"].isin(people.AGES[:2]))
    settings = [
        ["sex", *place, *age, *kind]
        for place in ([], ["site"])
        for age in ([], ["age"], ["halves"])
        for kind in ([], ["support"])
    ]
    ks = {tuple(columns): privacy.k(halves, columns) for columns in settings}
    assert {columns: k for columns, k in ks.items() if k >= 4} == {
        ("sex",): 18,
        ("sex", "halves"): 6,
        ("sex", "site"): 4,
    }
    assert ks["sex", "site", "age"] == 1
    # all six men and boys of Old Brickworks asked for the same
    told = before[privacy.told(before, ["site", "sex"], "support")]
    assert len(told) == 6
    assert set(told["site"].astype(str)) == {"Old Brickworks"}
