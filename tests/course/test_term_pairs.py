"""The terms of the course in two languages."""

import pytest

from fourps.course.glossary import read_pairs
from fourps.course.problem import BrokenSourceError


@pytest.mark.parametrize("row", ["knock,,usage,", "knock,coup,sure,", "knock"])
def test_broken_row(tmp_path, row):
    """Is a pair that lacks a word, or has a status that nobody knows, named with its line?"""
    path = tmp_path / "pairs.csv"
    path.write_text(f"en,fr,status,note\numbrella,parapluie,usage,\n{row}\n", "utf-8")
    with pytest.raises(BrokenSourceError) as caught:
        read_pairs(path)
    assert [(one.path, one.line) for one in caught.value.problems] == [(path, 3)]
