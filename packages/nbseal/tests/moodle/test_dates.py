from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_datetime, get_month_names
from hypothesis import given
from hypothesis import strategies as st

from nbseal.moodle.dates import LANGUAGES, DateError, _plain, read_date

PARIS = ZoneInfo("Europe/Paris")
MINUTES = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda time: time.replace(second=0, microsecond=0)
)
PATTERNS = [
    ("en", "EEEE, d MMMM yyyy, h:mm a"),
    ("en", "EEEE, MMMM d, yyyy, h:mm a"),
    ("en", "d MMM yyyy, HH:mm"),
    ("fr", "EEEE d MMMM yyyy, HH:mm"),
    ("fr", "d MMMM yyyy 'à' HH'h'mm"),
    ("es", "EEEE, d 'de' MMMM 'de' yyyy, HH:mm"),
    ("pt", "EEEE, d MMMM yyyy, HH:mm"),
]


@given(MINUTES, st.sampled_from(PATTERNS))
def test_comes_back(time, pattern):
    """Is every date read that Moodle writes in these languages?"""
    language, form = pattern
    assert read_date(format_datetime(time, form, locale=language), ZoneInfo("UTC")) == time


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tuesday, 3 November 2026, 4:05 PM", "2026-11-03T15:05"),
        ("Tuesday, 3 November 2026, 12:05 AM", "2026-11-02T23:05"),
        ("mardi 3 novembre 2026, 16:05", "2026-11-03T15:05"),
        ("mardi, 3 août 2026, 16:05", "2026-08-03T14:05"),
        ("mardi 3 Février 2026, 16:05", "2026-02-03T15:05"),
        ("3\xa0d\xe9c. 2026,\u202f16:05:09", "2026-12-03T15:05:09"),
        ("2026-11-03 16:05", "2026-11-03T15:05"),
        ("2026-11-03T16:05:00Z", "2026-11-03T16:05"),
        ("2026-11-03T16:05+05:45", "2026-11-03T10:20"),
    ],
)
def test_examples(text, expected):
    """Is each of these read, in the zone of Moodle's clock?"""
    assert read_date(text, PARIS) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize("text", ["", " ", "-", "\xa0"])
def test_nothing_was_handed_in(text):
    """Is an empty field no date and no error?"""
    assert read_date(text) is None


@pytest.mark.parametrize(
    "text",
    ["03/11/2026, 16:05", "yesterday", "31 February 2026, 4:05", "3 May June 2026, 4:05", "3 May 2026",
     "3 May 2026, 14:05 PM", "3 May 2026, 25:05", "3 May 26, 4:05", "2026-13-01 10:00", "\N{ARABIC-INDIC DIGIT ONE}"],
)  # fmt: skip
def test_cannot_be_read(text):
    """Is a date refused that could be two days or none?"""
    with pytest.raises(DateError, match="no date that can be read"):
        read_date(text)


@given(st.text(max_size=60))
def test_anything(text):
    """Is any text read or refused, never with another kind of error?"""
    with suppress(DateError):
        read_date(text, PARIS)


def test_months_mean_one_thing():
    """Does no month's name stand for two months in these languages?"""
    numbers = {}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=language).items():
                assert numbers.setdefault(_plain(name).rstrip("."), number) == number
