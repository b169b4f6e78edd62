import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.course.problem import BrokenSourceError
from fourps.quiz.model import load


@pytest.fixture
def complaint(small_quiz, write):
    """Return a function that changes the small quiz and gives the line, field and message."""

    def complain(change):
        data = small_quiz()
        change(data["questions"])
        path = write(data, "quiz.yaml")
        with pytest.raises(BrokenSourceError) as error:
            load(path)
        (problem,) = error.value.problems
        assert problem.path == path
        line = path.read_text("utf-8").splitlines()[problem.line - 1]
        return line.strip(), problem.field, problem.message

    return complain


# Questions that cannot be asked


def first_right(name, count):
    """Return what makes that many options of a question right, and no others."""

    def change(questions):
        for place, option in enumerate(questions[name]["options"].values()):
            option["correct"] = place < count

    return change


@pytest.mark.parametrize("name", ["first-word", "read-out"])
@pytest.mark.parametrize("count", [0, 2, 3])
def test_one_right(complaint, name, count):
    """Has a question with one answer exactly one that is right?"""
    line, field, message = complaint(first_right(name, count))
    assert line == f"{name}:"
    assert field.startswith(f"questions.{name}")
    assert message == f"expected exactly one option with 'correct: true', found {count}"


@pytest.mark.parametrize("count", [0, 1, 4])
def test_several_right(complaint, count):
    """Has a question with several answers at least two that are right and one that is not?"""
    line, _, message = complaint(first_right("quiet-place", count))
    assert line == "quiet-place:"
    assert f"found {count} right of 4" in message


@pytest.mark.parametrize(
    ("name", "group", "fewest"),
    [
        ("first-word", "options", 2),
        ("quiet-place", "options", 3),
        ("read-out", "options", 2),
        ("steps", "items", 3),
        ("who-where", "pairs", 3),
    ],
)
def test_too_few(complaint, name, group, fewest):
    """Has a question enough to choose from, and is the line that of what is too short?"""

    def change(questions):
        kept = list(questions[name][group].items())[: fewest - 1]
        questions[name][group] = dict(kept)

    line, field, message = complaint(change)
    assert line == f"{group}:"
    assert field == f"questions.{name}.{group}"
    assert f"at least {fewest} items" in message


def test_after_nothing(complaint):
    """Does an item that comes after something that is no item say so?"""
    line, _, message = complaint(
        lambda questions: questions["steps"]["items"]["listen"].update(after=["great"])
    )
    assert line == "steps:"
    assert message == "'listen' comes after 'great', which is no item"


@pytest.mark.parametrize("after", ["write", "greet"])
def test_order_that_is_wrong(complaint, after):
    """Do the items stand in an order that is right, so that none waits for itself?"""
    _, _, message = complaint(
        lambda questions: questions["steps"]["items"]["greet"].update(after=[after])
    )
    assert message.startswith(f"'greet' comes after '{after}', which stands below it")


def test_same_answer(complaint):
    """Are two pairs with the same answer refused, since both could be right?"""
    line, _, message = complaint(
        lambda questions: questions["who-where"]["pairs"]["you"].update(answer="On the mat")
    )
    assert line == "who-where:"
    assert "'On the mat'" in message


def test_unknown_kind(complaint):
    """Is a kind that does not exist answered with those that do?"""
    line, field, message = complaint(lambda questions: questions["steps"].update(kind="sort"))
    assert field == "questions.steps"
    assert all(kind in message for kind in ("single", "multiple", "reason", "order", "match"))
    assert line == "steps:"


def test_missing_kind(complaint):
    """Is a question without a kind told that it needs one?"""
    line, field, message = complaint(lambda questions: questions["steps"].pop("kind"))
    assert (line, field) == ("steps:", "questions.steps")
    assert "'kind'" in message


# The version


@given(data=st.data())
def test_version_is_not_of_texts(data, build, small_quiz, small):
    """Does a version outlive any change of texts and sources?"""
    changed = small_quiz()
    words = st.text(min_size=1, max_size=10)
    changed["title"] = data.draw(words)
    for question in changed["questions"].values():
        question |= {"text": data.draw(words), "why": data.draw(words), "source": "x"}
        for group in ("options", "items", "pairs"):
            for number, part in enumerate(question.get(group, {}).values()):
                part |= {"text": data.draw(words), "feedback": data.draw(words)}
                if group == "pairs":
                    part["answer"] = f"{number}{data.draw(words)}"
    assert build(changed).version == small.version


@given(chance=st.randoms(use_true_random=False))
def test_version_is_not_of_order(chance, build, small_quiz, small):
    """Does a version outlive another order of questions and options?"""
    changed = small_quiz()

    def turned(mapping):
        return dict(chance.sample(list(mapping.items()), len(mapping)))

    for question in changed["questions"].values():
        if "options" in question:
            question["options"] = turned(question["options"])
    changed["questions"] = turned(changed["questions"])
    assert build(changed).version == small.version


def options(questions, name):
    """Return the parts of a question of plain values."""
    question = questions[name]
    return next(question[group] for group in ("options", "items", "pairs") if group in question)


def swap_right(questions):
    options(questions, "first-word")["ask"]["correct"] = False
    options(questions, "first-word")["wait"]["correct"] = True


def rename(questions, name, old, new):
    parts = options(questions, name)
    parts[new] = parts.pop(old)


def turn_pairs(questions):
    # an answer names the pairs in the file's order
    questions["who-where"]["pairs"] = dict(reversed(questions["who-where"]["pairs"].items()))


CHANGES = {
    "question id": lambda questions: questions.update(other=questions.pop("steps")),
    "question taken away": lambda questions: questions.pop("steps"),
    "objective": lambda questions: questions["steps"].update(objective="1.2"),
    "right option": swap_right,
    "one more right": lambda questions: options(questions, "quiet-place")["sign"].update(
        correct=True
    ),
    "option id": lambda questions: rename(questions, "first-word", "wait", "pause"),
    "option taken away": lambda questions: options(questions, "first-word").pop("wait"),
    "truth": lambda questions: questions["read-out"].update(answer=True),
    "kind": lambda questions: questions["first-word"].update(kind="reason", answer=True),
    "after": lambda questions: options(questions, "steps")["write"].update(after=["greet"]),
    "no after": lambda questions: [
        item.pop("after", None) for item in options(questions, "steps").values()
    ],
    "item id": lambda questions: rename(questions, "steps", "breathe", "rest"),
    "pair id": lambda questions: rename(questions, "who-where", "you", "me"),
    "order of pairs": turn_pairs,
}


def test_version_is_of_what_is_marked(build, small_quiz, small):
    """Does anything that changes a mark change the version, each to another one?"""
    versions = {small.version: "none"}
    for name, change in CHANGES.items():
        data = small_quiz()
        change(data["questions"])
        assert versions.setdefault(build(data).version, name) == name
    for name, more in (("other id", {"id": "other"}), ("test", {"test": True})):
        assert versions.setdefault(build(small_quiz() | more).version, name) == name
    data = small_quiz()
    data["questions"]["steps"]["confidence"] = True
    assert build(data | {"test": True}).version not in versions


def test_confidence_is_for_tests(complaint):
    """Does a question that asks for confidence outside a test say what to add?"""
    _, _, message = complaint(lambda questions: questions["steps"].update(confidence=True))
    assert "'steps' asks for confidence, which only a test does: add 'test: true'" in message


def test_advice(small_quiz, build):
    """May a question have no source?"""
    data = small_quiz()
    data["questions"]["steps"].pop("source", None)
    assert build(data).questions["steps"].source == []
