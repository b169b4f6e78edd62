"""The folder that a static host gets."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import http.client
import json
import os
import posixpath
import re
import shutil
import socket
import subprocess
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import quote, unquote, urlsplit

import brotli
import pytest
from books import shelves
from killing import survives

from fourps.book.after.built import Built, release_of, write_offline
from fourps.book.after.headers import CHANGES, STAYS, page_policy, script_hashes
from fourps.book.after.links import broken
from fourps.book.after.publish import publish
from fourps.course.local import EMPTY
from nbseal.base.errors import refusal

pytestmark = pytest.mark.once

BASE = "https://example.org/four-ps/"
OLD = "book/old/hello.html"
# what no page names, and who asks for it
ALONE = {
    "index.html": "who opens the folder itself",
    OLD: "who follows an old link",
    "404.html": "a host, for an address where nothing is",
    "_headers": "a host",
    "_redirects": "a host",
    ".nojekyll": "a host",
    ".published": "whoever publishes the next time",
    "robots.txt": "a search engine",
    "sitemap.xml": "a search engine",
    "objects.inv": "another book made with Sphinx, to link to places in this one",
    "local.css": "pages that show what a host filled in",
    "offline.json": "the script of the page that saves the course",
    "worker.js": "the same script",
    "unsaved.html": "the worker, for a page that is not saved",
    "manifest.webmanifest": "a script on every page, where there is a host",
}


def list_addresses(book, *moved):
    lines = ["address,moved_to", *(f"{name}.html," for name in book.toc()), *moved]
    (book.root / "book" / "addresses.csv").write_text("\n".join(lines) + "\n", "utf-8")


@pytest.fixture(scope="module")
def moved(new_book):
    """A book with an old address, built once."""
    book = new_book()
    list_addresses(book, f"{OLD},book/welcome.html")
    book.built()
    return book


@pytest.fixture(scope="module")
def site(moved, tmp_path_factory):
    to = tmp_path_factory.mktemp("published") / "site"
    assert publish(moved.html, to, BASE) == len(list(to.rglob("*.html")))
    return to


def test_old_address(moved, site):
    """Does an old address lead on, with the host's help and without?"""
    page = (moved.html / OLD).read_text("utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../welcome.html">' in page
    assert '<a href="../welcome.html">' in page
    line = f"/four-ps/{OLD} /four-ps/book/welcome.html 301\n"
    assert (site / "_redirects").read_text("utf-8") == line
    assert f"location = /four-ps/{OLD} {{" in site.with_name("site.nginx.conf").read_text("utf-8")


@contextlib.contextmanager
def nginx(root, include, place):
    """Run nginx with a published folder somewhere below its root."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kinds = "".join(
        f"{name}_temp_path {place}/{name};" for name in ("proxy", "fastcgi", "uwsgi", "scgi")
    )
    (place / "nginx.conf").write_text(
        f"daemon off; pid {place}/pid; error_log {place}/error.log;\n"
        "events {}\n"
        f"http {{ include /etc/nginx/mime.types; access_log off; client_body_temp_path {place}/body;"
        f"{kinds}\nserver {{ listen 127.0.0.1:{port}; root {root};\ninclude {include};\n}}\n}}\n",
        "utf-8",
    )
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    words = [program, "-p", place, "-c", place / "nginx.conf", "-e", place / "error.log"]
    if not os.geteuid():
        # its workers would be an ordinary user, and a test's folders are for their owner
        words += ["-g", "user root;"]
    server = subprocess.Popen(words)
    try:
        while server.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.05)
        assert server.poll() is None, (place / "error.log").read_text("utf-8")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def asked(url, **headers):
    """Return the status, the headers and the body of an answer, wherever it leads."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=60)
    connection.request("GET", parts.path, headers=headers)
    answer = connection.getresponse()
    found = answer.status, answer.headers, answer.read()
    connection.close()
    return found


@pytest.mark.slow
@pytest.mark.parametrize("top", ["/", "/four-ps/"])
def test_real_nginx(moved, tmp_path, top):
    """Does nginx send pages, what stays, old addresses and mistakes as it should, below any folder?"""
    place = tmp_path / "www" / top.strip("/")
    place.parent.mkdir(exist_ok=True)
    publish(moved.html, place, top)
    with nginx(tmp_path / "www", place.with_name(f"{place.name}.nginx.conf"), tmp_path) as host:
        here = host + top
        status, headers, page = asked(f"{here}book/welcome.html", **{"Accept-Encoding": "gzip"})
        assert (status, headers["Content-Encoding"]) == (200, "gzip")
        assert headers["Vary"] == "Accept-Encoding"
        assert headers["Cache-Control"] == CHANGES
        assert headers["X-Content-Type-Options"] == "nosniff"
        text = gzip.decompress(page)
        assert text == (place / "book" / "welcome.html").read_bytes()
        for script in script_hashes(text):
            assert script in headers["Content-Security-Policy"]
        style = re.search(r'"\.\./(_static/[^"]+\.css)\?', text.decode())
        assert asked(here + style[1])[1]["Cache-Control"] == STAYS
        kind = asked(f"{here}manifest.webmanifest")[1]["Content-Type"]
        assert kind == "application/manifest+json"
        status, headers, _ = asked(here + OLD)
        assert (status, urlsplit(headers["Location"]).path) == (301, f"{top}book/welcome.html")
        release = Built(place).release
        assert release["moved"] == {OLD: "book/welcome.html"}
        for name, (digest, _) in release["files"].items():  # what a device that saves it asks for
            status, _, page = asked(here + quote(name))
            assert (status, hashlib.sha256(page).hexdigest()[:20]) == (200, digest), name
        for name in ("gone.html", "_headers", "_redirects"):
            status, headers, page = asked(here + name)
            assert (status, page) == (404, (place / "404.html").read_bytes()), name
            assert headers["X-Content-Type-Options"] == "nosniff"


def test_compressed_copies(site):
    """Has each text copies that unpack to the very same bytes?"""
    texts = [*site.rglob("*.html"), *site.rglob("*.js"), *site.rglob("*.css")]
    texts.remove(site / "local.css")
    for path in texts:
        data = path.read_bytes()
        assert gzip.decompress(path.with_name(f"{path.name}.gz").read_bytes()) == data
        assert brotli.decompress(path.with_name(f"{path.name}.br").read_bytes()) == data
    assert not [*site.rglob("*.png.gz"), *site.glob("local.css.*")]
    assert not list(site.rglob("*.map"))


def named(site, path, tools):
    """Return what a published file names, from the top of the site."""
    text = path.read_text("utf-8")
    if path.suffix == ".html":
        page = tools.parse(text)
        found = [one[name] for name in ("href", "src") for one in page.find_all(**{name: True})]
    elif path.suffix == ".webmanifest":
        found = [icon["src"] for icon in json.loads(text)["icons"]]
    else:
        found = re.findall(r"""url\(["']?(?!data:)([^)"']+)|see (\S+\.LICENSE\.txt)""", text)
        found = ["".join(groups) for groups in found]
    parts = [urlsplit(one) for one in found]
    here = [unquote(one.path) for one in parts if one.path and not one.scheme]
    return {posixpath.normpath(posixpath.join(path.relative_to(site).parent, one)) for one in here}


def test_nothing_that_nobody_asks_for(moved, site, tools):
    """Is each published file named by a page or by what a page loads, or asked for otherwise?"""
    found = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    files = {name for name in found if not name.endswith((".gz", ".br"))}
    pages = [name for name in files if name.endswith((".html", ".webmanifest"))]
    named_by_pages = set().union(*(named(site, found[name], tools) for name in pages))
    loaded = [name for name in named_by_pages & files if name.endswith((".css", ".js"))]
    by_those = set().union(*(named(site, found[name], tools) for name in loaded))
    texts = {f"search/{name}.js" for name in moved.toc()}  # the script of the search asks for them
    texts |= {f"searchindex/{name}.js" for name in (*shelves(site), "words")}
    banks = {"three/small-quiz.js"}  # and the page of three questions for these
    assert files - named_by_pages - by_those - texts - banks - ALONE.keys() == set()
    assert ALONE.keys() <= files


def test_each_page_carries_its_policy(site):
    """Does each page carry the policy of its own scripts, before anything it decides on?"""
    for path in site.rglob("*.html"):
        page = path.read_text("utf-8")
        found = re.search(
            r'<meta charset="utf-8"><meta http-equiv="([\w-]+)" content="([^"]+)">', page
        )
        assert found, path
        assert found[1] == "Content-Security-Policy"
        assert found[2] == page_policy(path.read_bytes())


def test_list_of_files_is_of_these_pages(site):
    """Can a device save the published pages, and nothing that is only for the host?"""
    listed = json.loads((site / "offline.json").read_text("utf-8"))
    assert listed == release_of(site, listed["version"], listed["moved"]) | {
        key: listed[key] for key in ("release", "wire", "size", "files")
    }
    assert {"404.html", "_headers", "robots.txt", "sitemap.xml"}.isdisjoint(listed["files"])
    for name, (_, size) in listed["files"].items():
        assert (site / name).stat().st_size == size


def test_search_engines(moved, site):
    """Do search engines get every page of the book under its whole address, and nothing else?"""
    found = re.findall(r"<loc>(.*)</loc>", (site / "sitemap.xml").read_text("utf-8"))
    assert sorted(found) == sorted(f"{BASE}{name}.html" for name in moved.toc())
    assert f"Sitemap: {BASE}sitemap.xml" in (site / "robots.txt").read_text("utf-8")


def test_missing_page(site):
    """Does the page for a wrong address lead home from any depth, and need no other file?"""
    page = (site / "404.html").read_text("utf-8")
    assert 'href="/four-ps/"' in page
    assert "src=" not in page


@pytest.mark.slow
def test_without_an_address(moved, tmp_path):
    """Is there no list for search engines where nobody said under which address?"""
    publish(moved.html, tmp_path / "site")
    assert not (tmp_path / "site" / "sitemap.xml").exists()
    assert 'href="/"' in (tmp_path / "site" / "404.html").read_text("utf-8")


@pytest.mark.slow
def test_same_pages_same_bytes(moved, site, tmp_path):
    """Do the same pages give the same bytes, so that a host sends only what changed?"""
    publish(moved.html, tmp_path / "site", BASE)
    for path in site.rglob("*"):
        if path.is_file():
            assert (tmp_path / "site" / path.relative_to(site)).read_bytes() == path.read_bytes()


def test_again(bare, tmp_path):
    """Is what was published before replaced, without what is gone?"""
    publish(bare, tmp_path / "site", BASE)
    before = contents(tmp_path / "site")
    (bare / "gone").mkdir()
    (bare / "gone" / "gone.html").write_text("gone", "utf-8")
    publish(bare, tmp_path / "site", BASE)
    assert (tmp_path / "site" / "gone" / "gone.html.gz").exists()
    shutil.rmtree(bare / "gone")
    publish(bare, tmp_path / "site", BASE)
    assert contents(tmp_path / "site") == before


def test_what_the_host_filled_in(bare, tmp_path):
    """Does the host's file stay, whatever was built, unless whoever builds has filled in another?"""
    to = tmp_path / "site"
    (bare / "local.css").write_text(EMPTY, "utf-8")
    publish(bare, to, BASE)
    assert (to / "local.css").read_text("utf-8") == EMPTY
    (to / "local.css").write_text("the host's", "utf-8")
    publish(bare, to, BASE)
    assert (to / "local.css").read_text("utf-8") == "the host's"
    assert [path.name for path in to.glob("local.css*")] == ["local.css"]
    rules = (to / "_headers").read_text("utf-8")
    assert "/four-ps/local.css\n  Cache-Control: no-cache\n" in rules
    (bare / "local.css").write_text("the builder's", "utf-8")
    publish(bare, to, BASE)
    assert (to / "local.css").read_text("utf-8") == "the builder's"


@pytest.mark.parametrize(
    ("local", "told"),
    [
        ("", "Local help is not filled in"),
        ("next: 2020-02-29\nlines: {focal: Desk 3}", "was due on 2020-02-29"),
        ("next: 2999-12-31\nlines: {focal: Desk 3}", ""),
    ],
)
def test_strict(moved, tmp_path, local, told):
    """Does publishing warn while Local help is empty or overdue, and refuse where it is asked to?"""
    book = moved.root / "book"
    (book / "lines.yaml").write_text(
        "pages: {book/local.md: {Focal point: focal}, book/report.md: {Errors: errors}}", "utf-8"
    )
    if local:
        (book / "local.yaml").write_text(local, "utf-8")
    command = ["fourps", "book", "publish", moved.root, "--to", tmp_path / "site"]
    refused = moved.run(*command, "--strict")
    assert refused.status == bool(told)
    assert told in " ".join(refused.output.split())
    assert ("Readers are told" in refused.output) == bool(told)
    assert (tmp_path / "site").exists() == (not told)
    if "2020" in local:
        assert moved.run(*command).status == 0
        assert "focal" in (tmp_path / "site" / "local.css").read_text("utf-8")
    for name in ("lines.yaml", "local.yaml"):
        (book / name).unlink(missing_ok=True)


@pytest.fixture
def bare(tmp_path):
    """As little as a built book can be: each folder is compressed in no time."""
    html = tmp_path / "built"
    (html / "book").mkdir(parents=True)
    (html / "book" / "welcome.html").write_text("<title>Welcome</title>", "utf-8")
    about = json.dumps({"name": "Small", "lang": "en"})
    (html / "manifest.webmanifest").write_text(about, "utf-8")
    write_offline(html, "1.0")
    return html


def contents(folder):
    """Return each file and link below a folder, with what it holds, and each folder."""
    found = {}
    for path in folder.rglob("*"):
        link = str(path.readlink()) if path.is_symlink() else None
        found[path.relative_to(folder).as_posix()] = link or path.is_dir() or path.read_bytes()
    return found


def test_what_is_not_ours_stays(bare, tmp_path):
    """Does whatever else lies in the folder stay, and the folder a link that it was?"""
    to = tmp_path / "repository"
    (to / ".git" / "objects" / "ab").mkdir(parents=True)
    (to / ".git" / "objects" / "ab" / "cd").write_bytes(b"ours alone")
    (to / ".git" / "objects" / "ab" / "cd").chmod(0o444)
    (to / ".git" / "empty").mkdir()
    (to / "CNAME").write_text("example.org", "utf-8")
    (tmp_path / "site").symlink_to(to)
    publish(bare, tmp_path / "site", BASE)
    (to / "book" / "poster.pdf").write_bytes(b"poster")
    (to / "latest").symlink_to("book/nowhere")
    before = contents(to)
    inode = (to / "CNAME").stat().st_ino
    (bare / "book" / "welcome.html").write_text("<title>New</title>", "utf-8")
    publish(bare, tmp_path / "site", BASE)
    assert (tmp_path / "site").is_symlink()
    after = contents(to)
    assert after.keys() == before.keys()
    assert b"New" in after["book/welcome.html"]
    for name in before:
        if name in {"CNAME", "latest", "book/poster.pdf"} or name.startswith(".git"):
            assert after[name] == before[name], name
    assert (to / "CNAME").stat().st_ino == inode
    assert (to / ".git" / "objects" / "ab" / "cd").stat().st_mode & 0o777 == 0o444


def test_killed_or_full(bare, tmp_path):
    """Wherever publishing is killed or has no room, is all that is not ours there, and one whole site?"""
    place = tmp_path / "hosts"
    to = place / "site"
    (to / ".git" / "empty").mkdir(parents=True)
    (to / "CNAME").write_text("example.org", "utf-8")
    (place / "other").mkdir()
    publish(bare, to)
    (to / "book" / "poster.pdf").write_bytes(b"poster")
    whole = [contents(to)]
    (bare / "book" / "welcome.html").write_text("<title>New</title>", "utf-8")

    def do():
        try:
            publish(bare, to, BASE)
        except OSError as error:
            return 1, refusal(error)
        return 0, ""

    def look(point):
        assert contents(to) in whole, point
        left = {path.name for path in place.iterdir()} - {"site", "other", "site.nginx.conf"}
        assert all((place / name).stat().st_mode & 0o077 == 0 for name in left), point

    shutil.copytree(place, tmp_path / "tried", symlinks=True)
    publish(bare, tmp_path / "tried" / "site", BASE)
    whole.append(contents(tmp_path / "tried" / "site"))
    seen = survives(place, do, look=look)
    assert sum("welcome.html" in point for point in seen) > 4
    assert any("site.nginx.conf" in point for point in seen)


def test_what_would_be_lost_is_named(bare, tmp_path, monkeypatch):
    """Is nothing published over a file that is not ours, and are files kept where there are no links?"""
    to, rules = tmp_path / "site", tmp_path / "site.nginx.conf"
    rules.write_text("listen 80;", "utf-8")
    with pytest.raises(FileExistsError, match=r"site\.nginx\.conf was not published"):
        publish(bare, to, BASE)
    rules.unlink()
    publish(bare, to)
    (to / "robots.txt").write_text("mine", "utf-8")
    before = contents(tmp_path)
    with pytest.raises(FileExistsError, match=r"robots\.txt was not published"):
        publish(bare, to, BASE)
    assert contents(tmp_path) == before

    def no_links(*_, **_more):
        raise PermissionError

    monkeypatch.setattr(os, "link", no_links)
    publish(bare, to)
    assert (to / "robots.txt").read_text("utf-8") == "mine"


def test_other_folder(bare, tmp_path):
    """Is a folder that holds something else left alone?"""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("My thesis", "utf-8")
    with pytest.raises(FileExistsError, match="something else"):
        publish(bare, tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


@pytest.mark.slow
def test_command(moved, tmp_path):
    """Does one command build, check and publish, with whole addresses for search engines?"""
    to = tmp_path / "site"
    result = moved.run("fourps", "book", "publish", moved.root, "--to", to, "--base-url", BASE)
    assert result.status == 0, result.output
    page = (to / "book" / "welcome.html").read_text("utf-8")
    assert f'<link rel="canonical" href="{BASE}book/welcome.html">' in page
    assert list(broken(to / "modules")) != []  # they lead to pages outside that folder

    list_addresses(moved, f"{OLD},book/welcome.html", "book/lost.html,")
    before = (to / "index.html").read_bytes()
    result = moved.run("fourps", "book", "publish", moved.root, "--to", to)
    list_addresses(moved, f"{OLD},book/welcome.html")
    assert result.status == 1
    assert "[lost-address] book/lost.html" in result.output
    assert "Nothing was published." in result.output
    assert (to / "index.html").read_bytes() == before

    result = moved.run("fourps", "book", "publish", moved.root, "--to", to / "index.html" / "site")
    assert result.status == 1
    assert re.search(r"site\s+cannot\s+be\s+written", result.output), result.output
    assert "Traceback" not in result.output


class _Answers(BaseHTTPRequestHandler):
    def do_HEAD(self):
        self.send_response(200 if self.path == "/here" else 404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self):
        self.do_HEAD()

    def log_message(self, *_):
        pass


@pytest.mark.slow
def test_links_to_other_hosts(new_book, tmp_path):
    """Is each link to another host that does not answer named with file and line, if asked?"""
    book = new_book()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    here = f"http://127.0.0.1:{server.server_port}"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{free.getsockname()[1]}/"
    book.edit(
        "book/welcome.md",
        "This small book begins here.",
        f"[Here]({here}/here), [gone]({here}/gone) and [nobody]({nobody}).",
    )
    line = book.line("book/welcome.md", "[Here]")
    to = tmp_path / "site"
    result = book.run("fourps", "book", "publish", book.root, "--to", to, "--external")
    server.shutdown()
    server.server_close()
    assert result.status == 1, result.output
    place = f"book/welcome.md:{line}: [broken-link]"
    assert f"{place} {here}/gone" in result.output
    assert f"{place} {nobody}" in result.output
    assert f"{here}/here" not in result.output.replace("/here)", "")
    assert not to.exists()
