"""What comes back, and when: readers of every kind are played through their weeks."""

import re
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.quiz.model import load

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[2]
START = date(2026, 11, 24)
WEEKS, THREE = 12, 3
MODULES = [
    *("foundations", "prevention", "protection", "prosecution"),
    *("partnership", "response", "frameworks", "capstone"),
]


def day(number):
    return str(START + timedelta(days=number))


def bank_of(module):
    """Return the questions of a module that ask for its own outcomes, as the page loads them."""
    folder = ROOT / "modules" / module
    pages = "".join(path.read_text("utf-8") for path in sorted(folder.glob("*.md")))
    quizzes = [load(folder / name)[0] for name in dict.fromkeys(re.findall(r"{quiz} (\S+)", pages))]
    return [
        {"name": f"{quiz.id}/{name}", "outcome": one.objective}
        for quiz in quizzes
        for name, one in quiz.questions.items()
        if one.objective in quiz.objectives
    ]


@pytest.fixture(scope="module")
def banks():
    return {module: bank_of(module) for module in MODULES}


class Reader:
    """A reader who finished some modules, each on a day, and comes on some days.

    ``log`` has a line for each answer: the module, the week of its twelve, day, question, outcome.
    """

    def __init__(self, javascript, banks, finished, days, going, **more):
        self.banks = [banks[module] for module in finished]
        modules = [
            {
                "title": module,
                "steps": [
                    {"kind": "page", "id": f"modules/{module}/aid", "title": "", "href": ""},
                    {"kind": "quiz", "id": module, "title": "", "href": ""},
                ],
                "three": sorted({one["name"].split("/")[0] for one in bank}),
            }
            for module, bank in zip(finished, self.banks, strict=True)
        ]
        kept = {"format": 4, "attempts": [], "stopped": {}, "read": {}, "asked": {}, "drafts": {}}
        # nothing else of the module was read or played
        kept["attempts"] = [
            {"record": f"fourps1:{module}:", "at": day(at)} for module, at in finished.items()
        ]
        played = javascript(
            "comingBack",
            modules=modules,
            banks=self.banks,
            kept=kept | more.pop("kept", {}),
            days=[day(one) for one in days],
            going=going,
            **more,
        )
        self.log, self.end = played["log"], played["end"]

    def sittings(self, place):
        """Return the answers of each week of a module."""
        weeks = defaultdict(list)
        for one in self.log:
            if one["place"] == place:
                weeks[one["week"]].append(one)
        return weeks

    def met(self, place):
        """Return in which weeks each outcome of a module was met."""
        weeks = defaultdict(list)
        for week, answers in self.sittings(place).items():
            for outcome in {one["outcome"] for one in answers}:
                weeks[outcome].append(week)
        return weeks


def keeps_its_promises(reader):
    """Insist on all that the page promises of who came often enough."""
    for place, bank in enumerate(reader.banks):
        weeks = reader.sittings(place)
        assert list(weeks) == list(range(1, WEEKS + 1))
        for week, answers in weeks.items():
            assert len({one["name"] for one in answers}) == THREE
            assert len({one["outcome"] for one in answers}) == THREE
            missed = {one["outcome"] for one in weeks.get(week - 1, ()) if one["how"] != "first"}
            assert not missed or missed & {one["outcome"] for one in answers}
        for outcome in {one["outcome"] for one in bank}:
            met = reader.met(place)[outcome]
            assert len(met) >= 4, (outcome, met)
            assert all(later - sooner <= 3 for sooner, later in pairwise([0, *met, WEEKS + 1]))
        # sittings are about a week apart, however the reader's days fall
        days = [date.fromisoformat(one[0]["today"]) for one in weeks.values()]
        assert all((later - sooner).days >= 4 for sooner, later in pairwise(days))
        assert reader.end[place]["due"] == ""


def test_banks(banks):
    """Has each module of the course a bank that its outcomes can come back from?"""
    for module, bank in banks.items():
        outcomes = {one["outcome"] for one in bank}
        assert THREE <= len(outcomes) <= 6, module
        assert len({one["name"] for one in bank}) == len(bank)


@pytest.mark.parametrize("going", [["first"], ["shown"], ["second"], ["shown", "first"]])
@pytest.mark.parametrize("count", [1, 2, 8])
def test_every_day(javascript, banks, going, count):
    """Is all kept that is promised to who comes each day, always right, always wrong, or by turns?"""
    finished = dict.fromkeys(MODULES[:count], 0)
    reader = Reader(javascript, banks, finished, range(7 * WEEKS + 1), going)
    keeps_its_promises(reader)
    assert {one["today"] for one in reader.log} == {day(7 * week) for week in range(1, WEEKS + 1)}
    assert len(reader.log) == THREE * WEEKS * count


