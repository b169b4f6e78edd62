"""The host's own line under a rule, read from a folder: with a reason and never before an answer."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from players import way_to_choice

from fourps.course.files import find
from fourps.course.local import EMPTY, LOCAL, Local
from fourps.course.source import Source
from fourps.course.world import Rules
from fourps.scenario.engine import encode, replay
from fourps.scenario.model import load as load_scenario

from .test_firefox import in_firefox

pytestmark = [pytest.mark.browser, pytest.mark.once]

SHOWN = """() => [...document.querySelectorAll(".fp-beside")].filter(one => one.checkVisibility())
  .map(one => [one.dataset.rule, one.innerText.replace(/\\s+/g, " ")])"""
HOLDS = {
    "en": "In the course, Selvarra's rule still holds.",
    "fr": "Dans le cours, c\N{RIGHT SINGLE QUOTATION MARK}est toujours la règle du Selvarra qui vaut.",
}
BY = {
    "en": "Written by: A lawyer. Checked on 1 November 2026.",
    "fr": "Rédigé par : A lawyer. Vérifié le 1 novembre 2026.",
}
TWO = {"en": "Here: Ours {rule} <b>x</b> Chez nous {rule}", "fr": "Ici : Chez nous {rule} Ours {rule} <b>x</b>"}  # fmt: skip


def ours(rules, **changes):
    """Return a host's file with a line of its own for each rule, advice included."""
    lines = {
        name: {
            "line": f"Ours {name} <b>x</b>",
            "second": f"Chez nous {name}",
            "who": "A lawyer",
            "checked": "2026-11-01",
        }
        for name in rules
    }
    return Local.model_validate({"second": "fr", "next": "2999-01-01", "rules": lines} | changes)


@pytest.fixture(scope="module")
def rules(root):
    return Source.load(root / "book" / "rules.yaml", Rules)[0].rules


@pytest.fixture(scope="module")
def folder(book, rules, tmp_path_factory):
    """The site in a folder, with the host's file beside its first page."""
    site = tmp_path_factory.mktemp("here") / "site"
    shutil.copytree(book, site, copy_function=os.link)
    put(site, ours(rules).css())
    return site


def put(site, text):
    # the file is the book's own as well, as long as nobody has taken it away
    (site / LOCAL).unlink()
    (site / LOCAL).write_text(text, "utf-8")


def opened(reader, site, page, language="en"):
    reader.page.goto((site / ("" if language == "en" else language) / f"{page}.html").as_uri())
    reader.page.wait_for_load_state("load")
    return reader.page


def wanted(language, *rules):
    """Return what is seen of some rules."""
    around = f"{BY[language]} {HOLDS[language]}"
    return [[one, f"{TWO[language].format(rule=one)} {around}"] for one in rules]


def lines(page, language, *rules):
    """Insist that the lines of these rules are seen, and no other."""
    page.wait_for_function(f"count => ({SHOWN})().length === count", arg=len(rules))
    assert page.evaluate(SHOWN) == wanted(language, *rules)
    assert page.locator(".fp-beside b").count() == 0


PAGES = {
    "modules/foundations/lesson/child": [
        *["child-within-a-day"] * 2,
        "who-reports-about-a-child",
        "lawyer-keeps-it",
    ],
    # what this page says of a person who may want to die is advice, but for the law on a life in danger
    "modules/protection/lesson/hours": ["care-needs-no-report", "life-permits"],
    "book/law": [
        *("what-trafficking-is", "adult-decides", "life-permits", "child-within-a-day"),
        *("no-punishment", "files-to-a-prosecutor", "aid-worker-abuse", "care-needs-no-report"),
        "no-recruitment-fee",
    ],
}


@pytest.mark.parametrize("seen", [("en", 390), ("en", 1280), ("fr", 390), ("fr", 1280)], ids=str)
@pytest.mark.parametrize("name", PAGES)
def test_pages(reader, folder, axe, name, seen):
    """Has a page the line under each rule that it states, as text, by whom and when, and nothing else?"""
    language, width = seen
    reader.page.set_viewport_size({"width": width, "height": 844})
    page = opened(reader, folder, name, language)
    lines(page, language, *PAGES[name])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(page) == []
    own = page.locator(".fp-beside:not(:empty) [lang]").first
    assert own.get_attribute("lang") == "fr"
    page.emulate_media(media="print")
    assert page.locator(".fp-beside:not(:empty)").first.is_visible()
    page.emulate_media(media="screen")


def test_every_clause_is_on_the_sheet(reader, folder):
    """Has the sheet the eight clauses with their sources, in both languages, and room beside each?"""
    for language, first in (("en", "1. What trafficking is."), ("fr", "1. ")):
        rows = opened(reader, folder, "book/law", language).locator(".fp-law tbody tr")
        assert rows.count() == 8
        assert rows.first.inner_text().startswith(first)
        assert rows.first.locator("a[href*='references.html#']").count() == 1
    reader.page.emulate_media(media="print")
    assert rows.last.locator("td").last.bounding_box()["height"] > 100
    reader.page.emulate_media(media="screen")


