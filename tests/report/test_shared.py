"""Whoever knows two reports, who changed, and all that everybody gave before the first one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from random import Random
from types import SimpleNamespace

import numpy as np
import pytest

from fourps.grading.gradebook.snapshot import Exercise, Task
from fourps.handin.players import FORMS, Players, players
from fourps.quiz.marking import mark
from fourps.report import shared as shared_module
from fourps.report import standing as standing_module
from fourps.report.analysis import analyse, rights
from fourps.report.chance import MARKS, REPLACED, answers_by_chance
from fourps.report.cohort_parts import Cohort, Sources
from fourps.report.disclosure import within
from fourps.report.records import HandedIn
from fourps.report.shared import files, parts, shared
from fourps.report.standing import FILE, standing
from fourps.scenario.engine import replay

POINTS = np.array([5.0, 4.0, 1.0, 1.0, 6.0, 15.0, 2.0, 1.0])
DAYS = date(2026, 11, 3), date(2026, 11, 10)
LANGUAGE = "en"


@pytest.fixture(scope="module")
def world(root, maker):
    """Return one module's scenario and quiz and two tests, and a maker of what learners give."""
    known = players(root)
    kept = Players(
        {"card-desk": known.scenarios["card-desk"]},
        {name: known.quizzes[name] for name in ("protection-quiz", *FORMS[:2])},
    )

    def made_up(luck):
        able = luck.betavariate(6, 2)

        def answered(quiz):
            tries = {
                name: [maker._answer(one, luck, good=luck.random() < able)]
                for name, one in quiz.questions.items()
            }
            return mark(quiz, tries)

        return SimpleNamespace(
            marks=[float(sum(luck.random() < able for _ in range(int(most)))) for most in POINTS],
            answers={name: answered(quiz) for name, quiz in kept.quizzes.items()},
            play=replay(
                kept.scenarios["card-desk"], maker._play(kept.scenarios["card-desk"], able, luck)
            ),
        )

    pool = [made_up(Random(number)) for number in range(150)]  # noqa: S311 - the same each time
    return SimpleNamespace(
        known=kept,
        person=lambda luck: luck.choice(pool),
        luck=Random,
    )


@pytest.fixture
def quick(monkeypatch):
    """What chance gives on average is drawn once for a quiz, and not once for a report."""
    for name in ("answers_by_chance", "plays_by_chance"):
        real, drawn = getattr(shared_module.chance, name), {}

        def once(one, real=real, drawn=drawn):
            return (
                drawn.setdefault(one.id, None) or drawn.update({one.id: real(one)}) or drawn[one.id]
            )

        monkeypatch.setattr(shared_module.chance, name, once)


def report(world, people):
    """Return a report on people who were made up."""
    tasks = tuple(Task("exercise", f"task-{n}", points) for n, points in enumerate(POINTS, 1))
    marks = np.array([one.marks for one in people.values()]).reshape(len(people), len(POINTS))
    exercise = Exercise(
        "protection", None, tasks, tuple(people), marks, np.zeros(marks.shape, bool), np.zeros(0)
    )
    found = HandedIn(
        plays=defaultdict(dict, {"card-desk": {who: one.play for who, one in people.items()}}),
        answers=defaultdict(
            dict,
            {
                name: {who: one.answers[name] for who, one in people.items()}
                for name in world.known.quizzes
            },
        ),
    )
    sources = Sources([exercise], {"protection": {}}, world.known, found)
    return Cohort("course", 0.7, [], [], [], [], [], {}, [], sources)


def change(world, luck, people):
    """Return people of whom one to four joined, left, or gave something else, and who that is."""
    number = luck.randint(1, 4)
    how = luck.choice(["joined", "left", "changed"])
    if how == "left":
        gone = luck.sample(list(people), min(number, len(people) - 10) or 1)
        return {who: one for who, one in people.items() if who not in gone}, gone
    names = [f"new-{n}" for n in range(number)]
    if how == "changed":
        names = luck.sample(list(people), number)
    return people | {who: world.person(luck) for who in names}, names


