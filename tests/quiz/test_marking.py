import contextlib
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.play_record import Record, RecordError
from fourps.quiz.marking import AnswerError, check_answer, decode, encode, mark, options, right
from fourps.quiz.model import Order

NAMES = ["first-word", "quiet-place", "read-out", "steps", "who-where"]
RIGHT = {
    "first-word": {("ask",)},
    "quiet-place": {("screen", "distance")},
    "read-out": {("false", "heard")},
    "steps": {
        ("greet", "listen", "write", "breathe"),
        ("greet", "listen", "breathe", "write"),
        ("greet", "breathe", "listen", "write"),
        ("breathe", "greet", "listen", "write"),
    },
    "who-where": {("woman", "child", "you")},
}
WRONG = {
    "first-word": ("wait",),
    "quiet-place": ("screen",),
    "read-out": ("true", "heard"),
    "steps": ("write", "greet", "listen", "breathe"),
    "who-where": ("child", "woman", "you"),
}


# One answer


@pytest.mark.parametrize("name", NAMES)
def test_whole_answers(small, whole_answers, any_answers, name):
    """Of all lists of words, are exactly the whole answers taken?"""
    question = small.questions[name]
    wanted = {tuple(one) for one in whole_answers(question)}
    if question.kind == "multiple":  # in any order
        wanted = {turned for one in wanted for turned in itertools.permutations(one)}
    taken = set()
    for answer in any_answers(question):
        with contextlib.suppress(AnswerError):
            check_answer(question, answer)
            taken.add(answer)
    assert taken == wanted


@pytest.mark.parametrize("name", NAMES)
def test_right_answers(small, whole_answers, name):
    """Of all whole answers, are exactly the right ones right?"""
    question = small.questions[name]
    assert {one for one in whole_answers(question) if right(question, one)} == RIGHT[name]


@given(data=st.data())
def test_any_order(data):
    """Is an order right exactly when it is one of all orders that break no condition?"""
    count = data.draw(st.integers(3, 5))
    names = [f"item-{number}" for number in range(count)]
    after = {
        name: sorted(data.draw(st.sets(st.sampled_from(names[:place])))) if place else []
        for place, name in enumerate(names)
    }
    items = {name: {"text": name, "feedback": "f", "after": after[name]} for name in names}
    question = Order.model_validate(
        {"kind": "order", "objective": "1", "source": "s", "text": "t", "why": "w", "items": items}
    )
    conditions = [(first, name) for name, before in after.items() for first in before]
    if not conditions:
        conditions = list(itertools.pairwise(names))
    for order in itertools.permutations(names):
        place = {name: number for number, name in enumerate(order)}
        kept = all(place[first] < place[second] for first, second in conditions)
        assert right(question, order) == kept


def test_options_are_sorted(small):
    """Are options counted by their ids, whatever their order in the file?"""
    assert options(small.questions["first-word"]) == ["ask", "tell", "wait"]
    assert options(small.questions["steps"]) == ["breathe", "greet", "listen", "write"]
    assert options(small.questions["who-where"]) == ["child", "woman", "you"]


def test_unknown_option(small):
    """Does an answer with an unknown option come with those that there are?"""
    with pytest.raises(
        AnswerError, match=r"'nod' is not an option here\. Options: ask, tell, wait"
    ):
        check_answer(small.questions["first-word"], ("nod",))


# Two tries


@pytest.mark.parametrize("name", NAMES)
def test_outcomes(small, name):
    """Is a question right at once, right at the second try, shown after two, or open?"""
    good, bad = next(iter(RIGHT[name])), WRONG[name]
    outcomes = {
        "open": [[], [bad]],
        "first": [[good]],
        "second": [[bad, good]],
        "shown": [[bad, bad]],
    }
    for outcome, several in outcomes.items():
        for tries in several:
            found = mark(small, {name: tries}).outcomes
            assert found == dict.fromkeys(NAMES, "open") | {name: outcome}


@pytest.mark.parametrize("name", NAMES)
def test_once_too_often(small, name):
    """Is an answer after a right one, or after two, refused?"""
    good, bad = next(iter(RIGHT[name])), WRONG[name]
    for tries in ([good, good], [good, bad], [bad, bad, good], [bad, good, bad]):
        with pytest.raises(AnswerError, match=f"'{name}' was answered once too often"):
            mark(small, {name: tries})


def test_unknown_question(small):
    """Is an answer to a question that does not exist refused?"""
    with pytest.raises(AnswerError, match="There is no question 'last-word'"):
        mark(small, {"last-word": [("ask",)]})


def test_unfit_second_answer(small):
    """Is a second answer looked at as closely as the first?"""
    with pytest.raises(AnswerError, match="not a whole answer to a question of kind 'single'"):
        mark(small, {"first-word": [("wait",), ("ask", "tell")]})


