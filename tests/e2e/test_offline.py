"""The book on a device without a network: saved, renewed, interrupted, removed."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import shutil
import threading
import time
from collections import Counter
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from book_pages import settled
from players import option
from playwright.sync_api import expect

from fourps.book.after import built
from fourps.book.after.publish import publish
from fourps.book.after.release.release import write_zip
from fourps.book.serve import application

pytestmark = [pytest.mark.browser]

PANEL = "book/privacy.html"
LESSON, QUIZ = "modules/demo/lesson.html", "modules/demo/quiz.html"
NOTHING = "async () => [(await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length]"
KEYS = """async (kind) => {
  const keys = [];
  for (const name of await caches.keys()) {
    for (const { url } of await (await caches.open(name)).keys()) keys.push(url.split('/.saved/')[1]);
  }
  return keys.filter(one => one.startsWith(kind)).map(one => one.slice(kind.length + 1));
}"""
CURRENT = """async () => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const { url } of await cache.keys()) {
      if (url.endsWith('/.saved/current/')) return (await cache.match(url)).text();
    }
  }
}"""


class Host:
    """A server that can be stopped and started again at the same address, and counts."""

    def __init__(self, html):
        self.html, self.port, self.asked = html, 0, Counter()
        self._held, self._free = "none", asyncio.Event()
        self.waiting = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.start()

    def _run(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(20)

    def _count(self, handler):
        # a browser that knows a file asks whether it has changed
        if handler.get_status() in (200, 304):
            self.asked[handler.request.path.lstrip("/")] += 1

    def start(self):
        async def listen():
            server, host = application(self.html), self
            server.settings["log_function"] = self._count
            rule = server.wildcard_router.rules[0]

            class Handler(rule.target):
                async def prepare(self):
                    if self.request.path.endswith(host._held):
                        host.waiting += 1
                        await host._free.wait()

            rule.target = Handler
            self._server = server.listen(self.port, "127.0.0.1")
            self.port = next(iter(self._server._sockets.values())).getsockname()[1]

        self._run(listen())

    def stop(self):
        async def close():
            self._server.stop()
            await self._server.close_all_connections()

        self._run(close())

    def hold(self, ending):
        """Let whoever asks for a file wait, as on a link that stands still."""
        self._held = ending
        self._loop.call_soon_threadsafe(self._free.clear)

    def free(self):
        self._loop.call_soon_threadsafe(self._free.set)

    def end(self):
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    @property
    def top(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def release(self):
        return json.loads((self.html / built.RELEASE).read_text("utf-8"))

    @property
    def hashes(self):
        return {digest for digest, _ in self.release["files"].values()}

    def publish(self, moved=None, **words):
        """Replace words in the lesson and in the quiz, and publish that as a new release."""
        for name in (LESSON, QUIZ):
            path = self.html / name
            text = path.read_text("utf-8")
            for old, new in words.items():
                text = text.replace(old, new)
            path.write_text(text, "utf-8")
        built.write_offline(self.html, "0.2", moved)

    def take(self):
        """Return what was sent since the last time."""
        asked, self.asked = self.asked, Counter()
        return asked


@pytest.fixture(scope="module")
def small(root, build_book, tmp_path_factory):
    """The small book, built once."""
    return build_book(root / "tests" / "book" / "fixture", tmp_path_factory.mktemp("small"))


@pytest.fixture
def host(small, tmp_path):
    host = Host(shutil.copytree(small, tmp_path / "html"))
    yield host
    host.stop()
    host.end()


@pytest.fixture
def device(browser):
    """A browser that has never seen the course."""
    context = browser.new_context(viewport={"width": 375, "height": 700})
    context.set_default_timeout(30_000)
    yield context
    context.close()


@contextlib.contextmanager
def plain_host(html, handler=SimpleHTTPRequestHandler):
    """Serve a folder as hosts of static pages do, without headers of ours; yields the address."""
    handler = type("Quiet", (handler,), {"log_message": lambda *_: None})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(html))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def at(host, name=PANEL):
    return f"{host.top}/{name}"


def panel(device, host):
    page = device.new_page()
    page.goto(at(host))
    page.locator("[data-fourps-offline][data-ready]").wait_for()
    return page


def waiting(page, happens, complaint):
    """Wait, while the page goes on, until something happens."""
    deadline = time.monotonic() + 60
    while not happens():
        assert time.monotonic() < deadline, complaint
        page.wait_for_timeout(50)


def until(page, expression, expected, argument=None):
    """Wait until a page finds something; Playwright's own waiting takes any promise for a yes."""
    waiting(
        page, lambda: page.evaluate(expression, argument) == expected, f"{expected} is not found"
    )


