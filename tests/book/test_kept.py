"""What a build need not find out again is found out again when what it is made from has changed."""

from __future__ import annotations

import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from fourps.book import kept
from fourps.book.kept import SHARED, SOURCES, code_hash, files_of, remembered, search
from fourps.course import page
from fourps.course.page import read
from fourps.scenario import explore
from fourps.scenario.findings import searched
from fourps.scenario.model import Scenario

SEARCH = searched.__module__
FILES = files_of(SOURCES, (SEARCH,))
SEEN = {path.relative_to(SOURCES).as_posix() for path in FILES if path.is_relative_to(SOURCES)}


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """Return a function that gives the hash of a search's code in a copy that a test may edit."""
    others = (SOURCES / "fourps" / "book").glob("*.py")
    for path in (*others, *(SOURCES / name for name in SEEN)):
        target = tmp_path / path.relative_to(SOURCES)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    monkeypatch.setattr(kept, "SOURCES", tmp_path)
    # not the one that remembers
    return lambda: code_hash.__wrapped__(SEARCH)


def test_what_a_search_is_made_from():
    """Does it see the files that search, and what they read content with, and little else?"""
    rooms = ("explore", "engine", "findings", "model", "notation")
    assert {f"fourps/scenario/{name}.py" for name in rooms} <= SEEN
    assert {"fourps/course/source.py"} <= SEEN
    assert SHARED / "nbseal" / "base" / "errors.py" in FILES
    assert not any("/book/" in name or "/lab" in name or "english" in name for name in SEEN)


def test_any_edit(copied, tmp_path):
    """Does an edit of each file that a search is made from change it, and of no other file?"""
    before = copied()
    hashes = {before}
    for name in SEEN:
        path = tmp_path / name
        text = path.read_bytes()
        path.write_bytes(text + b"\n# edited\n")
        hashes.add(copied())
        path.write_bytes(text)
    assert len(hashes) == 1 + len(SEEN)
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


def test_made_once(tmp_path):
    """Of several who ask at the same time, does one make it, and the others get it?"""
    calls, ready = [], threading.Barrier(4)

    def make():
        time.sleep(0.05)
        calls.append(1)
        return {"found": [1, "two"]}

    def ask(_):
        ready.wait()
        return remembered(tmp_path / "it", "known", make)

    with ThreadPoolExecutor(4) as pool:
        assert [*pool.map(ask, range(4))] == [{"found": [1, "two"]}] * 4
    assert calls == [1]


def test_replaced(tmp_path):
    """Does what was made of something else take the place of what was before?"""
    folder = tmp_path / "it"
    assert remembered(folder, "one", lambda: 1) == 1
    assert remembered(folder, "two", lambda: 2) == 2
    assert remembered(folder, "one", lambda: 3) == 3
    assert len([*folder.iterdir()]) == 1


@pytest.mark.parametrize("left", [b"", b"{", b"[1, 2]", b"\xff", b'"text"', b"3"])
def test_what_cannot_be_read(tmp_path, left):
    """Is it made again where a crash or another program left something else?"""
    assert remembered(tmp_path, "known", lambda: 1) == 1
    (tmp_path / "made.json").write_bytes(left)
    assert remembered(tmp_path, "known", lambda: 2) == 2
    assert remembered(tmp_path, "known", lambda: 3) == 2


def test_nothing(tmp_path):
    """Is nothing remembered where nothing came of it, and is it asked again?"""
    assert remembered(tmp_path / "it", "known", lambda: None) is None
    assert remembered(tmp_path / "it", "known", lambda: 1) == 1


@pytest.fixture
def seen(monkeypatch):
    """What was really searched."""
    ids = []
    monkeypatch.setattr(
        kept, "searched", lambda scenario: ids.append(scenario.id) or searched(scenario)
    )
    return ids


