"""One text under one signature, and what else a reader of JWS would let pass."""

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import OctKey, OKPKey

from fourps.grading.certificate import signature
from fourps.grading.certificate.new_keys import make_keys

KIND = "fourps-record"


class Said(signature.Signed):
    """What the tests sign."""

    holder: str
    hours: float
    list: list[dict[str, str | None]]


KEY = "56475aa75463474c0285df5dbf2bcab73da651358839e9b77481b2eab107708c"
SAID = Said(key=KEY, holder="Amina", hours=4.5, list=[{"b": None, "a": "é"}])
# the order of the curve's group: adding it to half of a signature leaves the sum as it is
ORDER = 2**252 + 27742317777372353535851937790883648493


def text(value):
    return base64.urlsafe_b64encode(value).rstrip(b"=")


def as_signed(key, payload, header=None):
    """Return any payload, signed by the true key under any header."""
    head = json.dumps(header, separators=(",", ":")).encode() if header else None
    first = text(head) if head else signature.start(KIND)[:-1]
    return b".".join((first, text(payload), text(key.sign(first + b"." + text(payload)))))


@pytest.fixture(scope="module")
def line(key):
    return signature.sign(KIND, SAID, key)


def refused(line, key):
    with pytest.raises(signature.SignedTextError) as error:
        signature.read(KIND, Said, line, key.public_key())
    return str(error.value)


def test_any_library_reads_it(line, key):
    """Is it a JWS that a reader of JWS takes, with its header and what it says?"""
    token = jws.deserialize_compact(line, OKPKey.import_key(key.public_key()), ["Ed25519"])
    assert token.headers() == {"alg": "Ed25519", "typ": KIND}
    assert json.loads(token.payload) == SAID.model_dump()
    assert signature.read(KIND, Said, line, key.public_key()) == SAID


WHOLE = signature.canonical(SAID)


@pytest.mark.parametrize(
    "payload",
    [
        WHOLE.replace(b'"hours":4.5', b'"hours":9,"hours":4.5'),
        WHOLE.replace(b'"a":', b'"a":"x","a":'),
        WHOLE.replace(b'"a":"\xc3\xa9","b":null', b'"b":null,"a":"\xc3\xa9"'),
        WHOLE.replace(b'":"', b'": "'),
        b" " + WHOLE,
        WHOLE + b"\n",
        WHOLE.replace(b"Amina", b"\\u0041mina"),
        WHOLE.replace(b"Amina", b"\\/"),
        WHOLE.replace(b"4.5", b"45e-1"),
        WHOLE.replace(b"4.5", b"4.50"),
        WHOLE.replace(b"4.5", b'"4.5"'),
        WHOLE.replace(b"4.5", b"NaN"),
        WHOLE.replace(b"Amina", b"\\ud800"),
        WHOLE.replace(b"Amina", b"\xff"),
        WHOLE.replace(b'"hours"', b'"more":1,"hours"'),
        WHOLE.replace(b'"hours":4.5,', b""),
        WHOLE.replace(b"4.5", b"9" * 5000),
        b"\xef\xbb\xbf" + WHOLE,
        WHOLE.decode().encode("utf-16"),
        b"[1]",
        b"1",
        b"",
        b'{"a":' + b"[" * 200_000,
    ],
    ids=lambda payload: repr(payload[:24]),
)
def test_written_otherwise(payload, key):
    """Is refused what even the true key signed, where it can be written in another way?"""
    assert payload != WHOLE
    assert refused(as_signed(key, payload), key) in (
        "it is damaged",
        "it is not written as it should be",
    )


def test_another_key_is_named(key):
    """Is a text refused that names another key than the one that signed it?"""
    other = SAID.model_copy(update={"key": "0" * 64})
    assert "names another key" in refused(signature.sign(KIND, other, key), key)


def heads(other):
    """Return headers that ask the reader for something."""
    stranger = OKPKey.import_key(other.public_key()).as_dict()
    whole = {"alg": "Ed25519", "typ": KIND}
    return [
        {"alg": "none", "typ": KIND},
        {"alg": "None", "typ": KIND},
        {"typ": KIND},
        {"alg": "EdDSA", "typ": KIND},
        {"alg": "ed25519", "typ": KIND},
        {"alg": "Ed448", "typ": KIND},
        {"alg": "RS256", "typ": KIND},
        {"alg": "Ed25519"},
        {"alg": "Ed25519", "typ": "JWT"},
        {"typ": KIND, "alg": "Ed25519"},
        whole | {"kid": "../../dev/null"},
        whole | {"jwk": stranger},
        whole | {"jku": "https://example.org/keys"},
        whole | {"x5u": "https://example.org/keys"},
        whole | {"x5c": ["MIIB"]},
        whole | {"crit": ["exp"], "exp": 1},
        whole | {"b64": False, "crit": ["b64"]},
        whole | {"cty": "JWT"},
        whole | {"zip": "DEF"},
    ]


