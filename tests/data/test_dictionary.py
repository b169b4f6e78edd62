import pytest

from fourps.data.dictionary import Column, datasets, describe
from fourps.data.schema import schema


@pytest.mark.parametrize("name", datasets())
def test_every_column_is_described(name):
    """Has each column a meaning, its values, and a rule for blanks?"""
    table = describe(name)
    assert list(table.columns) == ["column", "meaning", "unit", "values", "blank means"]
    assert (table[["meaning", "values", "blank means"]] != "").all(axis=None)
    # a meaning is a sentence
    assert table["meaning"].str.endswith(".").all()


@pytest.mark.parametrize("name", datasets())
def test_the_schema_has_the_columns_of_the_dictionary(name):
    """Are schema and dictionary one thing, with blanks where the dictionary has a rule for them?"""
    columns = datasets()[name].columns
    made = schema(name)
    assert list(made.columns) == list(columns)
    assert [made.columns[title].nullable for title in columns] == [
        bool(column.blank) for column in columns.values()
    ]


@pytest.mark.parametrize("name", datasets())
def test_every_pattern_has_an_example(name):
    """Do readers see an example in place of a regular expression, and never a column of neither?"""
    for column in datasets()[name].columns.values():
        assert bool(column.pattern) == bool(column.like)


def test_numbers_are_described_by_their_limits():
    """Does the table of a page say between which limits a number lies?"""
    assert Column(type="integer", means="x").allowed == "whole number"
    assert Column(type="number", means="x", low=0).allowed == "number, 0 or more"
    assert Column(type="number", means="x", low=0, high=0.5).allowed == "number, 0 to 0.5"
    assert Column(type="date", means="x").allowed == "date, as 2031-05-30"


def test_an_unknown_dataset_is_named():
    """Does a wrong name get the list of the right ones?"""
    with pytest.raises(ValueError, match="no dataset 'site'; there are accounts, activities, "):
        describe("site")


def test_every_unit_of_a_number_is_given():
    """Has each number a unit, other than a round's?"""
    for name, about in datasets().items():
        for title, column in about.columns.items():
            if column.type in {"integer", "number"} and title != "round":
                assert column.unit, (name, title)
