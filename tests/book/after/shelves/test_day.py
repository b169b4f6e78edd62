"""The day that a package names is that of its release, not the one on which it was made."""

from __future__ import annotations

from datetime import date

import pytest

from fourps.book.after.shelves.day import EPOCH, DayError, release_day

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def unsaid(monkeypatch):
    """Nobody says the day, unless a test does."""
    monkeypatch.delenv(EPOCH, raising=False)


def test_said(tmp_path, monkeypatch):
    """Is the day taken that whoever releases says, in the one zone that all share?"""
    monkeypatch.setenv(EPOCH, "1700006399")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert release_day(tmp_path) == date(2023, 11, 14)
    monkeypatch.setenv(EPOCH, "1700006400")
    assert release_day(tmp_path) == date(2023, 11, 15)


@pytest.mark.parametrize("said", ["today", "2026-12-01", "9" * 30])
def test_no_number(tmp_path, monkeypatch, said):
    """Is a day refused that cannot be read, with what was expected?"""
    monkeypatch.setenv(EPOCH, said)
    with pytest.raises(DayError, match=f"must be the seconds since 1970.* is {said}[.]"):
        release_day(tmp_path)


def test_committed(tmp_path, monkeypatch):
    """Is it otherwise the day of the last commit of the checkout that the pages lie in?"""
    git, site = tmp_path / "git", tmp_path / "site"
    git.write_text(f'#!/bin/sh\n[ "$*" = "-C {site} log -1 --pretty=%ct" ] && echo 1700006399\n')
    git.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    assert release_day(site) == date(2023, 11, 14)


def test_nobody_says_it(tmp_path, monkeypatch):
    """Is it a day that nobody takes for today's, where there is neither, or no git?"""
    assert release_day(tmp_path) == date(1980, 1, 1)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert release_day(tmp_path) == date(1980, 1, 1)
