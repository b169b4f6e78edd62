"""Keys, and texts under one signature: a JWS (RFC 7515) that can be written in one way only.

The keys are Ed25519 (RFC 8032), in the files that other programs read too.

A text is ``header.payload.signature``. The header is always the same, so nothing in it can ask for
another algorithm or bring a key of its own. The payload is JSON with sorted keys and no spaces,
and names the key. Whoever reads one writes it again, and what differs is refused.
"""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from joserfc import jws
from joserfc.errors import BadSignatureError, JoseError
from joserfc.jwk import OKPKey
from pydantic import Field

from fourps.course.source import Strict
from nbseal.base.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

Kind = Literal["fourps-record", "fourps-revoked"]


class Signed(Strict):
    """What can be signed."""

    key: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """Fingerprint of the public key."""


_Model = TypeVar("_Model", bound=Signed)
_ALGORITHM = "Ed25519"  # RFC 9864
_REGISTRY = jws.JWSRegistry(algorithms=[_ALGORITHM])
_REGISTRY.max_payload_length = 20_000_000
_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


class SignedTextError(UserError, ValueError):
    """A text that was not signed so; the message says why."""


def start(kind: Kind) -> bytes:
    """Return what each text of a kind begins with: its header.

    Examples
    --------
    >>> start("fourps-record")
    b'eyJhbGciOiJFZDI1NTE5IiwidHlwIjoiZm91cnBzLXJlY29yZCJ9.'
    """
    return _encoded(_written(_header(kind))) + b"."


def sign(kind: Kind, content: Signed, key: Ed25519PrivateKey) -> bytes:
    """Return a signed text.

    Parameters
    ----------
    kind
        What it is, so that none is taken for another.
    content
        What it says.
    key
        The private key.
    """
    holder = OKPKey.import_key(key)
    return jws.serialize_compact(
        _header(kind), canonical(content), holder, registry=_REGISTRY
    ).encode()


def read(kind: Kind, model: type[_Model], text: bytes, key: Ed25519PublicKey) -> _Model:
    """Return what a signed text says.

    Parameters
    ----------
    kind, model
        What it has to be, and its form, in which ``key`` is the fingerprint of the key.
    text
        From anybody.
    key
        The public key.

    Raises
    ------
    SignedTextError
        If the signature is not of this key, or the text names another one, is damaged, or is
        written in another way than `sign` does.
    """
    if not text.startswith(start(kind)):
        raise SignedTextError("it does not begin as it should")
    try:
        token = jws.deserialize_compact(text, OKPKey.import_key(key), registry=_REGISTRY)
        content = model.model_validate_json(token.payload)
        again = canonical(content)
    except BadSignatureError as error:
        raise SignedTextError("the signature is not of this key, or it was changed") from error
    except (JoseError, ValueError, RecursionError) as error:
        raise SignedTextError("it is damaged") from error
    signature = text.rpartition(b".")[2]
    if text != b".".join((start(kind) + _encoded(again), _encoded(_decoded(signature)))):
        # a reader of JSON passes over spaces and a key that comes twice, and a person may read both
        raise SignedTextError("it is not written as it should be")
    if content.key != fingerprint(key):
        raise SignedTextError("it names another key than the one that signed it")
    return content


def _header(kind: Kind) -> dict[str, str]:
    return {"alg": _ALGORITHM, "typ": kind}


def canonical(content: Signed) -> bytes:
    """Return the one way in which something is written."""
    return _written(content.model_dump(mode="json"))


def _written(value: object) -> bytes:
    return _JSON.encode(value).encode()


def _encoded(data: bytes) -> bytes:
    return urlsafe_b64encode(data).rstrip(b"=")


def _decoded(data: bytes) -> bytes:
    return urlsafe_b64decode(data + b"=" * (-len(data) % 4))


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
