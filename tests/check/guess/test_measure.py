"""Who guesses at options, and what that says of them."""

import sys

import pytest
from typer.testing import CliRunner

import fourps.check.guess
from fourps.check.guess import Guesses, guess
from fourps.check.guess.measure import ENOUGH
from fourps.cli import app


def run(*words):
    """Run the command as it stands here."""
    return CliRunner().invoke(app, ["check", *map(str, words)])


@pytest.fixture(scope="module")
def found(betrayed):
    """What is found where best options betray themselves."""
    return guess(betrayed)


@pytest.fixture(scope="module")
def nothing(like):
    """What is found where options are alike."""
    return guess(like)


def test_nobody_wins(nothing):
    """Is nobody better than chance where the options are alike, and is nothing named?"""
    assert {round(row.all) for row in nothing.rows} == {33}
    assert {round(one) for row in nothing.rows for one in row.modules.values()} == {33}
    assert (nothing.missed, nothing.betrayed, nothing.unseen) == ([], [], [])


def test_a_habit_wins(betrayed, found):
    """Are the habits and models found that read the best option off its wording, and by what?"""
    rows = {row.guesser: row for row in found.rows}
    assert rows["chance"].bound is None
    for name in ("longest", "avoids reasons", "most “what”", "all words"):
        assert round(rows[name].all) == 100, name
        assert round(rows[name].above) == 67, name
    assert round(rows["shortest"].all) == 0
    said = "scenarios: +67 points above chance by this: "
    assert f"{said}longest (8 at most)" in found.missed
    assert f"{said}function words, length, place (12 at most)" in found.missed
    assert f"{said}all words (25 at most)" in found.missed
    assert [row.over for row in found.nearest] == [67 - 8]
    assert len(found.betrayed) == 3 * 18
    first = found.betrayed[0]
    assert first.path == betrayed / "modules" / "bridge" / "scenario.yaml"
    assert first.path.read_text("utf-8").splitlines()[first.line - 1].startswith("  n-0:")
    assert (first.name, first.field) == ("guessable", "nodes.n-0")
    assert "its wording says that 'bridge-0-0' is best (function words" in first.message
    assert "“,” +" in first.message


def test_without_scikit_learn(betrayed, monkeypatch):
    """Are habits found without scikit-learn, and is it said what was not looked at?"""
    monkeypatch.setitem(sys.modules, "sklearn", None)
    done = run("--guess", betrayed)
    assert "Not looked at: how well options can be guessed by their words" in done.stderr
    assert "pip install ./packages/nbseal '.[author]'" in done.stderr
    assert "chance by this: longest" in done.stderr
    assert "all words" not in done.output


def test_too_few(course):
    """Is nothing said of a few nodes and questions, but that they are few?"""
    found = guess(course)
    assert (found.rows, found.missed) == ([], [])
    assert [fact.split(" ")[0] for fact in found.facts] == ["scenarios:", "questions:"]
    assert all(f"{ENOUGH} would do" in fact for fact in found.facts)


@pytest.mark.parametrize(("true", "missed"), [(4, 1), (5, 0), (6, 0), (7, 1)])
def test_statements(with_statements, true, missed):
    """Is it missed where statements to judge are mostly true, or mostly false?"""
    found = guess(with_statements(*(number < true for number in range(11))))
    assert f"{true} of 11 statements to judge are true" in found.facts
    assert len(found.missed) == missed


def test_the_command(found, nothing, monkeypatch):
    """Does --guess show a table, end badly where somebody guesses, and well where nobody does?"""
    answers = iter((nothing, found))
    monkeypatch.setattr(fourps.check.guess, "guess", lambda *_: next(answers))
    good, bad = run("--guess"), run("--guess")
    assert good.exit_code == 0, good.output
    assert good.stdout.splitlines()[-1] == "Nobody guesses well."
    assert "function words" in good.stdout
    assert bad.exit_code == 1
    assert bad.stderr.splitlines()[-1].endswith("options can be guessed: fourps check --guess")
    assert "[guessable] nodes.n-0: its wording says" in bad.stderr


def test_unknown_language(like):
    """Is a language refused whose words nobody has written down?"""
    unknown = run("--guess", "--language", "xx", like)
    assert unknown.exit_code == 1
    assert "no words are listed for 'xx'. Languages: en, fr" in unknown.stderr


def test_part_of_the_check(course, monkeypatch):
    """Does plain `fourps check` fail where options can be guessed, and say what to do?"""
    monkeypatch.setattr(
        fourps.check.guess, "guess", lambda *_: Guesses(missed=["far too many points"])
    )
    done = run(course)
    assert done.exit_code == 1
    assert "Nothing to mend." not in done.stdout
    *_, missed, last = done.stderr.splitlines()
    assert missed == "far too many points"
    assert last == "1 to mend: options can be guessed: fourps check --guess"
