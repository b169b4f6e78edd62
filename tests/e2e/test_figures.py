"""A figure to explore, in a real browser: by keyboard, by ear, in the dark, on a phone."""

import gzip
import shutil
from pathlib import Path

import pytest
from book_pages import COLOURS, IDLE, sideways

ROOT = Path(__file__).parents[2]
BOOKS = ROOT / "tests" / "book"
PAGE = "modules/demo/lab.html"
LEFT, RIGHT = "Left <b>bank</b>", "Right & wrong"
# a control is named after its figure too, since a page has several
SHORE, LEAST, YEAR = (
    f"{name}, Wallabies on the ferry" for name in ("Shore", "Least <i>shown</i>", "Year")
)
TOLD = "Left & no doubt."
FIRST = f"{LEFT}, shown from 0, until 2030: 12.0 in 2030."
SHIFT = """() => { window.shift = 0; window.anyShift = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) {
    window.anyShift += one.value; if (!one.hadRecentInput) window.shift += one.value; } })
    .observe({type: 'layout-shift', buffered: true}); }"""
pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def book(build_book, tmp_path_factory):
    """A small book with a lab, built."""
    root = tmp_path_factory.mktemp("figures") / "book"
    shutil.copytree(BOOKS / "fixture", root)
    shutil.copytree(BOOKS / "figures", root, dirs_exist_ok=True)
    toc = root / "_toc.yml"
    toc.write_text(toc.read_text().replace("demo/cells", "demo/lab"))
    return build_book(root, root / "_build")


@pytest.fixture(scope="module")
def lab(site):
    """Its address over HTTP, under the policy that `fourps book serve` sends."""
    return f"{site}/{PAGE}"


@pytest.fixture
def page(reader, lab):
    """That page, opened."""
    reader.page.goto(lab)
    return reader.page


def alt(page):
    """The words under the figure, which are the live region too."""
    return page.locator(".fp-alt[role=status]").inner_text()


def shown(page):
    """The figure after the question: nothing was guessed."""
    page.get_by_role("button", name="Show the figure").click()


def move(reader):
    """Move each control by keyboard; yield what it should show."""
    for label, key, words in (
        (SHORE, "ArrowDown", f"{RIGHT}, shown from 0, until 2030: 7.0 in 2030."),
        (LEAST, "ArrowRight", f"{RIGHT}, shown from 5, until 2030: 7.0 in 2030."),
        (YEAR, "End", f"{RIGHT}, shown from 5, until 2031: 7.0 in 2030, 0.0 in 2031."),
    ):
        control = reader.page.get_by_label(label, exact=True)
        reader.press(f"#{control.get_attribute('id')}", key)
        yield control, words


def test_by_keyboard(reader, lab, book):
    """Does each control move by keyboard, over HTTP and from disk, and the figure with it?"""
    page = reader.page
    for address in (lab, f"{book.as_uri()}/{PAGE}"):
        page.goto(address)
        reader.press(".fp-guess button")
        assert alt(page) == FIRST
        seen = {page.locator(".fp-frame > svg").last.inner_html()}
        for control, words in move(reader):
            assert alt(page).startswith(words)
            image = page.locator(".fp-frame > svg").last
            # what is drawn is said once
            assert image.get_attribute("aria-hidden") == "true"
            seen.add(image.inner_html())
            if control.get_attribute("type") == "range":
                assert control.get_attribute("aria-valuetext") in ("5", "2031")
        assert len(seen) == 4
        # and back: the first frame comes from the page itself
        for label, key in ((YEAR, "Home"), (LEAST, "Home"), (SHORE, "ArrowUp")):
            page.get_by_label(label, exact=True).press(key)
        assert alt(page) == FIRST
        assert page.locator(".fp-frame > svg").inner_html() in seen
        assert page.locator(".fp-frame > svg").count() == 1


def test_value_is_shown(page):
    """Does an output beside each slider show its value, and is it named by its label?"""
    shown(page)
    outputs = page.locator(".fp-figure:not(.fp-text) output")
    assert outputs.all_inner_texts() == ["0", "2030"]
    page.get_by_label(YEAR, exact=True).press("ArrowRight")
    assert outputs.all_inner_texts() == ["0", "2031"]
    name = "Change what the figure shows: Wallabies on the ferry"
    page.get_by_role("group", name=name, exact=True).wait_for()


def test_a_guess_comes_before(reader, page):
    """Is the figure shown only after a guess, by keyboard, and what it tells said where one is?"""
    own = page.locator(".fp-figure:not(.fp-text)")
    assert not own.locator(".fp-frame").is_visible()
    page.get_by_role("group", name="What do you expect? On which <i>shore</i> are more?").wait_for()
    page.get_by_role("radio", name="right").press("Space")
    assert not own.locator(".fp-frame").is_visible()
    reader.press(".fp-guess button")
    assert own.locator(".fp-frame > svg").is_visible()
    assert reader.focused(".fp-told")
    assert own.locator(".fp-told").inner_text() == f"You said: right. {TOLD}"
    assert own.locator(".fp-guess").count() == 0


