"""What only a window keeps, and a package that keeps nothing at all: left, and found again by nobody."""

from __future__ import annotations

import lms
import pytest
from players import shortest

from fourps.book.after.shelves.shell import shell_page
from fourps.book.after.shelves.staged import stage
from fourps.course.words import words

from .test_scenario import CLICK
from .test_shelves_scorm import LEFT, STORY

pytestmark = [pytest.mark.browser]
WORD = words("en")
EXERCISE, FIRST = "exercise.html", "modules/protection/lesson.html"
# a reader of files, as Kiwix is one: it frames what it shows, and lets it do little
FRAME = """address => {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin");
  frame.src = address;
  document.body.append(frame);
}"""
CLICKED = "one => one.click()"


def test_draft(reader, real_book):
    """Does a draft stay with the window, from page to page, and go to nobody, before a yes and after it?"""
    staged = stage(real_book, "protection", "en", keeps="shell")
    with lms.serving(staged.files | shell_page(staged)) as platform:
        visit = platform.open(reader.page)
        book = visit.go(EXERCISE)
        book.locator("#learner").fill("amina-1")
        keep = book.locator("[data-keep]")
        assert WORD["shelf-draft-kept"] in keep.inner_text()
        assert keep.locator(".fp-agree, .fp-decline").count() == 0
        assert book.get_by_role("button", name=WORD["hand-print"]).count() == 0
        visit.go(STORY).locator(".fp-agree").click()
        book = visit.go(EXERCISE)
        assert book.locator("#learner").input_value() == "amina-1"
        lms.until(reader.page, platform.packed)
        assert "amina" not in str([*platform.commits["amina"]])
        book.locator("[data-keep] .fp-erase").click()
        book.locator(".fp-erase-yes").click()
        assert book.locator("#learner").input_value() == ""
        # what was agreed to stays
        assert platform.packed() == "f1|||||"
        assert platform.open(reader.page).go(EXERCISE).locator("#learner").input_value() == ""
        assert reader.page.evaluate(LEFT) == []


@pytest.mark.parametrize("where", ["address", "elsewhere"])
def test_nothing(reader, real_book, scenario, where):
    """Where nothing is kept: is a story played, found by nobody, and shows Leave nothing of it, and Back neither?

    It leads the whole window away, or empties a frame in a window of another origin.
    """
    staged = stage(real_book, "protection", "en", keeps="nothing")
    page = reader.page
    with lms.serving(staged.files) as platform:
        page.goto(f"{platform.address}/")
        page.evaluate(FRAME, f"{getattr(platform, where)}/content/{FIRST}")
        (frame,) = page.main_frame.child_frames
        frame.locator(f"a[href$='{STORY}']").first.evaluate(CLICKED)
        frame.wait_for_url(f"**/{STORY}")
        way = shortest(scenario)["safe"]
        player = frame.locator("[data-fourps='scenario'][data-ready]")
        player.wait_for()
        begin = player.locator(".fp-heading").inner_text()
        assert frame.locator(".fp-agree").count() == 0
        frame.evaluate(CLICK, way)
        assert frame.locator(".fp-kind-safe").is_visible()
        assert page.evaluate(LEFT) == []
        frame.evaluate("location.reload()")
        lms.until(page, lambda: frame.locator(".fp-kind-safe").count() == 0)
        player.wait_for()
        assert player.locator(".fp-heading").inner_text() == begin
        if where == "address":
            # the switch holds for the tab, and for nobody after it
            frame.evaluate("sessionStorage.setItem('escape', 'yes')")
            frame.goto(frame.url)
            player.wait_for()
            assert page.evaluate(LEFT) == ["escape"]
            frame.locator("body").press("Escape")
            page.keyboard.press("Escape")
            page.keyboard.press("Escape")
        else:
            frame.locator(".fp-exit").click()
        if where == "address":
            for _ in range(2):
                page.wait_for_url("**/content/units.html")
                assert page.locator("iframe, a").count() == 0
                page.evaluate("history.back()")
            assert page.evaluate(LEFT) == ["left"]
        else:
            for _ in range(2):
                frame.get_by_text(WORD["shell-close"]).wait_for()
                assert frame.locator("body").inner_text().strip() == WORD["shell-close"]
                page.evaluate("history.back()")
            assert page.evaluate(LEFT) == []
        reader.watch.console.clear()