def save(page):
    page.locator(".fp-save").click()
    page.locator(".fp-remove").wait_for()
    until(page, "async () => (await navigator.serviceWorker.ready).active.state", "activated")
    return page


def until_current(page, release):
    until(page, CURRENT, release["release"])


def test_nothing_before_a_yes(device, host):
    """Is nothing kept, and no service worker registered, before the reader says so?"""
    page = panel(device, host)
    release = host.release
    text = page.locator("[data-fourps-offline]").inner_text()
    # one number, told alike before, while and after it is saved
    assert text.count("MB") == 1
    assert f"It takes {release['size'] / 1e6:.1f} MB." in text
    page.goto(at(host, LESSON))
    assert page.evaluate(NOTHING) == [0, 0]


def test_saved(device, host):
    """Does a saved book open every page, with all that it loads, when the network is cut?"""
    page = save(panel(device, host))
    host.stop()
    device.set_offline(True)
    failed = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    for name in host.release["files"]:
        if name.endswith(".html"):
            assert page.goto(at(host, name)).status == 200, name
            settled(page)
    assert failed == []
    page.goto(at(host, ""))
    page.wait_for_url("**/book/welcome.html")
    page.goto(at(host, "search.html?q=axolotl"))
    page.locator("#search-results li a").first.click()
    page.wait_for_url("**/modules/demo/**")
    page.goto(at(host, "modules/demo/practice.html"))
    option(page).click()
    page.goto(at(host, QUIZ))
    page.locator("[data-fourps][data-ready]").wait_for()
    page.goto(at(host, "modules/demo/cells.html"))
    page.locator("details:has(a[download])").evaluate("one => { one.open = true; }")
    with page.expect_download() as download:
        page.locator("a[download]").click()
    assert json.loads(Path(download.value.path()).read_text("utf-8"))["cells"]
    # some hosts leave out the ending
    page.goto(at(host, LESSON.removesuffix(".html")))
    expect(page.locator("h1")).to_be_visible()
    host.start()


def test_malformed_address(device, host):
    """Does an address that is no text get our own page too, and not the browser's?"""
    page = save(panel(device, host))
    host.stop()
    device.set_offline(True)
    assert page.goto(at(host, "modules/%zz.html")).status == 503
    assert page.get_by_role("button", name="Leave").or_(page.get_by_text("Leave")).count()
    host.start()


def test_moved(device, host):
    """Does an old address lead on without a network, by whatever the host answers there?"""
    host.publish(moved={"book/old.html": f"{LESSON}#x"})
    page = save(panel(device, host))
    host.stop()
    device.set_offline(True)
    page.goto(at(host, "book/old.html?why=not"))
    assert page.url == at(host, f"{LESSON}#x")
    assert "quokka" in page.locator("article").inner_text()
    host.start()


def test_full_later(device, host):
    """Does a saved course open on a device that has become full since?"""
    page = save(panel(device, host))
    limit = device.new_cdp_session(page)
    origin = {"origin": at(host, "").rstrip("/"), "quotaSize": 1}
    limit.send("Storage.overrideQuotaForOrigin", origin)
    ask = "() => caches.open('x').then(one => one.put('/x', new Response('x'))).catch(e => e.name)"
    assert page.evaluate(ask) == "QuotaExceededError"
    page.evaluate("() => caches.delete('x')")
    host.stop()
    for name in (LESSON, "search.html?q=axolotl"):
        assert page.goto(at(host, name)).status == 200
        settled(page)
    page.locator("#search-results li a").first.wait_for()
    host.start()


