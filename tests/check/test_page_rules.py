"""Days on which something was last checked."""

from datetime import date

import pytest

from fourps.check.page_rules import stale_dates
from fourps.course.page import read


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("2026-11-30", []),
        ("2025-11-30", []),
        ("2025-11-29", ["stale-date"]),
        ("2026-12-01", ["stale-date"]),
        ("2026-02-30", ["no-day"]),
        ("soon", ["no-day"]),
    ],
)
@pytest.mark.parametrize("text", ["Read on {checked}`%s`.", "| Read | {checked}`%s` |"])
def test_dates(tmp_path, said, names, text):
    """Is a day named that is over a year ago, yet to come or none, in a sentence and in a table?"""
    page = tmp_path / "page.md"
    table = "| A | B |\n| --- | --- |\n" if text.startswith("|") else ""
    page.write_text(f"# Adopting\n\n{table}{text % said}\n", "utf-8")
    assert [one.name for one in stale_dates(read(page), date(2026, 11, 30))] == names
