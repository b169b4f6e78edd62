"""A book in two languages on a device: each is saved by itself, and all of it erased at once."""

import json
import re
import shutil
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest
from kept import Kept, KeptAttempt
from players import option
from playwright.sync_api import expect

from fourps.course.words import words
from fourps.play_record import Record
from fourps.scenario.engine import encode, replay
from fourps.scenario.model import load

from .test_offline import Host, plain_host, until
from .test_offline import save as save_here

pytestmark = [pytest.mark.browser]
EN, FR = words("en"), words("fr")
FIXTURE = Path(__file__).parents[1] / "book" / "fixture"
PANEL, COURSE, LESSON = "book/privacy.html", "book/my-course.html", "modules/demo/lesson.html"
CACHES = "async () => (await caches.keys()).sort()"
SCOPES = """async () => (await navigator.serviceWorker.getRegistrations())
  .map(({ scope }) => new URL(scope).pathname).sort()"""


class Showing(SimpleHTTPRequestHandler):
    """Shows the book's page for a wrong address, as hosts of static pages do."""

    def send_error(self, code, *_):
        page = next(Path(self.directory).rglob("404.html")).read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


@pytest.fixture
def host(bilingual):
    host = Host(bilingual)
    yield host
    host.stop()
    host.end()


@pytest.fixture
def page(browser):
    """A page of a browser that has never seen the book; a network that is cut is no complaint."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def panel(page, host, folder):
    page.goto(f"{host.top}/{folder}{PANEL}")
    page.locator("[data-fourps-offline][data-ready]").wait_for()
    return page.locator("[data-fourps-offline]")


def save(page, host, *folders):
    for folder in folders:
        panel(page, host, folder)
        save_here(page)


def switch(page, code):
    page.locator(f".fp-languages a[lang={code}]").click()


@pytest.mark.parametrize(("folder", "name"), [("", "English"), ("fr/", "français")])
def test_one_language(page, host, folder, name):
    """Does the panel speak of one language, with the size of that one, and save that one?"""
    mine, point = (FR, ",") if folder else (EN, ".")
    release = json.loads((host.html / folder / "offline.json").read_text("utf-8"))
    text = panel(page, host, folder).inner_text()
    sizes = {key: f"{release[key] / 1e6:.1f}".replace(".", point) for key in ("size",)}
    assert mine["offline-size"].format(**sizes) in text
    assert mine["offline-language"].format(language=name) in text
    assert not [path for path in release["files"] if path.startswith("fr/")]
    save(page, host, folder)
    assert page.evaluate(CACHES) == [f"fourps-1 /{folder}"]
    assert page.evaluate(SCOPES) == [f"/{folder}"]


def test_cells_run_once(bilingual):
    """Do languages that are built at the same time show what one run of the cells printed?"""
    pages = [bilingual / folder / "modules/demo/cells.html" for folder in ("", "fr")]
    first, second = (re.search(r"executed at \d+", page.read_text("utf-8"))[0] for page in pages)
    assert first == second


@pytest.fixture
def arriving(browser):
    """Return a function that gives a page of a browser that asks for some languages."""
    contexts = []

    def open_page(*tags, **options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        if tags:
            page.add_init_script(
                f"Object.defineProperty(navigator, 'languages', {{value: {[*tags]}}})"
            )
        return page

    yield open_page
    # nothing was kept to lead anybody
    for context in contexts:
        assert context.storage_state() == {"cookies": [], "origins": []}
        context.close()


@pytest.mark.parametrize(
    ("tags", "led"),
    [
        (["fr-CA", "en"], "fr/book/welcome.html"),
        (["sw", "en-GB", "fr"], "book/welcome.html"),
        (["sw"], None),
    ],
)
def test_led(arriving, host, axe, tags, led):
    """Does the top of the site lead to the first language of the browser that there is, once, from disk too?"""
    page = arriving(*tags)
    for top in (f"{host.top}/", f"{host.html.as_uri()}/index.html"):
        page.goto("about:blank")
        page.goto(top)
        if not led:
            links = page.locator("[hreflang]")
            expect(links).to_have_text(["Read the course in English", "Lire le cours en français"])
            assert axe(page) == []
            continue
        page.wait_for_url(f"{top.removesuffix('index.html')}{led}")
        # "Back" leads to where one came from
        page.go_back()
        assert page.url == "about:blank"


def test_changed_on_purpose(arriving, host):
    """Does who changed to another language stay there, whatever the browser asks for?"""
    page = arriving("fr")
    page.goto(f"{host.top}/fr/{LESSON}")
    page.locator(".fp-bar-language[lang=en]").click()
    page.wait_for_url(f"{host.top}/{LESSON}")
    page.locator("a.fp-brand").click()
    page.wait_for_url(f"{host.top}/book/welcome.html")
    page.reload()
    assert page.locator("html").get_attribute("lang") == "en"


def test_choice_without_scripts(arriving, host):
    """Without JavaScript, does the top offer each language, in that language, and a way out?"""
    page = arriving(java_script_enabled=False)
    page.goto(f"{host.top}/")
    assert page.locator("section").evaluate_all("all => all.map(one => one.lang)") == ["en", "fr"]
    assert page.get_by_role("link", name=FR["page-leave"]).get_attribute("href") == "fr/units.html"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{host.top}/book/welcome.html")


def test_led_to_what_is_saved(page, host):
    """Without a network, does the top lead to the language that is saved?"""
    page.add_init_script("Object.defineProperty(navigator, 'languages', {value: ['fr', 'en']})")
    save(page, host, "")
    host.stop()
    page.goto(f"{host.top}/")
    page.wait_for_url(f"{host.top}/book/welcome.html")
    host.start()
    save(page, host, "fr/")
    page.goto(f"{host.top}/")
    page.wait_for_url(f"{host.top}/fr/book/welcome.html")


def test_apps(page, host):
    """Is each language an app of its own for a browser that installs it?"""
    session, apps = page.context.new_cdp_session(page), []
    for folder in ("", "fr/"):
        page.goto(f"{host.top}/{folder}{LESSON}")
        apps.append(session.send("Page.getAppManifest")["manifest"]["id"])
    assert apps == [f"{host.top}/{folder}book/welcome.html" for folder in ("", "fr/")]


def test_progress_is_shared(page, host):
    """Is a page that was read in one language read in the other, and half a scenario gone on with?"""
    page.goto(f"{host.top}/{LESSON}")
    page.locator("[data-mark] button").click()
    page.locator("[data-mark] .fp-agree").click()
    switch(page, "fr")
    expect(page.locator("[data-mark] button")).to_have_text(FR["mark-undo"])
    page.goto(f"{host.top}/fr/modules/demo/practice.html")
    option(page).click()
    switch(page, "en")
    expect(page.get_by_role("main")).to_contain_text(EN["chosen"])


def test_one_removed(page, host):
    """Does removing one language leave the other, which still opens without a network?"""
    save(page, host, "", "fr/")
    assert page.evaluate(CACHES) == ["fourps-1 /", "fourps-1 /fr/"]
    panel(page, host, "").locator(".fp-remove").click()
    page.locator(".fp-save").wait_for()
    assert page.evaluate(CACHES) == ["fourps-1 /fr/"]
    assert page.evaluate(SCOPES) == ["/fr/"]
    host.stop()
    page.goto(f"{host.top}/fr/{LESSON}")
    assert page.locator("html").get_attribute("lang") == "fr"


@pytest.mark.parametrize(("folder", "mine", "other"), [("", EN, "fr"), ("fr/", FR, "en")])
def test_switch_to_what_is_not_saved(page, host, folder, mine, other):
    """Without a network, does a language that is not saved get a sentence, and a way back?"""
    save(page, host, folder)
    page.goto(f"{host.top}/{folder}{LESSON}")
    host.stop()
    switch(page, other)
    expect(page.locator("h1")).to_have_text(mine["unsaved-title"])
    assert mine["unsaved-text"] in page.locator("main").inner_text()
    page.locator("main a").first.click()
    page.wait_for_url(f"{host.top}/{folder}book/welcome.html")


def test_unsaved_again(page, host):
    """Is the sentence gone as soon as the page can be reached, by loading it again?"""
    save(page, host, "")
    host.stop()
    page.goto(f"{host.top}/fr/{LESSON}?from=a&b")
    expect(page.locator("h1")).to_have_text(EN["unsaved-title"])
    host.start()
    page.reload()
    assert page.locator("html").get_attribute("lang") == "fr"


def test_switch_to_what_is_saved(page, host):
    """Without a network, does a page lead to itself in each language that is saved?"""
    save(page, host, "", "fr/")
    page.goto(f"{host.top}/{LESSON}")
    host.stop()
    for code, folder in (("fr", "fr/"), ("en", "")):
        switch(page, code)
        page.wait_for_url(f"{host.top}/{folder}{LESSON}")
        assert page.locator("html").get_attribute("lang") == code


def test_switch_with_a_network(page, host):
    """With a network, does a saved language lead to one that is not?"""
    save(page, host, "fr/")
    page.goto(f"{host.top}/fr/{LESSON}")
    switch(page, "en")
    page.wait_for_url(f"{host.top}/{LESSON}")


@pytest.mark.parametrize(("folder", "colon"), [("", ":"), ("fr/", "\N{NO-BREAK SPACE}:")])
def test_colons(page, host, folder, colon):
    """Is the colon behind a name set as the language sets it, where kept attempts are told?"""
    scenario = load(FIXTURE / "modules" / "demo" / "scenario.yaml")[0]
    path = []
    while not (played := replay(scenario, path)).kind:
        path.append(played.offered[0])
    gone = str(Record("gone", "00000000", ""))
    attempts = [
        KeptAttempt(kind="scenario", record=encode(played), result=played.kind, at="2026-11-20"),
        KeptAttempt(kind="quiz", record=gone, result="done", at="2026-11-20"),
    ]
    kept = Kept(attempts=attempts, read={"modules/gone/lesson": "2026-11-20"}).dumps()
    page.goto(f"{host.top}/{folder}{LESSON}")
    page.evaluate("text => localStorage.setItem('fourps', text)", kept)
    page.goto(f"{host.top}/{folder}{COURSE}")
    page.locator("[data-course][data-ready]").wait_for()
    text = page.locator("[data-course]").text_content().lower()
    assert f"gone{colon} 20 nov" in text
    assert f"modules/gone/lesson{colon} 20 nov" in text
    told = page.locator(".fp-attempt")
    assert colon in told.locator("strong").first.text_content()
    assert told.locator("li").first.text_content().count(f"{colon} ") == 1


@pytest.mark.parametrize("too", [True, False])
def test_erase(page, host, too):
    """Does erasing remove the saved course too, in every language, if the reader says so?"""
    save(page, host, "", "fr/")
    page.goto(f"{host.top}/fr/{COURSE}")
    page.locator(".fp-agree").click()
    assert page.evaluate("localStorage.length") == 1
    page.locator(".fp-erase").click()
    box = page.get_by_label(FR["course-erase-saved"])
    expect(box).not_to_be_checked()
    box.set_checked(too)
    page.locator(".fp-erase-yes").click()
    expect(page.locator(".fp-said")).to_have_text(FR["kept-erased"])
    left = [] if too else ["fourps-1 /", "fourps-1 /fr/"]
    until(page, CACHES, left)
    assert page.evaluate(SCOPES) == ([] if too else ["/", "/fr/"])
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_erase_half(page, host):
    """Can what is left of a saving that broke off be erased as well?"""
    page.route("**/searchindex.js", lambda route: route.abort())
    panel(page, host, "").locator(".fp-save").click()
    page.locator(".fp-remove").wait_for()
    page.goto(f"{host.top}/{COURSE}")
    page.locator(".fp-agree").click()
    page.locator(".fp-erase").click()
    page.get_by_label(EN["course-erase-saved"]).check()
    page.locator(".fp-erase-yes").click()
    until(page, CACHES, [])


@pytest.mark.parametrize("below", ["", "courses/four-ps/"])
def test_wrong_address(page, axe, bilingual, tmp_path, below):
    """Does the page for a wrong address lead to both languages, wherever the book and the address are?"""
    shutil.copytree(bilingual, tmp_path / "host" / below)
    with plain_host(tmp_path / "host", Showing) as top:
        for wrong in ("no.html", "fr/modules/demo/deep/no.html"):
            for number, leads in enumerate(("book/welcome.html", "search.html")):
                for language, at in enumerate(("", "fr/")):
                    page.goto(f"{top}/{below}{wrong}")
                    page.locator(f"a[href^='{top}']").nth(5).wait_for()
                    page.locator("a").nth(3 * language + number).click()
                    page.wait_for_url(f"{top}/{below}{at}{leads}")
        page.goto(f"{top}/{below}no.html")
        assert axe(page) == []
