import nbformat
import pytest
from graded_cells import marks
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.utils import determine_grade

from nbseal.plugins.credit import PlainCredit, above, share


def check(outputs, count):
    """Return a check of four points that was run as often as `count` says."""
    about = marks("a", True, points=4)
    return nbformat.v4.new_code_cell("1", metadata=about, outputs=outputs, execution_count=count)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("1.5", 1.5),
        ("0.0", 0),
        ("np.float64(1.5)", 1.5),
        ("np.float64(0.0)", 0),
        ("np.float32(9.0)", 4),
        ("-1", 0),
        ("nan", 0),
        ("np.float64(nan)", 0),
        ("inf", 4),
        ("4.000001", 4),
        ("True", 4),
        ("'done'", 4),
    ],
)
def test_credit(shown, expected):
    """Does nbgrader read partial credit as it is meant, and leave what is none as its manual says?"""
    output = nbformat.v4.new_output("execute_result", {"text/plain": shown})
    cell = check([output], 1)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("a"), cell])
    PlainCredit().preprocess(notebook, {})
    assert determine_grade(cell) == (expected, 4)


def test_a_check_that_was_not_run():
    """Does a check that was not run earn nothing and say so, and one that found nothing wrong all?"""
    missed, silent = check([], None), check([], 1)
    PlainCredit().preprocess(nbformat.v4.new_notebook(cells=[missed, silent]), {})
    assert determine_grade(missed) == (0, 4)
    assert missed.outputs[0].evalue == "This check was not run, and earns nothing."
    assert determine_grade(silent) == (4, 4)


@pytest.mark.parametrize(
    ("shown", "given"), [("9.0", "9"), ("np.float64(5.0)", "5"), ("inf", "inf")]
)
def test_above_the_maximum(shown, given):
    """Is a check named that gives more points than there are, and does it give all of them?"""
    cell = check([nbformat.v4.new_output("execute_result", {"text/plain": shown})], 1)
    notebook = nbformat.v4.new_notebook(cells=[cell])
    assert above(notebook) == [
        f"The check a gave {given} of 4 points and counts 4: mend the check."
    ]
    assert determine_grade(cell) == (4, 4)
    assert above(notebook) == []


SHARES = st.floats(0, 1)


@given(st.floats(-1e9, 1e9), SHARES, SHARES)
def test_never_more_than_the_most(seconds, per_day, most):
    """Does it cost nothing in time, and never more than the most?"""
    taken = share(seconds, per_day, most)
    assert 0 <= taken <= most
    assert seconds > 0 or taken == 0


@given(st.integers(0, 10**6), st.integers(0, 10**6), SHARES)
def test_later_costs_no_less(seconds, more, per_day):
    """Does being later never cost less?"""
    assert share(seconds, per_day, 1) <= share(seconds + more, per_day, 1)
