"""Serve the built book on this machine, with the headers that a host should send."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tornado.web import Application, StaticFileHandler
from watchfiles import awatch

from fourps.book.after.headers import ALWAYS, CHANGES, content_security_policy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HOST = "127.0.0.1"
SOURCES = ("book", "modules", "_config.yml", "_toc.yml")


class _Handler(StaticFileHandler):
    def set_extra_headers(self, _path: str) -> None:
        for name, value in {**ALWAYS, "Cache-Control": CHANGES}.items():
            self.set_header(name, value)
        if self.absolute_path and self.absolute_path.endswith(".html"):
            with open(self.absolute_path, "rb") as page:  # noqa: PTH123
                self.set_header("Content-Security-Policy", content_security_policy(page.read()))


def application(html: Path) -> Application:
    """Return the web application that serves a folder, compressed."""
    settings = {"path": str(html), "default_filename": "index.html"}
    # a page that was built again is another page: its ETag may not be remembered
    return Application(
        [(r"/(.*)", _Handler, settings)], compress_response=True, static_hash_cache=False
    )


def listen(html: Path, port: int) -> None:
    """Serve a folder from the running event loop on; OSError says that the port is taken."""
    application(html).listen(port, HOST)


async def follow(course: Path, rebuild: Callable[[], object]) -> None:
    """Build again whenever a source of the book changes, until cancelled.

    `rebuild` is called in a thread of its own, so that pages are served meanwhile.
    """
    sources = [path for name in SOURCES if (path := course / name).exists()]
    async for _changes in awatch(*sources):
        await asyncio.to_thread(rebuild)
