"""One text under one signature: a JWS (RFC 7515) that can be written in one way only.

It is ``header.payload.signature``. The header is always the same, so nothing in it can ask for
another algorithm or bring a key of its own. The payload is JSON with sorted keys and no spaces,
and names the key. Whoever reads one writes it again, and what differs is refused.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

from joserfc import jws
from joserfc.errors import BadSignatureError, JoseError
from joserfc.jwk import OKPKey
from nbseal.base.errors import UserError
from pydantic import Field

from fourps.course.source import Strict
from fourps.grading.certificate.keys import fingerprint

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

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


def sign(kind: Kind, said: Signed, key: Ed25519PrivateKey) -> bytes:
    """Return a signed text.

    Parameters
    ----------
    kind
        What it is, so that none is taken for another.
    said
        What it says.
    key
        The private key.
    """
    holder = OKPKey.import_key(key)
    return jws.serialize_compact(
        _header(kind), canonical(said), holder, registry=_REGISTRY
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
        found = jws.deserialize_compact(text, OKPKey.import_key(key), registry=_REGISTRY)
        said = model.model_validate_json(found.payload)
        again = canonical(said)
    except BadSignatureError as error:
        raise SignedTextError("the signature is not of this key, or it was changed") from error
    except (JoseError, ValueError, RecursionError) as error:
        raise SignedTextError("it is damaged") from error
    signature = text.rpartition(b".")[2]
    if text != b".".join((start(kind) + _encoded(again), _encoded(_decoded(signature)))):
        # a reader of JSON passes over spaces and a key that comes twice, and a person may read both
        raise SignedTextError("it is not written as it should be")
    if said.key != fingerprint(key):
        raise SignedTextError("it names another key than the one that signed it")
    return said


def _header(kind: Kind) -> dict[str, str]:
    return {"alg": _ALGORITHM, "typ": kind}


def canonical(said: Signed) -> bytes:
    """Return the one way in which something is written."""
    return _written(said.model_dump(mode="json"))


def _written(value: object) -> bytes:
    return _JSON.encode(value).encode()


def _encoded(data: bytes) -> bytes:
    return urlsafe_b64encode(data).rstrip(b"=")


def _decoded(data: bytes) -> bytes:
    return urlsafe_b64decode(data + b"=" * (-len(data) % 4))
