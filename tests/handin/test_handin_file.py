import hashlib
import json
import re
import stat
import struct
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moodle_files import entry, packed

import fourps.handin
from fourps.handin.handin_file import (
    HandIn,
    HandInError,
    Manifest,
    parse_handin,
    read_handin,
    write_handin,
)
from nbseal.reasons import REASONS

BOOK = b'{"cells": []}'


def manifest(**changes):
    values = {
        "format": 1,
        "exercise": "protection",
        "release": "0.1.0",
        "learner": "ada",
        "records": [],
        "sha256": hashlib.sha256(BOOK).hexdigest(),
    }
    return json.dumps(values | changes).encode()


def good(**changes):
    return [("handin.json", manifest(**changes)), ("exercise.ipynb", BOOK)]


@given(
    st.binary(max_size=2000),
    st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", fullmatch=True),
    st.lists(st.from_regex(r"fourps1:[!-~]{1,50}", fullmatch=True), max_size=5),
)
def test_comes_back(notebook, learner, records):
    """Is what was packed read again, and are the same things packed into the same bytes?"""
    about = {
        "exercise": "protection",
        "release": "0.1.0",
        "learner": learner,
        "records": records,
        "sha256": hashlib.sha256(notebook).hexdigest(),
    }
    handin = HandIn(Manifest(**about), notebook)
    data = write_handin(handin)
    assert parse_handin(data, "a.zip") == handin
    assert data == write_handin(handin)


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([], "there is no handin.json"),
        (good()[:1], "there is no notebook (exercise.ipynb)"),
        (good()[1:], "there is no handin.json"),
        ([*good(), ("../exercise.ipynb", b"")], "../exercise.ipynb leads out of the folder"),
        ([*good(), ("/etc/passwd", b"")], "/etc/passwd leads out of the folder"),
        ([*good(), ("C:/x", b"")], "C:/x leads out of the folder"),
        ([*good(), ("a\\..\\b", b"")], "leads out of the folder"),
        ([*good(), ("a/../../b", b"")], "leads out of the folder"),
        ([*good(), (entry("link", stat.S_IFLNK | 0o777), b"/etc")], "link is a symbolic link"),
        ([*good(), ("more.txt", b"")], "more.txt does not belong in a hand-in"),
        ([*good(), ("sub/", b"")], "sub/ does not belong in a hand-in"),
        ([*good(), ("a\nb\x1b[2J", b"")], "a?b does not belong"),
        (good(format=2), "another format of hand-in"),
        (good(format="1"), "another format of hand-in"),
        (good(learner="../ada"), "not as it should be at learner"),
        (good(learner="ada\n"), "not as it should be at learner"),
        (good(exercise="a/b"), "not as it should be at exercise"),
        (good(records=["x"]), "not as it should be at records.0"),
        (good(records=["fourps1:a"] * 101), "not as it should be at records"),
        (good(more=1), "not as it should be at more"),
        (good(sha256="0" * 64), "the notebook is not the one that was packed"),
        ([("handin.json", b"[" * 100_000), good()[1]], "handin.json is not as it should be"),
        ([("handin.json", b"\xff"), good()[1]], "handin.json is not as it should be"),
        ([good()[0], ("exercise.ipynb", bytes(3_000_000))], "packed more tightly"),
        ([good()[0], ("exercise.ipynb", bytes(30_000_000))], "over 20 MB when unpacked"),
    ],
)
def test_refuses(tmp_path, entries, message):
    """Is each hostile or broken file refused in one clear line that begins with its name?"""
    path = tmp_path / "ada.zip"
    path.write_bytes(packed(*entries))
    with pytest.raises(HandInError) as caught:
        read_handin(path)
    text = str(caught.value)
    assert text.startswith("ada.zip: ")
    assert message in text
    assert text.isprintable()
    assert [one.name for one in tmp_path.iterdir()] == ["ada.zip"]


def test_over_20_mb(tmp_path):
    """Is a large file refused before it is read?"""
    path = tmp_path / "ada.zip"
    with path.open("wb") as file:
        file.truncate(20_000_001)
    with pytest.raises(HandInError, match=r"ada\.zip: over 20 MB"):
        read_handin(path)


def test_no_file(tmp_path):
    """Is a file named that is not there, and a folder?"""
    with pytest.raises(HandInError, match="cannot be read"):
        read_handin(tmp_path / "none.zip")
    with pytest.raises(HandInError, match="cannot be read"):
        read_handin(tmp_path)


def test_twice():
    """Is a file refused that has an entry twice?"""
    with pytest.raises(HandInError, match="twice"):
        parse_handin(packed(*good(), good()[1]), "a.zip")


def test_sizes_that_lie():
    """Is an entry refused that unpacks to more than it says?"""
    data = bytearray(packed(good()[0], ("exercise.ipynb", BOOK * 1000)))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 5)
    with pytest.raises(HandInError, match=r"a\.zip: "):
        parse_handin(bytes(data), "a.zip")


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_compressions(compression):
    """Is a file read or refused, whatever packed it?"""
    assert parse_handin(packed(*good(), compression=compression), "a.zip").manifest.learner == "ada"


@given(st.binary(max_size=300))
def test_any_bytes(data):
    """Is anything that is no hand-in refused, never with another kind of error?"""
    with pytest.raises(HandInError):
        parse_handin(data, "a.zip")


WHOLE = packed(*good())


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=6))
def test_any_change(changes):
    """Is a file with changed bytes either the same hand-in or refused?"""
    data = bytearray(WHOLE)
    for at, value in changes:
        data[at] = value
    with suppress(HandInError):
        assert parse_handin(bytes(data), "a.zip").notebook == BOOK


def test_overlapped():
    """Is a file refused, without a warning, in which two entries lie in one place?"""
    data = bytearray(WHOLE)
    entries = [one.start() for one in re.finditer(b"PK\x01\x02", WHOLE)]
    assert len(entries) == 2
    for place in entries:
        # where the directory says that its bytes begin
        data[place + 42 : place + 46] = bytes(4)
    with pytest.raises(HandInError):
        parse_handin(bytes(data), "a.zip")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["handin.json", "exercise.ipynb", "../x", "a/b", "/x", "é", "CON"]),
            st.sampled_from([stat.S_IFREG, stat.S_IFLNK, stat.S_IFDIR, 0]),
            st.binary(max_size=50),
        ),
        max_size=4,
        unique_by=lambda one: one[0],
    )
)
def test_any_entries(entries):
    """Is every other set of entries refused?"""
    data = packed(*((entry(name, mode), content) for name, mode, content in entries))
    with pytest.raises(HandInError):
        parse_handin(data, "a.zip")


def test_reasons():
    """Is each reason that a hand-in file is refused for one that there is?"""
    rooms = Path(fourps.handin.__file__).parent.rglob("*.py")
    text = "".join(path.read_text("utf-8") for path in rooms)
    given = re.findall(r'\b(?:because\(\s*|noted ?= ?)"([\w-]+)"', text)
    assert given
    assert {*given} <= {*REASONS}
