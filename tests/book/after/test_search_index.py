"""The index of the search, packed and read back."""

from books import unpacked
from hypothesis import given
from hypothesis import strategies as st

from fourps.book.after.search_index import packed

WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)
PAGES = st.sets(st.integers(0, 400), min_size=1).map(sorted)


@given(st.dictionaries(WORDS, PAGES))
def test_read_back(places):
    """Is what was packed read back word for word and page for page?"""
    assert unpacked(packed(places)) == places
