from hypothesis import assume, given
from hypothesis import strategies as st

from fourps.report.disclosure import about, bars

COUNTS = st.lists(st.integers(0, 60), min_size=2, max_size=6)
HIDDEN = range(5)


@given(st.integers(0, 500))
def test_no_small_count(count):
    """Is no count under five printed, and every other one nearly right?"""
    found = about(count)
    if count < 5:
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
            assert sum(lows + other <= high and low <= highs + other - 4 for other in HIDDEN) > 1


def _alike(count):
    """Return the smallest and the largest count that are printed as this one is."""
    found = [other for other in range(max(0, count - 4), count + 5) if about(other) == about(count)]
    return min(found), max(found)


@given(st.lists(st.integers(0, 120), max_size=60), st.integers(1, 12))
def test_bars_hold_five(values, number):
    """Does every bar hold five people, and every person stand in one bar?"""
    found = bars(values, [100 * step / number for step in range(number + 1)])
    assert sum(bar.people for bar in found) == (len(values) if len(values) > 4 else 0)
    for bar in found:
        assert bar.people >= 5
        last = bar is found[-1]
        inside = [one for one in values if bar.low <= one < bar.high or (last and one == bar.high)]
        assert len(inside) == bar.people
    assert [bar.low for bar in found[1:]] == [bar.high for bar in found[:-1]]
