"""The ZIM of the real course in Kiwix: each language is opened, searched and played as its readers do."""

from __future__ import annotations

import contextlib
import subprocess
import time
import urllib.request
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from book_pages import settled
from bs4 import BeautifulSoup
from players import shortest

from fourps.book.after.shelves.zim import write_zim
from fourps.course.words import words
from fourps.handin.answers_file import parse_answers

from .conftest import free_port
from .test_scenario import CLICK

pytestmark = [pytest.mark.browser, pytest.mark.prove]

SIZES = {"wide": (1280, 900), "narrow": (390, 844)}
LANGUAGES = {"en": "referral", "fr": "orientation"}
SEVERAL = 3
STORY = "modules/protection/practice.html"
# one of each kind by where it stands; the one that leaves is tried by itself
KINDS = """(seen) => [...document.querySelectorAll("a[href]:not(.fp-exit)")].flatMap((link, place) => {
  const holder = link.parentElement.closest("[class]");
  const kind = [link.className, holder?.className, link.getAttribute("href")[0] === "#"].join(" | ");
  if (seen.includes(kind)) return [];
  seen.push(kind);
  return [{ kind, place }];
})"""
FOLLOW = """(place) => document.querySelectorAll("a[href]:not(.fp-exit)")[place].click()"""
# all that an origin can keep, but for what Kiwix keeps of itself
STORES = """async () => ({
  local: Object.keys(localStorage), tab: Object.keys(sessionStorage), caches: await caches.keys(),
  bases: await indexedDB.databases(), workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
KIWIX = {"local": ["userlang"], "tab": [], "caches": [], "bases": [], "workers": 0}
# Kiwix's own frame, of which Chromium says so
SANDBOX = "An iframe which has both allow-scripts and allow-same-origin"


@pytest.fixture(scope="module")
def zims(real_book, tmp_path_factory):
    """The files of both languages."""
    folder = tmp_path_factory.mktemp("zim")
    for language in LANGUAGES:
        write_zim(real_book, language, folder / f"course-{language}.zim")
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def kiwix(zims, tmp_path_factory):
    """The address of a Kiwix that has both."""
    port, log = free_port(), tmp_path_factory.mktemp("kiwix") / "log"
    # without its parent it ends: a run of tests that is killed leaves no server
    command = ["setpriv", "--pdeathsig", "TERM", "kiwix-serve", "-i", "127.0.0.1", "-p", str(port)]
    with (
        log.open("w") as out,
        subprocess.Popen([*command, *zims], stdout=out, stderr=out) as server,
    ):
        address = f"http://127.0.0.1:{port}"
        while not answered(f"{address}/"):
            assert server.poll() is None, log.read_text()
            time.sleep(0.1)
        yield address
        server.terminate()


def answered(address):
    """Return whether somebody answers, and well."""
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status == HTTPStatus.OK
    except OSError:
        return False


@dataclass
class Kiwix:
    """A course in Kiwix's window, where its pages stand in a frame."""

    page: object
    address: str
    book: str
    complaints: list[str] = field(default_factory=list)

    def listen(self):
        self.page.on("pageerror", self._fail)
        self.page.on("response", self._answer)
        self.page.on("console", self._say)

    def _fail(self, error):
        # Kiwix's own scripts trip over a page that has nothing in it yet
        if "/content/" in (error.stack or "/content/"):
            self.complaints.append(f"{error} {error.stack}")

    def _answer(self, response):
        if response.status >= HTTPStatus.BAD_REQUEST and "favicon" not in response.url:
            self.complaints.append(f"{response.status} {response.url}")

    def _say(self, message):
        if message.type in ("error", "warning") and SANDBOX not in message.text:
            self.complaints.append(message.text)

    @property
    def pages(self):
        return f"{self.address}/content/{self.book}"

    @property
    def frame(self):
        return self.page.query_selector("#content_iframe").content_frame()

    def open(self):
        """Open the course as a reader does, from the library; wait for its first page."""
        self.page.goto(f"{self.address}/")
        self.page.locator(f"a[href*='{self.book}']").first.click()
        self.arrive("book/welcome.html")

    def arrive(self, name):
        """Wait for a page, and for all that it draws."""
        self.page.wait_for_url(f"**/viewer#{self.book}/{name}")
        settled(self.frame)

    def go(self, name):
        """Open a page in the frame, as a link does."""
        self.frame.goto(f"{self.pages}/{name}")
        self.arrive(name)

    @contextlib.contextmanager
    def leads_on(self):
        """Do something that leads to another page of the course, and wait for that."""
        before = self.page.url
        yield
        book = f"/viewer#{self.book}/"
        self.page.wait_for_url(lambda url: url != before and book in url)
        settled(self.frame)


