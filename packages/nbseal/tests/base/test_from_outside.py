import io

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from nbseal.base.from_outside import LINE, shown
from nbseal.cli.printing import say

ANY = st.text(st.characters(), max_size=200)


@given(ANY, st.integers(1, 100))
def test_any_text(text, longest):
    """Whatever a text holds: is it one line, printable, no longer than asked, and the same if shown again?"""
    made = shown(text, longest)
    assert len(made.splitlines()) <= 1
    assert made.replace("\u200c", "").replace("\u200d", "").isprintable()
    assert len(made) <= longest + 3
    assert shown(made, longest + 3) == made


def test_names_stay():
    """Do names stay as their owners write them, with what joins letters?"""
    for name in (
        "Zoë O\u2019Brien",
        "\u0646\u06cc\u0645\u200c\u0646",
        "क्\u200dष",
        "王 伟",
        "Наталья",
    ):
        assert shown(name) == name


@given(st.lists(ANY, max_size=5), st.sampled_from(["ascii", "cp1252", "utf-8", "cp437", "gbk"]))
def test_any_output(lines, encoding):
    """Is whatever came from outside printed, a line each, on whatever an output can write?"""
    stream = io.TextIOWrapper(io.BytesIO(), encoding, "strict", newline="\n")
    stream.reconfigure(errors="replace")
    say(*lines, to=Console(file=stream, soft_wrap=True))
    stream.flush()
    written = stream.buffer.getvalue().decode(encoding)
    assert written.count("\n") == len(lines)
    assert "\x1b" not in written


def test_what_is_too_much_is_counted():
    """Is a line cut, and are many counted?"""
    stream = io.StringIO()
    say(*(f"{number}" for number in range(150)), "a" * 9_999, to=Console(file=stream), most=2)
    assert stream.getvalue() == "0\n1\n  ... and 149 more.\n"
    assert len(shown("a" * 9_999, LINE)) == LINE + 3
