"""What a release consists of."""

from __future__ import annotations

import hashlib
import zipfile

import pytest

from fourps.book.after.links import broken
from fourps.book.after.release.release import write_release

pytestmark = [pytest.mark.slow, pytest.mark.once]


@pytest.fixture(scope="module")
def release(good, tmp_path_factory):
    """The folder of a release of the small book, and what was told meanwhile."""
    to, told = tmp_path_factory.mktemp("release") / "out", []
    written = write_release(good.root, good.html, to, told.append)
    assert written == sorted(to.iterdir())
    return to, told


def test_files(release):
    """Is there each file of a release, told before it is made, and does each checksum hold?"""
    folder, told = release
    names = sorted(path.name for path in folder.iterdir())
    stem = told[0].removesuffix(".zip")
    ends = ["-en.pdf", "-facilitators.zip", "-phone-en.zip", ".zip"]
    assert names == sorted(["SHA256SUMS", *(stem + end for end in ends)])
    assert sorted(told) == sorted(set(names) - {"SHA256SUMS"})
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    assert sums == {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sums}
    assert set(sums) == set(told)


def test_same_pages_same_bytes(good, release, tmp_path):
    """Do the same pages give the same bytes in each file, whenever they were written?"""
    again = {
        path.name: path.read_bytes() for path in write_release(good.root, good.html, tmp_path / "x")
    }
    assert [
        path.name for path in release[0].iterdir() if again[path.name] != path.read_bytes()
    ] == []


def test_policy(release):
    """Does each page of the course carry its policy, since no host sends one with it?"""
    path = next(path for path in release[0].glob("*.zip") if path.stem.endswith("0"))
    with zipfile.ZipFile(path) as archive:
        pages = [
            name for name in archive.namelist() if name.startswith("course/") and ".html" in name
        ]
        without = [one for one in pages if b"Content-Security-Policy" not in archive.read(one)]
    assert len(pages) > 10
    assert without == []


def test_for_facilitators(release, tmp_path):
    """Does the first page of the facilitators' file lead to each of its files?"""
    with zipfile.ZipFile(next(release[0].glob("*-facilitators.zip"))) as archive:
        archive.extractall(tmp_path)
    first = (tmp_path / "READ-ME-FIRST.html").read_text("utf-8")
    for path in (tmp_path / "en").rglob("*"):
        assert path.is_dir() or f'href="{path.relative_to(tmp_path).as_posix()}"' in first
    assert list(broken(tmp_path)) == []


def test_nothing_half_written(good, tmp_path, monkeypatch):
    """Does a release that cannot be finished leave what was there?"""
    to = tmp_path / "out"
    to.mkdir()
    (to / "of before").touch()
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Exception, match="Chromium"):
        write_release(good.root, good.html, to)
    assert [path.name for path in to.iterdir()] == ["of before"]
