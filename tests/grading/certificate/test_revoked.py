from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fourps.grading.certificate import revoked, signed_text
from fourps.grading.certificate.keys import fingerprint
from fourps.grading.certificate.revoked import (
    Revoked,
    RevokedListError,
    newest,
    publish,
    read,
    remember,
)

NOW = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
ONE = Revoked(number="0123456789abcdef", day=date(2026, 11, 26), reason="Issued in error")


@pytest.fixture
def path(tmp_path, key):
    publish(tmp_path / revoked.FILE, [ONE], key, NOW, 3)
    return tmp_path / revoked.FILE


def test_comes_back(path, key):
    """Is a list read again, and says of a record whether it was revoked, and why?"""
    found = read(path, key.public_key())
    assert (found.number, found.signed) == (3, NOW)
    assert found.of("0123456789abcdef") == ONE
    assert found.of("0123456789abcdee") is None


def test_any_change(path, key):
    """Is a list refused of which any byte was changed, left out or doubled?"""
    whole = path.read_bytes()
    for at, one in enumerate(whole):
        for new in (bytes([one ^ 1 << at % 8]), b"", bytes([one, one])):
            path.write_bytes(whole[:at] + new + whole[at + 1 :])
            with pytest.raises(RevokedListError):
                read(path, key.public_key())


def test_no_list(path, key, state):
    """Is refused what another key signed, a record, and what the true key signed in another form?"""
    stranger = Ed25519PrivateKey.generate()
    said = signed_text.unchecked(path.read_bytes())
    for line in (
        signed_text.sign("fourps-revoked", said, stranger),
        signed_text.sign("fourps-revoked", said | {"key": fingerprint(stranger.public_key())}, key),
        signed_text.sign("fourps-record", said, key),
        signed_text.sign("fourps-revoked", state().model_dump(mode="json"), key),
        signed_text.sign("fourps-revoked", said | {"number": 0}, key),
        signed_text.sign("fourps-revoked", said | {"number": True}, key),
        signed_text.sign("fourps-revoked", said | {"signed": "2026-11-27 09:30:00Z"}, key),
        signed_text.sign("fourps-revoked", said | {"note": "see below"}, key),
        b"",
    ):
        path.write_bytes(line)
        with pytest.raises(RevokedListError):
            read(path, key.public_key())


def test_an_older_one(path, key, tmp_path):
    """Is a list refused that is older than one seen before, or another of the same number?"""
    public, seen = key.public_key(), tmp_path / "seen"
    assert newest(path, public, seen).number == 3
    remember(path, public, seen)
    assert newest(path, public, seen).number == 3
    for number, records in ((2, [ONE]), (1, []), (3, [])):
        publish(path, records, key, NOW + timedelta(days=1), number)
        with pytest.raises(RevokedListError, match="list 3 of 2026-11-27 was seen here before"):
            newest(path, public, seen)
    publish(path, [ONE], key, NOW, 4)
    assert newest(path, public, seen).number == 4


def test_a_missing_one(path, key, tmp_path):
    """Is the list that was seen before taken where none is beside the key?"""
    public, seen = key.public_key(), tmp_path / "seen"
    assert newest(tmp_path / "none", public, seen) is None
    remember(path, public, seen)
    assert newest(tmp_path / "none", public, seen).number == 3
    other = Ed25519PrivateKey.generate().public_key()
    assert newest(tmp_path / "none", other, seen) is None
