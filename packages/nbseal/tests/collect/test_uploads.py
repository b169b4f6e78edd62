import os
import stat
import zipfile
from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moodle_files import entry, packed

from nbseal.collect import uploads
from nbseal.collect.uploads import ArchiveError, in_folder, in_zip

GOOD = ("ada/exercise.ipynb", b"{}")


def encrypted(data):
    """A zip whose entries all say that they are encrypted."""
    return data.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    )


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (("../../x.ipynb", b""), "the name ../../x.ipynb leads out of the folder"),
        (("/etc/x.ipynb", b""), "the name /etc/x.ipynb leads out"),
        (("C:/x.ipynb", b""), "the name C:/x.ipynb leads out"),
        (("a\\..\\x.ipynb", b""), "leads out"),
        ((entry("link.ipynb", stat.S_IFLNK | 0o777), b"/etc/passwd"), "link.ipynb is a symbolic"),
        ((entry("pipe.ipynb", stat.S_IFIFO | 0o666), b""), "pipe.ipynb is no ordinary file"),
        ((entry("disk.ipynb", stat.S_IFBLK | 0o666), b""), "disk.ipynb is no ordinary file"),
        (("bomb.ipynb", bytes(3_000_000)), "bomb.ipynb is packed more tightly"),
        (("big.ipynb", bytes(20_000_001)), "big.ipynb is over 20 MB"),
        (GOOD, "ada/exercise.ipynb is in it twice"),
        (("a" * 2000 + ".ipynb", b""), "is too long"),
        (("a\nb\x1b[2J/../c", b""), "a?b/../c leads out"),
    ],
)
def test_refuses_by_name(bad, message):
    """Is one hostile entry refused by name, and the other still offered?"""
    with in_zip(packed(GOOD, bad), "all.zip") as inside:
        assert [upload.name for upload in inside.files] == [GOOD[0]]
        assert inside.files[0].read() == GOOD[1]
    [(_, why)] = inside.refused
    line = str(why)
    assert line.startswith("all.zip: ")
    assert message in line
    assert line.isprintable()


def test_encrypted():
    """Is an encrypted entry refused by name?"""
    with in_zip(encrypted(packed(GOOD)), "all.zip") as inside:
        assert not inside.files
    assert str(inside.refused[0][1]).startswith("all.zip: ada/exercise.ipynb is encrypted")


def test_names_that_are_not_utf8():
    """Is a name in an old code page refused, since it could be anybody's?"""
    data = packed(("Zo?_1.ipynb", b"{}"), GOOD).replace(b"Zo?_", b"Zo\xeb_")
    with in_zip(data, "all.zip") as inside:
        assert [upload.name for upload in inside.files] == [GOOD[0]]
    assert "is not UTF-8" in str(inside.refused[0][1])


def test_utf8_that_is_none():
    """Is a zip refused whole whose names say UTF-8 and are not?"""
    data = packed(("Zoë.ipynb", b"{}")).replace("ë".encode(), b"\xff\xff")
    with (
        pytest.raises(ArchiveError, match=r"all\.zip: it is not a whole zip"),
        in_zip(data, "all.zip"),
    ):
        pass


@pytest.mark.once
def test_too_many(tmp_path, monkeypatch):
    """Is a zip with too many entries or bytes refused, a learner's sooner than a download?"""
    many = packed(*((f"{number}.ipynb", b"") for number in range(201)))
    with pytest.raises(ArchiveError, match="over 200 entries"), in_zip(many, "all.zip"):
        pass
    path = tmp_path / "all.zip"
    path.write_bytes(many)
    with in_zip(path, "all.zip") as inside:
        assert len(inside.files) == 201
    monkeypatch.setattr(uploads, "MOST_ENTRIES", 200)
    with pytest.raises(ArchiveError, match="over 200 entries"), in_zip(path, "all.zip"):
        pass
    large = packed(*((f"{number}.ipynb", bytes(2 * 10**7)) for number in range(6)))
    with pytest.raises(ArchiveError, match="over 100 MB"), in_zip(large, "all.zip"):
        pass


def test_times_and_order(tmp_path):
    """Has each file its time, at the place of the clock, and do hidden ones stay away?"""
    info = zipfile.ZipInfo("b.ipynb", (2026, 11, 3, 16, 4, 0))
    path = tmp_path / "all.zip"
    path.write_bytes(
        packed((info, b"1"), ("a.ipynb", b"2"), (".x/a", b""), ("__MACOSX/a", b""), ("d/", b""))
    )
    with in_zip(path, "all.zip", ZoneInfo("Europe/Paris")) as inside:
        assert [(upload.name, upload.read()) for upload in inside.files] == [
            ("a.ipynb", b"2"),
            ("b.ipynb", b"1"),
        ]
        assert inside.files[1].time == datetime(2026, 11, 3, 15, 4, tzinfo=UTC)
        assert inside.folders == {"d"}
        assert not inside.refused


def test_folder(tmp_path):
    """Are only ordinary files of a folder offered, and is no link followed?"""
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "a.ipynb").write_text("secret", "utf-8")
    folder = tmp_path / "hand-ins"
    (folder / "ada" / "deep").mkdir(parents=True)
    (folder / "ada" / "deep" / "exercise.ipynb").write_text("{}", "utf-8")
    (folder / "ada" / "link").symlink_to(secret)
    (folder / "ben").symlink_to(secret / "a.ipynb")
    (folder / "empty").mkdir()
    os.mkfifo(folder / "pipe.ipynb")
    with (folder / "large.ipynb").open("wb") as file:
        file.truncate(20_000_001)
    inside = in_folder(folder)
    assert [upload.name for upload in inside.files] == ["ada/deep/exercise.ipynb", "large.ipynb"]
    assert sorted(parts[-1] for parts, _ in inside.refused) == ["ben", "link", "pipe.ipynb"]
    assert inside.folders == {"ada", "empty"}
    with pytest.raises(ValueError, match="over 20 MB"):
        inside.files[1].read()


WHOLE = packed(GOOD, ("ben/exercise.ipynb", b"[1, 2, 3]" * 50), ("Zoë/é.ipynb", b"x"))


def read_all(data):
    with in_zip(data, "all.zip") as inside:
        for upload in inside.files:
            with suppress(*uploads.BROKEN):
                assert len(upload.read()) <= 20_000_000
        for parts, line in ((parts, str(why)) for parts, why in inside.refused):
            assert parts
            assert line.startswith("all.zip: ")
            assert line.isprintable()


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=8))
def test_any_change(changes):
    """Is a zip with changed bytes read or refused, never with another kind of error?"""
    data = bytearray(WHOLE)
    for at, value in changes:
        data[at] = value
    with suppress(ArchiveError):
        read_all(bytes(data))


@given(st.binary(max_size=300))
def test_any_bytes(data):
    """Is anything else refused?"""
    with pytest.raises(ArchiveError, match=r"all\.zip: it is not a whole zip file"):
        read_all(data)


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
            st.sampled_from([0, stat.S_IFREG, stat.S_IFLNK, stat.S_IFIFO, stat.S_IFSOCK]),
        ),
        max_size=6,
    )
)
def test_any_names(entries):
    """Whatever entries are called: is no part of an offered path a way out?"""
    data = packed(*((entry(name, mode), b"x") for name, mode in entries))
    read_all(data)
    with in_zip(data, "all.zip") as inside:
        for upload in inside.files:
            assert not {"..", "/", ""} & set(upload.parts)
            assert not any("/" in part or "\\" in part for part in upload.parts)
