"""What goes wrong on the facilitator's own machine is no fault of a learner's."""

import contextlib
import os
import time
from pathlib import Path

import pytest
from conditions import on_a_little_disk

from fourps.grading import profile
from nbseal import time_limit
from nbseal.base import whole_files
from nbseal.collect import collect
from nbseal.time_limit import TooSlowError

COUNT = 6


def noted(course):
    return [*course.glob(".refused/*/*")]


def test_a_full_disk(course, handins, put, root):
    """Does a full or a read-only disk stop collecting with that reason, and is nobody noted as refused?"""
    for number in range(COUNT):
        put(f"learner-{number}")
    (course / "submitted").mkdir()

    def little():
        collection = collect(handins, course, root)
        return len(collection.taken), collection.stopped, len([*course.glob("submitted/*/*/*")])

    # with room for not even all of them
    count, why, here = on_a_little_disk(course / "submitted", 120_000, little)
    assert 0 < count < COUNT
    assert here >= 3 * count
    assert why.startswith(f"Collecting stopped. {course / 'submitted'}/learner-")
    assert ": No space left on device. What was taken is whole" in why
    assert why.endswith("nobody is to blame. Mend that, then collect again.")
    assert noted(course) == []
    _, why, _ = on_a_little_disk(course / "submitted", 120_000, little, read_only=True)
    place = course / "submitted"
    assert f"The folder {place} cannot be written: Read-only file system. Make it writable" in why
    assert noted(course) == []
    collection = collect(handins, course, root)
    assert (len(collection.taken), collection.remarks) == (COUNT, [])


@pytest.mark.parametrize("number", [5, 13, 28])
def test_the_command_ends(course, handins, put, root, monkeypatch, number):  # noqa: PLR0917
    """Does any error of the disk or of the rights leave what is whole, and the next run the rest?"""
    for index in range(3):
        put(f"learner-{index}")
    write, calls = whole_files._write, []

    def fails(path, data, mode):
        calls.append(path)
        if len(calls) == 5:
            raise OSError(number, os.strerror(number), path)
        write(path, data, mode)

    with monkeypatch.context() as patch:
        patch.setattr(whole_files, "_write", fails)
        collection = collect(handins, course, root)
    assert noted(course) == []
    if number == 13:
        assert (len(collection.taken), collection.left, collection.stopped) == (2, 1, "")
        assert "learner-1.zip: it cannot be taken here (PermissionError" in collection.remarks[0]
    else:
        assert len(collection.taken) == 1
        assert os.strerror(number) in collection.stopped
    again = collect(handins, course, root)
    assert (len(again.taken), again.left) == (3, 0)


def test_a_file_without_rights(course, handins, put, root, monkeypatch):
    """Is a hand-in named that may not be read, and nobody noted?"""
    put("ada")
    put("ben")
    read = Path.read_bytes

    # whoever tests may be root, who reads everything
    def closed(path):
        if path.name == "ada.zip":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", closed)
    collection = collect(handins, course, root)
    assert collection.taken == [("ben", "protection")]
    assert "ada.zip: it cannot be taken here" in collection.remarks[0]
    assert noted(course) == []


def test_an_error_that_nobody_knows(course, handins, put, root, monkeypatch):
    """Does a mistake of our own stop nobody else, and blame nobody?"""
    put("ada")
    put("ben")

    def restore(*_):
        raise KeyError("what")

    monkeypatch.setattr("nbseal.collect.intake.restore", restore)
    collection = collect(handins, course, root)
    assert (collection.taken, collection.left) == ([], 2)
    assert "ada.zip: it cannot be taken here (KeyError: 'what')" in collection.remarks[0]
    assert noted(course) == []


def test_a_hand_in_that_takes_for_ever(course, handins, put, root, monkeypatch):
    """Is a hand-in named that takes too long, with nobody noted, and do the others get theirs?"""
    for learner in ("ada", "ben", "cem"):
        put(learner)
    read = profile.parse_handin

    def slow(data, name):
        if name == "ben.zip":
            while True:
                # a library may swallow whatever comes up
                with contextlib.suppress(TooSlowError):
                    time.sleep(60)
                time.sleep(60)
        return read(data, name)

    # long enough for the others on a machine that does much else
    monkeypatch.setattr(time_limit, "SECONDS", 5.0)
    monkeypatch.setattr(profile, "parse_handin", slow)
    collection = collect(handins, course, root)
    assert collection.taken == [("ada", "protection"), ("cem", "protection")]
    assert collection.left == 1
    [remark] = collection.remarks
    assert remark.startswith("ben.zip: it took longer than 5 s to read it, so it is left out, and")
    assert noted(course) == []
