import os

import pytest

from fourps.home.files import write_whole


def test_keeps_the_old_file_when_writing_fails(tmp_path, monkeypatch):
    """Is the file that was there whole, and nothing else left, when the disk gives up?"""
    path = tmp_path / "file"
    write_whole(path, b"old")

    def fail(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"new")
    assert [one.name for one in tmp_path.iterdir()] == ["file"]
    assert path.read_bytes() == b"old"


def test_follows_the_umask(tmp_path):
    """Can those read the file who can read any other new file?"""
    write_whole(tmp_path / "one", b"")
    (tmp_path / "two").touch()
    assert (tmp_path / "one").stat().st_mode == (tmp_path / "two").stat().st_mode
