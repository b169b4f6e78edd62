"""The page "Three questions": a reader with a keyboard and a phone, through two weeks."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from book_pages import settled, sideways
from kept import PUT, STORED, Kept, finished
from players import answer, choose, says_its_source

from fourps.course.words import words

PAGE, COURSE, FRONT = "book/three.html", "book/my-course.html", "book/welcome.html"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
TUESDAY = datetime(2026, 11, 24, 20, 0)  # noqa: DTZ001 - the browser's own time
FIRST = "2026-11-24"
WORD = words("en")
pytestmark = [pytest.mark.browser]


@pytest.fixture
def come(reader, address):
    """Return a function that opens a page on the day so many days after the module was finished."""
    page = reader.change()

    def opened(days, name=PAGE):
        page.clock.set_fixed_time(TUESDAY + timedelta(days=days))
        page.goto(f"{address}/{name}")
        settled(page)
        if name == PAGE:
            page.locator("[data-three][data-ready]").wait_for()
        return page

    return opened


def asked(page):
    return page.locator("form[data-question]").get_attribute("data-question").split("/")[1]


def kept(page):
    return {
        name: list(days.values()) for name, days in Kept.loads(page.evaluate(STORED)).asked.items()
    }


def before_it_begins(come, axe):
    """Insist on what a reader sees who did not say yes, or finished nothing."""
    page = come(0)
    assert "agree on My course" in page.locator("[data-three]").inner_text()
    assert page.locator("[data-three] button").count() == 0
    page.evaluate(PUT, Kept(read={"modules/protection/lesson": "2026-11-20"}).dumps())
    page = come(0)
    assert page.locator(".fp-three").inner_text() == WORD["three-none"]
    assert axe(page) == []
    # the story alone: not a page was read
    story = finished(page, FIRST, "Protection").attempts[0]
    page.evaluate(PUT, Kept(attempts=[story]).dumps())
    page = come(6)
    assert "come on 1 December 2026" in page.locator(".fp-three").inner_text()
    assert page.locator(".fp-player").count() == 0


def three_answers(reader, questions):
    """Answer right, then wrong with a reload in the middle, then right; return what was asked."""
    page = reader.page
    names = [asked(page)]
    answer(reader, questions[names[0]])
    assert page.locator(".fp-verdict").inner_text() == WORD["right-first"]
    says_its_source(page, questions[names[0]].source)
    reader.press(".fp-next")
    names.append(asked(page))
    wrong = next(name for name, one in questions[names[1]].options.items() if not one.correct)
    choose(reader, wrong)
    page.reload()
    page.locator("[data-three][data-ready]").wait_for()
    assert page.locator(".fp-heading").inner_text() == "Question 2 of 3"
    assert page.locator(f"input[data-choice='{wrong}']").is_checked()
    assert kept(page) == {f"protection-quiz/{names[0]}": ["first"]}
    choose(reader, "true")
    for _ in range(2):
        reader.press(".fp-check")
    assert page.locator(".fp-verdict").inner_text() == WORD["shown"]
    reader.press(".fp-next")
    names.append(asked(page))
    answer(reader, questions[names[2]])
    reader.press(".fp-finish")
    return names


def reminded(reader):
    """Return the calendar file that is made."""
    with reader.page.expect_download() as download:
        reader.press(".fp-remind button")
    return Path(download.value.path()).read_bytes().decode()


@pytest.mark.parametrize("reader", [PHONE], indirect=True)
def test_two_weeks(reader, come, axe, quiz):
    """By keyboard, over HTTP and from disk: is it asked, kept, resumed, taken up again and left?"""
    before_it_begins(come, axe)
    page = come(7)
    assert page.locator(".fp-three h2").first.inner_text() == "Protection: week 1 of 12"
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert axe(page) == []
    assert sideways(page) <= 0
    names = three_answers(reader, quiz.questions)
    assert "come on 8 December 2026" in page.locator(".fp-screen").inner_text()
    assert len({quiz.questions[name].objective for name in names}) == 3
    went = [kept(page)[f"protection-quiz/{name}"] for name in names]
    assert went == [["first"], ["shown"], ["first"]]
    assert page.locator(".fp-three .fp-record, .fp-three .fp-again").count() == 0
    assert axe(page) == []
    text = reminded(reader)
    assert "DATE:20261208\r\nRRULE:FREQ=WEEKLY;COUNT=11\r\nSUMMARY:Reminder\r\n" in text
    assert not {"four", "course", "question", "traffick", "module"} & set(text.casefold().split())
    # the next week: what was missed comes back, and "Leave" wipes what is only ticked
    page = come(14)
    assert page.locator(".fp-three h2").first.inner_text() == "Protection: week 2 of 12"
    seen = page.evaluate("() => JSON.parse(sessionStorage.getItem('fourps:three-set')).names")
    assert f"protection-quiz/{names[1]}" in seen
    choose(reader, next(iter(quiz.questions[asked(page)].options)))
    page.locator("[data-fourps-exit]").click()
    page.wait_for_url("**/units.html")
    assert page.evaluate("() => Object.keys(sessionStorage)") == ["left"]
    assert len(kept(page)) == 3


def test_other_pages(reader, come, axe):
    """Do the first page and My course say that questions wait, and does erasing end it?"""
    page = come(0)
    page.evaluate(PUT, finished(page, FIRST, "Foundations", "Protection").dumps())
    page = come(3, FRONT)
    assert page.locator(".fp-due").count() == 0
    page = come(7, FRONT)
    page.locator(".fp-due a").click()
    page.locator("[data-three][data-ready]").wait_for()
    due = WORD["three-due"].format(titles="Foundations, Protection")
    assert due in page.locator(".fp-three").inner_text()
    page.get_by_role("button", name="Three questions from Protection").click()
    page.get_by_role("heading", name="Protection: week 1 of 12").wait_for()
    assert reader.focused(".fp-heading")
    assert axe(page) == []
    page = come(7, COURSE)
    page.locator(".fp-worth summary").click()
    assert page.locator(".fp-standing li").all_inner_texts() == [
        f"{title} (week 1 of 12, waiting now)" for title in ("Foundations", "Protection")
    ]
    page.locator(".fp-tools summary").last.click()
    page.locator(".fp-erase").click()
    page.locator(".fp-erase-yes").click()
    assert page.locator(".fp-standing").count() == 0
    assert come(7).locator(".fp-player").count() == 0


def test_light(newcomer, site):
    """Does the page with a module's questions weigh at most 80 KB, in at most 15 requests?"""
    page = newcomer.change()
    page.goto(f"{site}/{PAGE}")
    page.evaluate(PUT, finished(page, FIRST, "Foundations").dumps())
    newcomer.watch.asked.clear()
    page.clock.set_fixed_time(TUESDAY + timedelta(days=7))
    page.reload()
    page.locator(".fp-player .fp-heading").wait_for()
    settled(page)
    assert newcomer.watch.bytes <= 80_000
    assert len(newcomer.watch.requests) <= 15
    assert [url for url in newcomer.watch.requests if "/three/" in url]


@pytest.mark.parametrize("reader", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript(reader, address):
    """With JavaScript off, does the page say what it is, and lead to the quizzes?"""
    page = reader.page
    page.goto(f"{address}/{PAGE}")
    text = page.locator("[data-three]")
    assert "Without JavaScript" in text.inner_text()
    assert text.locator("a[href$='quiz.html']").count() == 8
