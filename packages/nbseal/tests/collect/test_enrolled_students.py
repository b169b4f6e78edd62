"""Learners as they are entered into the gradebook."""

import csv
import io
from pathlib import Path

from nbseal.collect import enrolled_students


def test_names_are_no_markup(tmp_path, monkeypatch):
    """Does no sign reach the gradebook that makes markup of a name, where the formgrader shows it?"""
    seen = []
    monkeypatch.setattr(
        enrolled_students,
        "nbgrader",
        lambda _, *words: seen.append(Path(words[-1]).read_text("utf-8")),
    )
    hostile = enrolled_students.Student("ada", 'Ada <img src=x onerror="a()">', '"><b>@example.org')
    enrolled_students.enter(tmp_path, [hostile, enrolled_students.Student("ben")])
    assert [*csv.reader(io.StringIO(seen[0]))][1] == [
        "ada",
        "Ada",
        "(img src=x onerror='a()')",
        "')(b)@example.org",
    ]
    assert seen[1].split() == ["id", "ben"]
