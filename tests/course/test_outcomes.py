import pytest

from fourps.course.outcomes import load
from fourps.course.problem import BrokenSourceError

TEXT = """\
module: welcome
title: Welcome
outcomes:
  "1.1":
    text: Let a person finish.
    assessed: [quiz, scenario]
  "1.2":
    text: Ask who else can hear.
    assessed: [auto, manual]
"""


@pytest.fixture
def refused(write):
    """Return a function that gives line, field and message of what is wrong."""

    def refuse(old, new):
        assert old in TEXT
        with pytest.raises(BrokenSourceError) as error:
            load(write(TEXT.replace(old, new)))
        (problem,) = error.value.problems
        return problem.line, problem.field, problem.message

    return refuse


def test_load(write):
    """Are outcomes read under their numbers as text, with their lines?"""
    outcomes, source = load(write(TEXT))
    assert list(outcomes.outcomes) == ["1.1", "1.2"]
    assert outcomes.outcomes["1.2"].assessed == ["auto", "manual"]
    assert source.line(("outcomes", "1.2", "assessed")) == 9


def test_number_without_quotes(refused):
    """Is a number that lost its quotes (1.10 would become 1.1) pointed out?"""
    line, _, message = refused('"1.2"', "1.2")
    assert line == 7
    assert "put it in quotes" in message


def test_unknown_assessment(refused):
    """Is an assessment that does not exist answered with those that do?"""
    line, field, message = refused("auto", "exam")
    assert (line, field) == (9, "outcomes.1.2.assessed.0")
    assert all(known in message for known in ("quiz", "scenario", "auto", "manual"))


def test_not_assessed(refused):
    """Must each outcome be assessed somehow?"""
    line, field, _ = refused("[auto, manual]", "[]")
    assert (line, field) == (9, "outcomes.1.2.assessed")


def test_typo(refused):
    """Does a typo name its line and the key that was meant?"""
    line, field, message = refused("title: Welcome", "title: Welcome\nmodul: a")
    assert (line, field) == (3, "modul")
    assert "did you mean 'module'?" in message


def test_every_module(root):
    """Does each module's file stand in the folder that it names?"""
    files = sorted(root.glob("modules/*/outcomes.yaml"))
    assert files
    assert [load(file)[0].module for file in files] == [file.parent.name for file in files]
