"""Make a pair of keys, and the first list of what was revoked: nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from nbseal.base.whole_files import in_turn, write_private, write_whole

from fourps.grading.certificate import revoked
from fourps.grading.certificate.keys import PRIVATE, PUBLIC, KeyFileError

if TYPE_CHECKING:
    from pathlib import Path


def make(folder: Path, passphrase: str = "") -> Ed25519PublicKey:
    """Make a pair of keys, and return the public one.

    Parameters
    ----------
    folder
        Where ``record-key.pem``, which nobody else may have, and ``record-key.pub.pem`` and
        ``record-revoked.jws``, which everybody may have, are written.
    passphrase
        Locks the private key; by default only the file's permissions protect it.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> folder = Path(tempfile.mkdtemp())
    >>> key = make(folder)
    >>> sorted(path.name for path in folder.iterdir())
    ['record-key.pem', 'record-key.pub.pem', 'record-revoked.jws']
    """
    folder.mkdir(parents=True, exist_ok=True)
    with in_turn(folder):
        return _make(folder, passphrase)


def _make(folder: Path, passphrase: str) -> Ed25519PublicKey:
    if (folder / PRIVATE).exists():
        raise KeyFileError(f"{folder / PRIVATE} is there already, and is kept.")
    key = Ed25519PrivateKey.generate()
    lock: KeySerializationEncryption = NoEncryption()
    if passphrase:
        lock = BestAvailableEncryption(passphrase.encode())
    public = key.public_key()
    data = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    write_whole(folder / PUBLIC, data)
    revoked.publish(folder / revoked.FILE, [], key, datetime.now(UTC))
    # last, since what is there is never made again
    write_private(folder / PRIVATE, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock))
    return public
