from hypothesis import given
from hypothesis import strategies as st

from fourps.grading.plugins.late import share

SHARES = st.floats(0, 1)


@given(st.floats(-1e9, 1e9), SHARES, SHARES)
def test_never_more_than_the_most(seconds, per_day, most):
    """Does it cost nothing in time, and never more than the most?"""
    found = share(seconds, per_day, most)
    assert 0 <= found <= most
    assert seconds > 0 or found == 0


@given(st.integers(0, 10**6), st.integers(0, 10**6), SHARES)
def test_later_costs_no_less(seconds, more, per_day):
    """Does being later never cost less?"""
    assert share(seconds, per_day, 1) <= share(seconds + more, per_day, 1)
