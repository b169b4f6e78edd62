"""The pages of the book: what stands on each, and each of them whole in `make prove`."""

import re
from importlib.metadata import version

import books
import pytest
from book_pages import (
    BOOK,
    KINDS,
    LABS,
    LESSONS,
    NARROW,
    PAGES,
    PLAYERS,
    REQUESTS,
    WEIGHT_OF_FIGURES,
    look_everywhere,
    settled,
)
from players import option

from fourps.book.furo import UNMET

pytestmark = [pytest.mark.browser]


@pytest.mark.prove
@pytest.mark.parametrize("name", PAGES)
def test_everywhere(visitor, site, axe, name):
    """Is a page light, still and accessible in each width and scheme, before and after a step of play?"""
    look_everywhere(visitor, site, name, axe)


def test_each_page_is_looked_at():
    """Is each page of the book in one of the four files that look at them, and one of a kind wide?"""
    assert sorted([*BOOK, *LESSONS, *PLAYERS, *LABS]) == sorted(PAGES)
    assert set(KINDS) <= set(PAGES)
    assert (len(PLAYERS), len(LABS)) == (16, 8)


# options stand in an order of each attempt: the first may be right
ANSWERED = ":is(input[type=radio]:enabled, .fp-next)"
STEPS = {
    "practice": [".fp-ways input", option, ".fp-next", option, "details summary"],
    "quiz": ["input[type=radio]", ".fp-check", ANSWERED, ".fp-check"],
}


@pytest.mark.parametrize("name", STEPS)
def test_accessible_while_playing(reader, site, axe, name):
    """Does axe find nothing after each step of a play?"""
    page = reader.page
    page.set_viewport_size({"width": NARROW, "height": 800})
    page.goto(f"{site}/modules/protection/{name}.html")
    for step in STEPS[name]:
        target = step(page) if callable(step) else page.locator(f".fp-screen {step}").first
        target.click()
        assert axe(page) == []


def test_run_yourself(reader, site):
    """Does a page that is a notebook too lead to the page that says what one needs for it?"""
    page = reader.page
    page.goto(f"{site}/modules/protection/lab.html")
    page.locator(".fp-run summary").click()
    page.locator(".fp-run a").first.click()
    page.wait_for_url("**/book/notebooks.html")
    lines = page.locator("article pre").all_inner_texts()
    assert [line.strip() for line in lines] == [
        'pip install ./packages/nbseal ".[learn]"',
        "fourps learn",
    ]


@pytest.mark.parametrize("name", PAGES)
def test_furniture_everywhere(book, name):
    """Has every page a description, a way out before all else, a licence, a version and where to report?"""
    text = (book / f"{name}.html").read_text("utf-8")
    if name != "search":
        assert re.search(r'<meta name="description" content="[^"]+">', text)
    # the first thing that a keyboard reaches
    first = re.search(
        r"<(?:a|button|input|select|summary|textarea)\b[^>]*>", text.split("<body")[1]
    )
    assert "data-fourps-exit" in first[0]
    assert "CC BY 4.0" in text
    assert '<html class="no-js" lang="en" dir="ltr"' in text
    # the version on one page, to which all others lead
    news = f"Four Ps {version('fourps')}." if name == "book/news" else 'news.html">What is new<'
    assert news in text
    assert 'report.html">Report an error<' in text or name == "book/report"


def test_no_rule_of_the_theme_is_missed(book):
    """Has no page a class whose rules were left out of the theme's style?"""
    met = set()
    for page in book.rglob("*.html"):
        for names in re.findall(r'class="([^"]*)"', page.read_text("utf-8")):
            met.update(names.split())
    assert met & UNMET == set()


def test_letters(reader, site):
    """Does each letter above the glossary lead to a term that begins with it?"""
    page = reader.page
    page.goto(f"{site}/book/glossary.html")
    links = page.locator(".fp-letters a")
    assert links.count() > 12
    for letter, name in links.evaluate_all("all => all.map((one) => [one.textContent, one.hash])"):
        assert page.locator(f"[id='{name[1:]}']").inner_text()[0].upper() == letter


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_that_is_not_saved(reader, site, axe, scheme):
    """Can the page that stands in place of one that is not there be read, light and dark?"""
    page = reader.page
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{site}/unsaved.html")
    assert axe(page) == []


def test_search_results(newcomer, site):
    """Is the page with results no heavier than one with figures, and do more come when asked for?"""
    page, watch = newcomer.page, newcomer.watch
    page.goto(f"{site}/search.html?q=people")
    results = page.locator("#search-results > ol > li")
    results.nth(4).wait_for()
    settled(page)
    assert results.locator(".fp-found").count() >= 5
    # with the texts of five pages
    assert watch.bytes <= WEIGHT_OF_FIGURES
    assert len([url for url in watch.requests if url.startswith("http")]) <= REQUESTS
    page.get_by_role("button", name="More pages").press("Enter")
    results.nth(9).wait_for()
    assert results.nth(5).locator("a").first.evaluate("one => one === document.activeElement")


@pytest.mark.parametrize("name", ["before", "after", "later"])
def test_tests_are_not_searched(book, name):
    """Does the search know nothing of a test, whose questions would stand before what explains them?"""
    assert [word for word, pages in books.terms(book).items() if f"book/{name}" in pages] == []
    assert (book / "search" / "book" / f"{name}.js").read_text("utf-8").endswith(",[]);\n")
