"""The report on a cohort, opened from disk as a facilitator does."""

import commands
import pytest
from book_pages import COLOURS, sideways

from .conftest import ROOT

pytestmark = [pytest.mark.browser]


@pytest.fixture(scope="module")
def report(maker, tmp_path_factory):
    """A report on 24 made-up learners, in French and with names, so that all of it is there."""
    folder = tmp_path_factory.mktemp("cohort")
    maker.cohort(folder, ROOT, 24)
    words = ["--course", folder, "--root", ROOT, "--language", "fr"]
    commands.run(["fourps", "grade", "report", *words, "--names"]).check_returncode()
    commands.run(["fourps", "grade", "close", *words]).check_returncode()
    return folder / "report" / "report.html"


@pytest.mark.parametrize("closed", [False, True])
def test_accessible(browser, axe, report, closed):
    """Does axe find nothing, unfolded, wide and narrow, light and dark?"""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto((report.parent.parent / "closed.html" if closed else report).as_uri())
    # two of each kind: the others are made by the same lines, and axe looks at every cell
    page.evaluate(
        """() => document.querySelectorAll("section, main:not(:has(section))").forEach(section =>
          [...section.querySelectorAll("details")].slice(0, 2).forEach(one => { one.open = true; }))"""
    )
    # the page to pass on has the same parts: each width and each scheme once
    for width, scheme, rules in [
        (320, "light", None),
        *([] if closed else [(1280, "light", None)]),
        (1280, "dark", COLOURS),
    ]:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        assert sideways(page) <= 0, f"the page scrolls sideways at {width}"
        assert axe(page, rules=rules) == [], (width, scheme)
    context.close()


def test_nothing_is_cut(browser, report):
    """Is every exercise of every learner in view, on a desk, on a small one and on a phone?"""
    context = browser.new_context()
    page = context.new_page()
    page.goto(report.as_uri())
    for width in (1280, 1200, 1024, 390):
        page.set_viewport_size({"width": width, "height": 900})
        beyond = page.evaluate(
            """() => [...document.querySelectorAll("section[aria-labelledby=where] td")].filter(
              one => one.getBoundingClientRect().right > innerWidth
                || one.scrollWidth > one.clientWidth + 1).length"""
        )
        assert beyond == 0, width
        table = page.locator("section[aria-labelledby=where] .scroll")
        assert table.evaluate("one => one.scrollWidth - one.clientWidth") <= 0, width
    context.close()


def test_quiet(reader, report):
    """Does the page ask for nothing else, and does the keyboard reach what is folded?"""
    reader.page.goto(report.as_uri())
    assert reader.watch.requests == [report.as_uri()]
    reader.press("section[aria-labelledby=tasks] summary")
    assert reader.page.locator("section[aria-labelledby=tasks] table").first.is_visible()
