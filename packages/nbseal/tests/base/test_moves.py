"""Renaming and removing, as they are on Windows."""

from types import SimpleNamespace

import pytest

from nbseal.base import moves
from nbseal.base.errors import refusal
from nbseal.base.moves import OPEN, remove_file, remove_folder, rename


@pytest.fixture
def windows(monkeypatch):
    """Have the module take this system for Windows; return the seconds that it waited."""
    waited = []
    monkeypatch.setattr(moves, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(moves, "time", SimpleNamespace(sleep=waited.append))
    return waited


def refusing(times, change):
    """Return what refuses so many times and then does it."""
    left = iter(range(times))

    def act(*_, **__):
        for _ in left:
            raise PermissionError(13, "Access is denied", "other.name")
        return change()

    return act


def test_tries_again(windows, tmp_path, monkeypatch):
    """Is a file renamed as soon as the program that looks at it has closed it?"""
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("new", "utf-8")
    real = type(one).replace
    monkeypatch.setattr(type(one), "replace", refusing(3, lambda: real(one, other)))
    rename(one, other)
    assert other.read_text("utf-8") == "new"
    assert len(windows) == 3


def test_gives_up(windows, tmp_path, monkeypatch):
    """Is it said in the end which file is open, and what to do?"""
    path = tmp_path / "marks.csv"
    path.touch()
    monkeypatch.setattr(type(path), "unlink", refusing(99, None))
    with pytest.raises(PermissionError) as caught:
        remove_file(path)
    assert refusal(caught.value) == f"{path}: {OPEN}."
    assert sum(windows) < 2


def test_read_only(windows, tmp_path):
    """Is removed what is marked read-only, and nothing that a link leads to?"""
    kept = tmp_path / "kept"
    kept.touch(0o444)
    place = tmp_path / "ps1"
    place.mkdir()
    (place / "one.ipynb").touch(0o444)
    (place / "link").symlink_to(kept)
    remove_folder(place)
    assert not place.exists()
    assert kept.stat().st_mode & 0o777 == 0o444
    assert windows == []


def test_elsewhere_at_once(tmp_path):
    """Is on other systems nothing tried twice, and an error the system's own?"""
    with pytest.raises(FileNotFoundError):
        rename(tmp_path / "nothing", tmp_path / "other")
    remove_file(tmp_path / "nothing")
    remove_folder(tmp_path / "nothing")
