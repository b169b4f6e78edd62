"""A real browser on the real book, over HTTP and from disk."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import books
import commands
import nbformat
import pytest
from book_pages import WATCH
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Request,
    sync_playwright,
)
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

import fourps.quiz.model
import fourps.scenario.model
from fourps.book.serve import application

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
FIXTURE = ROOT / "tests" / "book" / "fixture"
JUPYTER = Path(sys.executable).with_name("jupyter")
FLAGS = [
    "--no-sandbox",  # Chromium refuses to run as root otherwise
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-pushstate-throttle",  # scenarios are played faster than by hand
]


AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# no page has sound or film, whose length axe would fetch first, and style sheets for no rule of these
PLAIN = {"preload": False}
# what it finds is put into words there: all that it notes of a page is long
LOOK = """async ([options, parts]) => {
  const where = parts.map((one) => document.querySelector(one));
  const { violations } = await axe.run(where.length ? { include: where } : document, options);
  const line = (rule, { html, target }) => `${rule.id}: ${target.join(" ")} ${html.slice(0, 120)}`;
  return violations.flatMap((rule) => rule.nodes.map((node) => line(rule, node)));
}"""


def pytest_collection_finish(session):
    """Start to build the real book where a test will open it, while others run."""
    if any("real_book" in getattr(item, "fixturenames", ()) for item in session.items):
        books.start()


@pytest.fixture(scope="session", name="real_book")
def wait_for_real_book():
    """The pages of the real book, which is built once in a run."""
    return books.wait()


@pytest.fixture(scope="session")
def book(real_book):
    """The book that is opened; some files of tests have one of their own."""
    return real_book


@pytest.fixture(scope="session")
def build_book():
    """Return a function that builds a small book, and gives the folder of its pages."""

    def build(source, output, *languages):
        options = [f"--language={code}" for code in languages]
        done = commands.run(["fourps", "book", "build", source, "--output", output, *options])
        assert done.returncode == 0, done.stderr
        return output / "html"

    return build


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serving(folder):
    loop, sockets = asyncio.new_event_loop(), bind_sockets(0, "127.0.0.1")

    async def listen():
        HTTPServer(application(folder)).add_sockets(sockets)

    def run():
        asyncio.set_event_loop(loop)
        loop.run_until_complete(listen())
        loop.run_forever()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    # whoever asks before anybody listens waits
    yield f"http://127.0.0.1:{sockets[0].getsockname()[1]}"
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)


def answers(address):
    try:
        with urllib.request.urlopen(f"{address}/api?token=test") as answer:
            return json.load(answer)["version"]
    except OSError:
        return None


@contextlib.contextmanager
def jupyter_server(command, log, **where):
    port = free_port()
    options = [
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--ServerApp.ip=127.0.0.1",
        "--IdentityProvider.token=test",
        "--ServerApp.open_browser=False",
        "--ServerApp.allow_root=True",
    ]
    # without its parent it ends: a run of tests that is killed leaves no server
    words = ["setpriv", "--pdeathsig", "TERM", *command, *options]
    with (
        log.open("w") as output,
        subprocess.Popen(
            words, stdout=output, stderr=output, start_new_session=True, **where
        ) as server,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            while not answers(address):
                assert server.poll() is None, log.read_text()
                time.sleep(0.1)
            yield address
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGTERM)


@pytest.fixture(scope="session")
def serve():
    """Return a context that serves a folder with the headers that `fourps book serve` sends."""
    return serving


@pytest.fixture(scope="session")
def start_jupyter():
    """Return a context that starts a Jupyter server with a command, and gives its address."""
    return jupyter_server


@pytest.fixture(scope="session")
def jupyterlab(start_jupyter, tmp_path_factory):
    """A real JupyterLab without anybody's settings: its address, and the folder that it shows."""
    folder = tmp_path_factory.mktemp("jupyterlab")
    environment = os.environ | {
        "PATH": f"{JUPYTER.parent}:{os.environ['PATH']}",
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "IPYTHONDIR": str(folder / "ipython"),
    }
    quiet = [
        "--LabApp.news_url=",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    command = [JUPYTER, "lab", *quiet, str(folder)]
    with start_jupyter(command, folder / "server.log", env=environment) as address:
        yield address, folder


@pytest.fixture(scope="session")
def lab_window(browser):
    """A browser that has JupyterLab's scripts once it has opened a page."""
    context = browser.new_context(viewport={"width": 1280, "height": 2400})
    context.set_default_timeout(60_000)
    yield context
    context.close()


@pytest.fixture
def live_notebook(lab_window, jupyterlab):
    """Return a context that opens cells in JupyterLab."""
    address, folder = jupyterlab

    @contextlib.contextmanager
    def opened(cells):
        code = [nbformat.v4.new_code_cell(cell) for cell in cells]
        notebook = nbformat.v4.new_notebook(cells=code)
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        # each has a kernel of its own, which Jupyter keeps by the name of the file
        name = f"cells-{len(list(folder.glob('*.ipynb')))}.ipynb"
        nbformat.write(notebook, folder / name)
        page = lab_window.new_page()
        page.goto(f"{address}/lab/tree/{name}?token=test&reset")
        page.locator(".jp-Notebook .jp-CodeCell").nth(len(cells) - 1).wait_for()
        page.get_by_text(re.compile("Python 3.*Idle")).first.wait_for()
        yield page
        page.close()

    return opened


@pytest.fixture(scope="session")
def run_cell():
    """Return a function that selects a cell of an open notebook, runs it and returns it."""

    def run(page, number):
        cell = page.locator(".jp-Notebook .jp-CodeCell").nth(number)
        cell.locator(".jp-InputArea-editor").click()
        page.keyboard.press("Control+Enter")
        page.wait_for_function(
            """number => {
              const cell = document.querySelectorAll('.jp-Notebook .jp-CodeCell')[number];
              return /^\\[\\d+\\]/.test(cell.querySelector('.jp-InputPrompt').textContent.trim());
            }""",
            arg=number,
            timeout=60_000,
        )
        return cell

    return run


@pytest.fixture(scope="session")
def bilingual():
    """The small book in English and French, which is built once in a run."""
    return books.shared("bilingual", FIXTURE, "--language=en", "--language=fr").wait()


@pytest.fixture(scope="session")
def scenario():
    """The story of one module."""
    return fourps.scenario.model.load(ROOT / "modules" / "protection" / "scenario.yaml")[0]


@pytest.fixture(scope="session")
def quiz():
    """The quiz of the same module."""
    return fourps.quiz.model.load(ROOT / "modules" / "protection" / "quiz.yaml")[0]


# of a module, since a module may have a book of its own
@pytest.fixture(scope="module")
def site(book, serve):
    """The book's address over HTTP, with the headers that `fourps book serve` sends."""
    with serve(book) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    # where it is, the same Chromium without windows, which nobody sees
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert path, "Chromium is missing: run `sh tests/need.sh`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe():
    """Return a function that says what axe objects to on a page as it stands, or in parts of it.

    WCAG 2.2 AA and best practices, or the rules that are named.
    """
    source = AXE.read_text("utf-8")

    def look(page, rules=None, parts=()):
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(source)
        # what the bar half covers, wherever a page stands, would count as a target that is too small
        before = page.evaluate("() => { const at = scrollY; scrollTo(0, 0); return at; }")
        only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
        options = {"runOnly": only, "resultTypes": ["violations"]} | PLAIN
        violations = page.evaluate(LOOK, [options, list(parts)])
        page.evaluate("at => scrollTo(0, at)", before)
        return violations

    return look


@cache
def packed(body):
    """Return how much of a file comes over a network; most pages load the same ones."""
    return len(gzip.compress(body, 9))


@dataclass
class Watch:
    """What a page did that a reader would not see."""

    console: list[str] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)

    @contextlib.contextmanager
    def at(self, page: Page) -> Iterator[None]:
        """Watch a page; at the end insist that it complained of nothing."""
        heard = {"console": self._say, "pageerror": self._fail, "request": self._ask}
        for event, hear in heard.items():
            page.on(event, hear)
        yield
        for event, hear in heard.items():
            page.remove_listener(event, hear)
        assert not self.console, self.console

    def _say(self, message: ConsoleMessage) -> None:
        place = message.location.get("url", "")
        # of a picture alone, which names no icon, Chromium with windows asks for one by itself: it is
        # heard only where the next page is slow to come
        if message.type in ("error", "warning") and urlsplit(place).path != "/favicon.ico":
            self.console.append(f"{message.text} {place}")

    def _fail(self, error: Error) -> None:
        self.console.append(str(error))

    def _ask(self, request: Request) -> None:
        self.asked.append(request)

    @property
    def requests(self) -> list[str]:
        """The addresses that were asked for."""
        return [request.url for request in self.asked]

    @property
    def bytes(self) -> int:
        """What came, compressed; waits for what is still on its way, and for what that asks for."""
        total = 0
        for request in self.asked:  # which grows meanwhile
            response = request.response() if request.url.startswith("http") else None
            # an answer "not modified" has no body
            if response and response.status != HTTPStatus.NOT_MODIFIED:
                total += packed(response.body())
        return total


