"""The book as one file."""

from __future__ import annotations

import json
import shutil
import zipfile

import pytest
from killing import survives

from fourps.book.after.built import write_offline
from fourps.book.after.links import broken
from fourps.book.after.release.release import write_zip
from nbseal.base.errors import refusal


@pytest.fixture(scope="module")
def packed(good, tmp_path_factory):
    path = tmp_path_factory.mktemp("zip") / "book.zip"
    size = write_zip(good.html, path)
    assert size == path.stat().st_size
    return path


def test_contents(good, packed):
    """Is there one page to open first, and beside it the whole book?"""
    with zipfile.ZipFile(packed) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    assert {name.split("/")[0] for name in names} == {"READ-ME-FIRST.html", "course"}
    listed = json.loads((good.html / "offline.json").read_text("utf-8"))["files"]
    assert {name.removeprefix("course/") for name in names[1:]} == {*listed, "local.css"}
    assert len({name.lower() for name in names}) == len(names)


def test_unpacked(packed, tmp_path):
    """Do all links of the unpacked file lead somewhere?"""
    shutil.unpack_archive(packed, tmp_path)
    assert list(broken(tmp_path)) == []
    first = (tmp_path / "READ-ME-FIRST.html").read_text("utf-8")
    assert 'href="course/book/welcome.html"' in first
    assert "Small book 0." in first


def test_same_pages_same_bytes(good, packed, tmp_path):
    """Do the same pages give the same bytes, whenever they were written?"""
    copy = shutil.copytree(good.html, tmp_path / "html", copy_function=shutil.copyfile)
    write_zip(copy, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == packed.read_bytes()


def test_nothing_half_written(good, tmp_path):
    """Does a file that cannot be written leave what was there?"""
    folder = tmp_path / "book.zip"
    folder.mkdir()
    with pytest.raises(OSError, match=r"book\.zip"):
        write_zip(good.html, folder)
    assert list(tmp_path.iterdir()) == [folder]


def test_killed_or_full(good, tmp_path):
    """Wherever packing is killed or has no room, is there the file of before or a whole one?"""
    place = tmp_path / "stick"
    place.mkdir()
    (place / "book.zip").write_bytes(b"of before")
    html = tmp_path / "html"
    for name in ("manifest.webmanifest", "index.html"):
        html.mkdir(exist_ok=True)
        shutil.copy(good.html / name, html)
    write_offline(html, "1.0")

    def do():
        try:
            write_zip(html, place / "book.zip")
        except OSError as error:
            return 1, refusal(error)
        return 0, ""

    def look(point):
        before = (place / "book.zip").read_bytes() == b"of before"
        assert before or zipfile.is_zipfile(place / "book.zip"), point

    assert len(survives(place, do, look=look)) >= 3


@pytest.mark.slow
def test_command(good, tmp_path):
    """Does the command build, write the file and say its size?"""
    out = tmp_path / "four-ps.zip"
    result = good.run("fourps", "book", "zip", good.root, "--out", out)
    assert result.status == 0, result.output
    assert f"{out.stat().st_size / 1e6:.1f} MB" in result.output
    result = good.run("fourps", "book", "zip", good.root, "--out", out / "again.zip")
    assert result.status == 1
    assert "cannot be written" in " ".join(result.output.split())
    assert "Traceback" not in result.output
