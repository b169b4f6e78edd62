"""Every page of the book, as a phone and a desk see it: light, quiet, still and accessible."""

import re
from importlib.metadata import version

import pytest

WEIGHT, WEIGHT_OF_FIGURES, REQUESTS, SHIFT = 80_000, 130_000, 15, 0.02
NARROW, WIDE = 320, 1280
# what is done once on a page with a player of this kind; then axe looks again
PLAYS = {
    "scenario": [".fp-begin", ".fp-choice >> nth=0"],
    "quiz": [".fp-check"],
    "figure": [],
}
WATCH = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => list.getEntries().forEach((one) => shifts.push({
    value: one.value, what: one.sources.map(({ node }) => node?.className || node?.nodeName).join()
  }))).observe({ type: "layout-shift", buffered: true });
  addEventListener("securitypolicyviolation", (event) => console.error("CSP", event.violatedDirective));
}"""
pytestmark = [pytest.mark.browser]


def settled(page):
    """Wait until fonts and players have come."""
    page.wait_for_load_state("networkidle")
    page.wait_for_function(
        "() => document.fonts.status === 'loaded'"
        " && !document.querySelector('[data-fourps]:has(> script):not([data-ready])')"
    )


def sideways(page):
    """How many pixels of the page stand beyond the screen."""
    return page.evaluate("() => document.documentElement.scrollWidth - innerWidth")


def accessible(page, axe):
    """Ask axe at both widths; the dark page differs by its colours alone."""
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="light")
        assert axe(page) == [], f"{width}, light"
        page.emulate_media(color_scheme="dark")
        assert axe(page, rules=["color-contrast", "link-in-text-block"]) == [], f"{width}, dark"


def play(page, kind):
    """Take one step in the first player of a kind."""
    mount = page.locator(f"[data-fourps={kind}]").first
    for step in PLAYS[kind]:
        mount.locator(step).click()
    if kind == "figure":
        control = mount.locator("select, input[type=range]").first
        control.press("ArrowDown" if control.evaluate("one => one.matches('select')") else "End")


@pytest.mark.parametrize("reader", [{"viewport": {"width": NARROW, "height": 800}}], indirect=True)
def test_page(reader, site, axe, page_name):
    """Is a page light, still, within the policy and on this host, and has axe nothing to say?

    Before and after a step of play, narrow and wide, light and dark.
    """
    page, watch = reader.page, reader.watch
    page.add_init_script(f"({WATCH})()")
    response = page.goto(f"{site}/{page_name}.html")
    settled(page)
    assert "script-src 'self'" in response.headers["content-security-policy"]
    kinds = [kind for kind in PLAYS if page.locator(f"[data-fourps={kind}]").count()]
    assert watch.bytes <= (WEIGHT_OF_FIGURES if "figure" in kinds else WEIGHT)
    assert len([url for url in watch.requests if url.startswith("http")]) <= REQUESTS
    assert [url for url in watch.requests if not url.startswith((site, "data:"))] == []
    assert sideways(page) <= 0
    for width in (NARROW, WIDE):
        if width == WIDE:
            page.set_viewport_size({"width": WIDE, "height": 800})
            page.reload()
            settled(page)
        shifts = page.evaluate("shifts")
        assert sum(one["value"] for one in shifts) < SHIFT, (width, shifts)
    accessible(page, axe)
    for kind in kinds:
        play(page, kind)
    if kinds:
        accessible(page, axe)


@pytest.mark.parametrize(
    ("page_name_", "steps"),
    [
        (
            "modules/protection/practice",
            [".fp-begin", "[data-choice]", ".fp-next", "details summary"],
        ),
        (
            "modules/protection/quiz",
            # options stand in an order of each attempt: the first may be right
            [
                "input[type=radio]",
                ".fp-check",
                ":is(input[type=radio]:enabled, .fp-next)",
                ".fp-check",
            ],
        ),
    ],
)
def test_accessible_while_playing(reader, site, axe, page_name_, steps):
    """Does axe find nothing after each step of a play?"""
    page = reader.page
    page.set_viewport_size({"width": NARROW, "height": 800})
    page.goto(f"{site}/{page_name_}.html")
    for step in steps:
        page.locator(f".fp-screen {step}").first.click()
        assert axe(page) == []


def test_furniture(reader, site):
    """Does a page lead to the version, and say its licence, language and where to report an error?"""
    page = reader.page
    page.goto(f"{site}/modules/protection/quiz.html")
    page.locator(".fp-footer a", has_text="What is new").click()
    page.wait_for_url("**/book/news.html")
    assert f"Four Ps {version('fourps')}." in page.locator(".fp-footer").inner_text()
    page.goto(f"{site}/modules/protection/lesson.html")
    footer = page.locator(".fp-footer").inner_text()
    assert "CC BY 4.0" in footer
    assert page.locator(".fp-footer a", has_text="Report an error").count() == 1
    assert page.locator("[data-fourps-exit]").is_visible()
    html = page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == ("en", "ltr")


def test_furniture_everywhere(book, page_name):
    """Has every page a description, a way out and a licence?"""
    text = (book / f"{page_name}.html").read_text("utf-8")
    if page_name != "search":
        assert re.search(r'<meta name="description" content="[^"]+">', text)
    assert "data-fourps-exit" in text
    assert "CC BY 4.0" in text


def test_search_results(reader, site):
    """Is the page with results no heavier than one with figures, and do more come when asked for?"""
    page, watch = reader.page, reader.watch
    page.goto(f"{site}/search.html?q=people")
    results = page.locator("#search-results > ol > li")
    results.nth(4).wait_for()
    page.wait_for_load_state("networkidle")
    assert results.locator(".fp-found").count() >= 5
    assert len([url for url in watch.requests if url.startswith("http")]) <= REQUESTS
    # with the texts of five pages
    assert watch.bytes <= WEIGHT_OF_FIGURES
    page.get_by_role("button", name="More pages").press("Enter")
    results.nth(9).wait_for()
    assert results.nth(5).locator("a").first.evaluate("one => one === document.activeElement")


def test_search_from_disk(reader, book):
    """Does the search find scenario text with no server?"""
    reader.page.goto(f"{book.as_uri()}/search.html?q=Kessa%20card")
    reader.page.locator("#search-results li a", has_text="card desk").first.wait_for()


def test_first_address_leads_to_the_book(reader, address):
    """Does the folder's own address lead to the first page?"""
    reader.page.goto(f"{address}/index.html")
    reader.page.wait_for_url("**/book/welcome.html")


@pytest.mark.parametrize("marker", ["fourps-ready"])
def test_ready_mark(reader, site, marker):
    """Is the moment at which a scenario can be played marked for measurement?"""
    reader.page.goto(f"{site}/modules/protection/practice.html")
    reader.page.locator("[data-ready]").wait_for()
    marks = f"() => performance.getEntriesByName('{marker}').length"
    assert reader.page.evaluate(marks) == 1
