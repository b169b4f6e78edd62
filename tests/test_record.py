import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.record import DIGITS, STORAGE_KEY, Kept, KeptAttempt, Record, RecordError, checksum

LINE = "fourps1:card-desk:1a2b3c4d:0213:4k"
ATTEMPT = {"kind": "scenario", "record": LINE, "result": "gaps", "at": "2026-11-24"}
ids = st.from_regex(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", fullmatch=True)
versions = st.from_regex(r"[0-9a-f]{8}", fullmatch=True)
moves = st.text(DIGITS + ".~", max_size=40)
records = st.builds(Record, ids, versions, moves)


# One line


@given(record=records)
def test_round_trip(record):
    """Does every record come back from its line?"""
    assert Record.parse(str(record)) == record


@given(record=records, before=st.text(" \t\r\n"), after=st.text(" \t\r\n"))
def test_pasted(record, before, after):
    """Do spaces and line breaks around a line not matter?"""
    assert Record.parse(f"{before}{record}{after}") == record


@pytest.mark.parametrize(
    "line",
    [
        "",
        "hello",
        "fourps1",
        LINE.replace("fourps1", "fourps2"),
        LINE.replace("fourps1", "FOURPS1"),
        LINE.rpartition(":")[0],
        f"{LINE}:0",
        LINE.replace(":", ";"),
        f"my record: {LINE}",
        f"{LINE} {LINE}",
    ],
)
def test_no_record(line):
    """Is a line that is no record answered with what one looks like?"""
    with pytest.raises(RecordError, match="This is not a decision record") as error:
        Record.parse(line)
    example = str(error.value).split()[-1]
    assert Record.parse(example).id == "card-desk"


def test_every_changed_character():
    """Is a line refused after any change of any one character?"""
    for place, digit in ((place, digit) for place in range(len(LINE)) for digit in DIGITS):
        changed = LINE[:place] + digit + LINE[place + 1 :]
        if changed != LINE:
            with pytest.raises(RecordError):
                Record.parse(changed)


@given(record=records, data=st.data())
def test_changed_character(record, data):
    """Is any line refused after a change of any one of its digits?"""
    line = str(record)
    place = data.draw(st.integers(len("fourps1:"), len(line) - 1))
    for digit in set(DIGITS) - {line[place]}:
        with pytest.raises(RecordError):
            Record.parse(line[:place] + digit + line[place + 1 :])


@given(record=records, data=st.data())
def test_swapped_characters(record, data):
    """Is any line refused after two neighbours in its body changed places?"""
    line = str(record)
    place = data.draw(st.integers(0, len(record.body) - 2))
    first, second = line[place : place + 2]
    if first != second:
        with pytest.raises(RecordError):
            Record.parse(line[:place] + second + first + line[place + 2 :])


@given(record=records, data=st.data())
def test_lost_or_doubled_character(record, data):
    """Does a lost or doubled character nearly never pass, and never crash?"""
    line = str(record)
    place = data.draw(st.integers(0, len(line) - 1))
    for changed in (
        line[:place] + line[place + 1 :],
        line[:place] + line[place:][:1] + line[place:],
    ):
        try:
            found = Record.parse(changed)
        except RecordError:
            continue
        assert str(found) == changed


@given(text=st.text())
def test_any_text(text):
    """Are the check characters of any text two digits?"""
    assert re.fullmatch(r"[0-9a-z]{2}", checksum(text))


def test_checksums_are_spread():
    """Are the check characters spread evenly, so that a wrong line passes about once in 1291?"""
    count = 1291 * 40
    found = {}
    for number in range(count):
        value = checksum(f"fourps1:card-desk:1a2b3c4d:{number:07}")
        found[value] = found.get(value, 0) + 1
    assert len(found) == 1291
    assert max(found.values()) < 3 * 40


def test_require():
    """Is a record taken where it belongs?"""
    record = Record("card-desk", "1a2b3c4d", "0")
    assert record.require("card-desk", "1a2b3c4d") is None


def test_require_id():
    """Is a record of something else refused with both names, whatever its version?"""
    with pytest.raises(RecordError, match="belongs to 'a', not to 'b'"):
        Record("a", "1a2b3c4d", "0").require("b", "11111111")


def test_require_version():
    """Is a record of another version refused with both versions and the reason?"""
    with pytest.raises(RecordError, match=r"version 1a2b3c4d; here is version 11111111\..*changed"):
        Record("a", "1a2b3c4d", "0").require("a", "11111111")


# The document that a device keeps


def kept_documents():
    """Draw documents that a device may keep."""
    attempts = st.builds(
        KeptAttempt,
        kind=st.sampled_from(["scenario", "quiz"]),
        record=records.map(str),
        result=st.sampled_from(["safe", "gaps", "repaired", "unsafe", "done"]),
        at=st.dates().map(str),
    )
    stopped = st.dictionaries(ids, records.map(str), max_size=3)
    return st.builds(Kept, attempts=st.lists(attempts, max_size=3), stopped=stopped)


@given(kept=kept_documents())
def test_kept_round_trip(kept):
    """Does every document come back from its text?"""
    assert Kept.loads(kept.dumps()) == kept


def test_kept_shape():
    """Is the document the plain JSON that a page writes?"""
    kept = Kept(attempts=[KeptAttempt(**ATTEMPT)], stopped={"card-desk": LINE})
    assert json.loads(kept.dumps()) == {
        "format": 1,
        "attempts": [ATTEMPT],
        "stopped": {"card-desk": LINE},
    }


def without(key):
    """Return an attempt that lacks a key."""
    return {name: value for name, value in ATTEMPT.items() if name != key}


@pytest.mark.parametrize(
    ("document", "where"),
    [
        ({"format": 2}, "format"),
        ({"format": "1"}, "format"),
        ({"format": 1, "name": "x"}, "name"),
        ({"attempts": {}}, "attempts"),
        ({"attempts": [ATTEMPT, without("record")]}, "attempts.1.record"),
        ({"attempts": [ATTEMPT | {"result": "9 of 10"}]}, "attempts.0.result"),
        ({"attempts": [ATTEMPT | {"kind": "film"}]}, "attempts.0.kind"),
        ({"attempts": [ATTEMPT | {"at": "24 November 2026"}]}, "attempts.0.at"),
        ({"attempts": [ATTEMPT | {"at": "2026-11-24T16:00"}]}, "attempts.0.at"),
        ({"attempts": [ATTEMPT | {"by": "me"}]}, "attempts.0.by"),
        ({"stopped": {"a": 1}}, "stopped.a"),
        ([], "the document"),
    ],
)
def test_other_documents(document, where):
    """Is a document of another form refused with the place that is wrong?"""
    with pytest.raises(RecordError, match=f"Not a record of this course: {re.escape(where)}: "):
        Kept.loads(json.dumps(document))


@pytest.mark.parametrize("text", ["", "{", "format: 1", "null", "[1"])
def test_no_document(text):
    """Is a text that is no document refused?"""
    with pytest.raises(RecordError, match="Not a record of this course: the document: "):
        Kept.loads(text)


# What a page keeps (front/store.js)


@pytest.fixture
def store(javascript):
    """Return a function that calls the page's store and gives its answers and what is kept."""

    def use(*calls, kept=None, **more):
        found = javascript("store", calls=calls, kept=kept, **more)
        return found["answers"], found["kept"]

    return use


PLAY = {"kind": "scenario", "record": LINE, "result": "gaps"}


def test_key(root):
    """Do the page and Python name the same key?"""
    assert f'KEY = "{STORAGE_KEY}"' in (root / "src/fourps/front/store.js").read_text("utf-8")


def test_nothing_before_yes(store):
    """Is nothing kept before the reader said yes?"""
    answers, kept = store(["stop", "a", LINE], ["finish", "a", PLAY], ["stopped", "a"], ["agreed"])
    assert answers == [None, None, None, False]
    assert kept is None


def test_page_writes_what_python_reads(store):
    """Can Python read what the page keeps?"""
    _, text = store(["agree"], ["stop", "a", LINE], ["stop", "b", LINE], ["finish", "a", PLAY])
    kept = Kept.loads(text)
    assert kept.stopped == {"b": LINE}
    assert [one.record for one in kept.attempts] == [LINE]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", kept.attempts[0].at)


@given(kept=kept_documents())
def test_python_writes_what_page_reads(javascript, kept):
    """Can the page read what Python keeps, and does a yes change nothing in it?"""
    found = javascript("store", calls=[["read"], ["agree"]], kept=kept.dumps())
    assert found["answers"] == [json.loads(kept.dumps()), True]
    assert Kept.loads(found["kept"]) == kept


def test_finished_twice(store):
    """Is the same play, finished twice, kept once, with its first day?"""
    kept = Kept(attempts=[KeptAttempt(**ATTEMPT)], stopped={"a": LINE})
    _, text = store(["finish", "a", PLAY], kept=kept.dumps())
    assert Kept.loads(text) == Kept(attempts=[KeptAttempt(**ATTEMPT)])


def test_erase(store):
    """Does erasing take everything, the yes included?"""
    answers, kept = store(["agree"], ["stop", "a", LINE], ["erase"], ["agreed"])
    assert answers[-1] is False
    assert kept is None


def test_refusing_browser(store):
    """Does a page go on in a browser that keeps nothing?"""
    calls = [["agree"], ["stop", "a", LINE], ["finish", "a", PLAY], ["stopped", "a"], ["erase"]]
    answers, _ = store(*calls, refusing=True)
    assert answers == [False, None, None, None, None]


@pytest.mark.parametrize("text", ["{", "[]", "3", '"x"', '{"format":2,"attempts":[]}'])
def test_foreign_document(store, text):
    """Is a document that the page does not know neither read nor changed?"""
    answers, kept = store(
        ["agreed"], ["stopped", "a"], ["stop", "a", LINE], ["finish", "a", PLAY], kept=text
    )
    assert answers == [False, None, None, None]
    assert kept == text


def test_newer_document(store):
    """Is a document of a newer format left alone even by a yes?"""
    newer = '{"format":2,"plays":[]}'
    assert store(["agree"], kept=newer)[1] == newer


@pytest.mark.parametrize("text", ['{"format":1}', '{"format":1,"attempts":3,"stopped":null}'])
def test_damaged_document(store, text):
    """Does a damaged document not stop a page?"""
    answers, _ = store(
        ["stopped", "a"], ["stop", "a", LINE], ["finish", "a", PLAY], ["stopped", "a"], kept=text
    )
    assert answers[0] is None
