"""Both ways of marking, side by side: what Python says of an answer, JavaScript must say too."""

import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.play_record import Record, RecordError
from fourps.quiz.marking import AnswerError, check_answer, decode, encode, mark, right
from fourps.quiz.model import load
from fourps.quiz.player import spec


def verdict(question, answer):
    """Return whether an answer is right, or None if it is not whole."""
    try:
        check_answer(question, answer)
    except AnswerError:
        return None
    return right(question, answer)


def read(quiz, line):
    """Return the answers that a record holds as JSON has them, or None if it is refused."""
    try:
        tries = decode(quiz, line).tries
    except RecordError:
        return None
    return {name: [list(one) for one in given] for name, given in tries.items()}


def seen(attempt):
    """Return what JavaScript should say of the same answers."""
    return {"outcomes": attempt.outcomes, "summary": attempt.summary, "record": encode(attempt)}


@pytest.mark.once
def test_every_answer(javascript, sample, any_answers):
    """Is every list of words marked alike, the whole answers and all the others?"""
    questions = spec(sample, {})["questions"]
    cases = [
        (name, answer)
        for name, question in sample.questions.items()
        for answer in any_answers(question)
    ]
    expected = [verdict(sample.questions[name], answer) for name, answer in cases]
    assert Counter(expected)[True] == (1 + 2 + 1 + 4 + 1) * (2 if sample.test else 1)
    assert javascript("answers", questions=questions, cases=cases) == expected


def test_every_pair_of_tries(javascript, sample, whole_answers):
    """Do all first and second answers come to the same, and to the same record, in both?"""
    tries = []
    for name, question in sample.questions.items():
        answers = whole_answers(question)
        tries += [{name: [one]} for one in answers]
        if sample.test:
            continue
        tries += [
            {name: [one, two]}
            for one, two in itertools.product(answers, repeat=2)
            if not right(question, one)
        ]
    found = javascript("outcomes", spec=spec(sample, {}), tries=tries)
    for one, theirs in zip(tries, found, strict=True):
        attempt = mark(sample, one)
        assert theirs == seen(attempt)


@pytest.mark.once
@pytest.mark.parametrize(
    "seeds", [range(200), pytest.param(range(200, 1000), marks=pytest.mark.prove)]
)
def test_real_quizzes(javascript, root, some_tries, seeds):
    """Do answers to every real quiz come to the same in both, and back from their records?"""
    paths = sorted((*root.glob("modules/*/quiz.yaml"), *root.glob("book/forms/*.yaml")))
    assert paths
    for path in paths:
        quiz = load(path)[0]
        tries = [some_tries(quiz, seed, right) for seed in seeds]
        attempts = [mark(quiz, one) for one in tries]
        found = javascript("outcomes", spec=spec(quiz, {}), tries=tries)
        for attempt, theirs in zip(attempts, found, strict=True):
            assert theirs == seen(attempt)
        outcomes = Counter(one for attempt in attempts for one in attempt.outcomes.values())
        second = set() if quiz.test else {"second"}
        assert set(outcomes) == {"first", "shown", "open"} | second
        lines = [theirs["record"] for theirs in found]
        back = javascript("decodeQuiz", spec=spec(quiz, {}), lines=lines)
        assert back == [read(quiz, line) for line in lines]


def test_every_field(javascript, sample):
    """Is each short field of a record, legal or not, read or refused by both alike?"""
    words = ["".join(one) for size in range(5) for one in itertools.product("012tz~", repeat=size)]
    words += ["3t0", "1321", "30", "3"]
    words += ["1~1~1", "1~1~0", "1~1~1~1", "00~00~00", "t0~t0~t0", "321~321~321"]
    count = len(sample.questions)
    fields = [
        ".".join(word if place == at else "" for place in range(count))
        for at in range(count)
        for word in words
    ]
    lines = [str(Record(sample.id, sample.version, moves)) for moves in fields]
    found = javascript("decodeQuiz", spec=spec(sample, {}), lines=lines)
    assert [None if "refused" in one else one for one in found] == [
        read(sample, line) for line in lines
    ]


@given(
    fields=st.lists(st.sampled_from(["", "0", "1", "02", "f0", "102", "0~1", "0123"]), max_size=6)
)
def test_any_record(javascript, sample, fields):
    """Is any line read or refused by both alike?"""
    line = str(Record(sample.id, sample.version, ".".join(fields)))
    (theirs,) = javascript("decodeQuiz", spec=spec(sample, {}), lines=[line])
    ours = read(sample, line)
    assert ("refused" in theirs) == (ours is None)
    assert ours is None or theirs == ours


def test_order_of_pairs(javascript, small_quiz, build, whole_answers):
    """Is an answer to a match, which counts pairs in the file's order, marked alike in any order?"""
    data = small_quiz()
    pairs = data["questions"]["who-where"]["pairs"]
    for order in itertools.permutations(pairs):
        data["questions"]["who-where"]["pairs"] = {name: pairs[name] for name in order}
        quiz = build(data)
        question = quiz.questions["who-where"]
        cases = [("who-where", answer) for answer in whole_answers(question)]
        found = javascript("answers", questions=spec(quiz, {})["questions"], cases=cases)
        assert found == [right(question, answer) for _, answer in cases]
