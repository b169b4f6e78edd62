from hypothesis import assume, given
from hypothesis import strategies as st

from fourps.report.analysis import ENOUGH, about

COUNTS = st.lists(st.integers(0, 60), min_size=2, max_size=6)
HIDDEN = range(ENOUGH)


@given(st.integers(0, 500))
def test_no_small_count(count):
    """Is no count under ten printed, and every other one nearly right?"""
    found = about(count)
    if count < ENOUGH:
        assert found is None
    else:
        assert found % 5 == 0
        assert abs(found - count) <= 2


@given(COUNTS)
def test_totals_give_nothing_back(counts):
    """Could each hidden count be another one, with all that is printed the same?"""
    lows, highs = (sum(each) for each in zip(*map(_alike, counts), strict=True))
    low, high = _alike(sum(counts))
    # with every count at one end of what is printed alike, and the total at the other
    assume(lows < high and low < highs)
    for count in counts:
        if about(count) is None:
            assert (
                sum(lows + other <= high and low <= highs + other - HIDDEN[-1] for other in HIDDEN)
                > 1
            )


def _alike(count):
    """Return the smallest and the largest count that are printed as this one is."""
    found = [
        other
        for other in range(max(0, count - ENOUGH), count + ENOUGH)
        if about(other) == about(count)
    ]
    return min(found), max(found)
