"""One text under one signature: a JWS (RFC 7515) that can be written in one way only.

It is ``header.payload.signature``. The header is always the same, so nothing in it can ask for
another algorithm or bring a key of its own. The payload is JSON with sorted keys and no spaces.
Whoever reads one writes it again, and what differs is refused.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from joserfc import jws
from joserfc.errors import BadSignatureError, JoseError
from joserfc.jwk import OKPKey
from pydantic import BaseModel, ValidationError

from fourps.course.error import FourpsError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

Kind = Literal["fourps-record", "fourps-revoked"]
_Model = TypeVar("_Model", bound=BaseModel)
_ALGORITHM = "Ed25519"  # RFC 9864
_REGISTRY = jws.JWSRegistry(algorithms=[_ALGORITHM])
_REGISTRY.max_payload_length = 20_000_000


class SignedTextError(FourpsError, ValueError):
    """A text that was not signed so; the message says why."""


class OtherKeyError(SignedTextError):
    """A text whose signature is not of this key."""


def start(kind: Kind) -> bytes:
    """Return what each text of a kind begins with: its header.

    Examples
    --------
    >>> start("fourps-record")
    b'eyJhbGciOiJFZDI1NTE5IiwidHlwIjoiZm91cnBzLXJlY29yZCJ9.'
    """
    return _encoded(canonical(_header(kind))) + b"."


def sign(kind: Kind, value: dict[str, Any], key: Ed25519PrivateKey) -> bytes:
    """Return a signed text.

    Parameters
    ----------
    kind
        What it is, so that none is taken for another.
    value
        What it says, as JSON has it.
    key
        The private key.
    """
    payload = canonical(value)
    text = jws.serialize_compact(_header(kind), payload, OKPKey.import_key(key), registry=_REGISTRY)
    return text.encode()


def read(kind: Kind, text: bytes, key: Ed25519PublicKey) -> dict[str, Any]:
    """Return what a signed text says.

    Parameters
    ----------
    kind
        What it has to be.
    text
        From anybody.
    key
        The public key.

    Raises
    ------
    OtherKeyError
        If the signature is not of this key, or of another text.
    SignedTextError
        If it is damaged, or written in another way than `sign` does.

    Examples
    --------
    >>> from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    >>> key = Ed25519PrivateKey.generate()
    >>> read("fourps-record", sign("fourps-record", {"learner": "ada"}, key), key.public_key())
    {'learner': 'ada'}
    """
    if not text.startswith(start(kind)):
        raise SignedTextError("it does not begin as it should")
    value = unchecked(text)
    try:
        jws.deserialize_compact(text, OKPKey.import_key(key), registry=_REGISTRY)
        again = canonical(value)
    except BadSignatureError as error:
        raise OtherKeyError("the signature is not of this key, or the text was changed") from error
    except (JoseError, ValueError, RecursionError) as error:
        raise SignedTextError("it is damaged") from error
    _, payload, signature = text.split(b".")
    if payload != _encoded(again) or signature != _encoded(_decoded(signature)):
        # a reader of JSON passes over spaces and a key that comes twice, and a person may read both
        raise SignedTextError("it is not written as it should be")
    return value


def read_as(kind: Kind, model: type[_Model], text: bytes, key: Ed25519PublicKey) -> _Model:
    """Return what a signed text says, in a form that is known.

    Raises
    ------
    OtherKeyError, SignedTextError
        As `read`, and if it has another form or writes a value in another way.
    """
    value = read(kind, text, key)
    try:
        found = model.model_validate(value)
    except ValidationError as error:
        raise SignedTextError("it is damaged") from error
    if canonical(found.model_dump(mode="json")) != canonical(value):
        raise SignedTextError("it is not written as it should be")
    return found


def unchecked(text: bytes) -> dict[str, Any]:
    """Return what a text says, whoever signed it.

    Raises
    ------
    SignedTextError
        If it cannot be read.
    """
    try:
        _, payload, _ = text.split(b".")
        value = json.loads(_decoded(payload))
    except (ValueError, RecursionError) as error:
        raise SignedTextError("it is damaged") from error
    if not isinstance(value, dict):
        raise SignedTextError("it is damaged")
    return value


def _header(kind: Kind) -> dict[str, str]:
    return {"alg": _ALGORITHM, "typ": kind}


def canonical(value: object) -> bytes:
    """Return the one way in which a value is written.

    Examples
    --------
    >>> canonical({"way": "practitioner", "hours": 4.5})
    b'{"hours":4.5,"way":"practitioner"}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _encoded(data: bytes) -> bytes:
    return urlsafe_b64encode(data).rstrip(b"=")


def _decoded(data: bytes) -> bytes:
    return urlsafe_b64decode(data + b"=" * (-len(data) % 4))
