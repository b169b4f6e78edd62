"""The book over a real socket."""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import http.client
import re
import signal
import socket
import threading
import time

import commands
import psutil
import pytest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from fourps.book.after.bare_pages import missing
from fourps.book.after.built import Built
from fourps.book.serve import HOST, application

BASE = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"


@pytest.fixture(scope="module")
def port(good):
    """A server of the small book in a thread of its own."""
    loop, sockets = asyncio.new_event_loop(), bind_sockets(0, HOST)

    async def listen():
        HTTPServer(application(good.html)).add_sockets(sockets)

    def run():
        asyncio.set_event_loop(loop)
        loop.run_until_complete(listen())
        loop.run_forever()

    threading.Thread(target=run, daemon=True).start()
    # whoever asks before anybody listens waits
    yield sockets[0].getsockname()[1]
    loop.call_soon_threadsafe(loop.stop)


def get(port, path, method="GET", **headers):
    """Return status, headers and body, exactly as they came."""
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers, body


@pytest.mark.parametrize("name", ["book/welcome", "modules/demo/practice", "modules/demo/cells"])
def test_content_security(good, port, name):
    """Does a page allow its own inline scripts, by their hashes, and nothing from elsewhere?"""
    status, headers, body = get(port, f"/{name}.html")
    assert (status, body) == (200, (good.html / f"{name}.html").read_bytes())
    assert headers["Content-Security-Policy"].startswith(f"{BASE}; ")
    scripts = re.search("; script-src ([^;]+)", headers["Content-Security-Policy"])[1]
    inline = [
        script.string
        for script in good.soup(name).find_all("script", src=False)
        if script.get("type") in (None, "text/javascript", "module")
    ]
    assert inline
    hashes = {
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in inline
    }
    assert set(scripts.split()) == {"'self'"} | hashes


def test_nothing_inline_beside_scripts(good):
    """Are pages free of what no hash can allow: handlers, script addresses, other hosts?"""
    for name in good.toc():
        soup = good.soup(name)
        for element in soup.find_all(True):
            handlers = [key for key in element.attrs if key.startswith("on")]
            assert handlers == [], element
            assert not str(element.get("href", "")).startswith("javascript:"), element
            if element.name in ("script", "img", "iframe", "source"):
                assert not re.match(r"(https?:)?//", element.get("src", "")), element
            if element.name == "link":
                assert not re.match(r"(https?:)?//", element.get("href", "")), element


