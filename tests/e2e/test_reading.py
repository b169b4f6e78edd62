"""Reading well: the menus, the terms and the parts of a module, on a phone and by keyboard."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

ROOT = Path(__file__).parents[2]
PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True}
LESSON = "modules/protection/lesson.html"
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
    exit_top = page.locator("[data-fourps-exit]").bounding_box()["y"]
    place = box.bounding_box()
    assert place["y"] + place["height"] <= exit_top
    box.locator("button").tap()
    assert page.locator(".fp-term:popover-open").count() == 0


@pytest.mark.parametrize("reader", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript(lesson):
    """Is a term a link to the glossary, and do menu and parts open, without JavaScript?"""
    page = lesson.page
    page.locator(".fp-place summary").click()
    assert page.locator(".fp-place li a").count() == 5
    page.locator("a:has(> .std-term)").first.click()
    page.wait_for_url("**/book/glossary.html#term-*")


@pytest.mark.parametrize("reader", [PHONE], indirect=True)
def test_menus_by_keyboard(lesson):
    """Can the keyboard open the menus of a narrow page, and are closed menus out of its way?"""
    page = lesson.page
    drawer = page.locator(".sidebar-drawer")
    assert not drawer.is_visible()
    lesson.press("#__navigation", "Space")
    drawer.wait_for(state="visible")
    lesson.tab_to(".sidebar-search")
    lesson.press(".toctree-checkbox", "Space")
    page.locator("#__navigation").focus()
    page.keyboard.press("Space")
    drawer.wait_for(state="hidden")
    lesson.press("#__toc", "Space")
    page.locator(".toc-drawer").wait_for(state="visible")
    lesson.press(".toc-tree li li a")


def test_nothing_is_kept(lesson):
    """Does reading, searching and opening leave nothing on the device?"""
    page = lesson.page
    page.locator(".fp-place summary").click()
    page.locator("a:has(> .std-term)").first.click()
    page.keyboard.press("Escape")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert lesson.context.cookies() == []


@pytest.mark.parametrize(
    "module", sorted(path.parent.name for path in ROOT.glob("modules/*/aid.md"))
)
def test_aid_is_one_sheet(reader, book, module):
    """Does each job aid print on exactly one A4, with its note and without the navigation?"""
    reader.page.goto(f"{book.as_uri()}/modules/{module}/aid.html")
    (sheet,) = PdfReader(BytesIO(reader.page.pdf(prefer_css_page_size=True))).pages
    assert (round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) == (595, 842)
    text = " ".join(sheet.extract_text().split())
    assert "Course guidance" in text
    assert [one for one in ("Skip to content", "part 5 of", "Four Ps 0.") if one in text] == []
