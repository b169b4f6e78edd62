"""The page "The data" says what the code does."""

import re

import pytest

from fourps.data import (
    accounts,
    activities,
    campaign,
    detected,
    hub,
    hub_draws,
    other_counts,
    people,
    sites,
)
from fourps.data import hub_shape as shape
from fourps.data.dictionary import datasets, markdown


@pytest.fixture(scope="module")
def page(root):
    return (root / "book" / "data.md").read_text("utf-8")


@pytest.mark.parametrize("name", datasets())
def test_the_tables_are_those_of_the_dictionary(page, name):
    """Does the page show the dictionary of each dataset as it is today?"""
    about = datasets()[name]
    assert f"{about.about} One row is {about.row}.\n\n{markdown(name)}\n:::" in page


def test_the_numbers_of_rows_hold(page):
    """Has each dataset as many rows as the page says?"""
    rows = dict(re.findall(r"^\| `(\w+)`: [^|]+ \| ([\d, and]+) \|", page, re.MULTILINE))
    loaded = {
        one.__name__.rpartition(".")[2]: f"{len(one.load()):,}"
        for one in (accounts, activities, campaign, detected, other_counts, sites)
    }
    lists = " and ".join(str(len(people.load(week))) for week in people.WEEKS)
    assert rows == loaded | {"hub": f"{len(hub.make()):,}", "people": lists}


def test_the_shares_of_the_hub_hold(page):
    """Is each share on the page the published one, and the one that the hub reaches?"""
    table = (
        page.partition("| Share, in per cent | CTDC | Hub |")[2]
        .partition("\n\n")[0]
        .splitlines()[2:]
    )
    found = [line.strip("| ").split(" | ")[1:] for line in table]
    complete, shown = hub_draws.complete(hub.ROWS, hub._SEED), hub.make()
    expected = []
    for one in hub.AGGREGATES:
        if one.column in shape.SEX:
            continue
        share = hub.reached(shown if one.shown else complete, one)
        # the source can be read in two ways
        doubtful = (one.among, one.column) == ("adults", "isSexualExploit")
        published = "58 or 65" if doubtful else f"{100 * one.share:.0f}"
        expected.append([published, f"{100 * share:.0f}{'' if one.shown else '*'}"])
    assert found == expected


def test_every_name_in_its_code_exists(page):
    """Does each line of code on the page name things that are there?"""
    for module, name in re.findall(r"\b(ctdc|detected|hub|activities)\.([a-zA-Z_]+)\b", page):
        if name not in {"csv", "xlsx"}:
            assert hasattr(__import__(f"fourps.data.{module}", fromlist=[name]), name), (
                module,
                name,
            )