def test_security_policy_is_kept(device, host):
    """Is a page from the device under the policy that the server sent?"""
    page = save(panel(device, host))
    sent = page.goto(at(host, LESSON)).headers
    host.stop()
    kept = page.goto(at(host, LESSON)).headers
    host.start()
    assert kept["content-security-policy"] == sent["content-security-policy"]
    assert "script-src 'self' 'sha256-" in kept["content-security-policy"]


def test_part_of_a_file(device, host):
    """Is a part of a saved file answered as a server would?"""
    page = save(panel(device, host))
    page.goto(at(host, LESSON))
    host.stop()
    ask = """async ([path, range]) => {
      const answer = await fetch(path, { headers: { range } });
      return [answer.status, answer.headers.get('content-range'), await answer.text()];
    }"""
    text = (host.html / "units.html").read_bytes()
    answer = page.evaluate(ask, ["/units.html", "bytes=2-8"])
    assert answer == [206, f"bytes 2-8/{len(text)}", text[2:9].decode()]
    assert page.evaluate(ask, ["/units.html", "bytes=99999-"])[0] == 416
    host.start()


def test_new_release_loads_what_changed(device, host):
    """Does a new release load only the files that changed, and serve them from the next page on?"""
    page = save(panel(device, host))
    host.publish(quokka="numbat")
    host.take()
    page.goto(at(host, LESSON))
    assert "quokka" in page.locator("article").inner_text()
    until_current(page, host.release)
    # in its own time a browser looks whether the worker changed
    assert set(host.take()) - {"worker.js"} == {"offline.json", "local.css", LESSON}
    page.goto(at(host, LESSON))
    assert "numbat" in page.locator("article").inner_text()
    assert LESSON not in host.take()
    # the first release goes when no page of it is left
    page.goto(at(host, QUIZ))
    until(page, KEYS, [host.release["release"]], "release")
    until(page, f"async () => (await ({KEYS})('file')).length", len(host.hashes))
    assert set(page.evaluate(KEYS, "file")) == host.hashes


def test_no_page_mixes_releases(device, host):
    """Does a page that was opened from one release get all its files from it, also later?"""
    first = save(panel(device, host))
    first.goto(at(host, LESSON))
    script = host.html / "_static" / "fourps.js"
    before = script.read_text("utf-8")
    script.write_text(before + "// the second release", "utf-8")
    host.publish(quokka="numbat")
    second = device.new_page()
    second.goto(at(host, QUIZ))
    until_current(second, host.release)
    second.goto(at(host, LESSON))
    ask = "async () => (await fetch('/_static/fourps.js')).text()"
    assert first.evaluate(ask) == before
    assert second.evaluate(ask) == script.read_text("utf-8")
    assert "numbat" in second.locator("article").inner_text()
    # the first release goes when its last page has gone
    first.close()
    second.goto(at(host, QUIZ))
    until(second, KEYS, [host.release["release"]], "release")


def test_a_page_that_only_the_server_has(device, host):
    """Does a page that is newer than the saved release get its files from the server too?"""
    page = save(panel(device, host))
    script = host.html / "_static" / "fourps.js"
    script.write_text(script.read_text("utf-8") + "// the second release", "utf-8")
    shutil.copy(host.html / LESSON, host.html / "modules" / "demo" / "new.html")
    page.goto(at(host, "modules/demo/new.html"))
    got = page.evaluate("async () => (await fetch('/_static/fourps.js')).text()")
    assert got.endswith("// the second release")


def test_half_a_release(device, host):
    """Does a release of which a file is missing leave the saved one whole, and go on later?"""
    page = save(panel(device, host))
    host.publish(quokka="numbat", capybara="wallaby")
    text = (host.html / QUIZ).read_bytes()
    (host.html / QUIZ).unlink()
    host.take()
    page.goto(at(host, LESSON))
    lesson, _ = host.release["files"][LESSON]
    until(page, f"async (name) => (await ({KEYS})('file')).includes(name)", True, lesson)
    for name, word in ((LESSON, "quokka"), (QUIZ, "apybara")):
        page.goto(at(host, name))
        assert word in page.content()
    (host.html / QUIZ).write_bytes(text)
    page.goto(at(host, QUIZ))
    until_current(page, host.release)
    asked = host.take()
    assert (asked[LESSON], asked[QUIZ]) == (1, 1)
    page.goto(at(host, QUIZ))
    assert "wallaby" in page.content()