@pytest.fixture(params=[(language, size) for language in LANGUAGES for size in SIZES], ids="-".join)
def reader_of(request):
    """A language and a size."""
    return request.param


@pytest.fixture
def shelf(browser, kiwix, reader_of):
    """The course, opened from Kiwix's library; nothing on the way was complained of."""
    language, size = reader_of
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale=language, reduced_motion="reduce"
    )
    context.set_default_timeout(30_000)
    shelf = Kiwix(context.new_page(), kiwix, f"course-{language}")
    shelf.listen()
    shelf.open()
    yield shelf
    context.close()
    assert shelf.complaints == []


def play(shelf, scenario):
    """Play the story to a safe end."""
    shelf.go(STORY)
    shelf.frame.locator("[data-fourps='scenario'][data-ready]").wait_for()
    shelf.frame.evaluate(CLICK, shortest(scenario)["safe"])
    assert shelf.frame.locator(".fp-kind-safe").is_visible()


def test_nothing_is_kept(shelf, scenario, reader_of):
    """Is a story played to its end, and does whoever comes next, in the same browser, find nothing of it?"""
    texts = words(reader_of[0])
    play(shelf, scenario)
    assert shelf.frame.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    denied = texts["shelf-nothing-kept-denied"]
    assert shelf.frame.get_by_text(denied).is_visible()
    assert shelf.frame.locator(".fp-agree, .fp-decline").count() == 0
    assert shelf.page.evaluate(STORES) == KIWIX
    shelf.go(STORY)
    beginning = shelf.frame.locator(".fp-heading").inner_text()
    assert not shelf.frame.locator(".fp-kind-safe").count()
    later = Kiwix(shelf.page.context.new_page(), shelf.address, shelf.book, shelf.complaints)
    later.listen()
    later.open()
    later.go(STORY)
    assert later.frame.locator(".fp-heading").inner_text() == beginning
    assert later.page.evaluate(STORES) == KIWIX


def test_searches(shelf, reader_of):
    """Do Kiwix's suggestions, its search and the course's own each find a page, and lead to it?"""
    word = LANGUAGES[reader_of[0]]
    field = shelf.page.locator("#kiwixsearchbox")
    field.click()
    field.press_sequentially(word[:5])
    with shelf.leads_on():
        shelf.page.locator("a.suggest").first.click()
    assert word[:5] in shelf.frame.locator("h1").first.inner_text().lower()
    field.fill(word)
    field.press("Enter")
    shelf.page.wait_for_url("**/viewer#search?*")
    found = shelf.frame.locator(".results li a")
    found.first.wait_for()
    assert found.count() > SEVERAL
    with shelf.leads_on():
        found.first.click()
    assert word[:5] in shelf.frame.locator("article").inner_text().lower()
    shelf.go("search.html")
    shelf.frame.locator(".fp-search input").fill(word)
    shelf.frame.locator(".fp-search input").press("Enter")
    with shelf.leads_on():
        shelf.frame.locator("#search-results li a").first.click()
    assert word[:5] in shelf.frame.locator("article").inner_text().lower()


