"""Marks of a folder's desk, taken into the gradebook."""

import json

import pytest

from nbseal.mark.saved import NoMarksError, hash_of, read, take

from .conftest import TEXTS

MARK = {"kind": "mark", "scores": [3, 2], "cap": False, "points": 5, "comment": "=Good "}
STOP = {"kind": "stop", "scores": [], "cap": False, "points": None, "comment": ""}


def row(number, text, decision=MARK, **more):
    about = {"id": f"r{number}", "at": f"2026-12-01T10:0{number}:00.000Z", "marker": "a1"}
    about |= {"assignment": "ps1", "cell": "letter", "text": hash_of(text)}
    return about | ({"decision": decision} if decision else {}) | more


@pytest.fixture
def file(tmp_path):
    """Return a function that writes such a file."""

    def write(*rows, **more):
        path = tmp_path / "marking.json"
        document = {"format": 1, "mine": ["a1", "a2"], "marking": [*rows]}
        path.write_text(json.dumps(document | more))
        return path

    return write


def taken(desk, path, marker="first"):
    marks = read(path, "ps1", "letter", marker)
    with desk(marker) as one:
        return take(one.desk, marks[marker])


def test_taken(desk, file):
    """Are marks the same here, once, with stops, and without what was taken back?"""
    path = file(
        row(1, TEXTS["ada"], MARK | {"scores": [0, 0], "points": 0}),
        row(2, TEXTS["ada"] + "\r\n", marker="a2"),
        row(3, TEXTS["ben"], STOP),
        row(4, TEXTS["cem"]),
        row(5, TEXTS["cem"], None, undoes="r4"),
    )
    done = taken(desk, path)
    assert (done.marks, done.there, done.refused) == (2, 0, [])
    with desk() as one:
        texts = {who: (text["mine"], text["waits"]) for who, text in one.texts.items()}
    mark = {"scores": (3, 2), "cap": False, "points": 5.0, "comment": "=Good"}
    assert texts == {"ada": (mark, ""), "ben": (None, "stopped"), "cem": (None, "")}
    again = taken(desk, path)
    assert (again.marks, again.there, again.refused) == (0, 2, [])


def test_refused(desk, file):
    """Is each mark that does not fit what is here named, and is what is here kept?"""
    with desk() as one:
        one.mark("ben", 1, 1)
        one.put("cem", {"kind": "stop"})
    done = taken(desk, file(row(1, "Another text."), row(2, "Friday."), row(3, TEXTS["cem"])))
    assert done.marks == 0
    assert sorted(line.partition(": ")[::2] for line in done.refused) == [
        ("ada", "the text here is not one that was marked."),
        ("ben", "it is marked here with 2 points; they stay."),
        ("cem", "somebody stopped at this text; nobody marks it."),
    ]
    with desk() as one:
        assert one.texts["ben"]["mine"]["points"] == 2


def test_of_another_rubric(desk, file):
    """Is a mark with other criteria than the rubric has refused?"""
    done = taken(desk, file(row(1, TEXTS["ada"], MARK | {"scores": [3, 2, 1]})))
    assert done.marks == 0
    assert done.refused[0].startswith("ada: ")


def test_second_marker(desk, file):
    """Does what a second marker saved stay theirs, and wait where both are apart?"""
    path = file(row(1, TEXTS["ada"]), row(2, TEXTS["ada"], MARK | {"scores": [0, 0]}, marker="b1"))
    marks = read(path, "ps1", "letter", "first")
    assert [*marks] == ["first", "b1"]
    for marker in marks:
        assert taken(desk, path, marker).marks == 1
    with desk() as one:
        assert one.texts["ada"]["waits"] == "both"


@pytest.mark.parametrize(
    "document",
    [
        "",
        "{",
        "[]",
        '{"format": 1}',
        '{"format": 2, "mine": [], "marking": []}',
        '{"format": 1, "mine": [], "marking": [1]}',
    ],
)
def test_no_marks(tmp_path, document):
    """Is another file refused by its name?"""
    path = tmp_path / "marking.json"
    path.write_text(document)
    with pytest.raises(NoMarksError, match=r"marking\.json: no file of marks"):
        read(path, "ps1", "letter", "first")


@pytest.mark.parametrize(
    "change",
    [{"id": 1}, {"cell": None}, {"decision": {"kind": "x"}}, {"undoes": "r1"}, {"marker": "\x1b"}],
)
def test_changed(file, change):
    """Is a file refused in which somebody has changed something?"""
    with pytest.raises(NoMarksError, match="no file of marks"):
        read(file(row(1, "x", **change)), "ps1", "letter", "first")


def test_of_another_task(file):
    """Is a file without anything of the task refused?"""
    with pytest.raises(NoMarksError, match="nothing of ps1/letter"):
        read(file(row(1, "x", cell="other")), "ps1", "letter", "first")
