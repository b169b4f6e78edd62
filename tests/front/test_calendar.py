"""The calendar file, read as RFC 5545 says."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

pytestmark = pytest.mark.once

titles = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200)


def unfolded(text):
    """Return the lines of a calendar file, after RFC 5545 section 3.1."""
    assert text.endswith("\r\n")
    assert not re.search(r"\r(?!\n)|(?<!\r)\n", text), "every line ends with CR and LF"
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75
    return text.removesuffix("\r\n").replace("\r\n ", "").split("\r\n")


def value(lines, name):
    """Return the text of a property that stands once, after RFC 5545 section 3.3.11."""
    (found,) = [line for line in lines if re.match(rf"{name}[:;]", line)]
    text = found.partition(":")[2]
    assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", text), "commas and semicolons are escaped"
    return re.sub(r"\\(.)", r"\1", text)


def test_calendar(javascript):
    """Is it one whole private day, with a reminder in the morning and nothing but its title?"""
    (text,) = javascript("calendar", titles=["Reminder"], day="2027-02-16")
    assert unfolded(text) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Reminder//EN",
        "BEGIN:VEVENT",
        "UID:1-2-3",
        "DTSTAMP:20261124T093015Z",
        "DTSTART;VALUE=DATE:20270216",
        "SUMMARY:Reminder",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Reminder",
        "TRIGGER:PT9H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_each_week(javascript):
    """Is one that comes back each week the same day, so often and no more?"""
    once, often = (
        unfolded(javascript("calendar", titles=["Reminder"], day="2027-02-16", weeks=weeks)[0])
        for weeks in (1, 12)
    )
    assert [line for line in often if line not in once] == ["RRULE:FREQ=WEEKLY;COUNT=12"]
    assert len(often) == len(once) + 1


@given(title=titles)
@example(title="Eggs, milk; \\ and tea")
@example(title="x\r\nATTENDEE:mailto:a@example.org")
@example(title="\u00e9\U0001f43e" * 60)
def test_any_title(javascript, title):
    """Does any title come through, in lines of at most 75 octets, and add no property?"""
    (text,) = javascript("calendar", titles=[title], day="2027-02-16")
    lines = unfolded(text)
    assert len(lines) == 17
    shown = re.sub(r"[\x00-\x1f\x7f-\x9f]+", " ", title)
    assert value(lines, "SUMMARY") == value(lines, "DESCRIPTION") == shown


@given(
    day=st.dates(min_value=date(2000, 1, 1), max_value=date(2200, 1, 1)), weeks=st.integers(0, 60)
)
def test_later(javascript, day, weeks):
    """Is a day some weeks later the same day of the week, over leap years and ends of years?"""
    (found,) = javascript("later", days=[[str(day), weeks]])
    assert found == str(day + timedelta(weeks=weeks))
