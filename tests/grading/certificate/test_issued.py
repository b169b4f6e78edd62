import base64
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from fourps.grading.certificate import keys, revoked
from fourps.grading.certificate.issued import FILE, RevokeError, note, revoke
from fourps.grading.certificate.new_keys import make

NOW = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
NUMBERS = {"a" * 16: "ada", "b" * 16: "ben", "c" * 16: "ada"}


@pytest.fixture
def folder(tmp_path, state):
    """Return the folder of a key that signed two records of one learner and one of another."""
    make(tmp_path)
    for number, learner in NUMBERS.items():
        note(tmp_path, state(number=number, learner=learner))
    return tmp_path


@pytest.fixture
def do(folder):
    key = keys.private(folder / keys.PRIVATE)
    return lambda *who, reason="In error": revoke(folder, key, who, reason, NOW)


def test_at_once(folder, do, state):
    """Are records noted, and lists written, one after the other by whoever does so at once?"""
    many = [f"{number:016x}" for number in range(20)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: note(folder, state(number=one, learner="eve")), many))
        list(pool.map(do, many))
    found = do("eve")
    assert found.number == 1 + len(many) + 1
    assert sorted(one.number for one in found.records) == many


def test_by_learner_and_number(do, folder):
    """Are all records of a learner revoked, or one by its number, each once, in list after list?"""
    found = do("ada")
    assert (found.number, [one.number for one in found.records]) == (2, ["a" * 16, "c" * 16])
    found = do("ada", "b" * 16, reason=" Asked \n for ")
    assert (found.number, [one.number for one in found.records]) == (
        3,
        ["a" * 16, "c" * 16, "b" * 16],
    )
    assert [one.reason for one in found.records] == ["In error", "In error", "Asked for"]
    assert revoked.read(folder / revoked.FILE, keys.public(folder / keys.PUBLIC)) == found


def test_nobody_is_named(do, folder):
    """Has the public list no id in it, and is what leads back to one its owner's alone?"""
    do("ada")
    said = base64.urlsafe_b64decode((folder / revoked.FILE).read_bytes().split(b".")[1] + b"==")
    assert b"ada" not in said
    assert oct((folder / FILE).stat().st_mode & 0o777) == "0o600"


def test_signed_anew(do):
    """Does a call without anybody sign the list again, so that it is seen to be current?"""
    assert (do().number, do().number, do().records) == (2, 3, [])


def test_refused(do, folder):
    """Is a list left as it was where a learner is unknown, a reason is missing, or it was changed?"""
    before = (folder / revoked.FILE).read_bytes()
    for who, reason, said in (
        (("ada", "zoe"), "Why", "No record of 'zoe'"),
        (("f" * 16,), "Why", "No record of"),
        (("ada",), " ", "--reason"),
    ):
        with pytest.raises(RevokeError, match=said):
            do(*who, reason=reason)
        assert (folder / revoked.FILE).read_bytes() == before
    (folder / revoked.FILE).write_bytes(before[:-1])
    with pytest.raises(revoked.RevokedListError):
        do("ada")
    (folder / revoked.FILE).unlink()
    with pytest.raises(RevokeError, match="Put back the list"):
        do("ada")
    (folder / FILE).write_text("[", "utf-8")
    (folder / revoked.FILE).write_bytes(before)
    with pytest.raises(RevokeError, match="damaged"):
        do("ada")
