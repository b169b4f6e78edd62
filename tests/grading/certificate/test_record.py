import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from fourps.grading.certificate.document import page, pdf
from fourps.grading.certificate.record import KIND, RecordFileError, verify
from fourps.grading.certificate.signature import sign

# signed on 30 November 2026, by what `signature` was then
BEFORE = (
    b"eyJhbGciOiJFZDI1NTE5IiwidHlwIjoiZm91cnBzLXJlY29yZCJ9.eyJjb3Vyc2UiOiJGb3VyIFBzIiwiZG9jdW1"
    b"lbnQiOiIwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA"
    b"wMDAwIiwiaXNzdWVkIjoiMjAyNi0xMS0yNSIsImlzc3VlciI6IkhlbHBpbmcgSGFuZHMiLCJrZXkiOiI1NjQ3NWF"
    b"hNzU0NjM0NzRjMDI4NWRmNWRiZjJiY2FiNzNkYTY1MTM1ODgzOWU5Yjc3NDgxYjJlYWIxMDc3MDhjIiwibGFuZ3V"
    b"hZ2UiOiJlbiIsImxlYXJuZXIiOiJtLWZtcTJmcXczMnQiLCJtYXJrZXIiOiJBd2EgRGlhbGxvIiwibW9kdWxlcyI"
    b"6W3siaG91cnMiOjQuNSwiaWQiOiJwcm90ZWN0aW9uIiwibWFya2VkIjoiMjAyNi0xMS0yNCIsInRpdGxlIjoiUHJ"
    b"vdGVjdGlvbiIsIndheSI6InByYWN0aXRpb25lciJ9XSwibmFtZSI6IiIsIm51bWJlciI6IjAxMjM0NTY3ODlhYmN"
    b"kZWYiLCJ2ZXJzaW9uIjoiMC4xLjAiLCJ3aG9sZSI6ZmFsc2V9.fotQVtExZ3XlSjw8ALZtNxk8JjsEFRsGGT_qWV"
    b"Y1RE-b9dZxkXZB3bfyjDmNfZojFM7q4M62EMTjdWMW6hf1AQ"
)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.fixture(scope="module")
def files(key, state):
    return {"page": page(state(), key), "pdf": pdf(state(), key), "line": sign(KIND, state(), key)}


@pytest.mark.parametrize("kind", ["page", "pdf", "line"])
def test_comes_back(kind, files, check, state):
    """Is what was signed read again, from page, PDF and the line alone?"""
    record = check(files[kind])
    assert record.model_copy(update={"document": "0" * 64}) == state()


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


@given(name=NAMES, issuer=NAMES.filter(str.strip))
def test_any_names(name, issuer, key, state, check):
    """Whatever names are given: does the page stand, and is it checked?"""
    data = page(state(name=name, issuer=issuer), key)
    record = check(data)
    assert (record.name, record.issuer) == (name, issuer)
    assert data.count(b"<script") == 1
    assert data.decode().count("<h1>") == 1


def test_another_key(files):
    """Is a record refused that another key signed?"""
    other = Ed25519PrivateKey.generate().public_key()
    with pytest.raises(RecordFileError, match="not of this key"):
        verify(files["page"], other)


def test_of_before(check):
    """Is a record read that was signed before?"""
    assert check(BEFORE).holder == "m-fmq2fqw32t"


def test_as_before(key, state):
    """Are records written as they were?"""
    assert sign(KIND, state(), key) == BEFORE
