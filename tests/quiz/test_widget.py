import pytest

from fourps.course.mime import COURSE_MIME
from fourps.quiz.marking import AnswerError
from fourps.quiz.widget import QuizWidget


@pytest.fixture
def widget(small):
    """Return the small quiz as a widget."""
    return QuizWidget(small, {"pim2015": "PIM 2015"}, "welcome", seed=7)


def test_before_the_first_answer(widget, small):
    """Is every question open at first?"""
    assert widget.tries == {}
    assert widget.outcomes == dict.fromkeys(small.questions, "open")
    assert widget.seed == 7


def test_seeds(small):
    """Is the order another one each time, unless a seed is given?"""
    seeds = {QuizWidget(small, {}, "welcome").seed for _ in range(5)}
    assert len(seeds) > 1
    assert QuizWidget(small, {}, "welcome", seed=0).seed == 0


def test_answers(widget):
    """Do the outcomes follow the answers?"""
    widget.tries = {"first-word": [["wait"]]}
    assert widget.outcomes["first-word"] == "open"
    widget.tries = {"first-word": [["wait"], ["ask"]], "read-out": [["false", "heard"]]}
    assert widget.outcomes["first-word"] == "second"
    assert widget.outcomes["read-out"] == "first"


@pytest.mark.parametrize(
    "tries",
    [
        {"last-word": [["ask"]]},
        {"first-word": [["nod"]]},
        {"first-word": [["ask"], ["ask"]]},
        {"steps": [["greet"]]},
    ],
)
def test_illegal_answers(widget, tries):
    """Is an answer that does not fit refused, and does everything stay as it was?"""
    widget.tries = {"first-word": [["wait"]]}
    with pytest.raises(AnswerError):
        widget.tries = tries
    assert widget.tries == {"first-word": [["wait"]]}


def test_illegal_answers_from_the_page(widget):
    """Is an answer that does not fit refused too when the page sends it?"""
    widget.set_state({"tries": {"first-word": [["wait"]]}})
    with pytest.raises(AnswerError):
        widget.set_state({"tries": {"first-word": [["nod"]]}})
    assert widget.tries == {"first-word": [["wait"]]}
    assert widget.outcomes["first-word"] == "open"


def test_bundle(widget):
    """Does the output carry a reference to the quiz, and none of its content?"""
    widget.tries = {"first-word": [["ask"]]}
    bundle = widget._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert data[COURSE_MIME] == {"kind": "quiz", "reference": "welcome"}
    assert "application/vnd.jupyter.widget-view+json" in data
    assert not any(text in repr(bundle) for text in ("A woman waits", "welcome-quiz", "first-word"))


def test_front(widget):
    """Is the widget's own module put together for JupyterLab?"""
    assert "export default { render: $quiz.renderQuiz }" in str(widget._esm)
