"""Load pages of each variant as a phone with a bad link does, and play a scenario on a slow one.

Pages are loaded in Chromium over HTTP, compressed, on an emulated connection of 400 kbit/s with
400 ms of latency, the variants in turn, each time in a fresh browser context with an empty cache.
"Playable" is the mark ``fourps-ready`` that our player sets.

The stock widget view loads require.js and html-manager from a CDN, which is never contacted: those
requests are stopped inside the browser and counted, and their bytes are **not** in the weight. The
comparison therefore favours the stock variant. For the same reason nobody can play there.

A choice is timed by the browser itself (Event Timing) at a quarter of the processor's speed, in
whole plays by mouse and by keyboard: from the click or key to the next frame.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, StaticFileHandler

from fourps.book.serve import HOST, application
from variants import PRACTICE, BenchmarkError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

BYTES_PER_SECOND = 50_000
LATENCY_MS = 400
PATIENCE_MS = 180_000
# longer than one round trip, so that nothing is still to come
SETTLE_MS = 1_500
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # nothing leaves this machine
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HOST}",
]

SLOWER = 4
# the browser tells of no event that took less
SHORTEST_MS = 16
LONGEST_PLAY = 100


@dataclass
class Load:
    """One page load.

    Attributes
    ----------
    requests
        Requests to this machine that went over the wire, but for the browser's own icon.
    stopped
        Addresses elsewhere that the page asked for and did not get.
    assets
        Bytes transferred for each path, headers included.
    paint
        Milliseconds until the first contentful paint.
    playable
        Milliseconds until the scenario can be played, where it can.
    """

    requests: int = 0
    stopped: list[str] = field(default_factory=list)
    assets: dict[str, int] = field(default_factory=dict)
    paint: float = 0.0
    playable: float | None = None

    @property
    def weight(self) -> float:
        """Return the kilobytes transferred (of 1000 bytes)."""
        return sum(self.assets.values()) / 1000


def _plain(html: Path) -> Application:
    """Return a compressing server without our headers: a policy of ours would break the peers."""
    handlers = [(r"/(.*)", StaticFileHandler, {"path": str(html)})]
    return Application(handlers, compress_response=True)


@contextlib.contextmanager
def serving(folders: dict[str, Path]) -> Iterator[dict[str, str]]:
    """Serve each variant from a thread, and yield the address of each."""
    addresses: dict[str, str] = {}
    ready, stop = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def run() -> None:
        servers = []
        for name, html in folders.items():
            sockets = bind_sockets(0, HOST)
            servers.append(HTTPServer(application(html) if name == "ours" else _plain(html)))
            servers[-1].add_sockets(sockets)
            addresses[name] = f"http://{HOST}:{sockets[0].getsockname()[1]}"
        ready.set()
        await stop.wait()
        for server in servers:
            server.stop()
            await server.close_all_connections()

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()), daemon=True)
    thread.start()
    try:
        if not ready.wait(timeout=10):
            raise BenchmarkError("The local server did not start.")
        yield addresses
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(timeout=10)
        loop.close()


class Wire:
    """Listens to the browser's network events for one page."""

    def __init__(self, page: Page, base: str) -> None:
        self.load = Load()
        self._base = base
        self._paths: dict[str, str] = {}
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.requestServedFromCache", self._cached)
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")
        session.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": LATENCY_MS,
                "downloadThroughput": BYTES_PER_SECOND,
                "uploadThroughput": BYTES_PER_SECOND,
            },
        )

    def _sent(self, event: dict[str, Any]) -> None:
        url = event["request"]["url"]
        if url == f"{self._base}/favicon.ico":
            # asked for once per run of the browser, so not by every load
            return
        if url.startswith(self._base):
            self._paths[event["requestId"]] = urlsplit(url).path
        elif url.startswith(("http:", "https:")):
            self.load.stopped.append(url)

    def _cached(self, event: dict[str, Any]) -> None:
        self._paths.pop(event["requestId"], None)

    def _finished(self, event: dict[str, Any]) -> None:
        if path := self._paths.get(event["requestId"]):
            size = round(event["encodedDataLength"])
            self.load.assets[path] = self.load.assets.get(path, 0) + size

    def result(self) -> Load:
        """Return what was heard."""
        self.load.requests = len(self._paths)
        return self.load


_START = "name => performance.getEntriesByName(name)[0]?.startTime"


def load_page(browser: Browser, base: str, path: str, *, playable: bool) -> Load:
    """Load a page once, with an empty cache, on a slow connection.

    Parameters
    ----------
    browser
        A running browser.
    base
        The address of the server.
    path
        The page below it.
    playable
        Whether to wait for the player.

    Returns
    -------
    Load
        What was transferred, and when something was to be seen and to be played.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE_MS)
    try:
        page = context.new_page()
        wire = Wire(page, base)
        page.goto(f"{base}/{path}", wait_until="load", timeout=PATIENCE_MS)
        if playable:
            page.wait_for_function(_START, arg="fourps-ready")
        page.wait_for_function(_START, arg="first-contentful-paint")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(SETTLE_MS)
        load = wire.result()
        load.paint = page.evaluate(_START, "first-contentful-paint")
        load.playable = page.evaluate(_START, "fourps-ready") if playable else None
    finally:
        context.close()
    return load


_OBSERVE = """() => {
  window.slow = {};
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries())
      if (interactionId) slow[interactionId] = Math.max(slow[interactionId] || 0, duration);
  }).observe({ type: "event", durationThreshold: 16 });
}"""


def time_choices(browser: Browser, base: str) -> list[float]:
    """Play whole scenarios on a slow processor.

    Parameters
    ----------
    browser
        A running browser.
    base
        The address of the server.

    Returns
    -------
    list of float
        Milliseconds of every answer to a click or key; 16 where the browser says only that it was
        faster.
    """
    context = browser.new_context(viewport={"width": 375, "height": 800})
    context.set_default_timeout(PATIENCE_MS)
    # options stand in an order of each attempt: have each measurement go the same ways
    context.add_init_script("Math.random = () => 0.5")
    try:
        page = context.new_page()
        page.goto(f"{base}/{PRACTICE}.html")
        page.locator("[data-fourps=scenario][data-ready]").wait_for()
        session = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.evaluate(_OBSERVE)
        # the first option each time, then the last: two different ways
        acts = sum(_play(page, last=last, keys=last) for last in (False, True))
        page.wait_for_timeout(SETTLE_MS)
        slow: dict[str, float] = page.evaluate("slow")
    finally:
        context.close()
    return sorted(slow.values()) + [float(SHORTEST_MS)] * max(0, acts - len(slow))


def _play(page: Page, *, last: bool, keys: bool) -> int:
    """Play from the title to the debrief, by mouse or by keyboard; return how many presses."""
    player = page.locator("[data-fourps=scenario] .fp-screen")
    on = player.locator(".fp-choice, .fp-show-why, .fp-next")
    for acts in range(LONGEST_PLAY):
        if not on.count():
            player.locator(".fp-again").click()
            page.locator(".fp-again-yes").click()
            return acts + 2
        target = on.last if last else on.first
        if keys:
            target.press("Enter")
        else:
            target.click()
    raise BenchmarkError(f"The scenario of {PRACTICE} did not end in {LONGEST_PLAY} steps.")
