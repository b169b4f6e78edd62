from hypothesis import given
from hypothesis import strategies as st

from fourps.report.disclosure import about, bars

COUNTS = st.lists(st.integers(0, 60), min_size=2, max_size=6)


@given(st.integers(0, 500))
def test_no_small_count(count):
    """Is no count of one to four printed, and every other one nearly right?"""
    found = about(count)
    if 0 < count < 5:
        assert found is None
    else:
        assert found % 5 == 0
        assert abs(found - count) <= 2
        assert (found == 0) == (count == 0)


@given(COUNTS)
def test_totals_give_nothing_back(counts):
    """Could each hidden count be another one, with all that is printed the same?"""
    printed = [about(count) for count in counts], about(sum(counts))
    for place, count in enumerate(counts):
        if about(count) is None and sum(counts) > 4:
            others = [
                [*counts[:place], other, *counts[place + 1 :]]
                for other in range(1, 5)
                if other != count
            ]
            moved = [
                [*changed[:at], changed[at] + step, *changed[at + 1 :]]
                for changed in others
                for at in range(len(changed))
                for step in range(-4, 5)
                if at != place and changed[at] + step >= 0
            ]
            assert any(
                ([about(one) for one in other], about(sum(other))) == printed
                for other in [*others, *moved]
            )


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