@pytest.fixture
def small(small_scenario):
    """Return a function that makes the small scenario, after a change."""

    def make(*changes):
        data = small_scenario()
        for change in changes:
            change(data)
        return Scenario.model_validate(data)

    return make


def lengthened(*way):
    """Return a change of a text."""

    def change(data):
        *parents, last = way
        for name in parents:
            data = data[name]
        data[last] = f"{data[last]} More."

    return change


def of(choice, **values):
    """Return a change of a choice at the counter."""
    return lambda data: data["nodes"]["counter"]["choices"][choice].update(values)


# all that a scenario is made of: its texts, its numbers, and their order
EDITS = {
    "title": lengthened("title"),
    "text of a node": lengthened("nodes", "table", "text"),
    "text of an option": lengthened("nodes", "table", "choices", "ask-need", "text"),
    "text of an ending": lengthened("endings", "safe", "text"),
    "score": of("sit-down", score={"listening": 1}),
    "effect": of("sit-down", effects={"trust": -1}),
    "condition": of("stay-standing", when={"trust": ">= 1"}),
    "target": of("stay-standing", to="shelf"),
    "critical": of("call-out", critical="consent"),
    "variable": lambda data: data["variables"]["trust"].update(max=3),
    "kind of an ending": lambda data: data["endings"]["gaps"].update(kind="unsafe"),
    "order of endings": lambda data: data.update(endings=dict(reversed(data["endings"].items()))),
    "competency": lengthened("competencies", "listening", "title"),
}


def test_searched_once(small, seen, tmp_path):
    """Is a scenario searched once, with the same result afterwards?"""
    first = search(tmp_path, small())
    assert (seen, first) == (["help-point"], searched(small()))
    assert search(tmp_path, small()) == first
    assert seen == ["help-point"]


def test_what_is_wrong_with_it(small, seen, tmp_path):
    """Does what only a search shows come back as it was, each remark with its place?"""
    scenario = small(of("call-out", to="attic"), lambda data: data["nodes"].update(ATTIC))
    first = search(tmp_path, scenario)
    assert ("endless-loop", ("nodes", "attic")) in [
        (remark.name, remark.loc) for remark in first.remarks
    ]
    assert search(tmp_path, scenario) == first
    assert seen == ["help-point"]


ATTIC = {
    "attic": {
        "title": "An attic",
        "text": "There is no way out.",
        "choices": {
            "wait": {
                "text": "Wait there.",
                "to": "attic",
                "consequence": "Nothing changes.",
                "rationale": "It was tried.",
                "source": "pim2015",
            }
        },
    }
}


@pytest.mark.parametrize("edit", EDITS)
def test_edited_scenario(small, seen, tmp_path, edit):
    """Is a scenario searched again when something in it was edited, and once?"""
    search(tmp_path, small())
    edited = small(EDITS[edit])
    assert search(tmp_path, edited) == search(tmp_path, edited) == searched(edited)
    assert seen == ["help-point"] * 2
    # one result is kept of each scenario: the folder does not grow
    assert len([*tmp_path.rglob("*.json")]) == 1


def test_searched_by_other_code(small, seen, tmp_path, monkeypatch):
    """Is it searched again when the code that looks at it has changed?"""
    search(tmp_path, small())
    asked = []
    monkeypatch.setattr(kept, "code_hash", lambda name: asked.append(name) or "another")
    search(tmp_path, small())
    assert (seen, asked) == (["help-point"] * 2, ["fourps.scenario.findings"])


def test_too_many_states(small, tmp_path, monkeypatch):
    """Is nothing remembered of a search that was given up?"""
    monkeypatch.setattr(explore, "LIMIT", 3)
    assert search(tmp_path, small()) is None
    monkeypatch.undo()
    assert search(tmp_path, small()) == searched(small())


TEXT = "---\na: b\n---\n# Number {}\n\n:::{{note}}\n*Well* {{term}}`so`.\n:::\n\nIt is {{cite:p}}`who`.\n"