@pytest.mark.parametrize("path", ["/", "/index.html"])
def test_index(good, port, path):
    """Is the folder itself the index, under the same policy?"""
    status, headers, body = get(port, path)
    assert (status, body) == (200, (good.html / "index.html").read_bytes())
    assert headers["Content-Security-Policy"].startswith(BASE)
    assert "unsafe-eval" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "kind", "most"),
    [
        ("modules/demo/practice.html", "text/html", 0.5),
        ("_static/fourps.js", "text/javascript", 0.5),
        ("_static/styles/furo.css", "text/css", 0.5),
        # packed already
        ("searchindex.js", "text/javascript", 0.7),
    ],
)
def test_compressed(good, port, path, kind, most):
    """Are texts sent compressed to who asks, whole, and plain to who does not?"""
    original = (good.html / path).read_bytes()
    status, headers, body = get(port, f"/{path}", **{"Accept-Encoding": "gzip"})
    assert status == 200
    assert headers["Content-Type"].partition(";")[0].replace("application", "text") == kind
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == original
    assert len(body) < len(original) * most
    _, headers, body = get(port, f"/{path}", **{"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in headers
    assert body == original


def test_headers(port):
    """Does every answer keep kinds as declared, and tell no other site where one came from?"""
    for path in ("/", "/_static/fourps.js", "/modules/demo/quiz.html"):
        _, headers, _ = get(port, path)
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-cache"
        assert "Set-Cookie" not in headers


def test_changed_page(good, port):
    """Is a page that was written again sent again to a browser that knew it?"""
    page = good.html / "again.html"
    page.write_text("one", "utf-8")
    known = get(port, "/again.html")[1]["Etag"]
    assert get(port, "/again.html", **{"If-None-Match": known})[0] == 304
    page.write_text("two", "utf-8")
    status, _, body = get(port, "/again.html", **{"If-None-Match": known})
    page.unlink()
    assert (status, body) == (200, b"two")


@pytest.mark.parametrize(
    "path", ["/no-such-page.html", "/modules/demo/no.html", "/modules/demo/lesson.md"]
)
def test_missing(good, port, path):
    """Is there for a wrong address the page of a published book, with its policy?"""
    status, headers, body = get(port, path)
    assert (status, body.decode()) == (404, missing(Built(good.html), "/"))
    assert headers["Content-Security-Policy"].startswith(BASE)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert get(port, path, "HEAD")[0] == 404


@pytest.mark.parametrize("path", ["/../_config.yml", "/..%2f..%2f_config.yml", "//etc/passwd"])
def test_outside(port, path):
    """Is everything outside the pages out of reach?"""
    status, _, body = get(port, path)
    assert status in (403, 404)
    assert b"execute_notebooks" not in body
    assert b"root:" not in body


def test_only_reading(port):
    """Does the server refuse to be written to?"""
    assert get(port, "/index.html", "HEAD")[0] == 200
    assert get(port, "/index.html", "POST")[0] in (403, 405)
    assert get(port, "/index.html", "DELETE")[0] in (403, 405)


@pytest.mark.slow
def test_port_taken(good):
    """Does a port that is in use end in one clear sentence and exit status 1, before any build?"""
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        number = taken.getsockname()[1]
        result = good.run("fourps", "book", "serve", good.root, "--port", number)
    assert result.status == 1
    output = " ".join(result.output.split())
    assert output == (
        f"Port {number} cannot be used (Address already in use). "
        f"Try: {commands.BIN / 'fourps'} book serve --port {number + 1}"
    )


@pytest.fixture
def serve(tmp_path):
    """Return a function that serves a book by the command: its port, what it prints, and it."""
    started = []

    def start(book):
        with socket.socket() as free:
            free.bind((HOST, 0))
            number = free.getsockname()[1]
        log = tmp_path / str(number)
        with log.open("w") as stream:
            command = ["fourps", "book", "serve", book.root, "--port", str(number)]
            process = commands.start(command, stdout=stream, stderr=stream)
        started.append(process)
        return number, log, process

    yield start
    for process in started:
        process.kill()
        process.wait()


def until(true, log, process):
    """Wait for something that a running command brings about."""
    deadline = time.monotonic() + 600
    while not true():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)


def answers(number):
    with socket.socket() as probe:
        return probe.connect_ex((HOST, number)) == 0


@pytest.mark.slow
def test_command(serve, new_book):
    """Does the command serve what it built, build again after each edit, and end at Ctrl+C?"""
    book = new_book()
    number, log, process = serve(book)
    lesson, cells = "/modules/demo/lesson.html", "/modules/demo/cells.html"
    until(lambda: answers(number), log, process)
    # it answers a moment before it says so
    until(lambda: f"Serving http://{HOST}:{number}/" in log.read_text(), log, process)
    assert b"book/welcome.html" in get(number, "/")[2]

    book.edit("modules/demo/lesson.md", "quokka", "numbat")
    until(lambda: b"numbat" in get(number, lesson)[2], log, process)
    book.edit("modules/demo/scenario.yaml", "axolotl", "gecko")
    until(lambda: b"gecko" in get(number, cells)[2], log, process)

    book.edit("modules/demo/scenario.yaml", "    title: In the room", "    titel: In the room")
    until(lambda: "did you mean 'title'?" in log.read_text(), log, process)
    until(lambda: "Mend what is named above" in log.read_text(), log, process)
    assert b"gecko" in get(number, cells)[2]
    book.edit("modules/demo/scenario.yaml", "    titel: In the room", "    title: In the hall")
    until(lambda: b"In the hall" in get(number, cells)[2], log, process)

    builders = psutil.Process(process.pid).children(recursive=True)
    assert builders
    process.send_signal(signal.SIGINT)
    assert process.wait(600) == 0
    assert "Traceback" not in log.read_text()
    assert psutil.wait_procs(builders, 20)[1] == []


@pytest.mark.slow
def test_two_commands(serve, new_book):
    """Do two of them, on two ports, serve and build one book?"""
    book, lesson = new_book(), "/modules/demo/lesson.html"
    several = [serve(book) for _ in range(2)]
    for number, log, process in several:
        until(lambda number=number: answers(number), log, process)
    book.edit("modules/demo/lesson.md", "quokka", "numbat")
    for number, log, process in several:
        until(lambda number=number: b"numbat" in get(number, lesson)[2], log, process)
    for _, log, process in several:
        process.send_signal(signal.SIGINT)
        assert process.wait(600) == 0
        assert "Traceback" not in log.read_text()
