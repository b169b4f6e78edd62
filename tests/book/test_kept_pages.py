"""Pages that were taken apart are known again by the next build, as long as nothing has changed."""

from __future__ import annotations

import pytest

from fourps.book import kept_pages
from fourps.course import page
from fourps.course.page import read

TEXT = "---\na: b\n---\n# Number {}\n\n:::{{note}}\n*Well* {{term}}`so`.\n:::\n\nIt is {{cite:p}}`who`.\n"


@pytest.fixture
def pages(tmp_path, monkeypatch):
    """Some pages, in a process that knows none."""
    monkeypatch.setattr(page, "_known", {})
    monkeypatch.setattr(kept_pages, "_kept", {})
    paths = [tmp_path / f"{number}.md" for number in range(12)]
    for number, path in enumerate(paths):
        path.write_text(TEXT.format(number), "utf-8")
    return paths


@pytest.fixture
def taken(monkeypatch):
    """The pages that were really taken apart."""
    found = []
    take = page._Reader.take

    def noting(reader, text, offset, boxes):
        if not boxes:
            found.append(reader.page.path)
        take(reader, text, offset, boxes)

    monkeypatch.setattr(page._Reader, "take", noting)
    return found


def again():
    """Begin as another process does."""
    page._known.clear()
    kept_pages._kept.clear()


@pytest.fixture
def first(pages, tmp_path):
    """The pages as a process before read and kept them."""
    read_then = [read(path) for path in pages]
    kept_pages.keep(tmp_path)
    again()
    return read_then


def test_known_again(taken, first, pages, tmp_path):
    """Are pages that one process has taken apart the same in another, which takes none apart?"""
    kept_pages.recall(tmp_path)
    assert [read(path) for path in pages] == first
    assert taken == pages
    assert first[0].headings == {"": "Number 0", "number-0": "Number 0"}


@pytest.mark.usefixtures("taken", "first")
def test_edited(pages, taken, tmp_path):
    """Is a page taken apart again whose text has changed, and no other?"""
    pages[3].write_text("# Another\n", "utf-8")
    kept_pages.recall(tmp_path)
    found = [read(path) for path in pages]
    assert found[3].headings[""] == "Another"
    assert taken == [*pages, pages[3]]
    assert [one.text for one in found] == [path.read_text("utf-8") for path in pages]


@pytest.mark.usefixtures("first")
@pytest.mark.parametrize(
    "changed", [("code_hash", lambda _name: "another"), ("version", lambda _name: "99")]
)
def test_edited_code(tmp_path, monkeypatch, changed):
    """Are all taken apart again by other code, ours or that of a library?"""
    monkeypatch.setattr(kept_pages, *changed)
    kept_pages.recall(tmp_path)
    assert page.known() == []


@pytest.mark.parametrize("cut", [0, 10, 64, 65, 100, -1])
def test_cut_off(taken, first, pages, tmp_path, cut):
    """Is what a full disk has cut off taken apart again?"""
    file = tmp_path / "pages.pickle"
    file.write_bytes(file.read_bytes()[:cut])
    kept_pages.recall(tmp_path)
    assert [read(path) for path in pages] == first
    assert taken == pages * 2


@pytest.mark.usefixtures("first")
def test_written_seldom(pages, tmp_path):
    """Are they not written again for a page or two?"""
    file = tmp_path / "pages.pickle"
    before = file.stat().st_mtime_ns
    kept_pages.recall(tmp_path)
    for path in pages[:3]:
        path.write_text("# Another\n", "utf-8")
        read(path)
    kept_pages.keep(tmp_path)
    assert file.stat().st_mtime_ns == before
    for path in pages:
        path.write_text("# Others\n", "utf-8")
        read(path)
    kept_pages.keep(tmp_path)
    assert file.stat().st_mtime_ns != before
    again()
    kept_pages.recall(tmp_path)
    assert {one.text for one in page.known()} == {"# Others\n"}


def test_not_too_many(pages, monkeypatch):
    """Does a process forget the pages that were read longest ago, before there are too many?"""
    monkeypatch.setattr(page, "_MOST", 4)
    for path in (*pages, pages[-3]):
        read(path)
    assert [one.path for one in page.known()] == [pages[-4], pages[-2], pages[-1], pages[-3]]
