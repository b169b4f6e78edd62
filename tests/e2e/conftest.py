"""A real browser on the real book, over HTTP and from disk."""

from __future__ import annotations

import asyncio
import gzip
import shutil
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import BrowserContext, Page, sync_playwright

from fourps.book.serve import application

ROOT = Path(__file__).parents[2]
FOURPS = Path(sys.executable).with_name("fourps")
FLAGS = [
    "--no-sandbox",  # Chromium refuses to run as root otherwise
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def toc_pages(root):
    """Every page of a table of contents, in order."""
    found = []

    def walk(value):
        if isinstance(value, dict):
            for key, one in value.items():
                if key in ("file", "root"):
                    found.append(one)
                else:
                    walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)

    walk(yaml.safe_load((root / "_toc.yml").read_text("utf-8")))
    return found


PAGES = toc_pages(ROOT)


def pytest_generate_tests(metafunc):
    if "page_name" in metafunc.fixturenames:
        metafunc.parametrize("page_name", PAGES)


@pytest.fixture(scope="session")
def book(tmp_path_factory):
    """The real book, built once for each worker."""
    output = tmp_path_factory.mktemp("book")
    command = [FOURPS, "book", "build", str(ROOT), "--output", str(output)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return output / "html"


@pytest.fixture(scope="session")
def site(book):
    """The book's address over HTTP, with the headers that `fourps book serve` sends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    loop = asyncio.new_event_loop()
    started = threading.Event()

    async def listen():
        application(book).listen(port, "127.0.0.1")
        started.set()

    def run():
        asyncio.set_event_loop(loop)
        loop.run_until_complete(listen())
        loop.run_forever()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert started.wait(10)
    yield f"http://127.0.0.1:{port}"
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)


@pytest.fixture(scope="session")
def browser():
    path = shutil.which("chromium")
    assert path, "Chromium is missing: run `sh tests/need-chromium.sh`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Watch:
    """What a page did that a reader would not see."""

    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    bytes: int = 0

    def attach(self, page: Page) -> None:
        page.on("console", lambda m: m.type in ("error", "warning") and self.console.append(m.text))
        page.on("pageerror", lambda error: self.console.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("response", self._weigh)

    def _weigh(self, response):
        if response.url.startswith("http"):
            self.bytes += len(gzip.compress(response.body(), 9))


@dataclass
class Reader:
    """Someone at a page, with a keyboard."""

    page: Page
    context: BrowserContext
    watch: Watch

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

    def focused(self, selector: str) -> bool:
        return self.page.evaluate("s => document.activeElement.matches(s)", selector)


@pytest.fixture
def reader(browser, request):
    """A reader with a fresh browser; the parameters are those of a browser context."""
    options = getattr(request, "param", {})
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    context.set_default_timeout(10_000)
    page = context.new_page()
    watch = Watch()
    watch.attach(page)
    yield Reader(page, context, watch)
    context.close()
    assert not watch.console, watch.console


@pytest.fixture(params=["http", "file"])
def address(request, site, book):
    """The book over HTTP, and from disk."""
    return site if request.param == "http" else book.as_uri()