def test_accessible(reader, lab, axe):
    """Does axe find nothing before and after each control, with data and code unfolded?"""
    page = reader.page
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(lab)

    def dark():
        page.emulate_media(color_scheme="dark")
        found = axe(page, rules=COLOURS)
        page.emulate_media(color_scheme="light")
        return found

    assert axe(page) == dark() == []
    shown(page)
    for _ in move(reader):
        assert axe(page) == []
    page.get_by_text("Data behind this figure").last.click()
    page.get_by_text("Code, for those who program").first.click()
    assert page.get_by_role("cell", name="<script>alert(1)</script>").is_visible()
    small = """() => [...document.querySelectorAll('.fp-figure:not(.fp-text) :is(input, select, summary)')]
      .map(e => e.getBoundingClientRect()).filter(r => Math.min(r.width, r.height) < 24).length"""
    for width in (375, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert axe(page) == dark() == []
        assert sideways(page) <= 0
        assert page.evaluate(small) == 0


@pytest.mark.parametrize("width", [1280, 375])
def test_nothing_jumps(reader, lab, width):
    """Does nothing jump, while the page loads or when a figure changes?"""
    page = reader.change()
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(f"({SHIFT})()")
    # the script comes late, as over a bad link, after the page was painted
    page.route("**/fourps.js*", lambda route: (page.wait_for_timeout(700), route.continue_()))
    page.goto(lab)
    page.locator("[data-fourps=figure][data-ready]").wait_for()
    page.evaluate(IDLE)
    assert page.evaluate("() => window.anyShift") < 0.02
    shown(page)
    page.evaluate(IDLE)
    # what was hidden before a guess takes its room; from then on nothing moves
    page.evaluate("() => { window.anyShift = 0; }")
    below = page.get_by_role("heading", name="What follows")
    place = below.bounding_box()["y"]
    heights = set()
    for _ in move(reader):
        heights.add(below.bounding_box()["y"] + page.evaluate("() => scrollY"))
    page.evaluate(IDLE)
    assert page.evaluate("() => window.shift") < 0.02
    assert page.evaluate("() => window.anyShift") < 0.02
    assert heights == {place}


def test_colours_follow_the_device(page):
    """Do bars, lines and text change with the device, from light to dark?"""
    shown(page)
    colours = """() => { const root = document.querySelector('.fp-figure:not(.fp-text) .fp-frame > svg');
      const of = (selector, name) => getComputedStyle(root.querySelector(selector))[name];
      return [of('[fill="var(--fp-blue)"]', 'fill'), of('[stroke="var(--fp-orange)"]', 'stroke'),
        of('text', 'fill'), getComputedStyle(document.body).backgroundColor]; }"""
    seen = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        seen[scheme] = page.evaluate(colours)
    assert all(a != b for a, b in zip(seen["light"], seen["dark"], strict=True))
    assert seen["light"][:3] == ["rgb(26, 143, 204)", "rgb(184, 93, 33)", "rgb(29, 43, 48)"]


def test_light(book):
    """Is the page light, frames and all?"""
    assert len(gzip.compress((book / PAGE).read_bytes())) < 15_000


@pytest.mark.parametrize("reader", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript(page):
    """With JavaScript off, are there the first frame, its words, every other's, and the data?"""
    assert page.locator(".fp-frame > svg").is_visible()
    assert page.locator(".fp-alt").inner_text() == FIRST
    assert page.get_by_text(TOLD, exact=True).is_visible()
    assert not page.locator(".fp-guess").is_visible()
    assert not page.locator(".fp-controls").is_visible()
    page.get_by_text("The other views of this figure, in words").click()
    assert page.get_by_text(f"{RIGHT}, shown from 5, until 2031").is_visible()
    page.get_by_text("Data behind this figure").click()
    assert page.get_by_role("cell", name="<script>alert(1)</script>").is_visible()


def test_printed(page):
    """On paper, is the figure there as chosen, with its data, and no control and no code?"""
    own = page.locator(".fp-figure:not(.fp-text)")
    page.emulate_media(media="print")
    # also if nobody has guessed
    assert own.locator(".fp-frame > svg").is_visible()
    assert not own.locator(".fp-guess").is_visible()
    page.emulate_media(media="screen")
    shown(page)
    page.get_by_label(SHORE).press("ArrowDown")
    page.emulate_media(media="print")
    assert own.locator(".fp-frame > svg").is_visible()
    assert alt(page).startswith(f"{RIGHT}, shown from 0")
    assert own.locator("td", has_text="<script>alert(1)</script>").bounding_box()["height"] > 0
    assert not own.get_by_label(SHORE).is_visible()
    assert [one.is_visible() for one in page.locator(".fp-code").all()] == [False, False]
    assert not page.locator(".fp-text").is_visible()
