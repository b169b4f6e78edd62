"""What a host fills in, from a folder and without a network: set up, shown, changed, erased, refused."""

from __future__ import annotations

import json
import os
import shutil
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from book_pages import accessible, settled, sideways
from pypdf import PdfReader

from fourps.book.after import built
from fourps.course.local import EMPTY, Lines, Local, read
from fourps.course.source import Source

from .test_firefox import ask  # noqa: F401 - a fixture
from .test_offline import Host, at, save

pytestmark = [pytest.mark.browser]

# the day that a page takes it to be, at noon; Firefox has the real one
TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12)  # noqa: DTZ001 - the browser's own time
NEXT = str(TODAY + timedelta(days=60))
LINES = {
    "focal": "Desk 3\nMonday to Friday",
    "errors": "errors@example.org",
    "press": "Kessa, press",
}
LOCAL = Local.model_validate(
    {
        "name": "Harbour Aid",
        "second": "ar",
        "saved": str(TODAY),
        "next": NEXT,
        "lines": LINES | {"focal": {"line": LINES["focal"], "second": "مكتب الحماية"}},
    }
)
# each page that shows something of it, and what
SHOWN = {
    "book/local": [LINES["focal"], "مكتب الحماية"],
    "book/report": [LINES["errors"]],
    "book/welcome": ["Harbour Aid"],
    "modules/protection/aid": [LINES["focal"]],
    "modules/capstone/aid": [LINES["focal"]],
    "modules/prosecution/aid": [LINES["press"], "Harbour Aid"],
}
# fills in a form and returns what would be saved, in any browser
FILL = """async ([top, lines]) => {
  let saved = "";
  URL.createObjectURL = (blob) => { saved = blob.text(); return "#"; };
  const put = (field, text) => { field.value = text; field.dispatchEvent(new Event("input", { bubbles: true })); };
  for (const [name, text] of Object.entries(top)) put(document.querySelector(`[data-top] [data-of="${name}"]`), text);
  for (const [id, line] of Object.entries(lines)) {
    for (const [of, text] of Object.entries(line)) put(document.querySelector(`[data-line="${id}"] [data-of="${of}"]`), text);
  }
  addEventListener("click", (event) => event.target.download && event.preventDefault(), true);
  document.querySelector("#save").click();
  return [await saved, document.querySelector("#wrong").textContent, document.querySelector("#folder").textContent];
}"""
LOOK = """async () => {
  await new Promise((resolve) => setTimeout(resolve, 300));
  return [document.querySelector("article").innerText, document.querySelectorAll("[data-gate]").length];
}"""
LANGUAGES = pytest.mark.parametrize("folder", ["", "fr/"], ids=["en", "fr"])


def today():
    """Return the day that it is for a browser whose clock nobody has set."""
    return date.today()  # noqa: DTZ011 - as the browser beside it


def form(local):
    """Return what is written into the form for some lines."""
    top = {key: getattr(local, key) for key in ("name", "second", "next")}
    return [top, {key: line.model_dump() for key, line in local.lines.items()}]


@pytest.fixture(scope="module")
def copy(real_book, tmp_path_factory):
    """The course in a folder, as it was unpacked."""
    return shutil.copytree(
        real_book, tmp_path_factory.mktemp("stick") / "course", copy_function=os.link
    )


@pytest.fixture
def put(copy):
    """Return a function that puts a file of the host into the folder, and gives the folder."""

    def move(text):
        (copy / "local.css").unlink(missing_ok=True)
        (copy / "local.css").write_text(text, "utf-8")
        return copy

    yield move
    move(EMPTY)


@pytest.fixture(scope="module")
def device(browser):
    """A browser on which nothing is ever kept."""
    context = browser.new_context()
    context.clock.set_fixed_time(NOON)
    yield context
    context.close()


