"""The tests before, after and later, and what changed between them."""

import random
from pathlib import Path

import pytest
from kept import Kept, KeptAttempt

from fourps.play_record import Record
from fourps.quiz.marking import decode
from fourps.quiz.model import Match, Order, Reason, load

ROOT = Path(__file__).parents[2]
PATHS = {name: ROOT / "book" / "forms" / f"{name}.yaml" for name in ("before", "after", "later")}
# a whole record of a version that never was
LINE = str(Record("before", "00000000", "1"))
OLD = Kept(attempts=[KeptAttempt(kind="quiz", record=LINE, result="done", at="2026-11-24")]).dumps()
pytestmark = [pytest.mark.browser]


def answer(page, question, chance):
    """Answer a question at random, with how sure one is where that is asked."""
    if isinstance(question, Match):
        for name in question.pairs:
            page.locator(f"select[data-choice='{name}']").select_option(name)
    elif not isinstance(question, Order):  # an order is there already
        if isinstance(question, Reason):
            page.locator(f"input[value='{chance.choice(['true', 'false'])}']").check()
        name = chance.choice(list(question.options))
        page.locator(f"input[data-choice='{name}']").check()
    if question.confidence:
        page.locator(f".fp-sure input[value='{chance.choice('123')}']").check()
    page.locator(".fp-check").click()


def take(reader, quiz, seed):
    """Take a whole test; return its record."""
    page = reader.page
    chance = random.Random(seed)  # noqa: S311 - no secret
    for number, question in enumerate(quiz.questions.values(), 1):
        assert f"Question {number} of" in page.locator(".fp-heading").inner_text()
        assert page.locator(".fp-notes").count() == 0
        assert reader.cut_off() == []
        answer(page, question, chance)
    return page.locator(".fp-record").input_value()


def surely_wrong(attempt):
    """Return the numbers of the questions that were answered wrong, and very surely."""
    return [
        number
        for number, (name, question) in enumerate(attempt.quiz.questions.items(), 1)
        if question.confidence
        and attempt.tries[name][0][0] == "3"
        and attempt.outcomes[name] != "first"
    ]


def test_change(reader, address):
    """Does a test tell nothing before its end, and the change page what was kept of two of them?"""
    page = reader.page
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{address}/book/change.html")
    assert "No finished test is kept" in page.locator(".fp p").first.inner_text()
    expected = []
    for seed, name in enumerate(("before", "after")):
        quiz = load(PATHS[name])[0]
        page.goto(f"{address}/book/{name}.html")
        page.locator("[data-ready]").wait_for()
        attempt = decode(quiz, take(reader, quiz, seed))
        total = attempt.summary
        right = f"{total['right']} of {total['count']}"
        assert f"{right} answers are right." in page.locator(".fp-screen").inner_text()
        situations = f"{total['situationsRight']} of {total['situations']}"
        sure = f"{total['sureRight']} of {total['sure']}"
        surely = page.locator(".fp-surely-wrong button").all_inner_texts()
        assert surely == [
            f"Question {number} of {total['count']}" for number in surely_wrong(attempt)
        ]
        expected.append([quiz.title, right, situations, sure])
        if name == "before":
            page.locator(".fp-agree").click()
        page.locator(".fp-link").first.click()
        assert page.locator(".fp-notes li").count() > 1, "now every answer is explained"
    page.goto(f"{address}/book/change.html")
    rows = page.locator(".fp-change tbody tr").all()
    found = [[cell.inner_text() for cell in row.locator("th, td").all()] for row in rows]
    assert [[title, *counts] for title, _day, *counts in found] == expected


def test_an_older_version(reader, site):
    """Is a test that was made with another version shown as such, and not counted?"""
    page = reader.page
    page.goto(f"{site}/book/change.html")
    page.evaluate("record => localStorage.setItem('fourps', record)", OLD)
    page.reload()
    assert "made with another version" in page.locator(".fp-change tbody").inner_text()
