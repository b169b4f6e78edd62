"""Serve the built book on this machine, with the headers that a host should send."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tornado.web import Application, StaticFileHandler
from watchfiles import awatch

from fourps.book.after.bare_pages import missing
from fourps.book.after.built import Built
from fourps.book.after.headers import ALWAYS, CHANGES, content_security_policy

if TYPE_CHECKING:
    from collections.abc import Callable

HOST = "127.0.0.1"
SOURCES = ("book", "modules", "locale", "_config.yml", "_toc.yml")


class _Handler(StaticFileHandler):
    def set_extra_headers(self, _path: str) -> None:
        for name, value in {**ALWAYS, "Cache-Control": CHANGES}.items():
            self.set_header(name, value)
        if self.absolute_path and self.absolute_path.endswith(".html"):
            with open(self.absolute_path, "rb") as page:  # noqa: PTH123
                self.set_header("Content-Security-Policy", content_security_policy(page.read()))

    def write_error(self, status_code: int, **options: Any) -> None:
        """Show for a wrong address the page that a published book has there."""
        if status_code != HTTPStatus.NOT_FOUND:
            super().write_error(status_code, **options)
            return
        page = missing(Built(Path(self.root)), "/").encode()
        for name, value in ALWAYS.items():
            self.set_header(name, value)
        self.set_header("Content-Security-Policy", content_security_policy(page))
        self.finish(page)


def application(html: Path) -> Application:
    """Return the web application that serves a folder, compressed."""
    settings = {"path": str(html), "default_filename": "index.html"}
    # a page that was built again is another page: its ETag may not be remembered
    return Application(
        [(r"/(.*)", _Handler, settings)], compress_response=True, static_hash_cache=False
    )


async def follow(course: Path, rebuild: Callable[[], object]) -> None:
    """Build again whenever a source of the book changes, until cancelled.

    `rebuild` is called in a thread of its own, so that pages are served meanwhile.
    """
    sources = [path for name in SOURCES if (path := course / name).exists()]
    async for _changes in awatch(*sources):
        await asyncio.to_thread(rebuild)