@pytest.fixture
def window(device):
    """Return a function that opens a page in the test's tab, as on a new device; nothing may complain."""
    complaints = []
    page = device.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def opened(path, width=1280):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(path.as_uri())
        return page

    yield opened
    # the next page finds nothing of this one
    assert page.evaluate("[localStorage.length, document.cookie]") == [0, ""]
    page.close()
    assert complaints == []


def see(page, texts):
    """Insist that a page shows texts."""
    for text in texts:
        page.locator("article").filter(has_text=text.split("\n")[0]).wait_for()


@LANGUAGES
def test_set_up_use_erase(window, put, folder, tmp_path):
    """Can a host set up, see it on each page that shows it, change it, and erase it?"""
    course = put(EMPTY)
    page = window(course / folder / "setup.html")
    text, wrong, _ = page.evaluate(FILL, form(LOCAL))
    assert wrong == ""
    assert read(text) == LOCAL
    put(text)
    for name, texts in SHOWN.items():
        shown = window(course / folder / f"{name}.html", 390)
        see(shown, texts)
        assert shown.locator("[data-gate]").count() == 0
        assert shown.evaluate("document.documentElement.scrollWidth") <= 390
    page = window(course / folder / "setup.html", 390)
    page.wait_for_function("document.querySelector('#line-focal').value")
    assert page.locator("#folder").inner_text().count("3") >= 1
    assert page.locator("[data-of=second]:visible").count() > 40
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("#empty")
    with page.expect_download() as download:
        page.click("#save")
    assert download.value.suggested_filename == "local.css"
    download.value.save_as(tmp_path / "local.css")
    assert (tmp_path / "local.css").read_text("utf-8") == EMPTY
    put(EMPTY)
    shown = window(course / folder / "book" / "local.html")
    assert LINES["focal"] not in shown.locator("article").inner_text()
    assert shown.locator("[data-gate]").is_visible()


def test_firefox(ask, put, copy):  # noqa: F811 - a fixture
    """Does Firefox do the same from a folder, in both languages?"""
    file = str(put(EMPTY) / "local.css")
    begun = today()
    real = LOCAL.model_copy(update={"next": str(begun + timedelta(days=60))})
    looks = []
    # one Firefox for both languages: its start costs more than all that is asked of it
    for folder in ("", "fr/"):
        start = f"{copy.as_uri()}/{folder}"
        pages = [[f"{start}{name}.html", LOOK, None] for name in SHOWN]
        looks += [[f"{start}setup.html", FILL, form(real), file], *pages]
        looks += [[f"{start}setup.html", "text => [text]", EMPTY, file], pages[0]]
    seen = ask("book/welcome", looks=looks)
    assert seen["complaints"] == []
    # the day may have ended meanwhile
    saved = [real.model_copy(update={"saved": str(day)}) for day in (begun, today())]
    found = iter(seen["found"])
    for _ in ("en", "fr"):
        text, wrong, _ = next(found)
        assert wrong == ""
        assert read(text) in saved
        for texts in SHOWN.values():
            article, gates = next(found)
            assert gates == 0
            assert all(text in article for text in texts)
        assert next(found) == [EMPTY]
        article, gates = next(found)
        assert (LINES["focal"] in article, gates) == (False, 1)
    assert [*found] == []


RULES = "[data-fourps-exit], main { display: none !important } :host { display: block !important; position: fixed !important; inset: 0 }"
BAD = {
    "another version": LOCAL.css().replace("%22format%22%3A1", "%22format%22%3A2"),
    "broken": LOCAL.css().replace("%7B%22line", "%7B%22lune", 1),
    "cut": LOCAL.css()[:200],
    "a script": f"document.title = 'ran';</style><script>document.title = 'ran'</script>{LOCAL.css()}",
    "5 MB of logo": LOCAL.css().replace("%22logo%22%3A%22", "%22logo%22%3A%22data" + "A" * 5_000_000),
}  # fmt: skip


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_bad(window, put, tmp_path, text):
    """Does a file that is not as it should be leave the page as it is, and give set-up a sentence?"""
    course = put(text)
    page = window(course / "fr" / "book" / "local.html")
    settled(page)
    assert "Desk 3" not in page.locator("article").inner_text()
    assert page.locator("[data-gate]").is_visible()
    assert page.title() != "ran"
    form_page = window(put(EMPTY) / "setup.html")
    (tmp_path / "other.css").write_text(text, "utf-8")
    form_page.set_input_files("#open", tmp_path / "other.css")
    form_page.wait_for_function("document.querySelector('#wrong').textContent.length > 20")
    assert form_page.locator("#line-focal").input_value() == ""


