"""Reading well: the menus, the terms and the parts of a module, on a phone and by keyboard."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from book_pages import PAGES, settled
from pypdf import PdfReader

from fourps.scenario.model import load
from fourps.scenario.sittings import minutes

ROOT = Path(__file__).parents[2]
PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True}
MODULE = "modules/prevention"
LESSON = f"{MODULE}/lesson/debt.html"
pytestmark = [pytest.mark.browser]


@pytest.fixture
def lesson(reader, address):
    """A reader at the lesson, over HTTP and from disk."""
    reader.page.goto(f"{address}/{LESSON}")
    return reader


def test_term_by_keyboard(lesson):
    """Does a term open its meaning with Enter, and does Escape lead back to the term?"""
    page = lesson.page
    link = page.locator("a:has(> .std-term)").first
    box = page.locator(f"#fp-{link.get_attribute('href').partition('#')[2]}")
    assert box.is_hidden()
    link.focus()
    page.keyboard.press("Enter")
    assert box.is_visible()
    assert box.locator("button").evaluate("one => one === document.activeElement")
    page.keyboard.press("Escape")
    assert box.is_hidden()
    assert link.evaluate("one => one === document.activeElement")


@pytest.mark.parametrize("reader", [PHONE], indirect=True)
def test_term_by_touch(lesson):
    """Does a tap open a term's meaning without moving the page or covering the way out?"""
    page = lesson.page
    link = page.locator("a:has(> .std-term)").first
    link.scroll_into_view_if_needed()
    before = link.bounding_box()
    link.tap()
    box = page.locator(".fp-term:popover-open")
    assert box.is_visible()
    assert link.bounding_box() == before
    leave = page.locator("[data-fourps-exit]").bounding_box()
    assert leave["y"] + leave["height"] <= box.bounding_box()["y"]
    box.locator("button").tap()
    assert page.locator(".fp-term:popover-open").count() == 0


