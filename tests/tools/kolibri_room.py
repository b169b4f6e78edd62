"""A real Kolibri, in an environment and a home of its own: the device of a room, and who sits at it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import consumers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import ConsoleMessage, Frame, Page

PHRASE = "a long word"
# seconds
_STARTED, _SAVED = 120, 30
# as Kolibri's own pages ask its server
_ASK = """async ([method, address, body]) => {
  const token = /kolibri_csrftoken=([^;]+)/.exec(document.cookie)?.[1] || "";
  const headers = { "content-type": "application/json", "x-csrftoken": token };
  const answer = await fetch(address, { method, headers, body: body && JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${address}: ${answer.status} ${await answer.text()}`);
  return answer.status === 200 || answer.status === 201 ? answer.json() : null;
}"""


@dataclass
class Room:
    """A device with Kolibri.

    Attributes
    ----------
    program
        Which is installed.
    home
        Where it keeps all that it has.
    address
        Where it is, when it is open.
    """

    program: Path
    home: Path
    address: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """Nobody's settings, this machine alone, and no report of it to anybody."""
        kept = ("PATH", "LANG", "LC_ALL", "TMPDIR")
        return {key: os.environ[key] for key in kept if key in os.environ} | {
            "HOME": str(self.home),
            "KOLIBRI_HOME": str(self.home),
            "KOLIBRI_LISTEN_ADDRESS": "127.0.0.1",
            "KOLIBRI_DISABLE_PING": "1",
        }

    def manage(self, *words: object) -> str:
        """Run a command of its administrator, and return all that it said."""
        done = subprocess.run(
            [self.program, "manage", *map(str, words)],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        said = done.stdout + done.stderr
        assert done.returncode == 0, said
        return said

    def set_up(self) -> None:
        """Answer what a new device asks."""
        names = ("--facility", "Room", "--superusername", "admin", "--superuserpassword", PHRASE)
        how = ("--preset", "nonformal", "--language_id", "en", "--noinput")
        self.manage("provisiondevice", *names, *how)

    def bring(self, folder: Path) -> str:
        """Import the channel of a folder with all its resources, and return what was said of it."""
        (database,) = (folder / "content" / "databases").iterdir()
        said = self.manage("importchannel", "disk", database.stem, folder)
        self.manage("importcontent", "disk", database.stem, folder)
        return said

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """Return what its database holds."""
        with contextlib.closing(sqlite3.connect(self.home / "db.sqlite3")) as tables:
            return tables.execute(query, values).fetchall()

    def of(self, learner: str, content: str) -> tuple[float, str]:
        """Return a learner's progress in a resource, and what the course keeps there."""
        found = self.rows(
            "SELECT progress, json_extract(extra_fields, '$.contentState.SCORM.cmi.suspend_data')"
            " FROM logger_contentsummarylog WHERE content_id = ? AND user_id ="
            " (SELECT id FROM kolibriauth_facilityuser WHERE username = ?)",
            *(content, learner),
        )
        ((progress, kept),) = found or [(0.0, "")]
        return progress, kept or ""

    def comes_to(self, learner: str, content: str, progress: float, kept: str = "") -> None:
        """Wait until Kolibri has saved this, some seconds later: a progress, and a text or nothing."""
        until = time.monotonic() + _SAVED
        while True:
            found, text = self.of(learner, content)
            if found == progress and kept in text and bool(kept) == bool(text):
                return
            assert time.monotonic() < until, (found, text)
            time.sleep(0.1)

    @contextlib.contextmanager
    def opened(self) -> Iterator[Room]:
        """Serve it."""
        port, other = consumers.free_port(), consumers.free_port()
        words = ["env", *(f"{name}={value}" for name, value in self.environment.items())]
        words += [self.program, "start", "--foreground", "--port", port, "--zip-port", other]
        with consumers.serving(words, port, self.home / "server.log", _STARTED) as self.address:
            yield self


@dataclass
class Seat:
    """A browser in the room, with whoever sits there."""

    room: Room
    page: Page
    complaints: list[str] = field(default_factory=list)
    """What went wrong in pages of the course; Kolibri's own are Kolibri's matter."""

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        place = message.location.get("url", "")
        if message.type in ("error", "warning") and "/zipcontent/" in place:
            self.complaints.append(f"{message.text} {place}")

    def _ask(self, method: str, address: str, body: object = None) -> object:
        return self.page.evaluate(_ASK, [method, f"{self.room.address}{address}", body])

    def sign_in(self, learner: str) -> None:
        """Sign in, as somebody new where the name is not known yet."""
        self.page.goto(f"{self.room.address}/en/auth/")
        (facility,) = self._ask("GET", "/api/public/v1/facility/")
        who = {"username": learner, "password": PHRASE, "facility": facility["id"]}
        known = "SELECT 1 FROM kolibriauth_facilityuser WHERE username = ?"
        if not self.room.rows(known, learner):
            self._ask("POST", "/api/auth/session/", who | {"username": "admin"})
            self._ask("POST", "/api/auth/facilityuser/", who | {"full_name": learner.title()})
            self.sign_out()
            self.page.goto(f"{self.room.address}/en/auth/")
        self._ask("POST", "/api/auth/session/", who)

    def sign_out(self) -> None:
        """Leave the seat to the next one."""
        self._ask("DELETE", "/api/auth/session/current/")

    def open(self, node: str) -> None:
        """Open a resource, and wait until the first page of the course is there."""
        # only the part behind # would change, and Kolibri would go on as it was
        self.page.goto("about:blank")
        self.page.goto(f"{self.room.address}/en/learn/#/topics/c/{node}")
        self.page.wait_for_selector("iframe")
        for _ in range(300):
            if self.shell and self.book and self.book.url.endswith(".html"):
                break
            self.page.wait_for_timeout(100)
        assert self.book, [frame.url for frame in self.page.frames]
        self.book.wait_for_load_state("load")

    @property
    def shell(self) -> Frame | None:
        """The frame with the session, in that which Kolibri makes."""
        return next((one for one in self.page.frames if one.url.endswith("/index.html")), None)

    @property
    def book(self) -> Frame | None:
        """The frame with the course's pages."""
        return next(iter(self.shell.child_frames), None) if self.shell else None

    def go(self, name: str) -> Frame:
        """Follow the first link to a page, and return the frame with that."""
        self.book.locator(f"a[href$='{name}']").first.evaluate("link => link.click()")
        self.book.wait_for_url(f"**/{name}")
        self.book.wait_for_load_state("load")
        return self.book