def test_other_rules(window, put, tmp_path):
    """Do other rules in the file reach nothing of the page, and does set-up refuse it?"""
    course = put(LOCAL.css() + RULES)
    page = window(course / "book" / "local.html")
    settled(page)
    assert page.locator("[data-fourps-exit]").first.is_visible()
    page.locator("[data-fourps-exit]").first.click(trial=True)
    form_page = window(course / "setup.html")
    (tmp_path / "other.css").write_text(LOCAL.css() + RULES, "utf-8")
    form_page.set_input_files("#open", tmp_path / "other.css")
    form_page.wait_for_function("document.querySelector('#wrong').textContent.length > 20")


def test_what_cannot_be_saved(window, copy):
    """Does set-up say what is wrong, at the field, before it saves?"""
    page = window(copy / "setup.html")
    later = str(TODAY + timedelta(days=2))
    for top, field in (
        ({}, "next"),
        ({"next": NEXT, "second": "Arabic!"}, "second"),
        ({"next": NEXT, "checked": later}, "checked"),
        ({"next": str(TODAY), "checked": str(TODAY)}, "next"),
    ):
        page.evaluate("document.querySelector('#form').reset()")
        text, wrong, _ = page.evaluate(FILL, [top, {"focal": {"line": "Desk 3"}}])
        assert text == ""
        assert len(wrong) > 20
        assert page.evaluate("document.activeElement.dataset.of") == field
    page.on("dialog", lambda dialog: dialog.accept())


def test_logo(window, copy, tmp_path):
    """Is a large drawing made small, as dots, and a file that is no picture refused?"""
    page = window(copy / "setup.html")
    drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='4000' height='1000'><script>alert(1)</script><rect width='4000' height='1000'/></svg>"
    (tmp_path / "logo.svg").write_text(drawing, "utf-8")
    page.set_input_files("#logo", tmp_path / "logo.svg")
    page.locator("#form img").wait_for()
    text, *_ = page.evaluate(FILL, form(LOCAL))
    assert "data%3Aimage%2Fpng%3Bbase64" in text
    assert len(text) < 10_000
    (tmp_path / "logo.png").write_text("no picture", "utf-8")
    page.set_input_files("#logo", tmp_path / "logo.png")
    page.wait_for_function("document.querySelector('#wrong').textContent.length > 20")


def test_keyboard(window, copy, tmp_path):
    """Can the form be filled in and saved by keyboard alone?"""
    page = window(copy / "setup.html")
    page.locator("#name").focus()
    page.keyboard.type("Harbour Aid")
    seen = set()
    written = {"next": f"{NEXT[5:7]}{NEXT[8:]}{NEXT[:4]}", "line-focal": "Desk 3"}
    while "save" not in seen:
        page.keyboard.press("Tab")
        seen.add(name := page.evaluate("document.activeElement.id"))
        # a day has three parts, each a stop of its own
        page.keyboard.type(written.pop(name, ""))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "local.css")
    assert "Desk%203" in (tmp_path / "local.css").read_text("utf-8")
    assert {"logo", "line-clinic", "child-within-a-day-who"} <= seen


@LANGUAGES
@pytest.mark.parametrize("name", ["setup", "book/local", "modules/protection/aid"])
def test_accessible(window, put, axe, folder, name):
    """Has axe no objection, in light and dark, to the form and to pages that are filled in?"""
    page = window(put(LOCAL.css()) / folder / f"{name}.html")
    settled(page)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        accessible(page, axe)
        assert sideways(page) <= 0, width


