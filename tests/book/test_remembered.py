"""What need not be found out again."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from fourps.book.kept import remembered


def test_made_once(tmp_path):
    """Of several who ask at the same time, does one make it, and the others get it?"""
    made, ready = [], threading.Barrier(4)

    def make():
        time.sleep(0.05)
        made.append(1)
        return {"found": [1, "two"]}

    def ask(_):
        ready.wait()
        return remembered(tmp_path / "it", "known", make)

    with ThreadPoolExecutor(4) as pool:
        assert [*pool.map(ask, range(4))] == [{"found": [1, "two"]}] * 4
    assert made == [1]


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
