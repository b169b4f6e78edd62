"""Answers written as plain lines of text."""

import random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.exercise import (
    WEEKDAY_TIME,
    WHOLE,
    check_choice,
    check_fields,
    check_order,
    check_record,
    check_sorting,
    choice,
    field,
    moment,
    number_field,
    safe_order,
    several,
    sorting,
)
from fourps.exercise.plain_text import kinds_of, letters

OPTIONS = "abcdef"
KINDS = ["seen", "guess", "label"]
BEFORE = {"a": "", "b": "a", "c": "b", "d": "", "e": "", "f": ""}
anything = st.text() | st.text("abcfgk:=|-, \n\"'[]{}0123456789.letrsn#%!\\")
chosen = st.lists(st.sampled_from(OPTIONS), unique=True, min_size=1)
sorted_out = st.fixed_dictionaries(dict.fromkeys(OPTIONS, st.sampled_from([*KINDS, ""])))


def said(check):
    """Return what a check tells the learner, or None."""
    try:
        check()
    except AssertionError as error:
        return str(error)
    return None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("mercredi 16 h 20", "Wednesday 16:20"),
        ("Mercredi 16h20.", "Wednesday 16:20"),
        ("« dimanche à 7\u00a0h\u00a005 »", "Sunday 07:05"),
        ("SAMEDI, 23:59", "Saturday 23:59"),
        ("lundi 24:00", "Monday 24:00"),
        ("monday 09.30", "Monday 09:30"),
        ("Thursday 16:20", "Thursday 16:20"),
        # and what is none stays as it is
        *(
            (same, same)
            for same in ("", "midi 12:00", "mardi", "jeudi 25:00", "jeudi 9:60", "16:20")
        ),
        *((same, same) for same in ("vendredi 9 h 30 ou samedi 9 h 30", 4, None, ["mardi 9:30"])),
    ],
)
def test_moments(text, read):
    """Is a weekday with a time read in the language of whoever writes it?"""
    assert moment(text) == read


@given(anything)
def test_any_text_gives_a_value_or_a_told_problem(text):
    """Does whatever a learner writes give an answer or one sentence, and never another error?"""
    seen = dict.fromkeys(OPTIONS, "seen")
    for check, mark in (
        (lambda: check_choice(text, OPTIONS), lambda: choice(text, "ab", OPTIONS)),
        (lambda: check_order(text, OPTIONS), lambda: safe_order(text, BEFORE)),
        (lambda: check_sorting(text, OPTIONS, KINDS), lambda: sorting(text, seen, KINDS)),
        (lambda: number_field(text, "women"), lambda: 0),
        (lambda: field(text, "women"), lambda: 0),
    ):
        told = said(check)
        assert told is None or 0 < len(told) < 300
        assert mark() == 0 if told else 0 <= mark() <= 1


@given(chosen, st.sampled_from([", ", " ", ",", "; ", "\n", ",\n"]), st.booleans(), st.booleans())
def test_letters_earn_what_a_list_earns(answer, between, label, capital):
    """Do letters with any usual sign between them mean the list of these letters?"""
    words = between.join(one.upper() if capital else one for one in answer)
    text = f"\n{'letters: ' if label else ''}{words}\n"
    assert letters(text, OPTIONS) == answer
    assert choice(text, "abc", OPTIONS) == choice(answer, "abc", OPTIONS)
    assert safe_order(text, BEFORE) == safe_order(answer, BEFORE)


@given(sorted_out, st.sampled_from(["{}: {}", "{}={}", "  {} :  {}  ", "| {} | {} |", '{}: "{}",']))
def test_lines_earn_what_a_dictionary_earns(answer, row):
    """Do lines and rows of a table, in any order, mean the dictionary of these words?"""
    rows = [row.format(*pair) for pair in answer.items()]
    random.Random(4).shuffle(rows)  # noqa: S311 - not for secrets
    text = "\n".join(["", "| letter | kind |", "| --- | --- |", *rows, ""])
    right = dict(zip(OPTIONS, KINDS * 2, strict=True))
    assert kinds_of(text, OPTIONS, KINDS) == answer
    assert sorting(text, right, KINDS) == sorting(answer, right, KINDS)


