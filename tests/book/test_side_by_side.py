"""A book in several languages: each is built in a process of its own, and all or none is published."""

import os
import signal
import time
from pathlib import Path

import commands
import pytest

pytestmark = pytest.mark.slow  # each language is a build

LESSON = "modules/demo/lesson.md"
BOTH = ("--language", "en", "--language", "fr")


@pytest.fixture(scope="module")
def book(new_book):
    """The small book, built in English; what is tried here publishes nothing."""
    book = new_book()
    book.built()
    return book


def test_mistake(book):
    """Is what is wrong told of each language under its name, and does the book stay as it was?"""
    before = book.files()
    with book.edited(LESSON, "{cite:p}`small2003`", "{cite:p}`smalll2003`"):
        result = book.run("fourps", "book", "build", book.root, *BOTH)
    assert result.status == 1
    _, english, french = result.output.replace("French (fr):", "English (en):").split(
        "English (en):"
    )
    place = f"{book.root / LESSON}:{book.line(LESSON, '{cite:p}`small2003`')}: WARNING:"
    assert [place in said for said in (english, french)] == [True, True]
    assert "The book was not built (English, French). Mend what is named above" in result.output
    assert book.files() == before


def test_refused(book):
    """Is what the system refuses to one of the processes one sentence?"""
    before = book.files()
    folder = book.root / "_build" / ".work" / "fr"
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("no folder", "utf-8")
    # the one that fails comes first, and the other need not end
    result = book.run("fourps", "book", "build", book.root, *BOTH[2:], *BOTH[:2])
    assert result.status == 1
    assert str(folder) in result.output
    assert "Traceback" not in result.output
    assert book.files() == before
    folder.unlink()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_ended(book, number):
    """Does whoever interrupts or kills a build end the processes of its languages?"""
    before = book.files()
    words = ["fourps", "book", "build", book.root, *BOTH]
    process = commands.start(words)
    until(lambda: len(builders(book.root)) == 2)
    process.send_signal(number)
    assert process.wait(20) != 0
    until(lambda: not builders(book.root))
    assert book.files() == before


def builders(root):
    """Return the processes that build a language of a book."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"fourps.book.side_by_side" in words and os.fsencode(root) in words[-2]:
            found.append(path.parent.name)
    return found


def until(happens):
    deadline = time.monotonic() + 20
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.02)
