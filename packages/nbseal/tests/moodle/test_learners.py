import pytest
from conditions import at_once

from nbseal.moodle import learners
from nbseal.moodle.learners import Learners, PseudonymKeyError, key


def test_stays(tmp_path):
    """Is the key of a course made once, and the same from then on?"""
    assert len(key(tmp_path)) == 32
    assert key(tmp_path) == key(tmp_path)


def test_two_first_runs_at_once(tmp_path, monkeypatch):
    """Do two programs that both find no key use the same one?"""
    keys = at_once(monkeypatch, learners, lambda: key(tmp_path), lambda: key(tmp_path))
    assert keys == (key(tmp_path),) * 2


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"00", b"5a" * 31, b"5a" * 33, b"\xff" * 64,
     b"x" * 64],
)  # fmt: skip
def test_no_whole_key(tmp_path, content):
    """Is a key refused that is none or a part of one, and what to do said, in one line?"""
    path = tmp_path / ".pseudonyms"
    path.write_bytes(content)
    with pytest.raises(PseudonymKeyError) as caught:
        Learners(tmp_path)
    text = str(caught.value)
    assert text.startswith(f"{path}:1: ")
    assert "64 hexadecimal digits. Put the file back from a copy" in text
    assert "\n" not in text
    assert path.read_bytes() == content
