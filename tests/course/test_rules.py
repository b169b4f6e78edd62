"""The rules that staff keep in the invented country."""

import pytest

from fourps.course.problem import BrokenSourceError
from fourps.course.rules import load


def test_read(write):
    """Is a rule read with where it is met?"""
    rules, source = load(
        write(
            {
                "rules": {
                    "child": {"kind": "law", "rule": "Tell the office.", "taught": ["lesson.md"]}
                }
            }
        )
    )
    child = rules.rules["child"]
    assert (child.rule, child.taught, child.practised) == ("Tell the office.", ["lesson.md"], [])
    assert source.line(("rules", "child", "taught")) == 5


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"rules": {}}, "rules"),
        ({"rules": {"child": {"taught": []}}}, "rules.child.rule"),
        ({"rules": {"child": {"rule": ""}}}, "rules.child.rule"),
        ({"rules": {"child": {"rule": "Go.", "thought": []}}}, "did you mean 'taught'"),
        ({"rules": {"A child": {"rule": "Go."}}}, "A child"),
        ({"rules": {"child": {"rule": "Go.", "kind": "habit"}}}, "rules.child.kind"),
        (
            {"rules": {"child": {"rule": "Go.", "kind": "advice", "clause": 3}}},
            "a clause is law: drop `clause`",
        ),
    ],
)
def test_refused(write, content, said):
    """Is what is no table of rules refused, by its place?"""
    with pytest.raises(BrokenSourceError) as error:
        load(write(content))
    assert said in str(error.value)
