"""The card "Say it aloud", by keyboard: a clock that counts down, four ticks, and nothing kept."""

import pytest
from book_pages import settled, sideways

from fourps.course.words import words

from .conftest import bilingual as book  # noqa: F401 - a fixture

WORD = words("en")
STORES = "() => [localStorage.length, sessionStorage.length, document.cookie.length]"
pytestmark = [pytest.mark.browser]


@pytest.mark.parametrize("reader", [{"viewport": {"width": 320, "height": 700}}], indirect=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_half_a_minute(reader, address, axe, scheme):
    """Does the clock end by itself or when it is stopped, do the ticks say what is missing, and is nothing kept?"""
    page = reader.change()
    page.clock.install()
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"{address}/modules/demo/lesson.html")
    settled(page)
    card, points = page.locator(".fp-aloud"), page.locator(".fp-aloud fieldset")
    told, left = card.locator(".fp-live"), card.get_by_role("timer")
    lines = card.locator("fieldset + div li:visible")
    assert (left.inner_text(), points.is_visible()) == ("Seconds left: 30", False)
    reader.press(".fp-aloud button")
    page.clock.run_for(20_000)
    assert (left.inner_text(), told.inner_text()) == ("Seconds left: 10",) * 2
    page.keyboard.press("Enter")
    assert (told.inner_text(), points.is_visible()) == (WORD["aloud-over"], True)
    page.keyboard.press("Enter")
    assert points.is_hidden()
    page.clock.run_for(30_200)
    assert (left.inner_text(), card.get_by_role("button").inner_text()) == (
        "Seconds left: 0",
        "Start again",
    )
    assert lines.count() == 4
    assert axe(page, parts=[".fp-aloud"]) == []
    for missing in (3, 2, 1, 0):
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        assert lines.count() == missing
    assert card.get_by_text(WORD["aloud-all"]).is_visible()
    assert axe(page, parts=[".fp-aloud"]) == []
    assert sideways(page) <= 0
    assert page.evaluate(STORES) == [0, 0, 0]
    # on paper the points are there to tick, and no clock
    reader.press(".fp-aloud button")
    page.emulate_media(media="print")
    assert (points.is_visible(), left.is_visible()) == (True, False)


@pytest.mark.parametrize("reader", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript(reader, address):
    """Are situation, points and example there for who has no JavaScript, and no clock that does not run?"""
    page = reader.page
    page.goto(f"{address}/modules/demo/lesson.html")
    card = page.locator(".fp-aloud")
    card.locator("label").last.click()
    assert card.get_by_role("checkbox").last.is_checked()
    assert card.get_by_role("timer").is_hidden()
    assert card.locator("fieldset + div li").first.is_visible()
