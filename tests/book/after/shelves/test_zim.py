"""The real course as a ZIM: sound, and what a library of Kiwix says of it is right."""

from __future__ import annotations

import subprocess
from io import BytesIO

import books
import pytest
from PIL import Image

from fourps.book.after.built import Built
from fourps.book.after.shelves.day import EPOCH
from fourps.book.after.shelves.packages import packages
from fourps.book.after.shelves.staged import UnitError
from fourps.book.after.shelves.zim import CODES, write_zim
from fourps.book.after.shelves.zimwriterfs import ZimError

pytestmark = [pytest.mark.once, pytest.mark.slow]

# the day of the release is 14 November 2023
RELEASED = "1700006399"
ABOUT = {
    "Title": "Four Ps",
    "Language": "eng",
    "Name": "four-ps_en_all",
    "Date": "2023-11-14",
    "Creator": "The Four Ps authors",
    "Description": "Four Ps is a free, open course on counter-trafficking for humanitarian …",
    "Tags": "_category:other;_pictures:yes;_videos:no;_ftindex:yes;_ftindex",
}
START, NOTHING = "book/welcome.html", '<meta name="fourps-keeps" content="nothing"'


def ask(*command):
    """Return what a program of Kiwix prints of a file."""
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def said(path, key):
    """Return what a file says of itself."""
    return ask("zimdump", "show", "--ns", "M", "--url", key, path)


@pytest.fixture(scope="module", name="real_book")
def wait_for_real_book():
    """The pages of the real book, which is built once in a run."""
    return books.wait()


@pytest.fixture(autouse=True)
def released(monkeypatch):
    """Whoever releases says the day."""
    monkeypatch.setenv(EPOCH, RELEASED)


def test_real_course(real_book, tmp_path):
    """Does the whole course pass every check of Kiwix's own, with all files and the right words about it?"""
    (package,) = packages("zim", real_book, ("en",))
    assert package.name.endswith("-en.zim")
    path = tmp_path / package.name
    package.write(path)
    found = ask("zimcheck", "--all", path).decode()
    assert "Overall Test Status: Pass" in found
    assert "[WARNING]" not in found
    assert "[ERROR]" not in found
    assert {key: said(path, key).decode() for key in ABOUT} == ABOUT
    picture = said(path, "Illustration_48x48@1")
    assert Image.open(BytesIO(picture)).size == (48, 48)
    assert f"main page: {START}" in ask("zimdump", "info", path).decode()
    assert NOTHING in ask("zimdump", "show", "--url", START, path).decode()
    moved = Built(real_book).release["moved"]
    pages = {one.relative_to(real_book).as_posix() for one in real_book.glob("modules/**/*.html")}
    assert pages - {*moved} <= {*ask("zimdump", "list", path).decode().splitlines()}


def test_same_pages_same_bytes(good, tmp_path):
    """Do the same pages give the same bytes?"""
    first, again = tmp_path / "first.zim", tmp_path / "again.zim"
    for path in (first, again):
        write_zim(good.html, "en", path)
    assert first.read_bytes() == again.read_bytes()


def test_no_single_module(good):
    """Is a module by itself refused, with what to do?"""
    with pytest.raises(UnitError, match=r"^Kiwix takes the whole course: leave out --module\.$"):
        packages("zim", good.html, module="demo")


def test_unknown_language(good, tmp_path, monkeypatch):
    """Is a language named of which nobody said how Kiwix calls it, and nothing written?"""
    monkeypatch.delitem(CODES, "en")
    with pytest.raises(ZimError, match=r"ISO 639-3: add that name of en to CODES in .*zim\.py\.$"):
        write_zim(good.html, "en", tmp_path / "course.zim")
    assert not any(tmp_path.iterdir())
