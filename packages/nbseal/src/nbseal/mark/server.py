"""Serves the desk to this computer alone."""

from __future__ import annotations

import asyncio
import hmac
import json
import secrets
import webbrowser
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler

from nbseal.base.errors import UserError
from nbseal.mark.desk import NotSavedError
from nbseal.mark.page import FRAME_STYLE, style_hash

if TYPE_CHECKING:
    from collections.abc import Callable

    from nbseal.mark.desk import Desk

HOST = "127.0.0.1"
_HERE = Path(__file__).parent
_SCRIPT = "text/javascript"
_FILES = {
    "desk.css": "text/css",
    **dict.fromkeys(("desk.js", "screen.js", "state.js", "parts.js", "serverstore.js"), _SCRIPT),
}
# what a decision may have at most: a comment, in any script
_BODY = 64 * 1024
_CSP = (
    f"default-src 'none'; script-src 'self'; style-src 'self' {style_hash(FRAME_STYLE)}; "
    "style-src-attr 'unsafe-inline'; connect-src 'self'; img-src data:; frame-src 'none'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _CSP,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class _Handler(RequestHandler):
    """Answers only whoever has the token, at the address that the server said."""

    def set_default_headers(self) -> None:
        for name, value in _HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        # a page of another host whose name was made to mean this computer
        if self.request.host != self.settings["host"]:
            raise HTTPError(403, "another host")
        if not hmac.compare_digest(self.path_args[0].encode(), self.settings["token"].encode()):
            raise HTTPError(403, "another token")

    async def ask(self, question: Callable[..., Any], *names: Any) -> Any:
        """Ask the desk, whose gradebook may be held by another program for a while."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.settings["thread"], partial(question, *names))

    @property
    def desk(self) -> Desk:
        """The desk."""
        desk: Desk = self.settings["desk"]
        return desk

    def write_error(self, status_code: int, **_: Any) -> None:
        """Say no more than that it is refused."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code}")


class _Nothing(_Handler):
    def prepare(self) -> None:
        raise HTTPError(404)


class _Page(_Handler):
    def get(self, _token: str) -> None:
        """Give the page, which knows by what its requests are told from those of other pages."""
        page = (_HERE / "desk.html").read_text("utf-8")
        self.finish(page.replace('content=""', f'content="{self.xsrf_token.decode()}"', 1))


class _File(_Handler):
    def get(self, _token: str, name: str) -> None:
        self.set_header("Content-Type", f"{_FILES[name]}; charset=utf-8")
        self.finish((_HERE / name).read_bytes())


class _Task(_Handler):
    async def get(self, _token: str) -> None:
        self.finish(await self.ask(self.desk.load))


class _Decide(_Handler):
    async def post(self, _token: str, what: str) -> None:
        try:
            self.finish(await self._answer(what))
        except NotSavedError as error:
            self.set_status(409)
            self.finish({"why": str(error), "now": error.now})
        except UserError as error:
            self.set_status(400)
            self.finish({"why": str(error)})

    async def _answer(self, what: str) -> dict[str, Any]:
        try:
            asked = json.loads(self.request.body or b"{}")
            key, decision, seen = (asked.get(name) for name in ("key", "decision", "seen"))
        except (ValueError, AttributeError) as error:
            raise HTTPError(400) from error
        if what == "undo":
            return {"key": await self.ask(self.desk.undo)}
        if what == "agreement":
            agreement: dict[str, Any] = await self.ask(self.desk.agreement)
            return agreement
        if what == "who":
            return {"who": await self.ask(self.desk.who, str(key))}
        if not isinstance(decision, dict):
            raise HTTPError(400)
        text: dict[str, Any] = await self.ask(self.desk.put, str(key), decision, str(seen))
        return text


def application(desk: Desk, token: str, host: str) -> Application:
    """Return the web application.

    Parameters
    ----------
    desk
        What it shows.
    token
        That stands in each address.
    host
        With the port: what a browser says that it asks.
    """
    one = r"/([\w-]+)/"
    files = "|".join(name.replace(".", r"\.") for name in _FILES)
    return Application(
        [
            (one, _Page),
            (rf"{one}({files})", _File),
            (f"{one}task", _Task),
            (f"{one}(put|undo|who|agreement)", _Decide),
        ],
        default_handler_class=_Nothing,
        desk=desk,
        token=token,
        host=host,
        # one at a time: the gradebook has one writer
        thread=ThreadPoolExecutor(1),
        compress_response=True,
        xsrf_cookies=True,
        # other programs of this computer have cookies too, whatever their port
        xsrf_cookie_name=f"_xsrf_{host.rpartition(':')[2]}",
        xsrf_cookie_kwargs={"samesite": "Strict", "httponly": True},
        # each request would be a line in the terminal
        log_function=lambda _: None,
    )


def run(desk: Desk, say: Callable[[str], None], port: int = 0, *, browser: bool) -> None:
    """Serve until Ctrl+C, as `serve` does."""
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(desk, say, port, browser=browser))


async def serve(desk: Desk, say: Callable[[str], None], port: int = 0, *, browser: bool) -> None:
    """Serve until cancelled.

    Parameters
    ----------
    desk
        What is shown.
    say
        Told the address.
    port
        0 for any that is free.
    browser
        Whether it is opened there.
    """
    [socket] = bind_sockets(port, HOST)
    host = f"{HOST}:{socket.getsockname()[1]}"
    token = secrets.token_urlsafe(24)
    app = application(desk, token, host)
    server = HTTPServer(app, max_body_size=_BODY, max_buffer_size=2 * _BODY)
    server.add_sockets([socket])
    address = f"http://{host}/{token}/"
    say(address)
    # the texts are drawn while the browser starts
    app.settings["thread"].submit(desk.load)
    if browser:
        await asyncio.to_thread(webbrowser.open, address)
    try:
        await asyncio.Event().wait()
    finally:
        server.stop()
        app.settings["thread"].shutdown()
