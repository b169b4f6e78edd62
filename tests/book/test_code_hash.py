"""A part of the library is known by its own files, and by those that they import."""

from __future__ import annotations

import shutil

import pytest

import fourps.book.code_hash
from fourps.book.code_hash import SOURCES, code_hash, files_of
from fourps.scenario.findings import searched

SEARCH = searched.__module__
SEEN = {path.relative_to(SOURCES).as_posix() for path in files_of(SOURCES, (SEARCH,))}


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """Return a function that gives the hash of a search's code in a copy that a test may edit."""
    others = (SOURCES / "fourps" / "book").glob("*.py")
    for path in (*others, *(SOURCES / name for name in SEEN)):
        target = tmp_path / path.relative_to(SOURCES)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    monkeypatch.setattr(fourps.book.code_hash, "SOURCES", tmp_path)
    # not the one that remembers
    return lambda: code_hash.__wrapped__(SEARCH)


def test_what_a_search_is_made_from():
    """Does it see the files that search, and what they read content with, and little else?"""
    rooms = ("explore", "engine", "findings", "model", "notation")
    assert {f"fourps/scenario/{name}.py" for name in rooms} <= SEEN
    assert {"fourps/course/source.py", "fourps/course/remark.py"} <= SEEN
    assert not any("/book/" in name or "/lab" in name or "english" in name for name in SEEN)


def test_any_edit(copied, tmp_path):
    """Does an edit of each file that a search is made from change it, and of no other file?"""
    before = copied()
    found = {before}
    for name in SEEN:
        path = tmp_path / name
        text = path.read_bytes()
        path.write_bytes(text + b"\n# edited\n")
        found.add(copied())
        path.write_bytes(text)
    assert len(found) == 1 + len(SEEN)
    for path in {*tmp_path.rglob("*.py")} - {tmp_path / name for name in SEEN}:
        path.write_bytes(path.read_bytes() + b"\n# edited\n")
    assert copied() == before


@pytest.mark.parametrize(
    "text",
    [
        "import fourps.more.deep",
        "import os, fourps.more.deep",
        "from fourps.more import deep",
        "from fourps.more.deep import VALUE",
        "def f():\n    from fourps.more.deep import VALUE",
        "if TYPE_CHECKING:\n    from fourps.more import deep as d",
    ],
)
def test_however_it_is_imported(tmp_path, text):
    """Is a module seen in whatever way another one imports it?"""
    package = tmp_path / "fourps"
    (package / "more").mkdir(parents=True)
    for name, content in {"a": text, "more/__init__": "", "more/deep": "VALUE = 1"}.items():
        (package / f"{name}.py").write_text(content, "utf-8")
    assert package / "more" / "deep.py" in files_of(tmp_path, ("fourps.a",))
