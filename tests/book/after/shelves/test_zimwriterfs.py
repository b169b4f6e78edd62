"""The program that writes ZIM files gives the same bytes for the same files, and is asked politely."""

from __future__ import annotations

import re
import subprocess
import time
from datetime import date
from io import BytesIO

import pytest

from fourps.book.after.finishing import icon
from fourps.book.after.shelves.zimwriterfs import ZimError, find_program, zim

pytestmark = [pytest.mark.once, pytest.mark.slow]

DAY = date(2031, 5, 30)
ABOUT = {
    "welcome": "book/welcome.html",
    "illustration": "picture.png",
    "language": "eng",
    "name": "small_en_all",
    "title": "Small",
    "description": "A small course",
    "creator": "Nobody",
    "publisher": "Nobody",
}
PAGE = '<!doctype html><html><head><meta charset="utf-8"><title>{0}</title></head><body><p>{0}</p></body></html>'


def files():
    """Return some pages, in the order of no file system."""
    picture = BytesIO()
    icon(48, 0.76).save(picture, "PNG")
    names = [
        "modules/one.html",
        "book/zeal.html",
        "book/welcome.html",
        "a.html",
        "modules/ten.html",
    ]
    pages = {name: PAGE.format(f"Page {name[:-5].replace('/', ' ')}").encode() for name in names}
    return {**pages, "picture.png": picture.getvalue(), "_static/style.css": b"p { color: red; }"}


def answer(*command):
    """Return what a program of the same package says of a file."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def program():
    return find_program()


@pytest.fixture
def made(program, tmp_path):
    """Return a ZIM of those files."""
    path = tmp_path / "small.zim"
    path.write_bytes(zim(program, files(), ABOUT, DAY))
    return path


def test_same_bytes(program, made, monkeypatch):
    """Do the same files give the same bytes at another time, elsewhere, and in whatever order they come?"""
    time.sleep(1.1)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    again = zim(program, dict(reversed(files().items())), ABOUT, DAY)
    assert again == made.read_bytes()


def test_sound(made):
    """Is the file sound after its numbers were settled, and does its index find what it should?"""
    assert "Overall Test Status: Pass" in answer("zimcheck", "--all", made)
    assert answer("zimdump", "show", "--ns", "M", "--url", "Date", made) == DAY.isoformat()
    found = answer("zimsearch", made, "zeal")
    assert re.findall(r": *\t?(Page .*)", found) == ["Page book zeal"]


def test_other_files_other_number(program, made):
    """Has another content another number, by which Kiwix knows that it is another book?"""
    changed = files() | {"a.html": PAGE.format("Another page").encode()}
    number = slice(8, 24)
    assert zim(program, changed, ABOUT, DAY)[number] != made.read_bytes()[number]


def test_missing(monkeypatch, tmp_path):
    """Is the package named where the program is missing?"""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ZimError, match=r"zimwriterfs, which is not on PATH.*install zim-tools$"):
        find_program()


def test_refused(program):
    """Is what the program objects to passed on, and nothing left behind?"""
    wrong = ABOUT | {"welcome": "nowhere.html"}
    with pytest.raises(ZimError, match=r"zimwriterfs wrote no ZIM: .*unable to find welcome page"):
        zim(program, files(), wrong, DAY)
