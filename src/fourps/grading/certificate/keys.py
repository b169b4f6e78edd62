"""The issuer's keys: Ed25519 (RFC 8032), in the files that other programs read too."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from nbseal.base.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

PRIVATE = "record-key.pem"
PUBLIC = "record-key.pub.pem"


class KeyFileError(UserError):
    """A key that cannot be made or read; the message says what to do."""


class LockedKeyError(KeyFileError):
    """A private key that needs its passphrase."""


def private(path: Path, passphrase: str = "") -> Ed25519PrivateKey:
    """Read a private key.

    Raises
    ------
    LockedKeyError
        If it needs a passphrase, or another one.
    KeyFileError
        If it is no such key.
    """
    try:
        key = load_pem_private_key(path.read_bytes(), passphrase.encode() or None)
    except TypeError as error:
        if not passphrase:
            raise LockedKeyError(f"{path} needs its passphrase.") from error
        return private(path)
    except OSError as error:
        raise KeyFileError(f"{path} cannot be read. Make a key with: fourps grade key") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        if passphrase:
            raise LockedKeyError(f"{path}: this is not its passphrase.") from error
        raise KeyFileError(f"{path} is no private key (PEM).") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError(f"{path} is no Ed25519 key. Make one with: fourps grade key")
    return key


def public(path: Path) -> Ed25519PublicKey:
    """Read a public key.

    Raises
    ------
    KeyFileError
        If it is no such key.
    """
    try:
        key = load_pem_public_key(path.read_bytes())
    except OSError as error:
        raise KeyFileError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KeyFileError(f"{path} is no public key (PEM).") from error
    if not isinstance(key, Ed25519PublicKey):
        raise KeyFileError(f"{path} is no Ed25519 key.")
    return key


def fingerprint(key: Ed25519PublicKey) -> str:
    """Return a key's fingerprint: the SHA-256 of its 32 bytes."""
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()
