import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kept import LINE, records

from fourps.play_record import DIGITS, Record, RecordError, checksum


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


def test_require_id():
    """Is a record of something else refused with both names, whatever its version?"""
    with pytest.raises(RecordError, match="belongs to 'a', not to 'b'"):
        Record("a", "1a2b3c4d", "0").require("b", "11111111")


def test_require_version():
    """Is a record of another version refused with both versions and the reason?"""
    with pytest.raises(RecordError, match=r"version 1a2b3c4d; here is version 11111111\..*changed"):
        Record("a", "1a2b3c4d", "0").require("a", "11111111")