@given(st.integers(-(10**9), 10**9), st.integers(0, 99))
def test_a_number_is_the_number(whole, part):
    """Is a number in figures that number, and of the type that its figures have?"""
    text = f"\nmen: {whole}\nshare: {abs(whole)}.{part:02}\nsay: A\n"
    found = number_field(text, "men"), number_field(text, "share")
    assert found == (whole, float(f"{abs(whole)}.{part:02}"))
    assert [*map(type, found)] == [int, float]
    assert field(text, "say") == "A"


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("letters: a, see", '"see" cannot be read', '"letters: x, y"'),
        ("a, c\nletters:", "No letter is there yet", '"letters: x, y"'),
        ("letters: a\nletters: b", '"letters:" has two answers', "Keep one"),
        ("letters: a, k", "Use only these letters", "a, b, c"),
        ("letter: a, b", '"letter:" cannot be read', "single letters"),
    ],
)
def test_letters_that_cannot_be_read(text, line, expected):
    """Is what cannot be read shown, with what was expected?"""
    with pytest.raises(AssertionError, match=line) as error:
        check_choice(text, OPTIONS)
    assert expected in str(error.value)


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("a: sen", '"a: sen" cannot be read', "seen, guess, label"),
        ("a seen", '"a seen" cannot be read', '"x: seen"'),
        ("k: seen", '"k: seen" cannot be read', "a, b, c"),
        ("a: seen\na: guess", '"a: guess" cannot be read', "two answers"),
        ("a: seen", "Not sorted yet: b, c", "seen, guess, label"),
    ],
)
def test_lines_that_cannot_be_read(text, line, expected):
    """Is the line that cannot be read shown, with what was expected?"""
    with pytest.raises(AssertionError, match=line) as error:
        check_sorting(text, OPTIONS, KINDS)
    assert expected in str(error.value)


def test_nothing_is_run():
    """Is a text that would be an answer if it were run told as one that cannot be read?"""
    with pytest.raises(AssertionError, match="cannot be read"):
        check_choice("[*map(chr, range(97, 100))]", OPTIONS)
    with pytest.raises(AssertionError, match="cannot be read"):
        number_field("women: 2 + 2", "women")


def test_only_plain_text_is_read():
    """Does an object that is a text and more than that go through unread, so that it earns 0?"""
    odd = type("Text", (str,), {"splitlines": lambda _: ["letters: a, b, c"]})("letters: a")
    assert letters(odd, OPTIONS) is odd
    assert choice(odd, "abc", OPTIONS) == sorting(odd, {"a": "seen", "b": "guess"}, KINDS) == 0


def test_commas():
    """Does a comma mark a fraction, but never where it could mean thousands?"""
    read = {text: number_field(f"share: {text}", "share") for text in ("0,5", "12,75", "0,125")}
    assert read == {"0,5": 0.5, "12,75": 12.75, "0,125": 0.125}
    with pytest.raises(AssertionError, match="cannot be read"):
        number_field("people: 3,000", "people")


FIELDS = {
    "women": WHOLE,
    "empty": several(OPTIONS),
    "latest": WEEKDAY_TIME,
}


def read_in_every_way(text):
    """Let each check look at an answer."""
    said(lambda: check_choice(text, OPTIONS))
    said(lambda: check_order(text, OPTIONS))
    said(lambda: check_sorting(text, OPTIONS, KINDS))
    said(lambda: check_record(text, "protection"))
    for name, kind in FIELDS.items():
        said(lambda name=name, kind=kind: check_fields(text, **{name: kind}))


def seconds(text):
    """Return the processor time of the quicker of two readings."""
    times = []
    for _ in range(2):
        start = process_time()
        read_in_every_way(text)
        times.append(process_time() - start)
    return min(times)


@pytest.mark.parametrize(
    ("before", "again", "after"),
    [
        ("", " ", "x"),
        ("", "\u2003\t", ":"),
        ("", "a", ""),
        ("", "|", "x"),
        ("", " |:-", "!"),
        ("women: ", " ", "x"),
        ("women: ", "1", ""),
        ("", "a:\n", ""),
        ("a: ", "x\n", ""),
        ("empty: ", "a, ", ""),
        ("latest: ", ".", "!"),
        ("latest: Friday", " ", "x"),
        ("latest: Friday 9", " ", "x"),
        ("latest: ", "à ", "9"),
        ("fourps1:card-desk:", "0:", ""),
        ("fourps1:card-desk:", " ", "x"),
    ],
)
def test_time_grows_with_the_text(before, again, after):
    """Does eight times the text take about eight times as long? In squares it would be 64 times."""
    read_in_every_way("")

    def answer(length):
        return f"{before}{(again * length)[: length - len(before) - len(after)]}{after}"

    # a busy machine may disturb one comparison; what grows in squares fails each of them
    growth = (seconds(answer(100_000)) / seconds(answer(12_500)) for _ in range(4))
    assert any(ratio < 24 for ratio in growth)
