"""A new pair of keys, which signs records of completion."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from fourps.grading.certificate import signature
from fourps.grading.certificate.revocation import LIST, publish
from nbseal.base.whole_files import in_turn, write_private, write_whole

if TYPE_CHECKING:
    from pathlib import Path


def make_keys(folder: Path, passphrase: str = "") -> Ed25519PublicKey:
    """Make a pair of keys, and the first list of what was revoked: nothing. Return the public one.

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
    >>> key = make_keys(folder)
    >>> sorted(path.name for path in folder.iterdir())
    ['record-key.pem', 'record-key.pub.pem', 'record-revoked.jws']
    """
    folder.mkdir(parents=True, exist_ok=True)
    with in_turn(folder):
        place = folder / signature.PRIVATE
        if place.exists():
            raise signature.KeyFileError(f"{place} is there already, and is kept.")
        key = Ed25519PrivateKey.generate()
        lock = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
        public = key.public_key()
        data = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        write_whole(folder / signature.PUBLIC, data)
        publish(folder / LIST, [], key, datetime.now(UTC))
        # last, since what is there is never made again
        write_private(place, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock))
        return public
