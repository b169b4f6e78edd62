import pytest

from fourps.grading.certificate import keys
from fourps.grading.certificate.new_keys import make


@pytest.mark.parametrize("passphrase", ["", "long enough"])
def test_comes_back(tmp_path, passphrase):
    """Is the key read again, with its passphrase, and is it nobody else's to read?"""
    public = make(tmp_path / "keys", passphrase)
    private = tmp_path / "keys" / keys.PRIVATE
    assert oct(private.stat().st_mode & 0o777) == "0o600"
    found = keys.private(private, passphrase)
    assert keys.fingerprint(found.public_key()) == keys.fingerprint(public)
    read = keys.public(tmp_path / "keys" / keys.PUBLIC)
    assert keys.fingerprint(read) == keys.fingerprint(public)


def test_locked(tmp_path):
    """Is a locked key asked for its passphrase, and is another refused?"""
    make(tmp_path, "right")
    for passphrase in ("", "wrong"):
        with pytest.raises(keys.LockedKeyError, match="passphrase"):
            keys.private(tmp_path / keys.PRIVATE, passphrase)


def test_passphrase_that_is_not_needed(tmp_path):
    """Is a key read that needs no passphrase, whatever is typed?"""
    make(tmp_path)
    assert keys.private(tmp_path / keys.PRIVATE, "anything")


def test_refuses(tmp_path):
    """Are a missing file, no key, and the wrong half refused with what to do?"""
    make(tmp_path)
    (tmp_path / "text").write_text("no key", "utf-8")
    for path in (tmp_path / "none", tmp_path / "text", tmp_path / keys.PUBLIC):
        with pytest.raises(keys.KeyFileError):
            keys.private(path)
    for path in (tmp_path / "none", tmp_path / "text", tmp_path / keys.PRIVATE):
        with pytest.raises(keys.KeyFileError):
            keys.public(path)