def test_another_page_in_between(device, host):
    """Is what a hotspot answers in place of the course refused?"""
    page = save(panel(device, host))
    before = host.release["release"]
    host.publish(quokka="numbat")
    (host.html / LESSON).write_text("<p>Sign in to the free network</p>", "utf-8")
    host.take()
    page.goto(at(host, QUIZ))
    waiting(page, lambda: host.asked[LESSON], "the new lesson is not asked for")
    page.goto(at(host, LESSON))
    assert "quokka" in page.locator("article").inner_text()
    assert page.evaluate(CURRENT) == before


def test_closed_half_way(device, host):
    """Does saving that broke off keep what it had, say so, and load only the rest?"""
    page = panel(device, host)
    host.hold("searchindex.js")
    page.locator(".fp-save").click()
    until(page, f"async () => (await ({KEYS})('file')).length > 10", True)
    page.close()
    host.free()
    again = panel(device, host)
    assert again.evaluate(NOTHING) == [1, 0]
    assert "interrupted" in again.locator("[data-fourps-offline]").inner_text()
    missing = host.hashes - set(again.evaluate(KEYS, "file"))
    host.take()
    save(again)
    asked = set(host.take())
    names = {name for name, (digest, _) in host.release["files"].items() if digest in missing}
    assert asked <= names | {"local.css", "offline.json", "worker.js"}
    assert "searchindex.js" in asked


def test_stopped(device, host):
    """Does stopping leave nothing, say so, and keep the focus in the panel?"""
    page = panel(device, host)
    host.hold("searchindex.js")
    page.locator(".fp-save").click()
    expect(page.locator("progress")).to_have_attribute("max", str(host.release["size"]))
    page.locator(".fp-stop").press("Enter")
    page.locator(".fp-save").wait_for()
    host.free()
    assert page.evaluate(NOTHING) == [0, 0]
    assert "Stopped." in page.locator("[data-fourps-offline] [role=status]").inner_text()
    assert page.evaluate("() => document.activeElement.matches('.fp-save')")


def test_network_breaks_while_saving(device, host):
    """Does a broken network end in a sentence and an offer to go on?"""
    page = panel(device, host)
    page.route("**/searchindex.js", lambda route: route.abort())
    page.locator(".fp-save").click()
    expect(page.locator("[data-fourps-offline] [role=status]")).to_contain_text("could not be")
    expect(page.locator(".fp-save")).to_have_text("Go on saving")


def test_removed(device, host):
    """Does removing take away the files and the service worker, and need the network again?"""
    page = save(panel(device, host))
    page.goto(at(host))
    page.locator(".fp-remove").press("Enter")
    page.locator(".fp-save").wait_for()
    assert page.evaluate(NOTHING) == [0, 0]
    assert page.evaluate("() => document.activeElement.matches('.fp-save')")
    host.take()
    page.goto(at(host, LESSON))
    assert host.take()[LESSON] == 1
    assert page.evaluate(NOTHING) == [0, 0]


@pytest.mark.parametrize("changed", [False, True])
def test_removed_while_renewing(device, host, changed):
    """Does what a new release was loading stay away when the course is removed meanwhile?"""
    page = save(panel(device, host))
    if changed:
        host.publish(quokka="numbat")
    held = LESSON if changed else "offline.json"
    host.hold(held)
    page.goto(at(host))
    page.locator(".fp-remove").wait_for()
    waiting(page, lambda: host.waiting, f"{held} is not asked for")
    page.locator(".fp-remove").click()
    until(page, NOTHING, [0, 0])
    host.free()
    page.locator(".fp-save").wait_for()
    page.wait_for_timeout(1000)
    assert page.evaluate(NOTHING) == [0, 0]


