"""The real book in French: as light, still and accessible as in English, whole, and with room for its words."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from book_pages import KINDS, NARROW, PAGES, WIDE, look, look_everywhere, settled
from bs4 import BeautifulSoup
from players import play, shortest

from fourps.course.words import words
from fourps.scenario.model import KINDS as ENDINGS
from fourps.scenario.model import load

ROOT = Path(__file__).parents[2]
OTHERS = sorted(
    {path.parent.name for path in ROOT.glob("modules/*/scenario.yaml")} - {"protection"}
)
FR = words("fr")
pytestmark = [pytest.mark.browser]
# each text that is cut off, reaches beyond the screen where nothing scrolls, or lies over another
CROWDED = """() => {
  const found = [], texts = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const flow = (one) => getComputedStyle(one).overflowX;
  for (let node; (node = walker.nextNode());) {
    const holder = node.parentElement;
    if (!node.data.trim() || holder.closest("script, style, select, option")) continue;
    if (!holder.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const around = [];
    for (let box = holder; box && box !== document.body; box = box.parentElement) around.push(box);
    // what is there for who listens has one pixel
    if (around.some((one) => one.offsetWidth === 1 && one.offsetHeight === 1)) continue;
    if (around.some((one) => /auto|scroll/.test(flow(one)))) continue;
    const edges = around.filter((one) => /hidden|clip/.test(flow(one))).map((one) => one.getBoundingClientRect());
    const range = document.createRange(), said = `${holder.localName}.${holder.className}: ${node.data.trim().slice(0, 60)}`;
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width < 1) continue;
      const hidden = edges.some((edge) => box.top >= edge.bottom || box.bottom <= edge.top);
      if (hidden) continue;
      if (box.left < -1 || box.right > innerWidth + 1) found.push(`beyond the screen: ${said}`);
      if (edges.some((edge) => box.left < edge.left - 1 || box.right > edge.right + 1)) found.push(`cut off: ${said}`);
      texts.push({ box, said, node });
    }
  }
  texts.sort((one, other) => one.box.top - other.box.top);
  texts.forEach(({ box, said, node }, at) => {
    for (let next = at + 1; next < texts.length && texts[next].box.top < box.bottom - 4; next += 1) {
      const other = texts[next];
      const wide = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
      const high = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
      if (other.node !== node && wide > 2 && high > 4) found.push(`over another: ${said} | ${other.said}`);
    }
  });
  return found;
}"""

# each word of the text that stands on more than one line
BROKEN = """() => {
  const found = [], walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const holder = node.parentElement;
    if (holder.closest("script, style") || !holder.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    for (const { 0: word, index } of node.data.matchAll(/[\\p{L}\\p{M}]{2,}/gu)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const lines = [...range.getClientRects()].filter((box) => box.width > 1).map((box) => Math.round(box.top));
      if (new Set(lines).size > 1) found.push(word);
    }
  }
  return found;
}"""


@pytest.fixture(scope="module")
def french(site):
    return f"{site}/fr"


def roomy(page):
    """Insist that each text of the page has the room that it needs, wide and narrow."""
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("() => scrollTo(0, 0)")
        assert page.evaluate(CROWDED) == [], width


@pytest.mark.parametrize("name", KINDS)
def test_page(visitor, french, axe, name):
    """Is a French page of each kind light, still and accessible, with room for its words?"""
    look(visitor, french, name, axe)
    roomy(visitor.page)


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_words_are_whole(reader, french, width):
    """Is no word of the first page broken, however narrow its column is?"""
    reader.page.set_viewport_size({"width": width, "height": 900})
    reader.page.goto(f"{french}/book/welcome.html")
    settled(reader.page)
    assert reader.page.evaluate(BROKEN) == []


OTHER = ["referencement", "référés", "VBG", "eas", "CDE", "PDI", "bénéficiaires", "Palerme"]


@pytest.mark.parametrize("asked", [*OTHER, "redevabilité", "trafic d'êtres humains"])
def test_words_from_elsewhere(reader, french, asked):
    """Does a search for a word of the field find the pages of the word that the course uses, and say which?"""
    tab = reader.page

    def found(query):
        tab.goto(f"{french}/search.html?q={quote(query)}")
        tab.locator("[role=status]", has_text="trouvées").wait_for()
        said = tab.locator("[role=status]").inner_text()
        return said, int(said.split()[0]), tab.locator("#search-results li").count()

    said, count, shown = found(asked)
    course = said.partition("«\N{NO-BREAK SPACE}")[2].partition("\N{NO-BREAK SPACE}»")[0]
    assert said.endswith(FR["page-search-instead"].format(words=course))
    plain, least, _ = found(course)
    assert "«" not in plain
    assert count >= least > 3
    assert shown == 5


@pytest.mark.prove
@pytest.mark.parametrize("name", PAGES)
def test_everywhere(visitor, french, axe, name):
    """Does that hold for each page, in each width and scheme, before and after a step of play?"""
    look_everywhere(visitor, french, name, axe)
    roomy(visitor.page)


@pytest.mark.parametrize("name", PAGES)
def test_whole(book, name):
    """Is a page French, no sentence left in English, each name in it once, and one link to the same in English?"""
    page = BeautifulSoup((book / "fr" / f"{name}.html").read_text("utf-8"), "html.parser")
    assert page.html["lang"] == "fr"
    notes = {FR[key].format(language="anglais") for key in ("page-partly", "page-untranslated")}
    assert not [
        one.text for one in page.select(".fp-note") if any(note in one.text for note in notes)
    ]
    names = [one["id"] for one in page.select("[id]")]
    assert sorted({*names}) == sorted(names)
    (link,) = page.select(".fp-bar-language")
    assert (book / "fr" / name).parent.joinpath(link["href"]).resolve() == book / f"{name}.html"


def played(reader, french, module):
    """Play a French scenario by keyboard to an ending of each kind, on a narrow screen."""
    page = reader.page
    scenario = load(ROOT / "modules" / module / "scenario.yaml")[0]
    page.goto(f"{french}/modules/{module}/practice.html")
    settled(page)
    page.set_viewport_size({"width": NARROW, "height": 800})
    for kind, way in shortest(scenario).items():
        play(reader, scenario, way)
        assert page.locator(f".fp-kind-{kind}").inner_text().startswith(FR[f"kind-{kind}"])
        assert reader.cut_off() == []
        page.locator(".fp-again").press("Enter")
        page.locator(".fp-again-yes").press("Enter")
        page.locator(".fp-ways").wait_for()


def test_each_kind_of_ending(reader, french):
    """Does the keyboard lead a French reader to each kind of ending?"""
    assert set(shortest(load(ROOT / "modules/protection/scenario.yaml")[0])) == set(ENDINGS)
    played(reader, french, "protection")


@pytest.mark.prove
@pytest.mark.parametrize("module", OTHERS)
def test_each_kind_of_ending_everywhere(reader, french, module):
    """Does it in the scenario of each other module?"""
    played(reader, french, module)
