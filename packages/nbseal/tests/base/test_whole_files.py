import os
import signal
from threading import Event, Thread

import pytest

from nbseal.base.locks import hold
from nbseal.base.whole_files import in_turn, write_private, write_whole


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


def test_what_is_left_is_removed(tmp_path):
    """Is what a killed process left of a file gone after the next one, and what another writes not?"""
    path, other = tmp_path / "file", tmp_path / ".file.mine"
    other.touch()
    child = os.fork()
    if not child:
        os.replace = lambda *_, **_more: os.kill(os.getpid(), signal.SIGKILL)
        write_private(path, b"killed")
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    [left] = tmp_path.glob(".file.*.unfinished")
    assert left.read_bytes() == b"killed"
    release = hold(left, wait=True)
    write_whole(path, b"first")
    assert left.exists()
    release()
    write_whole(path, b"second")
    assert {one.name for one in tmp_path.iterdir()} == {"file", ".file.mine"}


def test_in_turn(tmp_path):
    """Does nobody else have a turn until this one is over?"""
    heard, began = [], Event()

    def other():
        began.set()
        with in_turn(tmp_path):
            heard.append("other")

    with in_turn(tmp_path):
        thread = Thread(target=other)
        thread.start()
        assert began.wait(60)
        thread.join(0.1)
        heard.append("mine")
    thread.join(60)
    assert heard == ["mine", "other"]
