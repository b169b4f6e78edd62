"""Nothing that comes from elsewhere becomes markup: a file, an address, a translation, a glossary."""

import json
from urllib.parse import quote

import pytest
from book_pages import settled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fourps.course.words import words
from fourps.play_record import Record

pytestmark = [pytest.mark.browser]
PAGES = [f"modules/demo/{name}" for name in ("lesson", "practice", "quiz", "cells")]
PAGES += [f"book/{name}" for name in ("glossary", "my-course", "privacy", "welcome")]
PAGES += ["search", "unsaved"]
FEW = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
RECORDS = [str(Record(name, "00000000", "01")) for name in ("demo", "demo-quiz", "constructor")]
# what no page of the book has, wherever it stands
# the only pictures of ours are portraits out of one file
FOREIGN = """() => [
  ...[...document.querySelectorAll("img:not(.fp-face[src*='/_static/people.svg?v=']), iframe, object, embed, script:not([type='application/json'])")]
    .filter((one) => one.localName !== "script" || /hit\\(\\)/.test(one.text)).map((one) => one.outerHTML.slice(0, 200)),
  ...[...document.querySelectorAll("*")].flatMap((one) => [...one.attributes])
    .filter(({ name, value }) => name.startsWith("on") || /^\\s*javascript:/i.test(value)).map(({ name, value }) => `${name}=${value}`),
  ...(window.struck ? ["struck"] : []),
]"""


@pytest.fixture(scope="module")
def documents(trap):
    """Give what could be taken for a document that a device keeps, with any text at any place."""
    hostile = trap.texts
    day = st.sampled_from(["2026-11-24", "2026-13-01", None]) | hostile
    record = st.sampled_from(RECORDS) | hostile
    name = st.sampled_from(["demo", "demo-quiz", "__proto__", "constructor"]) | hostile
    kind = st.sampled_from(["scenario", "quiz", "constructor"])
    result = st.sampled_from(["safe", "done"]) | hostile
    attempt = st.fixed_dictionaries({"kind": kind, "record": record, "result": result, "at": day})
    place = st.fixed_dictionaries({"record": record, "at": day}) | record
    return st.fixed_dictionaries(
        {
            "format": st.sampled_from([1, 2, 2, 2, 3, "2"]),
            "attempts": st.lists(attempt, max_size=3),
            "stopped": st.dictionaries(name, place, max_size=2),
        },
        optional={"read": st.dictionaries(name, day, max_size=2)},
    ).map(json.dumps)


def test_kept(reader, hostile_site, documents):
    """Does what a file brings in, or what was kept, stay text on the page "My course"?"""
    page = reader.page
    page.goto(f"{hostile_site.address}/book/my-course.html")

    @FEW
    @given(documents)
    def bring(text):
        page.evaluate("text => localStorage.setItem('fourps', text)", text)
        page.reload()
        page.locator("[data-course][data-ready]").wait_for()
        assert page.evaluate(FOREIGN) == []
        page.evaluate("localStorage.setItem('fourps', '{\"format\":2}')")
        page.locator(".fp-said").evaluate("one => { one.textContent = ''; }")
        file = {"name": "x.json", "mimeType": "application/json", "buffer": text.encode()}
        page.locator("#fp-import").set_input_files(file)
        page.locator(".fp-said:not(:empty)").wait_for()
        assert page.evaluate(FOREIGN) == []
        assert page.evaluate("Object.keys(Object.prototype)") == []

    bring()


def test_query(reader, hostile_site, trap):
    """Does what an address asks the search for stay text, in the field and among the results?"""
    page = reader.page

    @FEW
    @given(trap.texts)
    def ask(text):
        page.goto(f"{hostile_site.address}/search.html?q={quote(text)}")
        page.locator("#search-results [role=status]", has_text="page").wait_for()
        assert page.locator(".fp-search input").input_value() == text
        found = page.evaluate("look(document.querySelector('#search-results'))")
        assert (found["wrong"], found["hit"]) == ([], False)

    ask()


def test_results(reader, hostile_site):
    """Does the search show what stands in hostile texts letter by letter?"""
    page = reader.page
    page.goto(f"{hostile_site.address}/search.html?q=onerror")
    page.locator("#search-results .fp-found").first.wait_for()
    shown = page.locator("#search-results .fp-found").all_inner_texts()
    assert any("onerror=hit()>" in text for text in shown)
    assert page.evaluate("look(document.querySelector('#search-results'))")["wrong"] == []


def test_term(reader, hostile_site):
    """Does the meaning of a term stay text where the term is explained in place?"""
    page = reader.page
    page.goto(f"{hostile_site.address}/modules/demo/lesson.html")
    page.locator("a:has(> .std-term)").first.click()
    box = page.locator(".fp-term:popover-open")
    assert "<img src=x onerror=hit()>" in box.inner_text()
    assert page.evaluate("look(document.querySelector('.fp-term:popover-open'))")["wrong"] == []


@pytest.mark.parametrize("name", PAGES)
def test_words_of_a_translator(reader, hostile_site, name):
    """Does each word of ours stay text, wherever a page says it, whatever a translator wrote?"""
    page = reader.page
    page.goto(f"{hostile_site.address}/fr/{name}.html")
    settled(page)
    assert page.evaluate(FOREIGN) == []
    leave = page.get_by_role("link", name=words("en")["page-leave"]).first
    assert leave.inner_text().endswith("hit()</script>&lt;b&gt;")
