"""What a hostile child may send: frames of any length, of anything."""

import contextlib
import json
import socket
import struct
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbseal.inside.wire import Frames, NotJsonError, TooLongError, loads, pack

# halves of characters, NUL and numbers of any size among them
TEXT = st.text(st.characters(), max_size=8) | st.sampled_from(["\ud800", "\0", "\x1b[2J"])
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=8,
)


def frames(data, budget=1 << 20):
    """Return a reader of what another side sent before it closed."""
    ours, theirs = socket.socketpair()
    with theirs:
        theirs.sendall(data)
    made = Frames(ours)
    made.budget = budget
    return ours, made


@given(st.lists(VALUES, max_size=4))
def test_any_value_comes_back(values):
    """Does each value come back as it was sent, in order, and then the end?"""
    ours, made = frames(b"".join(map(pack, values)))
    with ours:
        assert [made.next() for _ in values] == values
        with pytest.raises(EOFError):
            made.next()


@given(st.binary(max_size=200), st.integers(0, 100))
def test_any_bytes(data, budget):
    """Do bytes that nobody vouches for give values or errors of ours, never more than the budget?"""
    ours, made = frames(data, budget)
    left = len(data)
    with ours:
        while True:
            try:
                made.next(time.monotonic() + 60)
            except NotJsonError:
                pass
            except (EOFError, TooLongError):
                break
            assert made.budget <= budget
            left -= 5
            assert left >= 0


@given(st.integers(101, 2**32 - 1))
def test_a_length_is_refused_before_anything_is_read(length):
    """Is a frame over the budget refused by its length alone, so that no memory is taken?"""
    ours, made = frames(struct.pack(">I", length) + b"x", 100)
    with ours, pytest.raises(TooLongError):
        made.next()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"NaN",
        b"-Infinity",
        b"[1e999]",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"9" * 10_000,
        b'["a"] x',
        b"\xed\xa0\x80",
    ],
    ids=repr,
)
def test_what_is_no_json(body):
    """Is what JSON does not know refused by one error, depth and length of numbers too?"""
    with pytest.raises(NotJsonError):
        loads(body)


@given(st.binary(max_size=40) | TEXT.map(lambda text: json.dumps(text).encode()))
def test_loads_never_fails_otherwise(body):
    """Does reading end with a value or with that error, whatever the bytes?"""
    with contextlib.suppress(NotJsonError):
        loads(body)


def test_a_frame_in_pieces():
    """Is what came before a deadline kept for the next call?"""
    ours, theirs = socket.socketpair()
    whole = pack(["late"])
    with ours, theirs:
        made = Frames(ours)
        theirs.sendall(whole[:6])
        with pytest.raises(TimeoutError):
            made.next(time.monotonic() + 0.05)
        theirs.sendall(whole[6:])
        assert made.next() == ["late"]
