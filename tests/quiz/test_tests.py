"""The three tests of the course: parallel, and half of them about situations."""

from pathlib import Path

import pytest

from fourps.course.outcomes import load as outcomes
from fourps.quiz.model import Reason, load

ROOT = Path(__file__).parents[2]
FORMS = {
    name: load(ROOT / "book" / "forms" / f"{name}.yaml")[0] for name in ("before", "after", "later")
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_size(form):
    """Has each test 18 questions, half of them situations with a confidence rating?"""
    situations = [one for one in form.questions.values() if one.confidence]
    assert form.test
    assert len(form.questions) == 18
    assert 2 * len(situations) == len(form.questions)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_short(form):
    """Does a reader of a test meet at most 2,000 words before the answers are shown?"""
    read = [one.text for one in form.questions.values()]
    for question in form.questions.values():
        for part in question.parts.values():
            read += [part.text, getattr(part, "answer", "")]
    assert sum(len(text.split()) for text in read) <= 2000


def test_statements():
    """Is half of the statements to judge true?"""
    answers = [
        question.answer
        for form in FORMS.values()
        for question in form.questions.values()
        if isinstance(question, Reason)
    ]
    assert 2 * sum(answers) == len(answers)


def test_parallel():
    """Does question n of each form ask the same outcome, in the same kind, with other words?"""
    first, *others = FORMS.values()
    for form in others:
        assert list(form.questions) == list(first.questions)
        for name, question in form.questions.items():
            twin = first.questions[name]
            assert (question.kind, question.objective, question.confidence) == (
                twin.kind,
                twin.objective,
                twin.confidence,
            )
            assert question.text != twin.text


def test_every_module():
    """Does each form ask about every module?"""
    modules = {
        number.split(".")[0]
        for path in ROOT.glob("modules/*/outcomes.yaml")
        for number in outcomes(path)[0].outcomes
    }
    for form in FORMS.values():
        asked = {one.objective.split(".")[0] for one in form.questions.values()}
        assert asked == modules
