import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.report.standing import FILE, StandingError, StandingPart, standing

PEOPLE = {f"p{number}": [1.0, None, 0.5] for number in range(12)}


def changed(how, number):
    """Return the people after so many joined, left or changed something."""
    match how:
        case "joined":
            return PEOPLE | {f"new{one}": [0.0] for one in range(number)}
        case "left":
            return dict([*PEOPLE.items()][number:])
    return PEOPLE | {f"p{one}": [1.0, 1.0, 0.5] for one in range(number)}


@pytest.mark.parametrize("how", ["joined", "left", "changed"])
@pytest.mark.parametrize("number", range(7))
def test_five(tmp_path, how, number):
    """Does a part stand until five joined, left or changed something, and not any longer?"""
    first = standing(tmp_path, {"quiz": StandingPart("a", PEOPLE, "2026-11-01")})
    now = StandingPart("a", changed(how, number), "2026-11-08")
    second = standing(tmp_path, {"quiz": now})
    assert second == (first if number < 5 else {"quiz": now})


def test_one_by_one(tmp_path):
    """Do five count who came one after the other, with a report after each?"""
    for number in range(6):
        now = StandingPart("a", changed("joined", number), f"2026-11-0{number + 1}")
        found = standing(tmp_path, {"quiz": now})["quiz"]
        assert found.day == ("2026-11-06" if number == 5 else "2026-11-01")


def test_each_part(tmp_path):
    """Does one part stand although another one is new, and also when it is no longer there?"""
    few, many = {"ada": 1, "ben": 2}, dict.fromkeys("abcdef", 1)
    first = standing(
        tmp_path, {"one": StandingPart(0, few, "d"), "two": StandingPart(0, many, "d")}
    )
    # two people are no part yet
    assert first == {"one": StandingPart(), "two": StandingPart(0, many, "d")}
    second = standing(tmp_path, {"one": StandingPart(0, many | few, "e")})
    assert second == {"one": StandingPart(0, many | few, "e"), "two": StandingPart()}


def test_other_questions(tmp_path):
    """Is everything new where other questions were asked?"""
    standing(tmp_path, {"quiz": StandingPart("a", PEOPLE, "d")})
    assert standing(tmp_path, {"quiz": StandingPart("b", PEOPLE, "e")})["quiz"].head == "b"


def test_yours_alone(tmp_path):
    """Can the file be read by its owner alone, and is it left alone where nothing is new?"""
    standing(tmp_path, {"quiz": StandingPart("a", PEOPLE, "d")})
    path = tmp_path / FILE
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.stat().st_mtime_ns, path.stat().st_ino
    standing(tmp_path, {"quiz": StandingPart("a", changed("left", 4), "e")})
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"fourps-shared-1": {"a": {"b": 1}}}', "\xff"])
def test_damaged(tmp_path, text):
    """Is a damaged file named, with what it means and what to do?"""
    (tmp_path / FILE).write_bytes(text.encode("latin-1"))
    with pytest.raises(StandingError, match=r"\.shared\.json is damaged.*five or more"):
        standing(tmp_path, {"quiz": StandingPart("a", PEOPLE, "d")})


@given(st.dictionaries(st.text(max_size=3), st.lists(st.floats(allow_nan=False)), min_size=5))
def test_as_written(tmp_path_factory, people):
    """Is what is read again what was written, any ids and marks?"""
    folder = tmp_path_factory.mktemp("any")
    part = {"quiz": StandingPart([["task", 1.0]], people, "d")}
    assert standing(folder, part) == part
    assert json.loads((folder / FILE).read_text("utf-8"))
    assert standing(folder, {"quiz": part["quiz"]._replace(day="e")}) == part
