import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.ultratb import VerboseTB
from nbconvert.filters.ansi import ansi2html

from fourps.grading.inert.terminal import plain_colours


@given(
    st.lists(st.sampled_from([*"\x1b[;m0123458 a<", "38", "48;5", "\x1b[38;2;1;2;3m"])).map("".join)
)
def test_any_sequence(text):
    """Does nbconvert read whatever is left, and does cleaning it again change nothing?"""
    made = plain_colours(text)
    ansi2html(made)
    assert plain_colours(made) == made


def test_colours_stay():
    """Do a traceback's colours stay as they are?"""
    with pytest.raises(ZeroDivisionError) as caught:
        _ = 1 / 0
    text = VerboseTB(theme_name="linux").text(caught.type, caught.value, caught.tb)
    assert "\x1b[" in text
    assert plain_colours(text) == text


@pytest.mark.parametrize(
    "text", ["\x1b[38m", "\x1b[1;48m", "\x1b[38;5m", "\x1b]0;a\x07", "\x1b[2J", "\x1bc"]
)
def test_others_go(text):
    """Does what is no colour go?"""
    assert "\x1b" not in plain_colours(f"a{text}b")


def test_many_colours():
    """Does a text lose its colours that would take the square of its length?"""
    assert "\x1b" not in plain_colours("\x1b[31ma" * 100_000)
