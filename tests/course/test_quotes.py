"""Which way quotation marks turn."""

# ruff: noqa: RUF001 - the marks are what is tested

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.course.inline import curly


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('"Later," she says.', "“Later,” she says."),
        ("\"'He counts,' she says.\"", "“‘He counts,’ she says.”"),
        ("The workers' pay isn't in.", "The workers’ pay isn’t in."),
        ('A note ("<5") and "**bold**" words.', "A note (“<5”) and “**bold**” words."),
        ('He says: "Yes."\n\n"No."', "He says: “Yes.”\n\n“No.”"),
        ("“As it is,” they say.", "“As it is,” they say."),
        ("« Comme cela », dit-elle.", "« Comme cela », dit-elle."),
    ],
)
def test_turned(typed, shown):
    """Do marks open and close as they are read, beside brackets, bold words and each other?"""
    assert curly(typed) == shown


@pytest.mark.parametrize(
    "literal",
    ['`"a"`', '``say "`"``', '<img alt="a">', "https://example.org/?q='a'", '[go](x.md#"a")'],
)
def test_literal(literal):
    """Does what is shown letter by letter, or is an address, stay as it is?"""
    assert curly(f'"Before" {literal} "after"') == f"“Before” {literal} “after”"


@given(st.text())
def test_nothing_else(text):
    """Does nothing but quotation marks ever change?"""
    said = curly(text)
    assert len(said) == len(text)
    assert {a for a, b in zip(text, said, strict=True) if a != b} <= {'"', "'"}