def test_hand_in(shelf, reader_of):
    """Can answers be taken out of Kiwix, as a file and as a text to copy?"""
    texts = words(reader_of[0])
    shelf.go("modules/protection/exercise.html")
    shelf.frame.locator("[name='task-10.2']").fill("We ring the nurse at ten.")
    shelf.frame.locator("#learner").fill("amina-1")
    with shelf.page.expect_download() as coming:
        shelf.frame.get_by_role("button", name=texts["hand-make"]).click()
    data = coming.value.path().read_bytes()
    answers = parse_answers(data, coming.value.suggested_filename)
    assert (answers.learner, answers.exercise) == ("amina-1", "protection")
    copied = shelf.frame.locator("details[open] textarea[readonly]")
    assert copied.input_value().strip() == data.decode().strip()


def test_leave(shelf, scenario, reader_of):
    """Does "Leave" show nothing of the course, not even around the frame, and Back neither?"""
    play(shelf, scenario)
    # by keyboard: on a phone Kiwix's bar comes and goes above, and moves what a pointer is about to meet
    shelf.frame.locator("[data-fourps-exit]").press("Enter")
    neutral = f"{shelf.pages}/units.html"
    shelf.page.wait_for_url(neutral)
    name = words(reader_of[0])["units-title"]
    assert shelf.page.locator("h1").inner_text() == name
    assert shelf.page.locator("iframe, a").count() == 0
    # as often as pages were opened
    for _ in range(2):
        shelf.page.go_back(wait_until="commit")
        shelf.page.wait_for_load_state()
        assert shelf.page.url.startswith((neutral, f"{shelf.address}/#"))
    assert shelf.page.evaluate(STORES) == KIWIX | {"tab": ["left"]}


def named(page, at):
    """Return every address that a page names."""
    soup = BeautifulSoup(page, "html.parser")
    found = {one.get("href") or one.get("src") for one in soup.select("[href], [src]")}
    found |= {one["content"] for one in soup.select("meta[name=fourps-local]")}
    return {urldefrag(urljoin(at, one)).url for one in found if one and not one.startswith("data:")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_links(kiwix, language):
    """Does everything that any page names come from Kiwix, and does no link lead to another host?"""
    top = f"{kiwix}/content/course-{language}/"
    asked, wanted = set(), {f"{top}book/welcome.html"}
    while wanted:
        address = wanted.pop()
        asked.add(address)
        with urllib.request.urlopen(address) as answer:
            # an unknown address is an error of 404, which is raised
            assert answer.status == HTTPStatus.OK
            if answer.headers.get_content_type() == "text/html":
                wanted |= named(answer.read(), address) - asked
    assert [address for address in asked if not address.startswith(top)] == []
    assert len([address for address in asked if address.endswith(".html")]) > 140


@pytest.mark.parametrize("reader_of", [("en", "wide"), ("fr", "narrow")], ids="-".join)
def test_each_kind_of_link(shelf):
    """Is after a click on each kind of link a page of the course in the frame, and never a browser's own?"""
    with urllib.request.urlopen(f"{shelf.pages}/search.html") as answer:
        names = sorted(named(answer.read(), f"{shelf.pages}/search.html"))
    seen, followed = [], 0
    for name in [
        unquote(one.removeprefix(f"{shelf.pages}/")) for one in names if one.endswith(".html")
    ]:
        if name == "units.html":
            continue
        shelf.go(name)
        new = shelf.frame.evaluate(KINDS, seen)
        seen += [one["kind"] for one in new]
        for one in new:
            shelf.go(name)
            shelf.frame.evaluate(FOLLOW, one["place"])
            shelf.page.wait_for_timeout(300)
            settled(shelf.frame)
            assert shelf.frame.url.startswith(shelf.pages), one
            assert shelf.frame.locator("h1").count(), one
            followed += 1
    assert followed > 25