def test_finished(small):
    """Is a quiz over when no question is open?"""
    tries = {name: [WRONG[name], WRONG[name]] for name in NAMES}
    assert mark(small, tries).finished
    assert mark(small, tries | {"steps": [next(iter(RIGHT["steps"]))]}).finished
    assert not mark(small, tries | {"steps": [WRONG["steps"]]}).finished
    assert not mark(small, {}).finished


# Records


def test_record(small):
    """Is a record written by the sorted ids of questions and options?"""
    tries = {
        "first-word": [("wait",), ("ask",)],
        "quiet-place": [("screen", "distance")],
        "read-out": [("false", "heard")],
        "who-where": [("woman", "child", "you")],
    }
    line = encode(mark(small, tries))
    # first-word, quiet-place, read-out, steps, who-where
    assert line.startswith(f"fourps1:welcome-quiz:{small.version}:2~0.02.f0..102:")


@pytest.mark.parametrize("name", NAMES)
def test_round_trip_of_each_answer(small, whole_answers, name):
    """Does every answer come back from its record?"""
    for answer in whole_answers(small.questions[name]):
        attempt = mark(small, {name: [answer]})
        line = encode(attempt)
        back = decode(small, line)
        assert back.outcomes == attempt.outcomes
        assert encode(back) == line
        assert [set(one) for one in back.tries[name]] == [set(answer)]
        if name != "quiet-place":
            assert back == attempt


@given(seed=st.integers(0, 2**32))
def test_round_trip(real, some_tries, seed):
    """Do any answers to the real quiz come back from their record?"""
    attempt = mark(real, some_tries(real, seed, right))
    back = decode(real, encode(attempt))
    assert back.outcomes == attempt.outcomes
    assert encode(back) == encode(attempt)


@given(fields=st.lists(st.text("0123tfz~:é", max_size=5), min_size=4, max_size=6))
def test_any_moves(small, fields):
    """Is a record with any moves either a legal one or refused, never a crash?"""
    line = str(Record(small.id, small.version, ".".join(fields)))
    with contextlib.suppress(RecordError):
        attempt = decode(small, line)
        assert decode(small, encode(attempt)).outcomes == attempt.outcomes


@pytest.mark.parametrize(
    "moves",
    [
        *("", "...", ".....", "3....", "00....", "0~0....", "1~1~0....", "~....", "0~...."),
        *(".00...", "..0..", "..t..", "..x0..", "..t00..", "...012.", "...0012.", "....01"),
        "A....",
    ],
)
def test_moves_that_do_not_fit(small, moves):
    """Is a record with too few, too many or unfit answers refused in words for the learner?"""
    with pytest.raises(RecordError, match="an answer that this quiz does not have"):
        decode(small, str(Record(small.id, small.version, moves)))


def test_other_version(small_quiz, build, small):
    """Is a record of another version refused, with both versions and the reason?"""
    data = small_quiz()
    data["questions"]["read-out"]["answer"] = True
    other = build(data)
    with pytest.raises(RecordError, match=f"{small.version}.*{other.version}.*cannot be replayed"):
        decode(other, encode(mark(small, {})))


def test_other_quiz(real, small):
    """Is a record of another quiz refused, with both names?"""
    with pytest.raises(RecordError, match="belongs to 'welcome-quiz', not to 'protection-quiz'"):
        decode(real, encode(mark(small, {})))


def test_summary(small_quiz, build, whole_answers):
    """Does a test count what is right, and what its reader was very sure of?"""
    data = small_quiz() | {"test": True}
    data["questions"]["first-word"]["confidence"] = True
    data["questions"]["read-out"]["confidence"] = True
    quiz = build(data)
    best = {
        name: next(one for one in whole_answers(question) if right(question, one))
        for name, question in quiz.questions.items()
    }
    tries = {
        "steps": [best["steps"]],
        "first-word": [("3", *best["first-word"][1:])],
        "read-out": [
            ("3", "true" if best["read-out"][1] == "false" else "false", *best["read-out"][2:])
        ],
    }
    assert mark(quiz, tries).summary == {
        "count": 5,
        "right": 2,
        "situations": 2,
        "situationsRight": 1,
        "sure": 2,
        "sureRight": 1,
    }


def test_one_try_in_a_test(small_quiz, build):
    """May a question of a test be answered once only?"""
    quiz = build(small_quiz() | {"test": True})
    wrong = [["wait"], ["ask"]]
    assert mark(quiz, {"first-word": wrong[:1]}).outcomes["first-word"] == "shown"
    with pytest.raises(AnswerError, match="once too often"):
        mark(quiz, {"first-word": wrong})


@pytest.mark.parametrize("level", ["0", "4", "", "ask"])
def test_no_such_confidence(small_quiz, build, level):
    """Must an answer say first how sure its reader is, where that is asked?"""
    data = small_quiz() | {"test": True}
    data["questions"]["first-word"]["confidence"] = True
    with pytest.raises(AnswerError, match="Say first how sure you are: 1, 2, 3"):
        mark(build(data), {"first-word": [[level, "ask"]]})
