"""The page "The data" says what the code does."""

import re

import pytest

from fourps.data import accounts, activities, campaign, detected, other_counts, people, sites
from fourps.data.store import datasets


@pytest.fixture(scope="module")
def page(root):
    return (root / "book" / "data.md").read_text("utf-8")


@pytest.mark.parametrize("name", datasets())
def test_the_tables_are_those_of_the_dictionary(page, name):
    """Does the page show what the dictionary says of each dataset and column, and of its blanks?"""
    about = datasets()[name]
    place = f": `fourps.data.{name}`\n{about.about} One row is {about.row}.\n"
    rows = page.partition(place)[2].partition(":::")[0].strip().splitlines()[2:]
    assert len(rows) == len(about.columns)
    for row, (title, column) in zip(rows, about.columns.items(), strict=True):
        assert row.startswith(f"| `{title}` | {column.means} *")
        assert (f"Blank: {column.blank}." in row) if column.blank else ("Blank:" not in row)
        assert all(one.lower() in row.lower() for one in column.choices)


def test_the_numbers_of_rows_hold(page):
    """Has each dataset as many rows as the page says?"""
    rows = dict(re.findall(r"^\| `(\w+)`: [^|]+ \| ([\d, and]+) \|", page, re.MULTILINE))
    loaded = {
        one.__name__.rpartition(".")[2]: f"{len(one.load()):,}"
        for one in (accounts, activities, campaign, detected, other_counts, sites)
    }
    lists = " and ".join(str(len(people.load(week))) for week in people.WEEKS)
    assert rows == loaded | {"people": lists}


def test_every_name_in_its_code_exists(page):
    """Does each line of code on the page name things that are there?"""
    for module, name in re.findall(r"\b(ctdc|detected|activities)\.([a-zA-Z_]+)\b", page):
        if name not in {"csv", "xlsx"}:
            assert hasattr(__import__(f"fourps.data.{module}", fromlist=[name]), name), (
                module,
                name,
            )