def test_light(copy):
    """Has the form at most 80 KB, with its script?"""
    for folder in ("", "fr/"):
        sizes = [copy / folder / name for name in ("setup.html", "_static/setup.js")]
        assert sum(path.stat().st_size for path in sizes) <= 80_000


def test_on_paper(window, put):
    """Is an empty Local help a form with room to write, and the set-up a form of blank lines?"""
    course = put(EMPTY)
    page = window(course / "book" / "local.html")
    page.emulate_media(media="print")
    rooms = page.locator("td[data-local]").evaluate_all(
        "cells => cells.map(one => [one.getBoundingClientRect().height, getComputedStyle(one).color])"
    )
    assert len(rooms) == 28
    assert all(height >= 50 for height, _ in rooms)
    assert {colour for _, colour in rooms} == {"rgba(0, 0, 0, 0)"}
    assert not page.locator("[data-gate]").is_visible()
    page.emulate_media(media="screen")
    blank = window(course / "setup.html")
    blank.evaluate("document.querySelector('details').open = false")
    blank.emulate_media(media="print")
    blank.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert blank.locator("textarea:visible").count() > 45
    assert not blank.locator("#save").is_visible()


@LANGUAGES
def test_aids_stay_on_one_sheet(window, put, root, folder):
    """Does each job aid print on one sheet, when each of its lines is filled in?"""
    lines, _ = Source.load(root / "book" / "lines.yaml", Lines)
    text = "Protection desk, room 3, Monday to Friday 8 to 16"
    local = {"name": "Harbour Aid", "next": NEXT, "lines": dict.fromkeys(lines.ids, text)}
    course = put(Local.model_validate(local).css())
    for aid in (course / folder / "modules").glob("*/aid.html"):
        page = window(aid)
        page.locator(".fp-host:not([hidden])").wait_for()
        sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
        assert len(sheets) == 1, aid
        assert text in " ".join(sheets[0].extract_text().split())


@pytest.mark.parametrize("days", [0, 1])
def test_overdue(window, put, days):
    """Do lines count until their day, and no longer: a bar says so, and aids have room to write?"""
    old = LOCAL.model_copy(update={"next": str(TODAY - timedelta(days=days))})
    course = put(old.css())
    for name in ("book/local", "book/safety"):
        page = window(course / f"{name}.html")
        settled(page)
        assert page.locator("[data-gate]").count() == days
    aid = window(course / "modules" / "protection" / "aid.html")
    aid.locator(".fp-host:not([hidden])").wait_for()
    assert ("Desk 3" in aid.locator("article").inner_text()) == (days == 0)


@LANGUAGES
def test_without_a_network(browser, put, folder):
    """Saved, then changed by the host, then read without a network: does a page show the newest?"""
    host = Host(put(LOCAL.css()))
    context = browser.new_context()
    context.clock.set_fixed_time(NOON)
    context.set_default_timeout(60_000)
    page = context.new_page()

    def shown():
        page.goto(at(host, f"{folder}book/local.html"))
        settled(page)
        return page.locator("article").inner_text()

    page.goto(at(host, f"{folder}book/offline.html"))
    save(page)
    host.stop()
    # what nobody opened before it was saved is there
    assert "Desk 3" in shown()
    host.start()
    lines = {"focal": {"line": "Desk 4"}}
    put(Local.model_validate({"next": NEXT, "lines": lines}).css())
    # any page that is opened with a network brings the newest
    page.goto(at(host, f"{folder}book/welcome.html"))
    page.wait_for_timeout(1500)
    host.stop()
    assert "Desk 4" in shown()
    host.start()
    assert "Desk 4" in shown()
    put(EMPTY)
    assert "Desk 4" not in shown()
    host.stop()
    assert "Desk 4" not in shown()
    listed = json.loads((host.html / folder / built.RELEASE).read_text("utf-8"))
    assert "local.css" not in listed["files"]
    context.close()
    host.end()
