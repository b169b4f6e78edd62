import base64
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fourps.grading.certificate import signature
from fourps.grading.certificate.new_keys import make_keys
from fourps.grading.certificate.revocation import (
    ISSUED,
    LIST,
    Revoked,
    RevokedList,
    RevokedListError,
    RevokeError,
    note,
    publish,
    read_list,
    revoke,
)
from fourps.grading.certificate.signature import fingerprint

NOW = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
NUMBERS = {"a" * 16: "ada", "b" * 16: "ben", "c" * 16: "ada"}


@pytest.fixture
def folder(tmp_path, state):
    """Return the folder of a key that signed two records of one learner and one of another."""
    make_keys(tmp_path)
    for number, learner in NUMBERS.items():
        note(tmp_path, state(number=number, learner=learner))
    return tmp_path


@pytest.fixture
def do(folder):
    key = signature.private(folder / signature.PRIVATE)
    return lambda *who, reason="In error": revoke(folder, key, who, reason, NOW)


def test_at_once(folder, do, state):
    """Are records noted, and lists written, one after the other by whoever does so at once?"""
    many = [f"{number:016x}" for number in range(20)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: note(folder, state(number=number, learner="eve")), many))
        list(pool.map(do, many))
    revoked = do("eve")
    assert revoked.number == 1 + len(many) + 1
    assert sorted(record.number for record in revoked.records) == many


def test_by_learner_and_number(do, folder):
    """Are all records of a learner revoked, or one by its number, each once, in list after list?"""
    revoked = do("ada")
    assert (revoked.number, [record.number for record in revoked.records]) == (
        2,
        ["a" * 16, "c" * 16],
    )
    revoked = do("ada", "b" * 16, reason=" Asked \n for ")
    assert (revoked.number, [record.number for record in revoked.records]) == (
        3,
        ["a" * 16, "c" * 16, "b" * 16],
    )
    assert [record.reason for record in revoked.records] == ["In error", "In error", "Asked for"]
    assert read_list(folder / LIST, signature.public(folder / signature.PUBLIC)) == revoked


def test_nobody_is_named(do, folder):
    """Has the public list no id in it, and is what leads back to one its owner's alone?"""
    do("ada")
    payload = base64.urlsafe_b64decode((folder / LIST).read_bytes().split(b".")[1] + b"==")
    assert b"ada" not in payload
    assert oct((folder / ISSUED).stat().st_mode & 0o777) == "0o600"


def test_signed_anew(do):
    """Does a call without anybody sign the list again, so that it is seen to be current?"""
    assert (do().number, do().number, do().records) == (2, 3, [])


def test_refused(do, folder):
    """Is a list left as it was where a learner is unknown, a reason is missing, or it was changed?"""
    before = (folder / LIST).read_bytes()
    for who, reason, message in (
        (("ada", "zoe"), "Why", "No record of 'zoe'"),
        (("f" * 16,), "Why", "No record of"),
        (("ada",), " ", "--reason"),
    ):
        with pytest.raises(RevokeError, match=message):
            do(*who, reason=reason)
        assert (folder / LIST).read_bytes() == before
    (folder / LIST).write_bytes(before[:-1])
    with pytest.raises(RevokedListError):
        do("ada")
    (folder / LIST).unlink()
    with pytest.raises(RevokeError, match="Put back the list"):
        do("ada")
    (folder / ISSUED).write_text("[", "utf-8")
    (folder / LIST).write_bytes(before)
    with pytest.raises(RevokeError, match="damaged"):
        do("ada")


ONE = Revoked(number="0123456789abcdef", day=date(2026, 11, 26), reason="Issued in error")


@pytest.fixture
def path(tmp_path, key):
    publish(tmp_path / LIST, [ONE], key, NOW, 3)
    return tmp_path / LIST


def test_comes_back(path, key):
    """Is a list read again, and says of a record whether it was revoked, and why?"""
    revoked = read_list(path, key.public_key())
    assert (revoked.number, revoked.signed) == (3, NOW)
    assert revoked.of("0123456789abcdef") == ONE
    assert revoked.of("0123456789abcdee") is None


def test_any_change(path, key):
    """Is a list refused of which any byte was changed, left out or doubled?"""
    whole = path.read_bytes()
    for at, byte in enumerate(whole):
        for new in (bytes([byte ^ 1 << at % 8]), b"", bytes([byte, byte])):
            path.write_bytes(whole[:at] + new + whole[at + 1 :])
            with pytest.raises(RevokedListError):
                read_list(path, key.public_key())


def test_no_list(path, key, state):
    """Is refused what another key signed, a record, and what the true key signed in another form?"""
    stranger = Ed25519PrivateKey.generate()
    revoked = read_list(path, key.public_key())
    other = revoked.model_copy(update={"key": fingerprint(stranger.public_key())})
    lines = [
        signature.sign("fourps-revoked", revoked, stranger),
        signature.sign("fourps-revoked", other, key),
        signature.sign("fourps-record", revoked, key),
        signature.sign("fourps-revoked", state(), key),
        b"",
    ]

    class Other(RevokedList):
        """In another form."""

        number: int
        signed: str
        note: str = ""

    values = revoked.model_dump(mode="json")
    changes = ({"number": 0}, {"signed": "2026-11-27 09:30:00Z"}, {"note": "see below"})
    forms = [Other(**(values | changed)) for changed in changes]
    lines += [signature.sign("fourps-revoked", form, key) for form in forms]
    for line in lines:
        path.write_bytes(line)
        with pytest.raises(RevokedListError):
            read_list(path, key.public_key())


def test_is_never_replaced(tmp_path):
    """Is a key that is there kept?"""
    make_keys(tmp_path)
    before = (tmp_path / signature.PRIVATE).read_bytes()
    with pytest.raises(signature.KeyFileError, match="is kept"):
        make_keys(tmp_path)
    assert (tmp_path / signature.PRIVATE).read_bytes() == before


def test_cut_short(tmp_path, monkeypatch):
    """Can a key be made again where making it was cut short at any file?"""
    from nbseal.base import whole_files

    whole = whole_files._write

    for last in range(3):
        folder = tmp_path / str(last)
        written = []

        def write(path, data, mode, last=last, written=written):
            if len(written) == last:
                raise OSError("no space left")
            written.append(path)
            whole(path, data, mode)

        monkeypatch.setattr(whole_files, "_write", write)
        with pytest.raises(OSError, match="no space"):
            make_keys(folder)
        monkeypatch.setattr(whole_files, "_write", whole)
        public = make_keys(folder)
        private = signature.private(folder / signature.PRIVATE)
        assert signature.fingerprint(private.public_key()) == signature.fingerprint(public)
        assert read_list(folder / LIST, public).number == 1