@pytest.fixture
def pages(tmp_path, monkeypatch):
    """Some pages, in a process that knows none."""
    monkeypatch.setattr(page, "_known", {})
    monkeypatch.setattr(kept, "_kept_pages", {})
    paths = [tmp_path / f"{number}.md" for number in range(12)]
    for number, path in enumerate(paths):
        path.write_text(TEXT.format(number), "utf-8")
    return paths


@pytest.fixture
def taken(monkeypatch):
    """The pages that were really taken apart."""
    paths = []
    take = page._Reader.take

    def noting(reader, text, offset, boxes):
        if not boxes:
            paths.append(reader.page.path)
        take(reader, text, offset, boxes)

    monkeypatch.setattr(page._Reader, "take", noting)
    return paths


def again():
    """Begin as another process does."""
    page._known.clear()
    kept._kept_pages.clear()


@pytest.fixture
def first(pages, tmp_path):
    """The pages as a process before read and kept them."""
    read_then = [read(path) for path in pages]
    kept.keep_pages(tmp_path)
    again()
    return read_then


def test_known_again(taken, first, pages, tmp_path):
    """Are pages that one process has taken apart the same in another, which takes none apart?"""
    kept.recall_pages(tmp_path)
    assert [read(path) for path in pages] == first
    assert taken == pages
    assert first[0].headings == {"": "Number 0", "number-0": "Number 0"}


@pytest.mark.usefixtures("taken", "first")
def test_edited_page(pages, taken, tmp_path):
    """Is a page taken apart again whose text has changed, and no other?"""
    pages[3].write_text("# Another\n", "utf-8")
    kept.recall_pages(tmp_path)
    pages_read = [read(path) for path in pages]
    assert pages_read[3].headings[""] == "Another"
    assert taken == [*pages, pages[3]]
    assert [page_read.text for page_read in pages_read] == [
        path.read_text("utf-8") for path in pages
    ]


@pytest.mark.usefixtures("first")
@pytest.mark.parametrize(
    "changed", [("code_hash", lambda _name: "another"), ("version", lambda _name: "99")]
)
def test_taken_apart_by_other_code(tmp_path, monkeypatch, changed):
    """Are all taken apart again by other code, ours or that of a library?"""
    monkeypatch.setattr(kept, *changed)
    kept.recall_pages(tmp_path)
    assert page.known() == []


@pytest.mark.parametrize("cut", [0, 10, 64, 65, 100, -1])
def test_cut_off(taken, first, pages, tmp_path, cut):
    """Is what a full disk has cut off taken apart again?"""
    file = tmp_path / "pages.pickle"
    file.write_bytes(file.read_bytes()[:cut])
    kept.recall_pages(tmp_path)
    assert [read(path) for path in pages] == first
    assert taken == pages * 2


@pytest.mark.usefixtures("first")
def test_written_seldom(pages, tmp_path):
    """Are they not written again for a page or two?"""
    file = tmp_path / "pages.pickle"
    before = file.stat().st_mtime_ns
    kept.recall_pages(tmp_path)
    for path in pages[:3]:
        path.write_text("# Another\n", "utf-8")
        read(path)
    kept.keep_pages(tmp_path)
    assert file.stat().st_mtime_ns == before
    for path in pages:
        path.write_text("# Others\n", "utf-8")
        read(path)
    kept.keep_pages(tmp_path)
    assert file.stat().st_mtime_ns != before
    again()
    kept.recall_pages(tmp_path)
    assert {page_known.text for page_known in page.known()} == {"# Others\n"}


def test_not_too_many(pages, monkeypatch):
    """Does a process forget the pages that were read longest ago, before there are too many?"""
    monkeypatch.setattr(page, "_MOST", 4)
    for path in (*pages, pages[-3]):
        read(path)
    assert [page_known.path for page_known in page.known()] == [
        pages[-4],
        pages[-2],
        pages[-1],
        pages[-3],
    ]
