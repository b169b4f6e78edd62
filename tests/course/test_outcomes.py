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


@pytest.mark.parametrize(
    ("change", "place", "parts"),
    [
        (('"1.2"', "1.2"), (7, "outcomes.1.2"), ["put it in quotes"]),
        (("auto", "exam"), (9, "outcomes.1.2.assessed.0"), ["quiz", "scenario", "auto", "manual"]),
        (("[auto, manual]", "[]"), (9, "outcomes.1.2.assessed"), []),
    ],
    ids=["a number without quotes", "an unknown assessment", "not assessed"],
)
def test_refused(refused, change, place, parts):
    """Is a number that would lose its zero, and an outcome not assessed, named with what to write?"""
    line, field, message = refused(*change)
    assert (line, field) == place
    assert [part for part in parts if part not in message] == []


def test_every_module(root):
    """Does each module's file stand in the folder that it names?"""
    files = sorted(root.glob("modules/*/outcomes.yaml"))
    assert files
    assert [load(file)[0].module for file in files] == [file.parent.name for file in files]
