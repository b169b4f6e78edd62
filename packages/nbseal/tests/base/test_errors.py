import errno
from pathlib import Path

import pytest

from nbseal.base.errors import closed, refusal


@pytest.mark.parametrize("name", ["/", ".", ""])
def test_no_folder_above(monkeypatch, name):
    """Is a refusal about a root, or about where one is, told as any other?"""
    monkeypatch.setattr("os.access", lambda *_: True)
    error = PermissionError(errno.EACCES, "Permission denied", name)
    assert closed(error) is None
    assert "Permission denied." in refusal(error)


def test_closed_folder(monkeypatch, tmp_path):
    """Is the folder named that may not be written, with what to do, and not the file in it?"""
    monkeypatch.setattr("os.access", lambda path, *_: Path(path) != tmp_path)
    error = PermissionError(errno.EACCES, "Permission denied", tmp_path / "new" / "a.csv")
    assert closed(error) == tmp_path
    assert refusal(error).startswith(f"The folder {tmp_path} cannot be written: Permission denied.")
    assert refusal(error).endswith("Make it writable for yourself, then do it again.")