@dataclass
class Reader:
    """Someone at a page, with a keyboard."""

    page: Page
    context: BrowserContext
    watch: Watch
    changed: bool = False

    def change(self) -> Page:
        """Return the page, to be changed in ways that cannot be taken back; no other test gets it."""
        for name in () if self.changed else LASTING:
            delattr(self.page, name)
        self.changed = True
        return self.page

    def refuse(self, *_):
        """Say what to do before such a change."""
        raise AssertionError("the next test would find it: use `reader.change()`")

    def tab_to(self, selector: str) -> None:
        """Press Tab until the element has the focus, as a person without a mouse does."""
        for _ in range(150):
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {selector}")

    def press(self, selector: str, key: str = "Enter") -> None:
        self.tab_to(selector)
        self.page.keyboard.press(key)

    def cut_off(self) -> list[str]:
        """Return what of a player reaches beyond the screen, where nobody could read it."""
        return self.page.evaluate(
            """() => [...document.querySelectorAll(".fp-player *")]
              .filter(one => one.getBoundingClientRect().right > innerWidth + 1
                && getComputedStyle(one).position !== "absolute" && !one.closest(".fp-scroll"))
              .map(one => `${one.className || one.tagName}: ${one.textContent.slice(0, 40)}`)"""
        )

    def focused(self, selector: str) -> bool:
        return self.page.evaluate("s => document.activeElement.matches(s)", selector)


