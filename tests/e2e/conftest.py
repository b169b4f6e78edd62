"""A real browser on the real book, over HTTP and from disk."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
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
from http import HTTPStatus
from pathlib import Path

import nbformat
import pytest
import yaml
from playwright.sync_api import BrowserContext, Page, sync_playwright

from fourps.book.serve import application

ROOT = Path(__file__).parents[2]
FOURPS = Path(sys.executable).with_name("fourps")
JUPYTER = Path(sys.executable).with_name("jupyter")
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


PAGES = [*toc_pages(ROOT), "search"]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_generate_tests(metafunc):
    if "page_name" in metafunc.fixturenames:
        metafunc.parametrize("page_name", PAGES)


@pytest.fixture(scope="session")
def fourps():
    """The command, beside the Python that runs the tests."""
    return FOURPS


@pytest.fixture(scope="session")
def book(tmp_path_factory, worker_id):
    """The real book, built by whichever worker comes first."""
    shared = tmp_path_factory.getbasetemp()
    output = (shared if worker_id == "master" else shared.parent) / "real-book"
    command = [FOURPS, "book", "build", str(ROOT), "--output", str(output)]
    output.parent.mkdir(parents=True, exist_ok=True)
    with output.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (output / "whole").exists():
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
            (output / "whole").touch()
    return output / "html"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serving(folder):
    loop, started = asyncio.new_event_loop(), threading.Event()
    port = free_port()

    async def listen():
        application(folder).listen(port, "127.0.0.1")
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
    with log.open("w") as output:
        server = subprocess.Popen(
            [*command, *options], stdout=output, stderr=output, start_new_session=True, **where
        )
        address = f"http://127.0.0.1:{port}"
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"{address}/api?token=test") as answer:
                    assert json.load(answer)["version"]
                break
            except OSError:
                assert server.poll() is None, log.read_text()
                time.sleep(0.25)
        else:
            pytest.fail("the server did not start: " + log.read_text())
        yield address
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


@pytest.fixture(scope="session")
def serve():
    """Return a context that serves a folder with the headers that `fourps book serve` sends."""
    return serving


@pytest.fixture(scope="session")
def start_jupyter():
    """Return a context that starts a Jupyter server with a command, and gives its address."""
    return jupyter_server


@pytest.fixture
def live_notebook(browser, start_jupyter, tmp_path):
    """Return a context that opens cells in a real JupyterLab, in a folder of its own."""

    @contextlib.contextmanager
    def opened(cells, height):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in cells])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        nbformat.write(notebook, tmp_path / "cells.ipynb")
        environment = os.environ | {
            "PATH": f"{JUPYTER.parent}:{os.environ['PATH']}",
            "JUPYTER_CONFIG_DIR": str(tmp_path / "config"),
            "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"),
            "IPYTHONDIR": str(tmp_path / "ipython"),
        }
        quiet = [
            "--LabApp.news_url=",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        ]
        command = [JUPYTER, "lab", *quiet, str(tmp_path)]
        with start_jupyter(command, tmp_path / "server.log", env=environment) as address:
            context = browser.new_context(viewport={"width": 1280, "height": height})
            context.set_default_timeout(60_000)
            page = context.new_page()
            page.goto(f"{address}/lab/tree/cells.ipynb?token=test&reset")
            page.locator(".jp-Notebook .jp-CodeCell").nth(len(cells) - 1).wait_for()
            page.get_by_text(re.compile("Python 3.*Idle")).first.wait_for()
            yield page
            context.close()

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
def bilingual(tmp_path_factory):
    """The small book in English and French, built once by each worker."""
    output = tmp_path_factory.mktemp("bilingual")
    source = ROOT / "tests" / "book" / "fixture"
    command = [FOURPS, "book", "build", source, "--output", output]
    command += ["--language=en", "--language=fr"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return output / "html"


@pytest.fixture(scope="session")
def site(book, serve):
    """The book's address over HTTP, with the headers that `fourps book serve` sends."""
    with serve(book) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    path = shutil.which("chromium")
    assert path, "Chromium is missing: run `sh tests/need.sh`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def fourps_command():
    """The command under test."""
    return FOURPS


@pytest.fixture(scope="session")
def axe():
    """Return a function that says what axe objects to on a page as it stands.

    WCAG 2.2 AA and best practices, or the rules that are named.
    """
    source = AXE.read_text("utf-8")

    def look(page, rules=None):
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(source)
        only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
        options = {"runOnly": only, "resultTypes": ["violations"]}
        found = page.evaluate("options => axe.run(document, options)", options)
        return [
            f"{one['id']}: {node['html'][:120]}"
            for one in found["violations"]
            for node in one["nodes"]
        ]

    return look


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
        # an answer "not modified" has no body
        if response.url.startswith("http") and response.status != HTTPStatus.NOT_MODIFIED:
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
