"""What a built book gives to a device that saves it, or installs it as an app."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil

import pytest
from PIL import Image

from fourps.book.after.built import RELEASE, release_of
from fourps.front import page_script


@pytest.fixture(scope="module")
def listed(good):
    return json.loads((good.html / RELEASE).read_text("utf-8"))


@pytest.fixture
def copy(good, tmp_path):
    return shutil.copytree(good.html, tmp_path / "html")


def test_every_file_is_listed(good, listed):
    """Is each published file listed, but for the list itself, the worker and a host's own page and file?"""
    left_out = {"404.html", "local.css", "offline.json", "worker.js", "objects.inv", ".buildinfo"}
    expected = {*good.files()} - left_out
    assert set(listed["files"]) == expected
    assert {"index.html", "search.html", "searchindex.js", "modules/demo/cells.html"} <= expected


def test_hashes_and_sizes(good, listed):
    """Are hash and size those of the file, and are the sums honest?"""
    files, wire = good.files(), 0
    for name, (digest, size) in listed["files"].items():
        assert hashlib.sha256(files[name]).hexdigest().startswith(digest)
        assert len(digest) == 20
        assert size == len(files[name])
        wire += min(size, len(gzip.compress(files[name])))
    assert listed["size"] == sum(size for _, size in listed["files"].values())
    assert listed["wire"] == wire


def test_same_files_same_release(copy):
    """Is a release the same for the same files, whenever they were written?"""
    before = release_of(copy, "1")
    for path in copy.rglob("*.html"):
        path.touch()
    assert release_of(copy, "1") == before
    assert release_of(copy, "2")["release"] != before["release"]


def test_one_change(copy):
    """Does one changed file change its own hash and the release's name, and nothing else?"""
    before = release_of(copy, "1")
    page = copy / "modules" / "demo" / "lesson.html"
    page.write_bytes(page.read_bytes().replace(b"quokka", b"numbat"))
    after = release_of(copy, "1")
    assert after["release"] != before["release"]
    changed = {name for name in after["files"] if after["files"][name] != before["files"][name]}
    assert changed == {"modules/demo/lesson.html"}


def test_moved(copy):
    """Is an old address known by where it leads, and loaded by no device?"""
    (copy / "old.html").write_text("<p>Read on there.</p>", "utf-8")
    assert "old.html" in release_of(copy, "1")["files"]
    found = release_of(copy, "1", {"old.html": "units.html"})
    assert found["moved"] == {"old.html": "units.html"}
    assert "old.html" not in found["files"]
    assert found["release"] != release_of(copy, "1", {"old.html": "index.html"})["release"]


def test_no_compressed_copies(copy):
    """Are the compressed copies that a host sends left out, since a browser gets the file itself?"""
    before = release_of(copy, "1")
    for ending in (".gz", ".br"):
        (copy / f"index.html{ending}").write_bytes(b"x")
    assert release_of(copy, "1") == before


def test_worker(good):
    """Does the service worker stand at the top, where it reaches every page?"""
    assert (good.html / "worker.js").read_text("utf-8") == page_script("worker")
    assert (good.html / "worker.js").stat().st_size < 10_000


def test_panel_only_where_asked(good):
    """Do only the pages with the panel load its script?"""
    for name in good.toc():
        soup = good.soup(name)
        scripts = [one["src"] for one in soup.find_all("script", src=True)]
        loads = any("_static/offline.js?v=" in one for one in scripts)
        assert loads == bool(soup.select("[data-fourps-offline]")), name
    assert good.soup("book/privacy").select_one("[data-fourps-offline]")["data-words"]


def test_manifest(good):
    """Does the manifest name existing pages and icons of the sizes that it says?"""
    manifest = json.loads((good.html / "manifest.webmanifest").read_text("utf-8"))
    assert (manifest["name"], manifest["lang"], manifest["dir"]) == ("Small book", "en", "ltr")
    assert (good.html / manifest["start_url"]).is_file()
    assert manifest["scope"] == "./"
    # a browser takes it from the top of the host: all languages, and other books, would be one app
    assert "id" not in manifest
    sizes = {"any": set(), "maskable": set()}
    for icon in manifest["icons"]:
        with Image.open(good.html / icon["src"]) as image:
            assert icon["sizes"] == f"{image.width}x{image.height}"
            sizes[icon["purpose"]].add(image.width)
    assert sizes == {"any": {192, 512}, "maskable": {512}}


def test_mask_leaves_the_sign_whole(good):
    """Does the sign stay within the circle that every system's mask leaves?"""
    with Image.open(good.html / "icons" / "mask-512.png") as image:
        grey = image.convert("L")
        inked = [(x, y) for x in range(512) for y in range(512) if grey.getpixel((x, y)) < 200]
    assert inked
    assert all((x - 255.5) ** 2 + (y - 255.5) ** 2 <= (0.4 * 512) ** 2 for x, y in inked)
