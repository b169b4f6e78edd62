"""Every page with figures to explore, as a phone and a desk see it: light, quiet, still and accessible."""

import json
import re
from html import unescape

import pytest
from book_pages import FIGURE, LABS, look
from bs4 import BeautifulSoup
from drawn import LEAST, across, faults, texts, upright

from fourps.data.store import LABEL

pytestmark = [pytest.mark.browser]
# what the invented tables are called, and the one table that is none
LABELS = (LABEL, "The course's reading")
# how its headings run, how much of the frame a table takes, and the room between a text and its box
GRID = """(grid) => [
  getComputedStyle(grid.querySelector("thead th:last-child")).writingMode,
  grid.offsetWidth / grid.parentElement.clientWidth,
  Math.min(...[...grid.querySelectorAll(".fp-boxed")].map((cell) => {
    const range = document.createRange(), { left, right } = cell.getBoundingClientRect();
    range.selectNode(cell.firstChild);
    const text = range.getBoundingClientRect();
    return Math.min(text.left - left, right - text.right);
  })),
]"""


def figures(book, name):
    """Yield the caption, the question and the frames of each figure of a page."""
    html = (book / f"{name}.html").read_text("utf-8")
    page = BeautifulSoup(html, "html.parser")
    # as it was written: a parser would sort what a drawing says of itself
    shown = iter(re.findall(r'<div class="fp-frame"[^>]*>(.*?)</div>', html, re.DOTALL))
    for mount in page.select("[data-fourps=figure]"):
        frames = json.loads(mount.find("script").string)["spec"]["frames"]
        first = next(shown)
        for frame in frames:
            frame["svg"] = frame["svg"] or first
        yield mount.find("figcaption").text, mount.select_one(".fp-guess legend").text, frames


@pytest.mark.parametrize("name", LABS)
def test_every_figure(book, name):
    """Is each frame readable on a phone, labelled once, on one scale or with a word, and asked for?"""
    found = list(figures(book, name))
    assert len(found) >= 4
    for caption, question, frames in found:
        assert question.endswith(("?", "?”")), caption
        kept = {}
        for frame in frames:
            drawing = frame["svg"]
            assert sum(unescape(drawing + caption).count(one) for one in LABELS) == 1, caption
            if drawing.startswith("<table"):
                assert 'scope="row"' in drawing
                assert 'scope="col"' in drawing
                continue
            # html.parser writes viewbox
            assert list(faults(drawing.replace("viewbox", "viewBox"))) == [], (
                caption,
                frame["alt"],
            )
            for title, ticks in [*across(drawing), upright(drawing)]:
                assert kept.setdefault((title, frame.get("scale")), ticks) == ticks, caption


def test_sites_are_on_a_map(book):
    """Have the labs about sites a map for each of the eight rounds, with the regions by name?"""
    for name in ("modules/response/lab", "modules/capstone/lab"):
        maps = [
            frame["svg"]
            for _, _, frames in figures(book, name)
            for frame in frames
            if {"Oriveth", "Jelisse"} <= {one[3].split()[0] for one in texts(frame["svg"])}
        ]
        assert len(maps) == 8, name


def test_on_a_phone(visitor, site):
    """Are letters 12 pixels high at 360, and no room kept that would stay blank below few bars?"""
    page = visitor.page
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{site}/modules/protection/lab.html")
    # what is asked is not told below
    assert not page.get_by_text("Together they describe him").is_visible()
    for caption in ("Figure 1", "Figure 2"):
        mount = page.locator("[data-fourps=figure]", has_text=caption)
        mount.locator(f"{FIGURE} .fp-guess button").click()
        mode, share, room = mount.locator(f"{FIGURE} .fp-grid").evaluate(GRID)
        assert (mode, room >= 5) == ("horizontal-tb", True), caption
        assert 0.95 < share <= 1, caption
    mount = page.locator("[data-fourps=figure]", has_text="Figure 3")
    mount.locator(f"{FIGURE} .fp-guess button").click()
    select = mount.locator(f"{FIGURE} select").first
    measure = """() => { const box = [...document.querySelectorAll('[data-fourps=figure]')]
      .find((one) => one.textContent.includes('Figure 3')).querySelector('.fp-figure:not(.fp-text) .fp-frame');
      const [frame, drawing, letters] = [box, box.firstElementChild, box.querySelector('text')]
        .map((one) => one.getBoundingClientRect());
      const [, , width] = box.firstElementChild.getAttribute('viewBox').split(' ').map(Number);
      return [12.5 * drawing.width / width, frame.height, drawing.height]; }"""
    heights = []
    for by in ("site and support", "sex"):
        select.select_option(label=by)
        letter, room, high = page.evaluate(measure)
        assert letter >= LEAST
        assert room - high <= 60
        heights.append(high)
    assert heights[0] - heights[1] > 60
    page.goto(f"{site}/modules/frameworks/lab.html")
    mount = page.locator("[data-fourps=figure]", has_text="Figure 2")
    mount.locator(f"{FIGURE} .fp-guess button").click()
    wide = mount.locator(f"{FIGURE} .fp-frame:has(> table)")
    assert wide.evaluate("one => one.scrollWidth - one.clientWidth") <= 0
    page.set_viewport_size({"width": 280, "height": 800})
    assert wide.evaluate("one => one.scrollWidth - one.clientWidth") > 0
    assert wide.evaluate("one => (one.scrollLeft = 99, one.scrollLeft)") > 0


@pytest.mark.parametrize("name", LABS)
def test_page(visitor, site, axe, name):
    """Is a page light, still, within the policy and on this host, and has axe nothing to say?"""
    look(visitor, site, name, axe)
