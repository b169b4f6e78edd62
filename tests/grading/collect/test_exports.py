"""Whole exports of platforms: what each row holds is found, replayed, and in the next report."""

import csv
import random
import time
from datetime import UTC, datetime
from pathlib import Path
from string import Template

import pytest
from commands import fourps

from fourps.handin.records import players
from fourps.play_record import RecordError
from fourps.report.cohort import cohort
from fourps.report.pseudonyms import who
from fourps.scenario.engine import encode, replay
from nbseal.collect.practice import FILE, collect_practice, read
from nbseal.moodle.learners import key, pseudonym

FIXTURES = Path(__file__).parents[2] / "fixtures"
SMALL, EXPORTS = FIXTURES / "course", FIXTURES / "exports"
PLATFORMS = {path.name: path for path in sorted(EXPORTS.iterdir())}
STORY = "help-point"
BROKEN = PLATFORMS.pop("broken.csv")


DAMAGED = "the text of records in it is damaged or cut off: have the platform export it again"


def pack(*lines, day="fs9", stopped=""):
    """Return records as a platform keeps them, each a day after the one before."""
    parts = [line.split(":") for line in lines]
    items = [f"{'s' if part[1] == STORY else 'q'},{part[1]},{part[2]}" for part in parts]
    places = [*dict.fromkeys(items)]
    played = [
        f"{places.index(item)},{part[3]},0,{at}"
        for at, (item, part) in enumerate(zip(items, parts, strict=True))
    ]
    return (
        f"f1|{day}|{';'.join(places)}|{';'.join(played[: 0 if stopped else None])}|{stopped}|0,abc"
    )


@pytest.fixture(scope="module")
def lines(maker):
    """Return records of the small course: two plays to an end, and its quiz."""
    known, chance = players(SMALL), random.Random(7)  # noqa: S311 - not for secrets
    [scenario], [quiz, *_] = known.scenarios.values(), known.quizzes.values()
    plays = [encode(replay(scenario, maker._play(scenario, able, chance))) for able in (0.9, 0.1)]
    return [*plays, maker._answers(quiz, 0.5, chance)]


@pytest.fixture(scope="module")
def kept(lines):
    """Return what stands in the exports: Ada began with the first play, and Ben finished none."""
    first, second, quiz = lines
    return {
        "ADA_1": pack(first, quiz),
        "ADA_2": pack(second, first, day="fsz"),
        "BEN": pack(first, stopped="0,0,0"),
        "CUT": pack(first, quiz)[:40],
        "NEWER": pack(first).replace("f1|", "f2|"),
        "OLD": pack(first.replace(first.split(":")[2], "00000000")),
    }


@pytest.fixture
def course(tmp_path):
    """Return nbgrader's folder of a course, in which nobody has handed in."""
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "nbgrader_config.py").write_text("c = get_config()\n", "utf-8")
    return folder


@pytest.fixture
def export(tmp_path, kept):
    """Return a function that fills in what stands in an export, and returns the file."""

    def filled(path):
        file = tmp_path / path.name
        text = Template(path.read_bytes().decode()).substitute(kept)
        file.write_bytes(text.encode())
        return file

    return filled


def made(course, person):
    return pseudonym(key(course), person)


@pytest.mark.parametrize("path", PLATFORMS.values(), ids=PLATFORMS)
def test_platforms(course, export, lines, path):
    """Is each record of a learner's rows taken once, by day, and a story that was not finished none?"""
    practice = collect_practice(export(path), course, SMALL)
    first, second, quiz = lines
    assert read(course) == {made(course, "ada"): [first, quiz, second]}
    assert practice.collection.left == 0
    assert "nobody has handed in under the name" in practice.collection.remarks[-1]


def test_of_one_learner(course, tmp_path, kept):
    """Is what Open edX shows of one learner taken, if it is said which of its keys is the name?"""
    path = tmp_path / "ada.json"
    path.write_text(
        f'{{"cmi.learner_id": 4, "cmi.learner_name": "ada", "cmi.suspend_data": "{kept["ADA_1"]}"}}'
    )
    collect_practice(path, course, SMALL, column="cmi.learner_name")
    assert [*read(course)] == [made(course, "ada")]


