from pathlib import Path

import pytest
from book_pages import settled
from kept import Kept
from players import answer, click, says_its_source

from fourps.quiz.marking import decode
from fourps.quiz.model import load

ROOT = Path(__file__).parents[2]
PAGE = "modules/protection/quiz.html"
MODULES = sorted(path.parent.name for path in ROOT.glob("modules/*/quiz.yaml"))
pytestmark = [pytest.mark.browser]


def test_all_right(reader, address, quiz):
    """Can the whole quiz be answered rightly, by keyboard over HTTP, and from disk with no network?"""
    page = reader.page
    page.goto(f"{address}/{PAGE}")
    settled(page)
    reader.context.set_offline(True)
    page.locator("[data-fourps='quiz'][data-ready]").wait_for()
    for number, question in enumerate(quiz.questions.values(), 1):
        heading = page.locator(".fp-heading").inner_text()
        assert f"Question {number} of {len(quiz.questions)}" in heading
        # what the keyboard does is the same from disk
        (answer if address.startswith("http") else click)(reader, question)
        assert reader.focused(".fp-heading")
        assert page.locator(".fp-verdict").inner_text() == "Right.", question
        says_its_source(page, question.source)
        # no line ends between a sign and its word
        marks = page.locator(".fp-mark").all_text_contents()
        assert {mark[2:4] for mark in marks} <= {"✓\N{NO-BREAK SPACE}", "✗\N{NO-BREAK SPACE}"}
        reader.press(".fp-finish" if number == len(quiz.questions) else ".fp-next")
    assert page.locator(".fp-outcomes > .fp-outcome-first").count() == len(quiz.questions)
    attempt = decode(quiz, page.locator(".fp-record").input_value())
    assert set(attempt.outcomes.values()) == {"first"}
    reader.press(".fp-agree")
    kept = Kept.loads(page.evaluate("() => localStorage.getItem('fourps')"))
    assert [attempt.kind for attempt in kept.attempts] == ["quiz"]


@pytest.mark.parametrize("module", [name for name in MODULES if name != "protection"])
def test_every_quiz(reader, site, module):
    """Can every other module's quiz be answered rightly on a narrow screen, and each kind of question by keyboard?"""
    reader.page.set_viewport_size({"width": 375, "height": 800})
    quiz = load(ROOT / "modules" / module / "quiz.yaml")[0]
    reader.page.goto(f"{site}/modules/{module}/quiz.html")
    reader.page.locator("[data-fourps='quiz'][data-ready]").wait_for()
    kinds = set()
    for number, question in enumerate(quiz.questions.values(), 1):
        assert reader.cut_off() == []
        # what the keyboard does is the same for each question of a kind
        (click if type(question) in kinds else answer)(reader, question)
        kinds.add(type(question))
        assert reader.page.locator(".fp-verdict").inner_text() == "Right.", question
        assert reader.cut_off() == []
        reader.press(".fp-finish" if number == len(quiz.questions) else ".fp-next")
    assert reader.page.locator(".fp-outcomes > .fp-outcome-first").count() == len(quiz.questions)


@pytest.mark.parametrize("reader", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript(reader, address, quiz):
    """With JavaScript off, can each question be read and its answer unfolded?"""
    page = reader.page
    page.goto(f"{address}/{PAGE}")
    folds = page.locator(".fp-text details")
    assert folds.count() == len(quiz.questions)
    folds.first.locator("summary").click()
    question = next(iter(quiz.questions.values()))
    assert " ".join(question.why.split())[:40] in folds.first.inner_text()
