"""The keys of nbgrader's formgrader, pressed in a real browser on a page that fetches nothing."""

from __future__ import annotations

import pytest
from formgrading import formgrader, grade, released, sql

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LEARNERS = ("ada", "ben", "cem")
READY = "() => ['grades', 'comments'].every((part) => window.formgrader?.[part]?.loaded)"


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A course with three hand-ins."""
    folder = tmp_path_factory.mktemp("keys") / "course"
    notebook = released(folder)
    notebook.cells[0].source = "x = 1"
    grade(folder, notebook, *LEARNERS)
    return folder


@pytest.fixture
def desk(graded, start_jupyter, browser):
    """A page on the formgrader's first submission; nothing may go wrong there, and it may ask nobody else."""
    with formgrader(start_jupyter, graded) as address:
        context = browser.new_context()
        page, wrong = context.new_page(), []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{address}/login?token=test")
        context.on(
            "request",
            lambda asked: asked.url.startswith((address, "data:")) or wrong.append(asked.url),
        )
        page.goto(f"{address}/formgrader/gradebook/ps1/ex")
        page.get_by_text("Submission #1").click()
        page.wait_for_function(READY)
        yield page
        assert wrong == []
        context.close()


def test_extra_credit_is_out_of_the_way(desk, graded):
    """Does Tab lead from the points to the comment, while a click still gives extra credit?"""
    page, focus = desk, "() => document.activeElement.id"
    extra = page.locator("#essay_extra_credit")
    page.locator("#essay").click()
    page.keyboard.type("1")
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        page.keyboard.press("Tab")
    page.wait_for_function("() => document.activeElement.id === 'essay-comment'")
    page.keyboard.press("Shift+Tab")
    page.wait_for_function("() => document.activeElement.id === 'essay'")
    assert extra.input_value() == ""
    assert sql(graded, "select manual_score, extra_credit from grade where manual_score = 1") == [
        (1, None)
    ]
    extra.click()
    page.keyboard.type("2")
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        page.locator("#essay").click()
    assert page.evaluate(focus) == "essay"
    assert sql(graded, "select extra_credit from grade where manual_score = 1") == [(2,)]
    # as it was
    again = """update grade set manual_score = null, extra_credit = null, needs_manual_grade = 1
        where manual_score is not null"""
    sql(graded, again)


def test_nine_keys(desk, graded):
    """Does each of the nine keys that the formgrader's help names do what it says?"""
    page, focus = desk, "() => document.activeElement.id"

    def press(key):
        page.keyboard.press(key)
        page.wait_for_function("() => document.activeElement.matches('.tabbable')")
        return page.evaluate(focus)

    def turn(key):
        with page.expect_navigation():
            page.keyboard.press(key)
        page.wait_for_function(READY)
        page.wait_for_function("() => document.activeElement.matches('.tabbable')")
        return page.evaluate("() => submission_id")

    page.wait_for_function("() => document.activeElement.matches('.tabbable')")
    every = page.evaluate("() => [...document.querySelectorAll('.tabbable')].map((one) => one.id)")
    assert len(every) >= 4
    assert page.evaluate(focus) == every[0]
    assert [press("Tab"), press("Tab"), press("Shift+Tab")] == [every[1], every[2], every[1]]
    # leaves a field and saves it, and goes back to it
    page.locator("#essay").click()
    page.keyboard.type("2.5")
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        page.keyboard.press("Escape")
    assert page.evaluate(focus) != "essay"
    given = "select count(*) from grade where manual_score = 2.5"
    assert sql(graded, given) == [(1,)]
    assert press("Enter") == "essay"
    page.keyboard.press("Control+Shift+F")
    page.get_by_text("Submission flagged").wait_for()
    assert sql(graded, "select count(*) from submitted_notebook where flagged") == [(1,)]
    # the same field of the next one, and of the one before
    first, second, third = (
        page.evaluate("() => submission_id"),
        turn("Control+."),
        turn("Control+."),
    )
    assert len({first, second, third}) == len(LEARNERS)
    assert page.evaluate(focus) == "essay"
    assert turn("Control+,") == second
    assert turn("Control+,") == first
    # and of those alone whose tests fail
    failed = """update grade set auto_score = 0 where notebook_id = ? and cell_id in
        (select id from base_cell where name = 'task-4-check')"""
    sql(graded, failed, third)
    assert turn("Control+Shift+.") == third
    sql(graded, failed, first)
    assert turn("Control+Shift+,") == first
    assert page.evaluate(focus) == "essay"
