"""The page that may be passed on: made once, about ten people or more, of rounded counts alone."""

import re
from dataclasses import replace
from datetime import date

import pytest
from commands import fourps
from killing import command, survives

from fourps.report.html_page import CLOSED, ClosingError, close, closed_page
from fourps.report.progress import LearnerState

DAY = date(2026, 12, 1)
NUMBER = re.compile(r'<td class="n">([^<]*)</td>')


@pytest.fixture(scope="module")
def text(large):
    return closed_page(large, DAY, "en")


def cohort_of(large, number):
    """Return a report on so many people, each of whom handed in one exercise."""
    states = dict.fromkeys((one.name for one in large.marked), "none")
    first = next(iter(states))
    people = [LearnerState(f"p{one}", states | {first: "reached"}) for one in range(number)]
    return replace(large, people=people, asked=[], played=[])


def test_rounded_counts_and_nothing_else(text, large):
    """Is every number about people a multiple of five, or under ten, and is no share there?"""
    cells = NUMBER.findall(text)
    assert len(cells) > 1000
    assert {one for one in cells if one != "under 10" and (int(one) % 5 or int(one) < 10)} == set()
    assert "0" not in cells
    lead = re.search("Learners who handed in anything: ([0-9]+)", text)
    assert int(lead[1]) == 5 * round(sum(one.started for one in large.people) / 5)
    assert "<svg" not in text


def test_counts_are_those_of_the_report(text, large):
    """Is each count the one of the facilitator's own report, but for what is rounded?"""
    for one in large.marked:
        given = [person.states[one.name] for person in large.people]
        for count in (len(given) - given.count("none"), given.count("reached")):
            shown = "under 10" if count < 10 else 5 * ((count + 2) // 5)
            row = re.search(f'<th scope="row">{one.name}</th>(.*?)</tr>', text, re.DOTALL)[1]
            assert str(shown) in NUMBER.findall(row)
    options = sum(len(rows) for one in large.asked for rows in one.answers.values())
    choices = sum(len(node.choices) for one in large.played for node in one.scenario.nodes.values())
    endings = sum(len(one.scenario.endings) for one in large.played)
    assert len(NUMBER.findall(text)) == 2 * len(large.marked) + options + choices + endings


def test_nobody_is_in_it(text, large):
    """Is nobody there, by id, nor who may need a word, nor what waits for whom?"""
    assert not [person.id for person in large.people if person.id in text]
    assert "need a word" not in text


def test_few_of_one_part(large):
    """Is only told that there are few where fewer than ten did one exercise, quiz or scenario?"""
    few = closed_page(cohort_of(large, 9), DAY, "en")
    assert NUMBER.findall(few) == []
    ten = closed_page(cohort_of(large, 10), DAY, "en")
    assert NUMBER.findall(ten) == ["10", "10"]
    assert ten.count("Fewer than ten learners") == len(large.marked) - 1


def test_once(large, tmp_path):
    """Is it made once for ten people, also in another language, and a second time refused with the reason?"""
    path = close(tmp_path, cohort_of(large, 10), DAY, "fr")
    assert path == tmp_path / CLOSED
    assert path.stat().st_mode & 0o777 == 0o600
    made = path.read_bytes()
    assert "1 décembre 2026" in made.decode().replace("1er", "1")
    for language in ("fr", "en"):
        with pytest.raises(ClosingError, match="beside the first it could show what one person"):
            close(tmp_path, cohort_of(large, 11), DAY, language)
    assert path.read_bytes() == made


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda large: cohort_of(large, 9), "anything: 9. A page to pass on is about ten or more"),
        (lambda large: replace(cohort_of(large, 10), troubles=["ada: broken"]), "named above"),
        (
            lambda large: replace(
                cohort_of(large, 10), people=[LearnerState("p", {"one": "handed-in"})] * 10
            ),
            r"Not everything is graded, or can be read \(one\)",
        ),
    ],
    ids=["few", "troubles", "ungraded"],
)
def test_refused(large, tmp_path, change, why):
    """Is nothing closed where there are too few, or where a part would be missing for ever?"""
    with pytest.raises(ClosingError, match=why):
        close(tmp_path, change(large), DAY, "en")
    assert not (tmp_path / CLOSED).exists()


@pytest.mark.slow
def test_command(course, root):
    """Does the command write it once, where it stays, and say what it does not do again?"""
    learners = {f"learner-{number}": {"one": [1.0]} for number in range(12)}
    made = course({"one": [("a", 1.0)]}, learners)

    def run(*words):
        return fourps("grade", "close", "--course", made.folder, "--root", root, *words)

    assert "there is no report in 'xx'" in run("--language", "xx").stderr
    done = run()
    assert done.returncode == 0, done.stderr
    assert f"{made.folder / CLOSED}: pass on copies of it" in done.stdout
    assert NUMBER.findall((made.folder / CLOSED).read_text("utf-8")) == ["10", "10"]
    done = run()
    assert done.returncode == 1
    assert "This cohort was closed" in done.stderr


@pytest.mark.slow
def test_killed_or_full(course, root):
    """Wherever it is killed or has no room, is there the whole page or none, for its owner alone?"""
    made = course({"one": [("a", 1.0)]}, {f"p{one}": {"one": [1.0]} for one in range(10)})
    before = {*made.folder.rglob("*")}

    def look(point):
        new = [path for path in {*made.folder.rglob("*")} - before if path.is_file()]
        assert [path for path in new if path.stat().st_mode & 0o077] == [], point

    def do():
        done, said = command("grade", "close", "--course", made.folder, "--root", root)
        # whole, before it was killed: then it is there, and is not made again
        return (0 if "This cohort was closed" in said else done), said

    survives(made.folder, do, look=look)
