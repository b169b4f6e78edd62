"""A module's packages on the platforms of others: in SCORM 2004 too, and where other programs lend the runtime."""

from __future__ import annotations

import contextlib
import io
import json
import re
import urllib.request
import zipfile
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import consumers
import lms
import nbgrader
import pytest
from players import shortest

from fourps.book.after.shelves.scorm import scorm
from fourps.book.after.shelves.staged import stage

from .test_scenario import CLICK
from .test_shelves_scorm import STORY, heading, play, standing, story, take

if TYPE_CHECKING:
    from collections.abc import Callable


pytestmark = [pytest.mark.browser, pytest.mark.prove]
BLOCK = Path(__file__).parents[1] / "tools" / "openedx_block.py"
# the platform's pages have it, and so has nbgrader
JQUERY = "server_extensions/formgrader/static/node_modules/jquery/dist/jquery.min.js"
SCORMHOST = """
import sys, uvicorn
from scormhost import create_scorm_app
app = create_scorm_app(data_dir=sys.argv[1], secret_key="x" * 40)
uvicorn.run(app, port=int(sys.argv[2]), log_level="warning")
"""
TEACHER = {
    "display_name": "Bo",
    "username": "bora",
    "email": "bo@example.org",
    "password": "correct horse battery",
}
VERSIONS = [*lms.VERSIONS]


@dataclass
class Host:
    """A platform with a package on it.

    Attributes
    ----------
    open
        Has a learner come to the package.
    values
        What the platform has of the learner, by SCORM's names.
    """

    open: Callable[[], lms.Visit]
    values: Callable[[], dict[str, str]]


@pytest.fixture(scope="module")
def package(real_book):
    """Return a function that makes the package of a module."""
    staged = stage(real_book, "protection", "en", keeps="shell")
    return lambda version: scorm(staged, version)


@pytest.fixture(scope="module")
def way(scenario):
    return shortest(scenario)["safe"]


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """Return a function that installs a platform once, and gives its Python."""
    installed = {}

    def look(name):
        if name not in installed:
            installed[name] = consumers.install(name, tmp_path_factory.mktemp(name))
        return installed[name]

    return look


@contextlib.contextmanager
def scorm_again(given):
    """The platform of the tests."""
    with zipfile.ZipFile(io.BytesIO(given.data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with lms.serving(files, given.version) as platform:

        def values():
            calls = given.page.evaluate("window.calls || []")
            refused = [one for one in calls if "GetValue" not in one[0] and one[-1] != "0"]
            assert refused == []
            return platform.last("amina")

        yield Host(lambda: platform.open(given.page), values)


@contextlib.contextmanager
def scormhost(given):
    """A server to which a teacher uploads the package, and a guest comes."""
    page, port, ask = given.page, consumers.free_port(), given.page.context.request
    words = [given.python("scormhost"), "-c", SCORMHOST, given.folder / "data", port]
    with consumers.serving(words, port, given.folder / "log") as address:
        assert ask.post(f"{address}/api/auth/register", data=TEACHER).ok
        file = {"name": "protection.zip", "mimeType": "application/zip", "buffer": given.data}
        uploaded = ask.post(f"{address}/api/packages", multipart={"file": file})
        assert uploaded.ok, uploaded.text()
        name = uploaded.json()["id"]
        page.context.clear_cookies()

        def come():
            page.goto(f"{address}/launch/{name}")
            return lms.Visit(page, page, f"{address}/").settle()

        values = f"{address}/api/scorm/{name}/cmi?launch=launch.html"
        yield Host(come, lambda: ask.get(values).json()["elements"])


@contextlib.contextmanager
def openedx(given):
    """Open edX's block for SCORM, with its own page and scripts."""
    folder, port = given.folder, consumers.free_port()
    file, jquery = folder / "protection.zip", Path(nbgrader.__file__).parent / JQUERY
    file.write_bytes(given.data)
    words = [given.python("openedx"), BLOCK, file, jquery, folder / "files", port]
    with consumers.serving(words, port, folder / "log") as address:

        def come():
            given.page.goto(f"{address}/")
            return lms.Visit(given.page, given.page, f"{address}/told").settle()

        def values():
            with urllib.request.urlopen(f"{address}/told") as answer:
                block = json.load(answer)
            assert block["version"] == {"1.2": "SCORM_12", "2004": "SCORM_2004"}[given.version]
            # of what the block looks for in a package, it misses nothing; and nothing is graded
            assert (block["warnings"], block["grade"]) == ([], 0)
            return block["values"] | {lms.VERSIONS[given.version].status: block["status"]}

        yield Host(come, values)


@pytest.fixture(params=VERSIONS)
def version(request):
    return request.param


@pytest.fixture
def given(version, reader, package, python, tmp_path):
    """What a platform needs to have the package, and a learner."""
    return SimpleNamespace(
        version=version,
        data=package(version),
        page=reader.page,
        python=python,
        folder=tmp_path,
    )


@pytest.fixture(params=[scorm_again, scormhost, openedx], ids=lambda one: one.__name__)
def host(request, given):
    """A platform that has the package, and has nothing of anybody."""
    with request.param(given) as host:
        yield host


def test_yes(host, version, reader, quiz, way):
    """Is a story resumed at its step after a yes, and is all completed in the end, without a score?"""
    words, page = lms.VERSIONS[version], reader.page
    visit = host.open()
    lms.until(page, lambda: host.values().get(words.status) == "incomplete")
    book = story(visit)
    book.locator(".fp-agree").click()
    book.evaluate(CLICK, way[:2])
    at = heading(book)
    lms.until(page, lambda: host.values().get("cmi.suspend_data", "").count(",") > 2)
    visit.leave()
    assert STORY in host.values()[words.place]
    visit = host.open()
    book = standing(visit)
    assert heading(book) == at
    book.evaluate(CLICK, way[2:])
    assert book.locator(".fp-kind-safe").is_visible()
    take(visit, quiz)
    assert host.values()[words.status] == "incomplete"
    lms.until(page, lambda: host.values()[words.status] == "completed")
    visit.leave()
    # to look at it again undoes nothing
    host.open().leave()
    assert host.values()[words.status] == "completed"
    graded(host)


def test_no(host, version, reader, quiz, way):
    """Does each platform hear of whoever says no the status alone, and is it still completed when they come again?"""
    words, page = lms.VERSIONS[version], reader.page
    visit = host.open()
    story(visit).locator(".fp-decline").click()
    play(visit, way)
    take(visit, quiz)
    lms.until(page, lambda: host.values().get(words.status) == "completed")
    visit.leave()
    host.open().leave()
    assert host.values()[words.status] == "completed"
    assert not any(host.values().get(name) for name in words.kept)
    graded(host)


def graded(host):
    """Insist that nothing was graded, and no answer told."""
    for name, value in host.values().items():
        if re.search(r"score\.(raw|scaled)|interactions|success_status", name):
            assert value in ("", "0", "unknown", {}, []), name
