import pytest

from fourps.course.outcomes import Known
from fourps.quiz.findings import Finding, check, feedbacks

KNOWN = Known(sources={"pim2015", "who2003"}, objectives={"1.1", "1.2"}, elsewhere={"2.1"})


def repeated_feedback(data):
    items = data["questions"]["steps"]["items"]
    items["breathe"]["feedback"] = items["greet"]["feedback"].replace(" ", "  ") + "\n"


def longest_right(data):
    # with this one in two of three questions
    data["questions"]["read-out"]["options"]["heard"]["text"] = "Others who stand near hear it too."
    data["questions"]["first-word"]["options"]["ask"]["text"] = (
        "Ask her quietly what she needs now."
    )


def unknown_source(data):
    data["questions"]["steps"]["source"] = ["pim2015", "nobody1999"]


def unknown_objective(data):
    data["questions"]["steps"]["objective"] = "9.9"


def unasked_objective(data):
    for question in data["questions"].values():
        question["objective"] = "1.1"


BROKEN = {
    Finding.REPEATED_FEEDBACK: (
        repeated_feedback,
        [f"questions.steps.items.{one}.feedback" for one in ("greet", "breathe")],
    ),
    Finding.LONGEST_RIGHT: (longest_right, ["questions"]),
    Finding.UNKNOWN_SOURCE: (unknown_source, ["questions.steps.source"]),
    Finding.UNKNOWN_OBJECTIVE: (unknown_objective, ["questions.steps.objective"]),
    Finding.UNASKED_OBJECTIVE: (unasked_objective, ["objectives.1"]),
}
EACH = pytest.mark.parametrize("name", BROKEN, ids=str)


@pytest.fixture
def broken(small_quiz, loaded):
    """Return a function that breaks the small quiz, silences, and gives what is found."""

    def find(name, *silencing):
        data = small_quiz()
        BROKEN[name][0](data)
        for where in silencing:
            where(data).update(silence=[str(name)])
        return check(*loaded(data), KNOWN)

    return find


def test_every_finding():
    """Is there a broken quiz for each finding?"""
    assert set(BROKEN) == set(Finding)


@EACH
def test_found(broken, name, tmp_path):
    """Is what is broken found where it stands, by field and line, and nothing else?"""
    found = broken(name)
    assert [(one.name, one.field) for one in found] == [(name, one) for one in BROKEN[name][1]]
    lines = (tmp_path / "quiz.yaml").read_text("utf-8").splitlines()
    for one in found:
        key = one.field.split(".")[-1]
        start = "- " if key.isdigit() else f"{key}:"
        assert lines[one.line - 1].strip().startswith(start)


@EACH
def test_silenced(broken, name, place):
    """Can a finding be silenced on the quiz, and on the question that it is about?"""
    assert broken(name, lambda data: data) == []
    if BROKEN[name][1][0].startswith("questions."):
        assert broken(name, lambda data: place(data, "questions.steps")) == []


@EACH
def test_not_silenced_elsewhere(broken, name, place):
    """Does silencing on another question change nothing?"""
    found = broken(name, lambda data: place(data, "questions.who-where"))
    assert [one.body for one in found] == [one.body for one in broken(name)]
    assert found


@pytest.fixture
def found(small_quiz, loaded):
    """Return a function that changes the small quiz and gives names and messages."""

    def find(change, known=KNOWN):
        data = small_quiz()
        change(data)
        return [(one.name, one.message) for one in check(*loaded(data), known)]

    return find


def test_repeated_across_questions(found):
    """Is a feedback that stands in two questions found in both?"""

    def change(data):
        questions = data["questions"]
        questions["who-where"]["pairs"]["you"]["feedback"] = "It hides faces."

    assert [name for name, _ in found(change)] == ["repeated-feedback"] * 2


@pytest.mark.parametrize(("longest", "among", "bad"), [(2, 5, False), (3, 5, True), (1, 2, True)])
def test_longest_right_at_the_border(small_quiz, loaded, longest, among, bad):
    """Is the longest option right in two of five questions still allowed, and in more not?"""
    data = small_quiz()
    model = data["questions"]["first-word"]
    data["objectives"] = ["1.1"]
    data["questions"] = {
        f"question-{number}": model
        | {
            "options": {
                "a": {
                    "text": "x" * (30 if number < longest else 10),
                    "feedback": f"a {number}",
                    "correct": True,
                },
                "b": {"text": "x" * 20, "feedback": f"b {number}"},
            }
        }
        for number in range(among)
    }
    names = [one.name for one in check(*loaded(data), KNOWN)]
    assert names == (["longest-right"] if bad else [])


def test_order_and_match_have_no_longest(found):
    """Do questions without a right option not count?"""

    def change(data):
        keep = ("steps", "who-where")
        data["questions"] = {name: data["questions"][name] for name in keep}
        data["objectives"] = ["1.1"]

    assert found(change) == []


def test_objective_that_the_course_does_not_have(found):
    """Is an objective of the quiz that is no outcome named?"""

    def change(data):
        data["objectives"].append("9.9")
        data["questions"]["steps"]["objective"] = "9.9"

    ((name, message),) = found(change)
    assert name == "unknown-objective"
    assert "'9.9'" in message
    assert found(change, Known()) == found(change, None) == []


def test_feedbacks(small):
    """Has each part of each question its feedback, under the key of its group?"""
    found = {name: feedbacks(question) for name, question in small.questions.items()}
    assert found["first-word"]["wait"] == ("options", "She may think that you are busy.")
    assert found["steps"]["greet"] == ("items", "Begin with this.")
    assert found["who-where"]["you"] == ("pairs", "Not behind it.")
    assert sum(map(len, found.values())) == 17