def test_no_room(device, host):
    """Does a device that is full keep nothing, say so once, and go on?"""
    page = panel(device, host)
    limit = device.new_cdp_session(page)
    origin = {"origin": at(host, "").rstrip("/"), "quotaSize": 60_000}
    limit.send("Storage.overrideQuotaForOrigin", origin)
    page.locator(".fp-save").click()
    expect(page.locator("[data-fourps-offline] [role=status]")).to_contain_text("enough room")
    page.locator(".fp-save").wait_for()
    assert page.evaluate(NOTHING) == [0, 0]
    page.goto(at(host, LESSON))
    expect(page.locator("h1")).to_be_visible()


def test_storage_denied(device, host):
    """Does a browser that refuses storage get a sentence, and the book go on?"""
    # what Firefox does in a private window; Chromium has no switch for it
    device.add_init_script(
        "for (const name of ['open', 'match', 'has', 'delete']) "
        "CacheStorage.prototype[name] = () => Promise.reject(new DOMException('', 'SecurityError'));"
    )
    page = panel(device, host)
    text = page.locator("[data-fourps-offline]").inner_text()
    assert text.count("does not let pages save anything") == 1


def test_from_disk(reader, small):
    """Is there no panel, and no complaint, where the book is on the device already?"""
    reader.page.goto(f"{small.as_uri()}/{PANEL}")
    reader.page.locator("h1").wait_for()
    expect(reader.page.locator("[data-fourps-offline]")).to_have_count(0)


def test_whole_course(book, root):
    """Does the whole course fit into 5 MB on its way to a device?"""
    release = json.loads((book / built.RELEASE).read_text("utf-8"))
    pages = re.findall(r"modules/[\w-]+/[\w-]+", (root / "_toc.yml").read_text("utf-8"))
    assert {f"{page}.html" for page in pages} - release["files"].keys() == set()
    assert release["wire"] <= 5_000_000


def test_zip_from_a_stick(reader, book, tmp_path):
    """Does the unpacked file open by a double-click, with search, scenario, quiz and figure?"""
    write_zip(book, tmp_path / "book.zip")
    shutil.unpack_archive(tmp_path / "book.zip", tmp_path / "stick")
    page, first = reader.page, tmp_path / "stick" / "READ-ME-FIRST.html"
    page.goto(first.as_uri())
    page.locator("main a").first.click()  # in each language
    page.wait_for_url("**/course/book/welcome.html")
    page.goto((first.parent / "course" / "search.html").as_uri() + "?q=Kessa%20card")
    page.locator("#search-results li a", has_text="card desk").first.click()
    module = first.parent / "course" / "modules" / "protection"
    page.goto((module / "practice.html").as_uri())
    option(page).click()
    page.goto((module / "quiz.html").as_uri())
    page.locator("input[type=radio]").first.check()
    page.goto((module / "lab.html").as_uri())
    own = page.locator("[data-fourps=figure][data-ready] .fp-figure:not(.fp-text)").first
    own.locator(".fp-guess button").click()
    own.locator(".fp-frame > *").wait_for()
    assert [url for url in reader.watch.requests if not url.startswith(("file:", "data:"))] == []


def test_published_on_a_plain_host(reader, small, tmp_path):
    """Do published pages hold to their policy, and save, on a host that sends no headers?"""
    publish(small, tmp_path / "site")
    with plain_host(tmp_path / "site") as top:
        page = reader.page
        page.goto(f"{top}/modules/demo/practice.html")
        option(page).click()
        page.goto(f"{top}/{PANEL}")
        save(page)
        page.goto(f"{top}/search.html?q=axolotl")
        page.locator("#search-results li a").first.wait_for()
        inline = """() => { const one = document.createElement('script'); one.text = 'globalThis.ran = 1';
          document.body.append(one); return globalThis.ran; }"""
        assert page.evaluate(inline) is None
    assert any("Content Security Policy" in line for line in reader.watch.console)
    reader.watch.console.clear()
