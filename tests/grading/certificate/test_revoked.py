from datetime import UTC, date, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fourps.grading.certificate import revoked, signed_text
from fourps.grading.certificate.keys import fingerprint
from fourps.grading.certificate.revoked import Revoked, RevokedList, RevokedListError, publish, read

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
    said = read(path, key.public_key())
    other = said.model_copy(update={"key": fingerprint(stranger.public_key())})
    lines = [
        signed_text.sign("fourps-revoked", said, stranger),
        signed_text.sign("fourps-revoked", other, key),
        signed_text.sign("fourps-record", said, key),
        signed_text.sign("fourps-revoked", state(), key),
        b"",
    ]

    class Other(RevokedList):
        """In another form."""

        number: int
        signed: str
        note: str = ""

    values = said.model_dump(mode="json")
    changes = ({"number": 0}, {"signed": "2026-11-27 09:30:00Z"}, {"note": "see below"})
    forms = [Other(**(values | changed)) for changed in changes]
    lines += [signed_text.sign("fourps-revoked", one, key) for one in forms]
    for line in lines:
        path.write_bytes(line)
        with pytest.raises(RevokedListError):
            read(path, key.public_key())