def test_headers(key, line):
    """Is every other header refused, signed by a stranger, by nobody or by the true key?"""
    other = Ed25519PrivateKey.generate()
    payload = signature.canonical(SAID)
    for header in heads(other):
        for signer in (key, other):
            refused(as_signed(signer, payload, header), key)
        unsigned = as_signed(other, payload, header).rpartition(b".")[0] + b"."
        refused(unsigned, key)
        refused(unsigned + line.rpartition(b".")[2], key)


def test_the_public_key_as_a_password(key):
    """Is a signature refused that was made with what everybody knows?"""
    raw = key.public_key().public_bytes_raw()
    forged = jws.serialize_compact(
        {"alg": "HS256", "typ": KIND},
        signature.canonical(SAID),
        OctKey.import_key(raw),
        ["HS256"],
    )
    refused(forged.encode(), key)


def written(line):
    """Return the same text in other writings."""
    head, payload, signature = line.split(b".")
    raw = base64.urlsafe_b64decode(signature + b"==")
    last = int.from_bytes(raw[32:], "little")
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return {
        "padded": line + b"==",
        "padded-payload": b".".join((head, payload + b"=" * (-len(payload) % 4 or 4), signature)),
        "other-letters": line.translate(bytes.maketrans(b"-_", b"+/")),
        "last-bits": line[:-1] + letters[letters.index(line[-1:]) + 1 :][:1],
        "space": line + b" ",
        "line-end": line + b"\n",
        "return": line + b"\r",
        "nul": line + b"\0",
        "space-inside": b" .".join((head, payload, signature)),
        "nothing-between": head + b".." + signature,
        "no-signature": head + b"." + payload + b".",
        "two-parts": head + b"." + payload,
        "four-parts": line + b".",
        "five-parts": line + b".e30.e30",
        "zeros": b".".join((head, payload, text(bytes(64)))),
        "one-point": b".".join((head, payload, text(b"\1" + bytes(63)))),
        "plus-the-order": b".".join(
            (head, payload, text(raw[:32] + (last + ORDER).to_bytes(32, "little")))
        ),
        "short": b".".join((head, payload, text(raw[:63]))),
        "long": b".".join((head, payload, text(raw + b"\0"))),
        "capitals": line.swapcase(),
        "json": json.dumps(
            dict(zip(("protected", "payload", "signature"), line.decode().split("."), strict=True))
        ).encode(),
    }


def test_other_writings(line, key):
    """Is the same text refused with the least change to how it is written?"""
    forgeries = written(line)
    assert len(forgeries) == 21
    for forged in forgeries.values():
        assert forged != line
        refused(forged, key)


def test_swapped(line, key):
    """Is a text refused with the signature of another that the same key signed?"""
    other = signature.sign(KIND, SAID.model_copy(update={"holder": "Somebody"}), key)
    mine, theirs = line.split(b"."), other.split(b".")
    for forged in ([*mine[:2], theirs[2]], [mine[0], theirs[1], mine[2]]):
        assert "not of this key" in refused(b".".join(forged), key)


@given(data=st.binary(max_size=200))
def test_anything(data, key):
    """Is anything else refused, never with another kind of error?"""
    for content in (
        data,
        signature.start(KIND) + data,
        signature.start(KIND) + text(data) + b".AA",
    ):
        refused(content, key)


@pytest.mark.parametrize("passphrase", ["", "long enough"])
def test_comes_back(tmp_path, passphrase):
    """Is the key read again, with its passphrase, and is it nobody else's to read?"""
    public = make_keys(tmp_path / "keys", passphrase)
    private = tmp_path / "keys" / signature.PRIVATE
    assert oct(private.stat().st_mode & 0o777) == "0o600"
    key = signature.private(private, passphrase)
    assert signature.fingerprint(key.public_key()) == signature.fingerprint(public)
    read = signature.public(tmp_path / "keys" / signature.PUBLIC)
    assert signature.fingerprint(read) == signature.fingerprint(public)


def test_locked(tmp_path):
    """Is a locked key asked for its passphrase, and is another refused?"""
    make_keys(tmp_path, "right")
    for passphrase in ("", "wrong"):
        with pytest.raises(signature.LockedKeyError, match="passphrase"):
            signature.private(tmp_path / signature.PRIVATE, passphrase)


def test_passphrase_that_is_not_needed(tmp_path):
    """Is a key read that needs no passphrase, whatever is typed?"""
    make_keys(tmp_path)
    assert signature.private(tmp_path / signature.PRIVATE, "anything")


def test_refuses(tmp_path):
    """Are a missing file, no key, and the wrong half refused with what to do?"""
    make_keys(tmp_path)
    (tmp_path / "text").write_text("no key", "utf-8")
    for path in (tmp_path / "none", tmp_path / "text", tmp_path / signature.PUBLIC):
        with pytest.raises(signature.KeyFileError):
            signature.private(path)
    for path in (tmp_path / "none", tmp_path / "text", tmp_path / signature.PRIVATE):
        with pytest.raises(signature.KeyFileError):
            signature.public(path)