@pytest.mark.parametrize("name", ["book/before", "book/after", "modules/protection/aid", "index"])
def test_elsewhere(reader, folder, name):
    """Does no test and no job aid have a place for such a line?"""
    page = opened(reader, folder, name)
    assert page.locator(".fp-beside, meta[name='fourps-here']").count() == 0


def before(module, choice):
    """Return a record that leads to where a choice is offered, by whatever way is first."""
    scenario, _ = load_scenario(find(module, "scenario.yaml", Path()))
    return encode(replay(scenario, way_to_choice(scenario, choice)))


REASONS = {
    # who decides is asked before the reason
    ("prevention", "lend-the-ninety"): ["no-recruitment-fee"],
    ("protection", "limits-first"): ["child-within-a-day", "aid-worker-abuse", "life-permits"],
    # the reason rests on no rule that is another elsewhere
    ("protection", "card-first"): [],
}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("reason", REASONS, ids="/".join)
def test_story(reader, folder, axe, reason, language):
    """Comes the line with the reason after a choice, and not with the scene or before the reason?"""
    module, choice = reason
    page = opened(reader, folder, f"modules/{module}/practice", language)
    page.locator(".fp-player details input[id$=-resume]").evaluate("one => one.closest('details').open = true")  # fmt: skip
    page.locator(".fp-player input[id$=-resume]").fill(before(module, choice))
    page.locator(".fp-player input[id$=-resume] + button").click()
    target = page.locator(f"[data-choice={choice}]")
    target.wait_for()
    lines(page, language)
    target.click()
    why = page.locator(".fp-show-why")
    if why.count():
        lines(page, language)
        why.click()
    page.locator(".fp-rationale").wait_for()
    lines(page, language, *REASONS[reason])
    assert axe(page, parts=[".fp-player"]) == []
    page.locator(".fp-next").click()
    lines(page, language)


def test_quiz(reader, folder):
    """Comes the line of a quiz once its answer is shown, and not after a first wrong one?"""
    page = opened(reader, folder, "modules/foundations/quiz")
    for _ in range(7):
        page.locator(".fp-next").click()
    form = page.locator("form[data-question=nineteen]")
    for _ in range(2):
        lines(page, "en")
        form.locator("input").last.check()
        form.locator(".fp-check").click()
        if page.locator(".fp-source").count():
            break
        form.locator("input").first.check()
    lines(page, "en", "child-within-a-day")


def test_decision(reader, folder):
    """Comes the line of a decision within a lesson when its reason is opened, and not before?"""
    page = opened(reader, folder, "modules/prevention/lesson/debt")
    lines(page, "en", "no-recruitment-fee")
    page.locator(".fp-decide .fp-why summary").evaluate_all(
        "all => all.forEach(one => one.click())"
    )
    lines(page, "en", "no-recruitment-fee", "no-recruitment-fee")


@pytest.mark.parametrize("kind", ["empty", "overdue", "broken", "of another version"])
def test_as_if_it_were_not_there(reader, folder, rules, kind):
    """Is nothing to be seen, and no gap, without a file, once its check is overdue, or if it is none?"""
    whole = ours(rules).css()
    text = {
        "empty": EMPTY,
        "overdue": ours(rules, next=date(2020, 1, 1).isoformat()).css(),
        "broken": whole[:200],
        "of another version": whole.replace("%22format%22%3A1", "%22format%22%3A2"),
    }[kind]
    put(folder, text)
    try:
        page = opened(reader, folder, "modules/foundations/lesson/child")
        page.wait_for_timeout(300)
        lines(page, "en")
        tall = "document.documentElement.scrollHeight"
        height = page.evaluate(tall)
        reader.change().evaluate(
            "document.querySelectorAll('.fp-beside').forEach(one => one.remove())"
        )
        assert page.evaluate(tall) == height
    finally:
        put(folder, whole)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_firefox(folder, language):
    """Are the lines of a lesson there in Firefox too, from a folder, with no complaint?"""
    name, place = "modules/foundations/lesson/child", folder / ("" if language == "en" else "fr")
    # the file is read once the page is there
    read = f"""async () => {{
      for (let tries = 0; tries < 100 && !({SHOWN})().length; tries += 1) await new Promise((go) => setTimeout(go, 100));
      return ({SHOWN})(); }}"""
    seen = in_firefox((place / f"{name}.html").as_uri(), read=read, way=[".fp-onward a"])
    assert seen["complaints"] == []
    ((_, found),) = seen["found"]
    assert found == wanted(language, *PAGES[name])