def test_broken(course, export, lines):
    """Is each row named by line that is damaged, newer, older, short, or another's, and what to do?"""
    practice = collect_practice(export(BROKEN), course, SMALL)
    older = RecordError.of("record-version", theirs="00000000", ours=lines[0].split(":")[2])
    assert [line.split("; left out")[0] for line in practice.collection.remarks[:-2]] == [
        f"broken.csv:4: {DAMAGED}",
        "broken.csv:5: its text of records was written by a newer release of the course: install that one",
        "broken.csv:6: 2 fields, but 3 in the header: export it again, with quotes around fields",
        "broken.csv:7: nothing says whose its records are: export it with a name",
        f"broken.csv:9: {DAMAGED}",
        f"broken.csv:8: The record of '{STORY}' is left out. {older}",
    ]  # fmt: skip
    assert practice.collection.remarks[-2].startswith("broken.csv: 1 row has no records")
    formula = made(course, "=hyperlink(a1)")
    assert read(course) == {name: [lines[0], lines[2]] for name in (made(course, "ada"), formula)}
    assert "HYPERLINK" not in "".join(practice.collection.remarks)


def test_another_course(course, export, root):
    """Is the export of another course refused as that, with nothing written?"""
    practice = collect_practice(export(PLATFORMS["moodle.csv"]), course, root)
    assert (
        "it is the export of another course, or of another release" in practice.collection.stopped
    )
    assert f"'{STORY}' is left out. The course has no scenario" in practice.collection.remarks[0]
    assert not (course / FILE).exists()


def test_in_the_report(maker, course, export, lines):
    """Does the next report read them beside what was handed in, and is no mark touched?"""
    url = f"sqlite:///{course / 'gradebook.db'}"
    maker.enter(url, {"welcome": [("a", 1.0)]}, {"ada": {}, "dan": {}})
    handed_in = course / "submitted" / "ada" / "welcome" / "records.txt"
    handed_in.parent.mkdir(parents=True)
    handed_in.write_text(f"{lines[1]}\n")
    path = export(PLATFORMS["moodle.csv"])
    marks = (course / "gradebook.db").read_bytes()
    collect_practice(path, course, SMALL)
    assert (course / "gradebook.db").read_bytes() == marks
    now = datetime(2026, 12, 1, tzinfo=UTC)
    report = cohort(course, SMALL, [], 0.7, now)
    # what was handed in stands first, and what is in both counts once
    assert {person.id: person.records for person in report.people} == {"ada": 3, "dan": 0}
    [played], [asked] = report.played, report.asked
    assert (played.scenario.id, asked.quiz.id) == (STORY, "welcome-quiz")
    assert read(course) == {"ada": [lines[0], lines[2], lines[1]]}
    assert [(one.learner, one.also) for one in who(course, "ben", exports=[path])] == [
        (made(course, "ben"), ("ben",))
    ]
    assert who(course, "ada", exports=[path])[0].learner == "ada"


@pytest.mark.slow
def test_command(course, export):
    """Does the command say what was taken and what not, and end with 1 where something was left?"""
    words = ("--course", course, "--root", SMALL, "--id-column", "User ID")
    done = fourps("grade", "collect", export(BROKEN), *words)
    assert (done.returncode, done.stdout) == (
        1,
        f"Records of 2 learners are kept in {course / FILE}: they show practice, and no mark.\n",
    )
    assert f"broken.csv:4: {DAMAGED}" in done.stderr
    assert "5 left out: look at what is named above, then collect it again." in done.stderr


def test_in_time(maker, course, tmp_path):
    """Are 10,000 rows read within two seconds: those of a thousand learners who went many ways?"""
    known, chance = players(SMALL), random.Random(8)  # noqa: S311 - not for secrets
    [scenario], [quiz, *_] = known.scenarios.values(), known.quizzes.values()
    plays = [encode(replay(scenario, maker._play(scenario, 0.5, chance))) for _ in range(100)]
    answers = [maker._answers(quiz, 0.5, chance) for _ in range(300)]
    path = tmp_path / "large.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["userid", "element", "value"])
        for learner in range(1_000):
            text = pack(chance.choice(plays), chance.choice(answers))
            table.writerow([learner, "cmi.suspend_data", text])
            table.writerows([learner, f"cmi.{number}", "x"] for number in range(9))
    began = time.process_time()
    practice = collect_practice(path, course, SMALL)
    assert time.process_time() - began < 2
    assert len(practice.records) == 1_000
    assert "9000 rows have no records" in practice.collection.remarks[0]
