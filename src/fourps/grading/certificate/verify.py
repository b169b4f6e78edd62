"""Whether a record of completion is as it was signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nbseal.base.errors import UserError

from fourps.grading.certificate import signed_text
from fourps.grading.certificate.statement import KIND, MARK, Statement, digest

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_LARGEST = 20_000_000


class RecordFileError(UserError, ValueError):
    """A file that is no valid record; the message says why."""


def verify(data: bytes, key: Ed25519PublicKey) -> Statement:
    """Check a record: that its signature is of the key, and that the document is the signed one.

    Parameters
    ----------
    data
        A page, a PDF, or the signed line alone; from anybody.
    key
        The public key of whoever is said to have issued it.

    Raises
    ------
    RecordFileError
        If anything was changed, or another key signed it.
    """
    if len(data) > _LARGEST:
        raise RecordFileError("it is over 20 MB; no record is.")
    if data.count(MARK) != 1:
        raise RecordFileError("it is no record of completion: it holds no signed line, or several.")
    start = data.index(MARK)
    end = data.find(b"\n", start)
    end = len(data) if end < 0 else end
    try:
        statement = signed_text.read(KIND, Statement, data[start:end], key)
    except signed_text.SignedTextError as error:
        raise RecordFileError(f"{error}.") from error
    around = (data[:start], data[end:])
    if any(around) and digest(*around) != statement.document:
        raise RecordFileError(
            "the page or PDF was changed after it was signed; only its signed line is as it was."
        )
    return statement