def single(one):
    """Return each single answer of a person that somebody may want to know."""
    found = {f"task {number}": points for number, points in enumerate(one.marks)}
    for name, attempt in one.answers.items():
        found |= {f"{name} {question}": tries[0] for question, tries in attempt.tries.items()}
    return found | {f"choice {number}": key for number, key in enumerate(one.play.path)}


def attack(world, luck, folder, passed_on):
    """Return how many single answers two pages give away, of how many.

    An answer is certain unless the same two pages come of people of whom it is not true. All who
    changed are given other answers: if the pages stay the same, then so they do for anything else
    that these people may have answered, since nothing of them is looked at.
    """
    (folder / FILE).unlink(missing_ok=True)
    people = {f"p{number}": world.person(luck) for number in range(luck.randint(10, 100))}
    after, who = change(world, luck, people)
    first = passed_on(report(world, people), folder, DAYS[0], LANGUAGE)
    kept = (folder / FILE).read_bytes()
    second = passed_on(report(world, after), folder, DAYS[1], LANGUAGE)
    (folder / FILE).write_bytes(kept)
    other = after | {one: world.person(luck) for one in who if one in after}
    third = passed_on(report(world, other), folder, DAYS[1], LANGUAGE)
    told = [single(after[one]) for one in who if one in after] or [
        single(people[one]) for one in who
    ]
    whole = sum(map(len, told))
    return (0 if first == second == third else whole), whole


def made_of(found, folder, day, language):
    """Return what page and tables are made of, and of nothing else but the secret and the words."""
    assert language == LANGUAGE
    made = standing(folder, parts(found.sources, day.isoformat()))
    return {name: part._asdict() for name, part in made.items()}


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
def test_two_reports(world, tmp_path):
    """Do two reports around one to four changes give no single answer away (60 cohorts)?"""
    luck = world.luck(13)
    found = [attack(world, luck, tmp_path, made_of) for _ in range(56)]
    # and every byte of page and tables: texts, cells, bars and bands
    found += [attack(world, luck, tmp_path, files) for _ in range(4)]
    certain, whole = map(sum, zip(*found, strict=True))
    assert whole > 60 * 50
    assert certain <= 0.05 * whole
    assert certain == 0


@pytest.mark.prove
@pytest.mark.usefixtures("quick")
def test_two_thousand_reports(world, tmp_path):
    """And 1,000 cohorts?"""
    luck = world.luck(14)
    found = [attack(world, luck, tmp_path, made_of) for _ in range(940)]
    found += [attack(world, luck, tmp_path, files) for _ in range(60)]
    certain, whole = map(sum, zip(*found, strict=True))
    assert certain <= 0.05 * whole
    assert certain == 0


def test_the_attack_works(world):
    """Would the same attacker read every mark of a newcomer from exact shares of two digits?"""
    luck = world.luck(15)
    right = []
    for size in (10, 20, 49):
        people = {f"p{number}": world.person(luck) for number in range(size)}
        after = people | {"new": world.person(luck)}
        shares = [
            np.array([one.difficulty for one in analysed(everybody).items])
            for everybody in (people, after)
        ]
        known = np.array([one.marks for one in people.values()])
        solved = np.round((size + 1) * shares[1] * POINTS - known.sum(axis=0))
        real = np.array(after["new"].marks)
        small = POINTS == 1
        right += list(solved[small] == real[small])
    assert np.mean(right) == 1


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
def test_the_attack_is_seen(world, tmp_path, monkeypatch):
    """Would this test count answers as given away if a page did not stand?"""
    monkeypatch.setattr(standing_module, "FEW", 1)
    luck = world.luck(21)
    found = [attack(world, luck, tmp_path, files) for _ in range(2)]
    assert all(certain == whole for certain, whole in found)