@pytest.mark.parametrize("reader", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript(lesson):
    """Is a term a link to the glossary, and is the whole module one click away, without JavaScript?"""
    page = lesson.page
    page.locator("a:has(> .std-term)").first.click()
    page.wait_for_url("**/book/glossary.html#term-*")
    page.go_back()
    page.locator(".fp-place a").click()
    page.wait_for_url(f"**/{MODULE}/lesson.html")
    parts = [name for name in PAGES if name.startswith(f"{MODULE}/")]
    assert page.locator(".fp-path a").count() == len(parts) - 1


@pytest.mark.parametrize("reader", [PHONE], indirect=True)
def test_menus_by_keyboard(lesson):
    """Can the keyboard open the menus of a narrow page, and are closed menus out of its way?"""
    page = lesson.page
    drawer = page.locator(".sidebar-drawer")
    assert not drawer.is_visible()
    assert said(lesson, "Menu") == {"expanded": False}
    lesson.press(".fp-menu", "Space")
    drawer.wait_for(state="visible")
    assert said(lesson, "Menu") == {"expanded": True}
    # the way out stays beside an open menu
    leave = page.locator("[data-fourps-exit]").bounding_box()
    assert leave["y"] + leave["height"] <= drawer.bounding_box()["y"]
    lesson.press(".toctree-checkbox", "Space")
    page.keyboard.press("Escape")
    drawer.wait_for(state="hidden")
    assert lesson.focused(".fp-menu")
    lesson.press(".fp-contents", "Space")
    page.locator(".toc-drawer").wait_for(state="visible")
    lesson.press(".toc-tree li li a")
    page.locator(".toc-drawer").wait_for(state="hidden")


def said(reader, name):
    """Return whether a button is told to be expanded, as a screen reader hears it."""
    session = reader.context.new_cdp_session(reader.page)
    for one in session.send("Accessibility.getFullAXTree")["nodes"]:
        if one["role"]["value"] == "button" and one.get("name", {}).get("value") == name:
            return {
                each["name"]: each["value"]["value"]
                for each in one["properties"]
                if each["name"] == "expanded"
            }
    raise AssertionError(f"there is no button {name}")


@pytest.mark.parametrize("name", [LESSON, "book/welcome.html"])
def test_frame(reader, site, name):
    """Is the sidebar a landmark that says where one is, with the text before it and short lines?"""
    page = reader.page
    page.goto(f"{site}/{name}")
    tree = page.get_by_role("navigation", name="Contents", include_hidden=True)
    here = tree.locator("[aria-current=page]")
    assert here.count() == (name == LESSON)
    # few stops from the top of a page to its text
    stops = page.locator("a, button, input").evaluate_all(
        "all => all.filter(one => one.checkVisibility()).findIndex(one => one.closest('article'))"
    )
    assert 0 < stops <= 9
    longest = max(page.evaluate(LINES), default=0)
    assert longest <= 76
    assert name != LESSON or longest >= 60


# of each long paragraph: how many characters stand on a line
LINES = """() => [...document.querySelectorAll("article section > p")].map((one) => {
  const range = document.createRange();
  range.selectNodeContents(one);
  const tops = new Set([...range.getClientRects()].map((box) => Math.round(box.bottom / 8)));
  return { lines: tops.size, text: one.textContent.length };
}).filter(({ lines }) => lines > 3).map(({ lines, text }) => text / lines)"""


@pytest.mark.parametrize(
    "reader",
    [{"viewport": {"width": width, "height": 844}} for width in (360, 1280)],
    indirect=True,
)
def test_way_out_covers_nothing(lesson):
    """Does the bar with the way out stay on top, above all text, wherever one reads?"""
    page = lesson.page
    for part in (0, 0.3, 1):
        page.evaluate("part => scrollTo(0, part * document.body.scrollHeight)", part)
        bar = page.locator(".fp-bar").bounding_box()
        leave = page.locator("[data-fourps-exit]").bounding_box()
        assert bar["y"] == 0
        assert leave["y"] >= 0
        assert leave["y"] + leave["height"] <= bar["height"]
        assert leave["x"] + leave["width"] <= bar["width"]
    fixed = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility()
          && getComputedStyle(one).position === "fixed" && !one.matches(".fp-skip")).length"""
    )
    assert fixed == 0


def test_nothing_is_kept(lesson):
    """Does reading, searching and opening leave nothing on the device?"""
    page = lesson.page
    page.locator(".fp-sources summary").click()
    page.locator("a:has(> .std-term)").first.click()
    page.keyboard.press("Escape")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert lesson.context.cookies() == []


@pytest.mark.parametrize(
    "module", sorted(path.parent.name for path in ROOT.glob("modules/*/aid.md"))
)
def test_aid_is_one_sheet(reader, book, module):
    """Does each job aid print on exactly one A4, with its note, and with lines of 8 cm and more?"""
    page = reader.change()
    # what is left of an A4 between its margins
    page.set_viewport_size({"width": 658, "height": 900})
    for folder, note in (("", "Course guidance"), ("fr/", "Conseil du cours")):
        page.goto(f"{book.as_uri()}/{folder}modules/{module}/aid.html")
        page.evaluate("window.print = () => document.body.classList.add('printed')")
        page.locator(".fp-print button").click()
        assert page.locator("body.printed").count() == 1
        (sheet,) = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == (595, 842)
        text = " ".join(sheet.extract_text().split())
        assert note in text
        assert re.findall(r"Skip to content|about \d+ min\b|Four Ps 0\.|Print this", text) == []
        page.emulate_media(media="print")
        lines = page.locator(".fp-write").all()
        assert min(line.bounding_box()["width"] for line in lines) >= 8 / 2.54 * 96
        page.emulate_media(media="null")


# of what has the focus: how many of five points a reader sees, and whether it is marked
SEEN = """() => {
  const one = document.activeElement, { left, right, top, bottom } = one.getBoundingClientRect();
  const points = [[left + 2, top + 2], [right - 2, top + 2], [left + 2, bottom - 2], [right - 2, bottom - 2], [(left + right) / 2, (top + bottom) / 2]];
  const hits = points.map(([x, y]) => document.elementFromPoint(x, y)).filter((hit) => hit && (one.contains(hit) || hit.contains(one)));
  const { outlineStyle } = getComputedStyle(one);
  return { what: one.outerHTML.slice(0, 120), seen: hits.length > 0, marked: outlineStyle !== "none" };
}"""


@pytest.mark.parametrize("reader", [{"viewport": {"width": 320, "height": 480}}], indirect=True)
@pytest.mark.parametrize("name", [LESSON, "book/my-course.html"])
def test_focus_is_seen(reader, site, name):
    """Is what has the focus always on the screen, marked, and never below header or exit?"""
    page = reader.page
    page.goto(f"{site}/{name}")
    settled(page)
    page.locator("article p a:visible").first.focus()
    for key, most in (("Tab", 50), ("Shift+Tab", 40)):
        stops = []
        while len(stops) < most:
            page.keyboard.press(key)
            found = page.evaluate(SEEN)
            # past the last one
            if found["what"].startswith("<body"):
                break
            assert (found["seen"], found["marked"]) == (True, True), found
            stops.append(found["what"])
        assert len(set(stops)) > 12


MODULES = sorted(path.parent.name for path in ROOT.glob("modules/*/lesson.md"))


@pytest.mark.parametrize("module", MODULES)
def test_minutes_agree(book, module):
    """Are the minutes that lab and guide promise for a page those above it, or two more or less?"""
    folder, pages = ROOT / "modules" / module, book / "modules" / module
    pieces = [f"lesson/{path.stem}" for path in sorted(folder.glob("lesson/*.md"))]
    above = {
        name: int(re.search(r"about (\d+) min", (pages / f"{name}.html").read_text("utf-8"))[1])
        for name in ("practice", "quiz", "lab", *pieces)
    }
    lab = re.search(r"You need (\d+) to (\d+) minutes", (folder / "lab.md").read_text("utf-8"))
    assert int(lab[1]) <= above["lab"] <= int(lab[2])
    lesson = "\n".join((folder / f"{name}.md").read_text("utf-8") for name in pieces)
    assert 10 <= above["quiz"] <= 16  # as How to learn here says, or a minute more
    activities = sum(map(int, re.findall(r"\{activity\}.*\n:minutes: (\d+)", lesson)))
    guide = (ROOT / "book" / "guide-plans.md").read_text("utf-8")
    read = sum(above[name] for name in pieces) - activities
    reckoned = [read, activities, minutes(load(folder / "scenario.yaml")[0])[0], above["quiz"]]
    row = re.search(rf"\(../modules/{module}/lesson.md\)((?: \| \d+)+) \|", guide)
    *said, together = map(int, re.findall(r"\d+", row[1]))
    assert together == sum(said)
    assert said == pytest.approx(reckoned, abs=2)
