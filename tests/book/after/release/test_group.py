"""The group page: what it counts, what it refuses, and that it says no more than the report does."""

import json

import pytest
from kept import Kept, KeptAttempt, KeptPlace, files, took

from fourps.book.after.release.group import NAME, data, write
from fourps.handin.records import FORMS, Players
from fourps.play_record import Record
from fourps.quiz.marking import decode, encode, mark
from fourps.quiz.model import load
from fourps.report import records
from fourps.report.analysis import ENOUGH, rights
from fourps.report.cohort import _changed


@pytest.fixture(scope="session")
def quizzes(root):
    """The three tests."""
    return {name: load(root / "book" / "forms" / f"{name}.yaml")[0] for name in FORMS}


@pytest.fixture(scope="session")
def spec(root):
    """What the page reads."""
    return data(root, "en")


@pytest.fixture(scope="session")
def group(quizzes):
    """The records of a group."""
    return took(quizzes)


def five(part, all_of):
    """Return a share to five per cent; the half of a step goes up."""
    return 5 * ((40 * part + all_of) // (2 * all_of))


def shares(quiz, attempts):
    """Return the share of all right answers, and of each outcome, from the report's own table."""
    table = rights(quiz, attempts)
    each = dict(zip((one.objective for one in quiz.questions.values()), table.T, strict=True))
    return five(int(table.sum()), table.size), {
        number: five(int(column.sum()), len(column)) for number, column in each.items()
    }


def test_as_the_report_counts(javascript, spec, quizzes, group, tmp_path):
    """Are the numbers of the page those of the report, of the same records?"""
    given = []
    for number, lines in enumerate(group):
        path = tmp_path / f"{number}.txt"
        path.write_text("\n".join(lines), "utf-8")
        given.append((path.stem, path))
    known = Players({}, quizzes)
    handed = records.read(given, known)
    page = javascript("group", spec=spec, files=files(group))
    assert (page["people"], page["notes"]) == (23, [])
    people = {name: handed.answers[name] for name in FORMS}
    assert [one["people"] for one in page["each"]] == [len(one) for one in people.values()]
    for shown, (name, given) in zip(page["each"], people.items(), strict=True):
        all_right, _ = shares(quizzes[name], [*given.values()])
        assert shown["right"] == (all_right if len(given) >= ENOUGH else None)
    for shown, second in zip(page["pairs"], FORMS[1:], strict=True):
        changed = _changed(handed, known, "before", second)
        assert shown["people"] == changed.people
        both = sorted(people["before"].keys() & people[second].keys())
        expected = [
            shares(quizzes[name], [people[name][who] for who in both])
            for name in ("before", second)
        ]
        if changed.before is None:
            assert shown["shares"] is None
            continue
        assert shown["shares"] == [one[0] for one in expected]
        for share, mean in zip(shown["shares"], (changed.before, changed.after), strict=True):
            assert abs(share - 100 * mean) <= 3
        by_outcome = [{"number": one, "before": expected[0][1][one], "after": expected[1][1][one]}
                      for one in sorted(expected[0][1])]  # fmt: skip
        assert page["outcomes"] == by_outcome
        assert page["again"] == [one["number"] for one in by_outcome if one["after"] < 60]
    assert page["again"]


@pytest.mark.parametrize(("people", "is_shown"), [(9, False), (10, True)])
def test_floor(javascript, spec, group, people, is_shown):
    """Is nothing counted of nine people, and something of ten?"""
    page = javascript("group", spec=spec, files=files(group[:people]))
    assert page["people"] == people
    assert [one["right"] is not None for one in page["each"]] == [is_shown, is_shown, False]
    assert [one["shares"] is not None for one in page["pairs"]] == [is_shown, False]
    assert bool(page["outcomes"]) == is_shown


def test_who_counts_once(javascript, spec, group):
    """Does a person count once who gave a file twice, or one before and one after the course?"""
    (first, *_), others = group[0], group[1:11]
    (copy,), (early,) = files([group[0]]), files([[first]])
    more = [copy | {"name": "copy.json"}, early | {"name": "early.json"}]
    given = [*files([group[0], *others]), *more]
    page = javascript("group", spec=spec, files=given)
    assert page["people"] == 11
    assert page["notes"] == [
        {"name": name, "key": "group-copy", "other": "0.json"} for name in ("copy.json", "early.json")
    ]  # fmt: skip


def test_what_is_not_counted(javascript, spec, quizzes, group):
    """Is each file that cannot count named with the reason, and does it take no other with it?"""
    line, play = group[0][0], str(Record("card-desk", "1a2b3c4d", "0120"))
    old = str(Record("before", "00000000", line.split(":")[3]))
    unfinished = encode(mark(quizzes["after"], {}))
    whole = Kept(attempts=[KeptAttempt(kind="quiz", record=line, result="done", at="2026-11-24")])
    tests = lambda *lines: json.dumps({"format": 1, "tests": lines})  # noqa: E731
    cases = [
        (None, "unread"), ("", "broken"), ('{"format": 1', "broken"), ("[]", "broken"),
        ("null", "broken"), ("3", "broken"), ('{"format":1,"tests":[]}', "broken"),
        ('{"format":2,"tests":["x"]}', "newer"), ('{"format":9}', "newer"),
        (json.dumps({"format": 1, "tests": [line], "name": "A"}), "broken"),
        (tests(line[:-1] + "~"), "broken"), (tests(line + " " * 1_000_000), "broken"),
        (whole.dumps(), "more"), (tests(play), "more"), (tests(old), "version"),
        (tests(unfinished), "open"),
    ]  # fmt: skip
    given = [{"name": str(at), "text": text} for at, (text, _) in enumerate(cases)]
    page = javascript("group", spec=spec, files=given + files(group[:12]))
    assert page["people"] == 12
    assert [(one["name"], one["key"]) for one in page["notes"]] == [
        (str(at), f"group-{key}") for at, (_, key) in enumerate(cases)
    ]
    # what else is in a file counts
    mixed = [{"name": "m", "text": tests(old, play, line)}]
    page = javascript("group", spec=spec, files=mixed)
    assert page["people"] == 1
    assert [one["key"] for one in page["notes"]] == ["group-version", "group-more"]


def test_what_my_course_saves(javascript, spec, quizzes, group):
    """Are the first answers to each test saved that this release can read, and nothing else?"""
    old = str(Record("after", "00000000", group[0][1].split(":")[3]))
    attempt = lambda kind, record, at: KeptAttempt(kind=kind, record=record, result="done", at=at)  # noqa: E731
    kept = Kept(
        attempts=[
            attempt("quiz", group[0][0], "2026-11-01"),
            attempt("scenario", str(Record("card-desk", "1a2b3c4d", "0120")), "2026-11-02"),
            attempt("quiz", group[1][0], "2026-11-03"),
            attempt("quiz", old, "2026-11-04"),
            attempt("quiz", group[0][1], "2026-11-05"),
        ],
        stopped={"later": KeptPlace(record=str(Record("later", "00000000", "")), at="2026-11-06")},
        read={"modules/protection/lesson": "2026-11-06"},
    )
    none = Kept(read={"modules/protection/lesson": "2026-11-06"})
    both = [json.loads(kept.dumps()), json.loads(none.dumps())]
    saved, nothing = javascript("testsFile", tests=spec["tests"], kept=both)
    assert json.loads(saved) == {"format": 1, "tests": group[0][:2]}
    assert nothing == ""
    assert decode(quizzes["after"], json.loads(saved)["tests"][1]).finished


@pytest.mark.parametrize("language", ["en", "fr"])
def test_page(root, tmp_path, language):
    """Is the page one small file, the same each time, that may load and send nothing?"""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        write(root, tmp_path, tmp_path / folder, language)
    page = (tmp_path / "a" / NAME).read_text("utf-8")
    assert page == (tmp_path / "b" / NAME).read_text("utf-8")
    assert len(page.encode()) < 80_000
    assert "default-src 'none'" in page
    assert "localStorage" not in page
    assert "fetch(" not in page
