"""The server of the desk: for this computer alone, and only for whoever has its token."""

import asyncio
import json
import re
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from nbseal.mark.page import FRAME_STYLE, style_hash
from nbseal.mark.server import HOST, application, serve

RIGHT = "r1ght"


@pytest.fixture
def talk(desk):
    """Return a function that has a coroutine ask a server, and gives what it returns."""

    def talking(ask):
        with desk() as marker:
            return run_apart(_talk(marker.desk, ask))

    return talking


def run_apart(talk):
    """Run a coroutine in a thread: where a browser was started, the first one has a loop that runs."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, talk).result()


async def _talk(desk, ask):
    [listening] = bind_sockets(0, HOST)
    host = f"{HOST}:{listening.getsockname()[1]}"
    app = application(desk, RIGHT, host)
    server = HTTPServer(app)
    server.add_sockets([listening])
    try:
        return await ask(Asker(host))
    finally:
        server.stop()
        app.settings["thread"].shutdown()


class Asker:
    def __init__(self, host):
        self.host = host
        self.client = AsyncHTTPClient(force_instance=True)

    async def __call__(self, path, body=None, token=RIGHT, **headers):
        request = HTTPRequest(
            f"http://{self.host}/{token}/{path}",
            method="GET" if body is None else "POST",
            body=None if body is None else json.dumps(body),
            headers=headers,
        )
        return await self.client.fetch(request, raise_error=False)

    async def as_page(self):
        """Load the page, and return the headers with which its script asks."""
        page = await self("")
        token = re.search('name="xsrf" content="([^"]+)"', page.body.decode())[1]
        cookie = page.headers["Set-Cookie"].partition(";")[0]
        return {"X-XSRFToken": token, "Cookie": cookie}


def test_token_and_host(talk):
    """Is whoever has another token refused, and a page of another host that was led here?"""

    async def ask(at):
        answers = {
            "right": await at("task"),
            "page": await at(""),
            "token": await at("task", token=RIGHT[:-1]),
            "no token": await at("task", token=""),
            "file": await at("desk.js", token=RIGHT.upper()),
            "host": await at("task", Host="evil.example:80"),
            "name": await at("task", Host=at.host.replace("127.0.0.1", "localhost")),
            "elsewhere": await at("../server.py"),
            "other file": await at("server.py"),
        }
        return {name: (answer.code, answer.body) for name, answer in answers.items()}

    codes = talk(ask)
    assert {name for name, (code, _) in codes.items() if code == 200} == {"right", "page"}
    # what is refused says nothing
    assert all(len(body) <= 3 for code, body in codes.values() if code != 200)
    assert {codes[name][0] for name in ("token", "file", "host", "name")} == {403}


def test_other_pages_change_nothing(talk, course):
    """Is a request refused that does not come from the page itself, though it has the address?"""

    async def ask(at):
        headers = await at.as_page()
        [text, *_] = json.loads((await at("task")).body)["texts"]
        mark = {"kind": "mark", "scores": [3, 3], "comment": ""}
        body = {"key": text["key"], "decision": mark, "seen": text["seen"]}
        without = [
            await at("put", body),
            await at("put", body, Cookie=headers["Cookie"]),
            await at("undo", {}, **{"X-XSRFToken": headers["X-XSRFToken"]}),
        ]
        before = course.sql("select count(*) from nbseal_decisions")
        return [one.code for one in without], before, (await at("put", body, **headers)).code

    assert talk(ask) == ([403, 403, 403], [(0,)], 200)


def test_headers(talk):
    """May the page load nothing but itself, be kept nowhere, and be framed by nobody?"""

    async def ask(at):
        return [(await at(path)).headers for path in ("", "task", "desk.js", "none")]

    for headers in talk(ask):
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self';")
        assert "frame-ancestors 'none'" in policy
        assert style_hash(FRAME_STYLE) in policy
        assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_conflict_and_nonsense(talk):
    """Does a conflict say why, with the text as it is by now, and nonsense change nothing?"""

    async def ask(at):
        headers = await at.as_page()
        [text, *_] = json.loads((await at("task")).body)["texts"]
        mark = {"kind": "mark", "scores": [3, 3], "comment": ""}
        body = {"key": text["key"], "decision": mark, "seen": text["seen"]}
        assert (await at("put", body, **headers)).code == 200
        conflict = await at("put", body, **headers)
        odd = [{}, [], {"decision": []}, body | {"decision": {"kind": "x"}}, {**body, "key": "x"}]
        codes = [(await at("put", one, **headers)).code for one in odd]
        undone = json.loads((await at("undo", {}, **headers)).body)
        who = json.loads((await at("who", {"key": text["key"]}, **headers)).body)
        return conflict, codes, undone == {"key": text["key"]}, who

    conflict, codes, undone, who = talk(ask)
    assert conflict.code == 409
    said = json.loads(conflict.body)
    assert "6 points" in said["why"]
    assert said["now"]["mine"]["points"] == 6
    assert {*codes} == {400}
    assert undone
    assert who["who"] in ("ada", "ben", "cem")


def test_this_computer_alone(desk):
    """Does the program say its address, listen to this computer alone, and end when it is stopped?"""

    async def run(served):
        said = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(serve(served, said.set_result, browser=False))
        address = await said
        port = int(re.fullmatch(r"http://127\.0\.0\.1:(\d+)/[\w-]{32}/", address)[1])
        page = await AsyncHTTPClient(force_instance=True).fetch(address)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return port, page.code

    with desk() as marker:
        port, code = run_apart(run(marker.desk))
    assert code == 200
    with socket.socket() as probe:
        assert probe.connect_ex((HOST, port)) != 0


def test_every_word_is_there():
    """Is each word that the page says in the table of words, and none there that it does not say?"""
    from pathlib import Path

    import nbseal.mark
    from nbseal.base.desk_words import DESK

    folder = Path(nbseal.mark.__file__).parent
    text = "".join(path.read_text("utf-8") for path in (*folder.glob("*.js"), *folder.glob("*.py")))
    known = {key.removeprefix("desk-") for key in DESK}
    said = {
        *re.findall(r'(?:say|button)\(\s*"([\w-]+)"', text),
        *re.findall(r'"desk-([\w-]+)"', text),
    }
    assert said <= known
    unused = {key for key in known - said if f'"{key}"' not in text}
    assert unused <= {"agree-criteria", "agree-points"}
