from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WEIGHT, REQUESTS = 100_000, 20
pytestmark = [pytest.mark.browser]


def axe(page):
    """What axe objects to on the page as it stands."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    return [
        f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]
    ]


def test_accessible(browser, site, page_name):
    """Does axe find nothing to object to on any page, wide and narrow, light and dark?"""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"{site}/{page_name}.html")
    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert axe(page) == [], (width, scheme)
        wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) <= 0, f"the page scrolls sideways at {width}"
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("page_name_", "steps"),
    [
        (
            "modules/protection/practice",
            [".fp-begin", "[data-choice]", ".fp-next", "details summary"],
        ),
        (
            "modules/protection/quiz",
            ["input[type=radio]", ".fp-check", "input[type=radio]", ".fp-check"],
        ),
    ],
)
def test_accessible_while_playing(browser, site, page_name_, steps, scheme):
    """Does axe still find nothing after each step of a play?"""
    context = browser.new_context(
        viewport={"width": 375, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    page.goto(f"{site}/{page_name_}.html")
    for step in steps:
        page.locator(f".fp-screen {step}").first.click()
        assert axe(page) == []
    context.close()


def test_light_and_self_contained(reader, site, page_name):
    """Is every page light, quiet and free of other hosts, under the security policy?"""
    page = reader.page
    page.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.error('CSP', e.violatedDirective))"
    )
    response = page.goto(f"{site}/{page_name}.html")
    page.wait_for_load_state("networkidle")
    assert "script-src 'self'" in response.headers["content-security-policy"]
    assert reader.watch.bytes <= WEIGHT
    assert len(reader.watch.requests) <= REQUESTS
    assert [url for url in reader.watch.requests if not url.startswith((site, "data:"))] == []


def test_furniture(reader, site, page_name):
    """Does every page say its version and licence, how to report an error, and what it is?"""
    page = reader.page
    page.goto(f"{site}/{page_name}.html")
    footer = page.locator(".fp-footer").inner_text()
    assert "Four Ps 0." in footer
    assert "CC BY 4.0" in footer
    assert page.locator(".fp-footer a", has_text="Report an error").count() == 1
    assert page.locator("meta[name=description]").get_attribute("content")
    assert page.locator("[data-fourps-exit]").is_visible()
    assert page.locator("html").get_attribute("lang") == "en"


def test_search_from_disk(reader, book):
    """Does the search find scenario text with no server?"""
    reader.page.goto(f"{book.as_uri()}/search.html?q=Kessa")
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