def analysed(people):
    names = [f"task-{number}" for number in range(len(POINTS))]
    return analyse(names, np.array([one.marks for one in people.values()]), POINTS)


@pytest.mark.once
@pytest.mark.usefixtures("quick")
def test_five_changes(world, tmp_path):
    """Is the page new when five people have something new, and of the day when it was made?"""
    luck = world.luck(16)
    people = {f"p{number}": world.person(luck) for number in range(30)}
    first = files(report(world, people), tmp_path, DAYS[0], LANGUAGE)
    people |= {f"new-{number}": world.person(luck) for number in range(5)}
    second = files(report(world, people), tmp_path, DAYS[1], LANGUAGE)
    assert "3 November 2026" in first["report.html"].decode()
    assert "10 November 2026" in second["report.html"].decode()
    assert [name for name in first if first[name] == second[name]] == []


@pytest.mark.usefixtures("quick")
def test_when_nothing_is_remembered(world):
    """Without that file, and for whoever sees each replaced answer: is none nearly certain?

    All that is printed is made of replaced answers. Of these, and at even odds before, nobody gets
    surer than 17 to 1.
    """
    luck = world.luck(17)
    quiz = world.known.quizzes["protection-quiz"]
    drawn = rights(quiz, answers_by_chance(quiz)).mean(axis=0).clip(0.25, 0.75)
    people = {f"p{number}": world.person(luck) for number in range(40)}
    seen = shared_module.replaced_answers(
        quiz.id,
        parts(report(world, people).sources, "d")[f"answers/{quiz.id}"].people,
        world.known,
        b"secret",
    )
    likely = np.where(
        rights(quiz, seen) == 1,
        (1 - REPLACED + REPLACED * drawn) / (REPLACED * drawn),
        (1 - REPLACED * drawn) / (REPLACED * (1 - drawn)),
    )
    assert (likely / (1 + likely)).max() < 0.95


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
def test_near_the_truth(world):
    """Are shares, counts and means as near to the true ones as the page says, on the whole?"""
    luck = world.luck(18)
    people = {f"p{number}": world.person(luck) for number in range(60)}
    found = report(world, people)
    made = parts(found.sources, "d")
    true = analysed(people)
    away = []
    for secret in range(8):
        passed_on = shared(found, made, bytes([secret]))
        [marked] = passed_on.marked
        away += [
            one.difficulty - exact.difficulty
            for one, exact in zip(marked.analysis.items, true.items, strict=True)
        ]
    assert abs(np.mean(away)) < 0.01
    assert np.mean(np.abs(away) <= within(MARKS, 60)) >= 0.95


@pytest.mark.usefixtures("quick")
def test_few(world, tmp_path):
    """Is nothing but that there are few told of nine people, and nothing of four?"""
    luck = world.luck(19)
    people = {f"p{number}": world.person(luck) for number in range(9)}
    found = report(world, people)
    one = shared(found, parts(found.sources, "d"), b"secret")
    assert one.marked[0].analysis.items == []
    assert one.marked[0].bars == []
    assert [asked.options for asked in one.asked] == [{}, {}, {}]
    assert one.changed[0].before is None
    four = replace(found, sources=report(world, dict([*people.items()][:4])).sources)
    assert "Fewer than ten" in files(four, tmp_path, DAYS[0], LANGUAGE)["report.html"].decode()


@pytest.mark.usefixtures("quick")
def test_records_of_another_version(world):
    """Is what was kept of a quiz or scenario that is another one by now left out?"""
    luck = world.luck(20)
    people = {f"p{number}": world.person(luck) for number in range(12)}
    found = report(world, people)
    made = parts(found.sources, "d")
    for name, part in made.items():
        if not name.startswith("marks/"):
            made[name] = part._replace(people=dict.fromkeys(part.people, "fourps1:x"))
    del made["pairs/after"]
    one = shared(found, made, b"secret")
    assert (one.asked, one.played, one.changed) == ([], [], [])
    assert len(one.marked[0].analysis.items) == len(POINTS)
