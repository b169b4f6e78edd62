"""The way in: Start on one screen, a first lesson after few taps and words, and half an hour that is one."""

import random

import pytest
from book_pages import settled

from .test_attempts import SIZES
from .test_front import PHONE, TOLD, sitting

WORDS_AT_MOST, TAPS_AT_MOST, A_MINUTE = 250, 3, 160
# from the first page to the first lesson
BUTTON = ".fp-start a"
FRONT = ["welcome", "start", "half-hour"]
FIRST = "half-hour/aloud"
# the words that a reader sees of a page, down to a link, or all of them
READ = """(until) => {
  const link = until && document.querySelector(until), texts = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  let said = "";
  while (texts.nextNode()) {
    const one = texts.currentNode;
    if (link && link.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING && !link.contains(one)) break;
    if (one.parentElement.checkVisibility()) said += ` ${one.data}`;
  }
  return said.split(/\\s+/).filter((word) => /[\\p{L}\\d]/u.test(word)).length;
}"""
# minutes in which one does not read: the focal point is looked up; said twice by two people, a minute each; written
DONE = {"start": 1.5, "half-hour/aloud": 4, "half-hour/own": 3, "half-hour/practice": 0.5}
STEPS = ["aloud", "story", "hours", "own", "practice"]
each_language = pytest.mark.parametrize("folder", ["", "fr/"], ids=["en", "fr"])
pytestmark = [pytest.mark.browser]


@each_language
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_way_in(reader, address, folder, size):
    """Is one in the first lesson after three taps and 250 words, by keyboard, and is Start one screen?"""
    page, read, (width, height) = reader.page, 0, size
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{address}/{folder}book/{FRONT[0]}.html")
    for name in FRONT:
        page.wait_for_url(f"**/book/{name}.html")
        settled(page)
        read += page.evaluate(READ, BUTTON)
        if name == "start":
            box = page.locator(BUTTON).bounding_box()
            assert width < PHONE["viewport"]["width"] or box["y"] + box["height"] <= height
            assert page.locator("article a[href='safety.html']").count() == 1
        reader.press(BUTTON)
    page.wait_for_url(f"**/book/{FIRST}.html")
    assert len(FRONT) <= TAPS_AT_MOST
    assert read <= WORDS_AT_MOST


@pytest.mark.parametrize(("answer", "kept"), [("fp-agree", 1), ("fp-decline", 0)])
def test_keeping_is_asked_at_start(reader, address, answer, kept):
    """Is the question asked on Start, is the answer said, and is it not asked again?"""
    page = reader.page
    page.goto(f"{address}/book/start.html")
    page.locator(f".{answer}").click()
    assert page.evaluate("() => localStorage.length") == kept
    said = page.locator("[data-ask] [tabindex='-1']").inner_text()
    page.reload()
    settled(page)
    assert page.locator("[data-ask] button").count() == 0
    assert (page.locator("[data-ask]").inner_text().strip() == said) == bool(kept)


def test_go_on(reader, address):
    """Does who said yes to keeping go on in the half hour from the step after the last, which has a tick?"""
    page = reader.page
    page.goto(f"{address}/book/start.html")
    page.locator(".fp-agree").click()
    page.goto(f"{address}/book/{FIRST}.html")
    page.locator(".fp-onward a").click()
    page.wait_for_url("**/story.html")
    page.goto(f"{address}/book/half-hour.html")
    settled(page)
    assert page.locator(BUTTON).inner_text().strip() == "Go on with One story: The card desk"
    assert page.locator(".fp-path > .fp-done b").all_inner_texts() == ["Say it aloud (Finished)"]


def reading(page):
    """Return the words of a page with an answer to each decision."""
    for decision in page.locator(".fp-decide").all():
        decision.locator(".fp-opt > summary").first.click()
    return page.evaluate(READ)


@each_language
@pytest.mark.parametrize("reader", [PHONE], indirect=True)
def test_half_an_hour(reader, site, folder):
    """Do the steps lead to each other, with nothing between, and take 27 to 33 minutes at 160 words each?"""
    page, chance = reader.page, random.Random(30)  # noqa: S311 - not for secrets
    page.goto(f"{site}/{folder}book/start.html")
    settled(page)
    minutes = DONE["start"] + page.evaluate(READ) / A_MINUTE
    page.goto(f"{site}/{folder}book/half-hour.html")
    listed = page.locator(".fp-path a").evaluate_all("all => all.map((one) => one.href)")
    assert [one.partition("/book/half-hour/")[2] for one in listed] == [
        f"{one}.html" for one in STEPS
    ]
    page.locator(BUTTON).click()
    for name in STEPS:
        page.wait_for_url(f"**/book/half-hour/{name}.html")
        settled(page)
        minutes += DONE.get(f"half-hour/{name}", 0) + reading(page) / A_MINUTE
        if name == "story":
            here = page.url
            page.locator(BUTTON).click()
            minutes += story(page, chance) / A_MINUTE
            page.locator("a.fp-btn[href$='half-hour/hours.html']").click()
            page.wait_for_url("**/half-hour/hours.html")
            page.goto(here)
        page.locator(".fp-onward a").click()
    page.wait_for_url("**/modules/foundations/lesson.html")
    assert 27 <= minutes <= 33


def story(page, chance, plays=3):
    """Return the words of the first chapter on the middle one of some random ways."""

    def choose(offered):
        # each attempt shows them in another order
        names = offered.evaluate_all("all => all.map((one) => one.dataset.choice).sort()")
        return page.locator(f"[data-choice='{chance.choice(names)}']")

    read = []
    for _ in range(plays):
        page.evaluate("() => sessionStorage.clear()")
        page.reload()
        settled(page)
        read.append(sitting(page, choose) + page.evaluate(TOLD))
    return sorted(read)[plays // 2]
