"""Answers of several fields."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.exercise import NUMBER, WEEKDAY_TIME, WHOLE, check_fields, several
from fourps.exercise.messages import messages

EVERY = {
    "women": WHOLE,
    "share": NUMBER,
    "say": "ABCD",
    "verdict": ["rose", "fell"],
    "empty": several("abcd"),
    "latest": WEEKDAY_TIME,
}
WHOLE_ANSWER = """
women: 4
share: 0,92
say: B
verdict: fell
empty: A, c
latest: vendredi 9 h 30
"""
VALUES = {
    "women": 4,
    "share": 0.92,
    "say": "B",
    "verdict": "fell",
    "empty": ["a", "c"],
    "latest": "Friday 09:30",
}


class Hostile:
    """Answers every question about it with an error."""

    def _no(self, *_):
        raise KeyError(self.__class__.__name__)

    __eq__ = __hash__ = __bool__ = __len__ = __iter__ = __contains__ = __str__ = __repr__ = _no


class HostileKey(Hostile):
    """Lies in the place of a label, and claims to equal it."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return hash("women")


def test_each_kind_has_its_value():
    """Is each field read as the hidden tests take it, from lines and from a dictionary?"""
    assert check_fields(WHOLE_ANSWER, **EVERY) == VALUES
    assert check_fields(VALUES, **EVERY) == VALUES
    assert [*map(type, check_fields(WHOLE_ANSWER, **EVERY).values())][:2] == [int, float]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("women: 4.5", 'After "women:" write a whole number in figures, like "women: 7".'),
        ("women: four", '"women: four" cannot be read.'),
        ("women:", 'Nothing stands after "women:" yet.'),
        ("share: half", '"share: half" cannot be read.'),
        ("say: E", 'After "say:" write one of these letters: A, B, C, D.'),
        ("say: b", 'After "say:" write one of these letters: A, B, C, D.'),
        ("verdict: up", 'After "verdict:" write one of these words: rose, fell.'),
        ("empty:", 'No letter is there yet. Write single letters with commas, like "empty: x, y".'),
        ("empty: ac", '"ac" cannot be read. Write single letters with commas, like "empty: x, y".'),
        ("empty: a, k", "Use only these letters, as small letters: a, b, c, d."),
        (
            "latest: noon",
            'After "latest:" write a weekday and a time, like "latest: Friday 09:30".',
        ),
        ("say: A\nsay: B", '"say:" has two answers.'),
    ],
)
def test_one_unfit_field(line, said):
    """Does a field that does not fit say which one it is, and what fits?"""
    label = line.partition(":")[0]
    rest = [one for one in WHOLE_ANSWER.strip().split("\n") if not one.startswith(label)]
    with pytest.raises(AssertionError) as error:
        check_fields("\n".join([*rest, line]), **EVERY)
    assert str(error.value).startswith(said)


def test_all_is_read_before_a_shape_is_judged():
    """Is a line that cannot be read told before an earlier one that does not fit?"""
    with pytest.raises(AssertionError, match='"men: few" cannot be read'):
        check_fields("women: 4.5\nmen: few", women=WHOLE, men=WHOLE)
    with pytest.raises(AssertionError, match='After "women:"'):
        check_fields("women: 4.5\nsay: X", women=WHOLE, say="AB")


@pytest.mark.parametrize("value", [True, 4.0, [], None, Hostile(), float("nan")])
def test_a_whole_number_of_python_is_an_int(value):
    """Is only a whole number of Python itself one, where an answer is no text?"""
    with pytest.raises(AssertionError, match="whole number"):
        check_fields({"women": value}, women=WHOLE)


def test_in_the_language_of_the_reader(monkeypatch):
    """Has every sentence about a field a French one, which keeps its places?"""
    keys = [f"unfit-{kind}" for kind in ("whole", "number", "moment", "letter", "word")]
    for key in keys:
        assert messages("fr")[key] != messages("en")[key]
    monkeypatch.setenv("FOURPS_LANGUAGE", "fr")
    with pytest.raises(AssertionError, match=r"Après «\swomen:\s», écrivez un nombre entier"):
        check_fields("women: 4.5", women=WHOLE)


leaf = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from("ABCDabcd")
    | st.builds(Hostile)
)
key = st.sampled_from([*EVERY, "a", "letters"]) | st.builds(HostileKey) | st.integers()
anything = st.recursive(
    leaf, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(key, inner, max_size=6)
)
label = st.sampled_from([*EVERY, "x"])
after = st.text() | st.text("ABabc0123456789,.: \n-+")
lines = st.lists(st.tuples(label, st.sampled_from([":", "=", " : ", ""]), after)).map(
    lambda rows: "\n".join(map("".join, rows))
)


@given(anything | lines | st.text())
def test_whatever_is_answered_is_read_or_told(answer):
    """Does every answer give values of the declared fields or one sentence, and no other error?"""
    try:
        values = check_fields(answer, **EVERY)
    except AssertionError as error:
        assert 0 < len(str(error)) < 300  # noqa: PT017 - each of the two is right
        return
    assert [*values] == [*EVERY]
    assert [type(values[name]) for name in ("say", "verdict", "latest")] == [str] * 3