@pytest.fixture(scope="session")
def tabs():
    """Tabs that readers have left as if never used, by the options of their browsers."""
    return {}


@pytest.fixture(scope="session")
def script():
    """What each page runs before its own scripts; some files of tests have one."""
    return ""


@pytest.fixture
def reader(browser, tabs, script, request):
    """A reader at a tab as good as new; the parameters are those of a browser context."""
    options = {"viewport": {"width": 1280, "height": 900}, **getattr(request, "param", {})}
    name = json.dumps([options, script], sort_keys=True)
    # a browser with a tab costs four times as much as to go on in one
    page = tabs.pop(name, None) or opened(browser, options, script)
    page.context.set_default_timeout(30_000)
    page.set_viewport_size(options["viewport"])
    reader = Reader(page, page.context, Watch())
    for method in LASTING:
        setattr(page, method, reader.refuse)
    with reader.watch.at(page):
        yield reader
        if tidied(reader):
            tabs[name] = page
        else:
            page.context.close()


def opened(browser, options, script):
    page = browser.new_context(**options).new_page()
    page.add_init_script(script)
    return page


# what of a page cannot be taken back
LASTING = ("add_init_script", "route")
WIPE = """() => {
  for (const kept of [localStorage, sessionStorage]) kept.clear();
  return localStorage.length + sessionStorage.length;
}"""
# as a new tab has it
PLAIN_MEDIA = {
    "media": "null",
    "color_scheme": "light",
    "reduced_motion": "no-preference",
    "forced_colors": "none",
}


def tidied(reader):
    """Wipe what a test left in a tab; say whether the next test finds nothing, but for files."""
    page, asked = reader.page, reader.watch.requests
    places = {url.split("/")[2] for url in asked if url.startswith(("http", "file"))}
    # what stands under other addresses, in workers or on other pages is not looked for
    crowd = len(places) != 1 or len(page.context.pages) != 1 or page.context.service_workers
    if reader.changed or crowd:
        return False
    page.context.set_offline(offline=False)
    page.context.clear_cookies()
    page.emulate_media(**PLAIN_MEDIA)
    try:
        left = page.evaluate(WIPE)
        page.goto("about:blank")
    except Error:
        return False
    session = page.context.new_cdp_session(page)
    session.send("Page.resetNavigationHistory")
    session.detach()
    return left == 0


@pytest.fixture
def newcomer(reader):
    """A reader whose browser knows no file yet."""
    with forgotten(reader.page):
        yield reader


@contextlib.contextmanager
def forgotten(page):
    """Have a browser forget the files that it knows."""
    cache = page.context.new_cdp_session(page)
    cache.send("Network.clearBrowserCache")
    # what it holds in memory goes when the cache is switched off
    for off in (True, False):
        cache.send("Network.setCacheDisabled", {"cacheDisabled": off})
    yield
    cache.detach()


@pytest.fixture(scope="module")
def window(browser):
    """A window in which page after page is opened, each as if for the first time."""
    context = browser.new_context()
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.add_init_script(f"({WATCH})()")
    yield page
    # nobody said yes
    assert context.storage_state() == {"cookies": [], "origins": []}
    context.close()


@pytest.fixture
def visitor(window):
    """A reader in that window, whose browser knows no file yet."""
    watch = Watch()
    with forgotten(window), watch.at(window):
        yield Reader(window, window.context, watch)


@pytest.fixture(params=["http", "file"])
def address(request, site, book):
    """The book over HTTP, and from disk."""
    return site if request.param == "http" else book.as_uri()
