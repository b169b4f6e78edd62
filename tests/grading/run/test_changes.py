"""What a regrade changes of which somebody has been told."""

import csv
import io

import pytest

pytestmark = pytest.mark.slow


def given(course, learners):
    """Put there what is given to learners once they are marked."""
    names = ["feedback-zips/ps1-moodle.zip"]
    for learner in learners:
        names += [f"feedback-zips/ps1/{learner}.zip", f"feedback/{learner}/ps1/one.html"]
        names += [f"records/{learner}.html", f"records/{learner}.pdf"]
    for name in names:
        path = course.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    return {name for name in names if "/ada" in name or "moodle" in name}


def test_what_moved_is_told(small, right):
    """Does a regrade list learner, cell, old and new marks, and take feedback of before away?"""
    for learner in ("ada", "ben"):
        small.submit(learner, right)
    assert "than before" not in small.grade().stdout
    hers = given(small, ("ada", "ben"))
    small.submit("ada", right | {"double": "def double(x):\n    return x", "essay": "More."})
    text = small.grade().stdout
    place = small.folder / "marks-moved.csv"
    assert f"1 mark changed. All are in {place}:" in text
    assert "  ada: ps1/one, double-check: 3 before, 0 now" in text
    assert "before: ada. Again: fourps grade feedback ps1" in text
    assert f"{small.folder / 'records' / 'ada.pdf'}. Look whether they still hold" in text
    rows = list(csv.reader(io.StringIO(place.read_text("utf-8-sig"))))
    assert [row[:-1] for row in rows[1:]] == [["ps1", "ada", "one", "double-check", "3", "0"]]
    left = {name for name in hers if (small.folder / name).exists()}
    assert left == {"records/ada.html", "records/ada.pdf"}
    assert (small.folder / "feedback-zips/ps1/ben.zip").exists()
    assert (small.folder / "feedback/ben/ps1/one.html").exists()
    assert place.stat().st_mode & 0o777 == 0o600
    # once is enough, unless a run was killed before it could say it
    assert "than before" not in small.grade("--force").stdout
    small.sql("update nbseal_moved set told = 0")
    assert "  ada: ps1/one, double-check: 3 before, 0 now" in small.grade().stdout
