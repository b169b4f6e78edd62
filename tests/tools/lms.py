"""A small learning platform: it frames one SCORM package, and keeps of each learner what the package reports.

Its runtime is scorm-again, which learning platforms use. What it does itself, every platform does: it serves
the files, puts the API somewhere, and gives a learner back what was committed the last time. It answers to
two names, and so has two origins: many platforms serve what others wrote from another one.
"""

from __future__ import annotations

import contextlib
import html
import inspect
import json
import mimetypes
import re
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from playwright.sync_api import Frame, Page

HERE = Path(__file__).parent
RUNTIMES = HERE.parents[1] / "node_modules" / "scorm-again" / "dist"
# how the frame is sandboxed, if it is framed and at all
FRAMES: dict[str, str | None] = {
    "same origin": None,
    "other origin": None,
    "sandbox": "allow-scripts",
    "sandbox with its origin": "allow-scripts allow-same-origin",
    "popup": None,
    "late": None,
    "no API": None,
}
# where an API can be reached
HEARD = ("same origin", "sandbox with its origin", "popup", "late")
# milliseconds
LATE = 2_000
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Course 7</title>
<style>body{{margin:0}}iframe{{display:block;inline-size:100%;block-size:90vh;border:0}}</style></head>
<body><header aria-label="Platform"><h1>Course 7</h1></header>{inside}
<script type="application/json" id="course">{data}</script>
<script src="/runtime.js"></script><script src="/lms.js"></script></body></html>
"""


@dataclass(frozen=True)
class Words:
    """What a version of SCORM calls things."""

    runtime: str
    file: str
    api: str
    status: str
    place: str
    entry: str

    @property
    def kept(self) -> tuple[str, str]:
        """What says more of a learner than a status does."""
        return "cmi.suspend_data", self.place


VERSIONS = {
    "1.2": Words(
        "Scorm12API",
        "scorm12.min.js",
        "API",
        "cmi.core.lesson_status",
        "cmi.core.lesson_location",
        "cmi.core.entry",
    ),
    "2004": Words(
        "Scorm2004API",
        "scorm2004.min.js",
        "API_1484_11",
        "cmi.completion_status",
        "cmi.location",
        "cmi.entry",
    ),
}
SUSPENDED = "cmi.suspend_data"


@dataclass
class Platform:
    """What is served, and what was committed.

    Attributes
    ----------
    files
        Of the package, by name.
    version
        Of SCORM.
    address
        Where it is, and where its packages are too.
    elsewhere
        The same under another name, and so of another origin.
    commits
        By learner, all that was committed: each time every value, by its name.
    """

    files: Mapping[str, bytes]
    version: str
    address: str = ""
    elsewhere: str = ""
    commits: dict[str, list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))

    @property
    def words(self) -> Words:
        return VERSIONS[self.version]

    def last(self, learner: str) -> dict[str, str]:
        """Return what was committed last; nothing before the first time."""
        return (self.commits[learner] or [{}])[-1]

    def status(self, learner: str = "amina") -> str:
        return self.last(learner).get(self.words.status, "")

    def packed(self, learner: str = "amina") -> str:
        return self.last(learner).get(SUSPENDED, "")

    def place(self, learner: str = "amina") -> str:
        return self.last(learner).get(self.words.place, "")

    def page(self, frame: str, learner: str) -> str:
        """Return the page that a learner is sent to."""
        words = self.words
        at = self.elsewhere if frame == "other origin" else self.address
        content = f"{at}/content/launch.html"
        kept = {name: self.last(learner).get(name, "") for name in (words.status, words.place)}
        data = {
            "kept": {name: value for name, value in kept.items() if value}
            | {SUSPENDED: self.packed(learner)}
            | {words.entry: "resume" if self.last(learner) else "ab-initio"},
            "commit": f"/commit?learner={learner}",
            "runtime": words.runtime,
            "api": "" if frame == "no API" else words.api,
            "late": LATE if frame == "late" else 0,
            "popup": content,
        }
        sandbox = FRAMES[frame]
        how = "" if sandbox is None else f'sandbox="{sandbox}"'
        framed = f'<iframe title="Part 1" {how} src="{content}"></iframe>'
        inside = '<button id="enter">Enter</button>' if frame == "popup" else framed
        text = json.dumps(data).replace("<", "\\u003c")
        return PAGE.format(inside=inside, data=text)

    def answer(self, address: str) -> tuple[str, bytes] | None:
        """Return the kind and the bytes of what has an address; nothing where there is nothing."""
        place = urlsplit(address)
        if place.path == "/course":
            return "text/html", self.page(**dict(parse_qsl(place.query))).encode()
        if place.path == "/runtime.js":
            return "text/javascript", (RUNTIMES / self.words.file).read_bytes()
        if place.path == "/lms.js":
            return "text/javascript", (HERE / "lms.js").read_bytes()
        if place.path == "/":
            return "text/html", b"<!doctype html><title>Home</title><h1>Home</h1>"
        name = place.path.removeprefix("/content/")
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return (kind, self.files[name]) if name in self.files else None

    def open(self, page: Page, frame: str = "same origin", learner: str = "amina") -> Visit:
        """Have a learner come to the course, and wait until it is there."""
        query = urlencode({"frame": frame, "learner": learner})
        page.goto(f"{self.address}/course?{query}")
        window = page
        if frame == "popup":
            with page.expect_popup() as opened:
                page.locator("#enter").click()
            window = opened.value
        return Visit(page, window, f"{self.address}/").settle()


@dataclass
class Visit:
    """A learner at a course.

    Attributes
    ----------
    page
        The platform's.
    window
        The one with the course; another where that opens in a window of its own.
    home
        The address of a page of the platform without the course.
    """

    page: Page
    window: Page
    home: str

    @property
    def shell(self) -> Frame:
        """The frame that holds the session."""
        return next(one for one in self.window.frames if "launch.html" in one.url)

    @property
    def book(self) -> Frame:
        """The frame in which the course's pages are."""
        (frame,) = self.shell.child_frames
        return frame

    def settle(self) -> Visit:
        """Wait for the first page, which may wait for an API."""
        until(self.window, lambda: any("launch.html" in one.url for one in self.window.frames))
        self.shell.locator("iframe").wait_for()
        self.book.wait_for_url(re.compile(r"/(book|modules)/[^?]*\.html"))
        self.book.wait_for_load_state("load")
        return self

    def go(self, name: str) -> Frame:
        """Follow the first link to a page, if it is another, and return the frame with that."""
        if self.book.url.endswith(name):
            return self.book
        self.book.locator(f"a[href$='{name}']").first.evaluate("link => link.click()")
        self.book.wait_for_url(f"**/{name}")
        self.book.wait_for_load_state("load")
        return self.book

    def leave(self) -> None:
        """Go on to another page of the platform, and close a window of the course's own."""
        if self.window != self.page:
            self.window.close()
        self.page.goto(self.home)


def until(page: Page, check: Callable[[], object], seconds: float = 10) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, inspect.getsource(check)
        page.wait_for_timeout(25)


def _handler(platform: Platform) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found = platform.answer(self.path)
            kind, body = found or ("text/plain", html.escape(self.path).encode())
            self.reply(HTTPStatus.OK if found else HTTPStatus.NOT_FOUND, kind, body)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            learner = dict(parse_qsl(urlsplit(self.path).query))["learner"]
            platform.commits[learner].append(json.loads(body))
            self.reply(HTTPStatus.OK, "application/json", b'{"result": true, "errorCode": 0}')

        def reply(self, status: HTTPStatus, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Say nothing: a browser that leaves a page does not wait for the rest of it."""


@contextlib.contextmanager
def serving(files: Mapping[str, bytes], version: str = "1.2") -> Iterator[Platform]:
    """Serve a package."""
    platform = Platform(files, version)
    with _Server(("127.0.0.1", 0), _handler(platform)) as server:
        port = server.server_port
        platform.address = f"http://127.0.0.1:{port}"
        platform.elsewhere = f"http://localhost:{port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield platform
        server.shutdown()
