"""A release as it is used: from an unpacked file, and a story for phones that is one file."""

from __future__ import annotations

import zipfile

import pytest
from answers import holds_key
from browsers import play, visit

from fourps.book.after.release import desk, papers, phone, release
from nbseal.base import zip_entry

from .conftest import ROOT

LANGUAGES = ["en", "fr"]
# what a messenger carries over a bad link
MOST = 1_500_000
PHONE = {"viewport": {"width": 390, "height": 844}}
pytestmark = [pytest.mark.browser]


@pytest.fixture(scope="module")
def unpacked(real_book, tmp_path_factory):
    """The folder that a reader gets out of the one file."""
    folder = tmp_path_factory.mktemp("release") / "unpacked"
    release.write_zip(real_book, folder.with_suffix(".zip"))
    with zipfile.ZipFile(folder.with_suffix(".zip")) as archive:
        archive.extractall(folder)
    return folder


def test_unpacked(reader, unpacked):
    """Does the first file lead into the course, and is a story played from there to an ending?"""
    first, begun, story, ending = visit(reader.page, unpacked)
    assert "Four Ps" in first
    assert begun != first
    assert "The card desk" in story
    assert ending


@pytest.fixture(scope="module", params=LANGUAGES)
def phones(request, real_book, tmp_path_factory):
    """The stories for phones in a language."""
    folder = tmp_path_factory.mktemp("phone") / request.param
    folder.mkdir()
    phone.write(real_book, real_book, folder, request.param)
    return folder


def test_small(phones):
    """Are the five minutes and eight stories one file each, small enough together for a messenger?"""
    files = {path.name: path.read_bytes() for path in phones.iterdir()}
    assert len(files) == 9
    assert len(zip_entry.pack(files.items())) <= MOST


def test_keys(real_book, unpacked, phones, tmp_path):
    """Is each key in what facilitators get, and no key and no rubric in what readers and learners get?"""
    papers.write(ROOT, real_book, tmp_path, phones.name)
    papers.keys(ROOT, real_book, tmp_path, phones.name)
    keys = [*(tmp_path / "keys").iterdir()]
    assert len(keys) == len([*(ROOT / "exercises").glob("*/rubric.md")]) + 12
    desk.write(ROOT, real_book, tmp_path, phones.name)
    keys.append(tmp_path / desk.NAME)
    # also without the word that says so
    assert holds_key(keys[-1].read_bytes().replace(papers.KEY.encode(), b""), ROOT)
    assert [one.name for one in keys if not holds_key(one.read_bytes(), ROOT)] == []
    pages = [
        one for one in unpacked.rglob("*") if one.suffix in (".html", ".ipynb", ".js", ".json")
    ]
    others = [*pages, *(tmp_path / "papers").iterdir(), *phones.iterdir()]
    assert len(others) > 200
    assert [str(one) for one in others if holds_key(one.read_bytes(), ROOT)] == []


@pytest.mark.parametrize("reader", [PHONE], indirect=True)
def test_alone(reader, axe, phones, tmp_path):
    """Is a story played from its one file, asking for nothing, and does Leave show an empty page?"""
    page = reader.page
    for name in ("a-story-of-five-minutes", "protection"):
        only = tmp_path / f"{name}.html"
        only.write_bytes((phones / only.name).read_bytes())
        page.goto(only.as_uri())
        assert axe(page) == []
        assert reader.cut_off() == []
        assert play(page)
        assert axe(page) == []
        page.locator("[data-fourps-exit]").click()
        page.wait_for_url("about:blank")
        page.go_back()
        page.wait_for_url("about:blank")
    assert [url for url in reader.watch.requests if not url.startswith(("file:", "data:"))] == []
    assert {url for url in reader.watch.requests if url.startswith("file:")} == {
        (tmp_path / f"{name}.html").as_uri() for name in ("a-story-of-five-minutes", "protection")
    }