@given(
    finished=st.dictionaries(st.sampled_from(MODULES), st.integers(0, 200), min_size=1, max_size=8),
    gaps=st.lists(st.integers(1, 40), min_size=1, max_size=9),
    answers=st.tuples(
        st.lists(st.sampled_from(["first", "second", "shown"]), min_size=1, max_size=40),
        st.integers(1, 3),
    ),
)
def test_any_reader(javascript, banks, finished, gaps, answers):
    """Is it kept whoever finishes which modules when, comes when, stops half-way, and answers how?"""
    (going, most), days, at = answers, [], min(finished.values())
    # a week may take three visits, of which two may fall between
    while len(days) < 5 * WEEKS * THREE or at < 200 + 8 * WEEKS:
        at += gaps[len(days) % len(gaps)]
        days.append(at)
    while at < days[0] + 500:
        at += 5
        days.append(at)
    reader = Reader(javascript, banks, finished, days, going, most=most)
    keeps_its_promises(reader)
    for place, (_, since) in enumerate(finished.items()):
        first = date.fromisoformat(reader.sittings(place)[1][0]["today"])
        assert (first - START).days >= since + 4


def test_equal_gaps(javascript, banks):
    """Does the rhythm stay the same: each outcome of six every second week, if nothing is missed?"""
    reader = Reader(javascript, banks, {"protection": 0}, range(100), ["first"])
    for weeks in reader.met(0).values():
        assert {later - sooner for sooner, later in pairwise(weeks)} == {2}
    names = defaultdict(int)
    for one in reader.log:
        names[one["name"]] += 1
    # questions of one outcome take turns
    for outcome in {one["outcome"] for one in reader.banks[0]}:
        counts = [names[one["name"]] for one in reader.banks[0] if one["outcome"] == outcome]
        assert max(counts) - min(counts) <= 1


def test_missed(javascript, banks):
    """Does the one question that was missed come back the week after, and then no sooner than others?"""
    going = ["first", "shown", *["first"] * 40]
    reader = Reader(javascript, banks, {"protection": 0}, range(100), going)
    weeks = reader.sittings(0)
    (missed,) = [one for one in weeks[1] if one["how"] == "shown"]
    assert missed["name"] in {one["name"] for one in weeks[2]}
    assert missed["outcome"] not in {one["outcome"] for one in weeks[3]}
    keeps_its_promises(reader)


def test_one_day_of_the_week(javascript, banks):
    """Do modules that were finished on other days come on the same day of the week as the first?"""
    finished = {module: 10 * place for place, module in enumerate(MODULES)}
    reader = Reader(javascript, banks, finished, range(300), ["first", "shown"])
    assert {date.fromisoformat(one["today"]).weekday() for one in reader.log} == {START.weekday()}


def test_lost_weeks(javascript, banks):
    """Is a week without the reader not lost, and does a late answer not move the day of the week?"""
    days = [7, *range(60, 63), *range(65, 300)]
    reader = Reader(javascript, banks, {"protection": 0}, days, ["first"])
    keeps_its_promises(reader)
    firsts = [answers[0]["today"] for answers in reader.sittings(0).values()]
    # day 60 is a Saturday, so the next are Tuesdays again
    assert firsts[:4] == [day(7), day(60), day(70), day(77)]


def test_half_a_sitting(javascript, banks):
    """Does who stops after one question find the other two, and no more, on any later day?"""
    reader = Reader(javascript, banks, {"protection": 0}, [7, 8, 9, 10, 11, 12], ["first"], most=1)
    assert [(one["week"], one["today"]) for one in reader.log] == [
        (1, day(7)), (1, day(8)), (1, day(9)),
    ]  # fmt: skip
    whole = Reader(javascript, banks, {"protection": 0}, [7], ["first"])
    assert [one["name"] for one in reader.log] == [one["name"] for one in whole.log]


def test_nothing_played(javascript, banks):
    """Is nothing asked from a module of which pages alone were read, and does a begun one go on?"""
    kept = {"attempts": [], "read": {"modules/protection/aid": day(0)}}
    assert Reader(javascript, banks, {"protection": 0}, [90], ["first"], kept=kept).log == []
    name = banks["protection"][0]["name"]
    kept["asked"] = {name: {day(7): "first"}}
    reader = Reader(javascript, banks, {"protection": 0}, [90], ["first"], kept=kept)
    assert [one["week"] for one in reader.log] == [1, 1]


def test_wrong_clock(javascript, banks):
    """Does a day that is yet to come, of an answer or of the end of a module, hold nobody up?"""
    asked = {one["name"]: {"2099-01-01": "first"} for one in banks["protection"][:3]}
    reader = Reader(
        javascript, banks, {"protection": 0}, range(8, 200), ["first"], kept={"asked": asked}
    )
    assert len(reader.log) == THREE * (WEEKS - 1)
    assert [one["today"] for one in reader.log][:6:3] == [day(8), day(14)]
    ahead = {"protection": 20_000}
    keeps_its_promises(Reader(javascript, banks, ahead, range(200), ["first"], foretold=True))


def test_two_devices(javascript, banks):
    """Is what two devices asked each counted, so that nothing is asked beyond the twelve weeks?"""
    here = Reader(javascript, banks, {"protection": 0}, range(60), ["first", "shown"])
    there = Reader(javascript, banks, {"protection": 0}, range(3, 30), ["shown"])
    asked = defaultdict(dict)
    for one in [*here.log, *there.log]:
        asked[one["name"]][one["today"]] = one["how"]
    joined = Reader(
        javascript, banks, {"protection": 0}, range(60, 300), ["first"], kept={"asked": asked}
    )
    assert len(joined.log) > THREE
    assert sum(map(len, asked.values())) + len(joined.log) == THREE * WEEKS
