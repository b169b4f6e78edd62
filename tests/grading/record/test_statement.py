import re

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from fourps.grading.record.keys import fingerprint
from fourps.grading.record.page import page
from fourps.grading.record.pdf import pdf
from fourps.grading.record.statement import MARK, RecordFileError, sign, verify

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.fixture(scope="module")
def check(key):
    """Return a function that checks a file with the issuer's public key."""
    public = key.public_key()
    return lambda data: verify(data, public, fingerprint(public))


@pytest.fixture(scope="module")
def files(key, state):
    return {"page": page(state(), key), "pdf": pdf(state(), key), "line": sign(state(), key)}


@pytest.mark.parametrize("kind", ["page", "pdf", "line"])
def test_comes_back(kind, files, check, state):
    """Is what was signed read again, from page, PDF and the line alone?"""
    found = check(files[kind])
    assert found.model_copy(update={"document": "0" * 64}) == state()


@pytest.mark.parametrize("kind", ["page", "pdf", "line"])
def test_any_change(kind, files, check):
    """Is a file refused of which any byte was changed, added or taken away?"""
    whole = files[kind]

    @given(st.data())
    def each(data):
        at = data.draw(st.integers(0, len(whole) - 1))
        new = data.draw(st.binary(max_size=3))
        changed = whole[:at] + new + whole[at + 1 :]
        if changed != whole:
            with pytest.raises(RecordFileError):
                check(changed)

    each()


def before(key, twice):
    """Return a forgery that says a key of the signed line twice, the signed one last."""
    return lambda line: line.replace(f'"{key}":'.encode(), f'"{key}":{twice},"{key}":'.encode(), 1)


def after(old, new):
    return lambda line: line.replace(old, new, 1)


FORGERIES = {
    **{
        f"twice-{key}": before(key, twice)
        for key, twice in {
            "statement": '{"learner":"somebody else"}',
            "signature": '"0"',
            "learner": '"somebody else"',
            "name": '"Somebody Else"',
            "issuer": '"United Nations"',
            "issued": '"2020-01-01"',
            "modules": "[]",
            "title": '"Everything"',
            "hours": "999",
            "way": '"information"',
            "whole": "true",
            "language": '"fr"',
            "version": '"9.9"',
            "document": '"1"',
            "course": '"Another"',
            "key": '"2"',
            "id": '"capstone"',
        }.items()
    },
    "spaces": after(b'":"', b'": "'),
    "spaces-inside": after(b'"statement":{', b'"statement": {'),
    "tab": after(b",", b",\t"),
    "return": after(b",", b",\r"),
    "another-key": after(b'"statement":{', b'"note":"see below","statement":{'),
    "another-key-inside": after(b'"statement":{', b'"statement":{"note":"first",'),
    "escaped": after(b"Helping", b"\\u0048elping"),
    "escaped-slash": after(b"-fmq", b"\\u002dfmq"),
    "longer-number": after(b"4.5", b"4.50"),
    "other-number": after(b"4.5", b"45e-1"),
    "large-signature": lambda line: re.sub(
        rb'"signature":"(\w+)"', lambda found: found[0].replace(found[1], found[1].upper()), line
    ),
    "order": lambda line: line.replace(b'"course":"Four Ps",', b"", 1).replace(
        b'"whole":false}', b'"whole":false,"course":"Four Ps"}', 1
    ),
    "after": lambda line: line + b" ",
    "before": after(MARK, MARK + b" "),
}


@pytest.mark.parametrize("kind", ["page", "pdf", "line"])
@pytest.mark.parametrize("name", FORGERIES)
def test_forgeries(name, kind, files, check):
    """Is a file refused whose signed line reads alike and is written in another way?"""
    whole = files[kind]
    start = whole.index(MARK)
    end = whole.find(b"\n", start) if kind != "line" else len(whole)
    line = FORGERIES[name](whole[start:end])
    assert line != whole[start:end]
    for forged in {
        whole[:start] + line + whole[end:],
        # as long as it was, so that the places that a PDF names stay right
        (whole[:start] + line + whole[end:])[: len(whole)],
    } - {whole}:
        with pytest.raises(RecordFileError):
            check(forged)


@given(name=NAMES, issuer=NAMES.filter(str.strip))
def test_any_names(name, issuer, key, state, check):
    """Whatever names are given: does the page stand, and is it checked?"""
    data = page(state(name=name, issuer=issuer), key)
    found = check(data)
    assert (found.name, found.issuer) == (name, issuer)
    assert data.count(b"<script") == 1
    assert data.decode().count("<h1>") == 1


def test_another_key(files):
    """Is a record refused that another key signed?"""
    other = Ed25519PrivateKey.generate().public_key()
    with pytest.raises(RecordFileError, match="names another key"):
        verify(files["page"], other, fingerprint(other))


def test_a_line_moved(files, check, key, state):
    """Is a page refused that holds the signed line of another?"""
    other = page(state(name="Somebody Else"), key)
    start, end = other.index(MARK), other.index(b"\n", other.index(MARK))
    mine = files["page"]
    at = mine.index(MARK)
    moved = mine[:at] + other[start:end] + mine[mine.index(b"\n", at) :]
    with pytest.raises(RecordFileError, match="page or PDF was changed"):
        check(moved)
    with pytest.raises(RecordFileError, match="or several"):
        check(mine + other)


@given(data=st.binary(max_size=200))
def test_anything(check, data):
    """Is anything else refused, never with another kind of error?"""
    for content in (data, MARK + data):
        with pytest.raises(RecordFileError):
            check(content)


def test_deep(check):
    """Is a line refused that would exhaust the reader?"""
    with pytest.raises(RecordFileError, match="damaged"):
        check(MARK + b'"a":' + b"[" * 200_000)
