"""Other browsers than that of most tests: WebKit, and whichever is installed, with an unpacked release.

WebKit is driven by WebKitGTK's own driver on a display that nobody sees. What it is asked is a handful of W3C
WebDriver, which is JSON over HTTP. Puppeteer speaks two other languages, Playwright drives a WebKit of its own
that no package brings, and Selenium with all that it needs is more than these lines.

Where no test runs, a workflow plays a story of a release: python browsers.py FOLDER --channel msedge
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Page, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

# a machine that is busy starts a browser slowly
PATIENCE = 180
# the browser's own window has a bar that is broader than a phone; what a page opens has none
OPTIONS = {"args": ["--automation", "--javascript-can-open-windows-automatically=true"]}
OPEN = "open('about:blank', '', `toolbar=no,width=${arguments[0]},height=${arguments[1]}`)"


class Window:
    """A window of WebKit; the argument is the address of its session."""

    def __init__(self, session: str) -> None:
        self._session = session

    def do(self, command: str, **words: Any) -> Any:
        """Return what comes of a command that changes something."""
        return _ask(f"{self._session}/{command}", words)

    def get(self, command: str) -> Any:
        """Return what a command finds out."""
        return _ask(f"{self._session}/{command}")

    def run(self, script: str, *arguments: Any) -> Any:
        """Return what the page returns from the body of a function, or promises there."""
        return self.do("execute/sync", script=script, args=arguments)

    def wait(self, condition: str) -> None:
        """Wait until a condition holds on the page."""
        end = time.monotonic() + PATIENCE
        while not self.run(f"return !!({condition})"):
            assert time.monotonic() < end, f"never: {condition}"
            time.sleep(0.02)

    def click(self, selector: str) -> None:
        """Click as a hand does."""
        element = self.do("element", using="css selector", value=selector)
        self.do(f"element/{next(iter(element.values()))}/click")


@contextlib.contextmanager
def window(width: int, height: int) -> Iterator[Window]:
    """Open a window in which a page has this much room."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (
        tempfile.TemporaryDirectory() as home,
        _started("Xvfb", "-displayfd", "1", "-screen", "0", "1400x1000x24") as display,
        _started(
            "WebKitWebDriver",
            f"--port={port}",
            # with what it keeps in a home of its own
            env=os.environ | {"DISPLAY": f":{display.stdout.readline().strip()}", "HOME": home},
        ),
    ):
        driver = f"http://127.0.0.1:{port}"
        _answers(driver)
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": OPTIONS}}
        opened = _ask(f"{driver}/session", {"capabilities": wanted})
        session = f"{driver}/session/{opened['sessionId']}"
        window = Window(session)
        window.do("timeouts", script=PATIENCE * 1000)
        own = window.get("window")
        window.run(OPEN, width, height)
        window.do(
            "window", handle=next(name for name in window.get("window/handles") if name != own)
        )
        try:
            yield window
        finally:
            _ask(session, method="DELETE")


@contextlib.contextmanager
def _started(program: str, *words: str, env: dict[str, str] | None = None):
    assert shutil.which(program), f"{program} is missing: run `sh tests/need.sh proof`"
    # nothing that was started outlives who started it
    command = ["setpriv", "--pdeathsig", "TERM", program, *words]
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    with subprocess.Popen(command, env=env, **quiet) as process:
        try:
            yield process
        finally:
            process.terminate()


def _answers(driver: str) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            _ask(f"{driver}/status")
        except urllib.error.URLError:
            assert time.monotonic() < end, "WebKit's driver does not answer"
            time.sleep(0.05)
        else:
            return


def _ask(address: str, words: dict[str, Any] | None = None, method: str | None = None) -> Any:
    sent = None if words is None else json.dumps(words).encode()
    request = urllib.request.Request(
        address, sent, {"Content-Type": "application/json"}, method=method
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)["value"]
    except urllib.error.HTTPError as error:
        raise AssertionError(json.load(error)["value"]["message"]) from error


STORY = "course/modules/protection/practice.html"
# the most steps that a story can have
_MOST = 200


def play(page: Page) -> str:
    """Choose the first option of each screen of a story until it ends; return how it ended."""
    onward = page.locator(".fp-choice, .fp-next, .fp-show-why, .fp-again-no")
    for _ in range(_MOST):
        if not onward.count():
            return page.locator(".fp-heading").last.inner_text()
        onward.first.click()
    raise AssertionError(f"no ending after {_MOST} steps")


def visit(page: Page, folder: Path) -> list[str]:
    """Open the first file, what it leads to, and a story; return what each is called."""
    page.goto((folder / "READ-ME-FIRST.html").as_uri())
    titles = [page.title()]
    page.locator("a").first.click()
    page.locator("[data-fourps-exit]").first.wait_for()
    titles.append(page.title())
    page.goto((folder / STORY).as_uri())
    page.locator("[data-fourps='scenario'][data-ready]").wait_for()
    titles.append(page.title())
    return [*titles, play(page)]


def main() -> int:
    """Do so with an installed browser, and say what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--channel", help="such as msedge")
    arguments = parser.parse_args()
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(channel=arguments.channel)
        page = browser.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: line.type == "error" and complaints.append(line.text))
        seen = visit(page, arguments.folder.resolve())
        browser.close()
    sys.stdout.write("\n".join([*seen, *complaints, ""]))
    return bool(complaints)


if __name__ == "__main__":
    sys.exit(main())
