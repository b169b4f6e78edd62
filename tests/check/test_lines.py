"""Whether the lines that a host fills in are those of the pages."""

import pytest
import yaml

from fourps.check import check

PAGE = """---
description: A page with lines, which somebody who hosts the course fills in for the place.
---
# Lines

| Who | For this place |
| --- | --- |
| Desk | Not filled in |
| The day of the **check**: by whom | ____ |
| Sum | ____ |
| Said | here |
"""
LINES = {"Desk": "desk", "The day of the **check**: by whom": "by-whom", "Sum": None}
RULES = {
    name: {"kind": kind, "rule": "Nobody is asked why.", "silence": ["untaught", "unpractised", "unassessed"]}
    for name, kind in (("asked", "law"), ("calm", "advice"))
}  # fmt: skip


@pytest.fixture
def found(course):
    """Return a function that gives the names of what is wrong with the lines of a course."""
    aid = course / "modules" / "welcome" / "aid.md"

    def find(lines=None, local=None):
        aid.write_text(PAGE, "utf-8")
        for name, value in (
            ("lines", {"pages": {"modules/welcome/aid.md": lines or LINES}}),
            ("rules", {"rules": RULES}),
            ("local", local),
        ):
            if value:
                (course / "book" / f"{name}.yaml").write_text(yaml.safe_dump(value), "utf-8")
        files = ("lines.yaml", "local.yaml", "aid.md")
        problems = [one for one in check(course).problems if one.path.name in files]
        return [(one.name, one.message) for one in problems if one.name != "unlisted"]

    return find


def test_lines(found):
    """Does a table that has each line, and the answers that a host may give, pass?"""
    assert found() == []
    local = {"lines": {"desk": "Desk 3"}, "rules": {"asked": {"line": "Ask", "checked": "2026-11-30"}}}  # fmt: skip
    assert found(local=local | {"next": "2026-12-31"}) == []


def test_changed(found):
    """Is a line named that was changed on its page, with what it became, and one that is new?"""
    lines = {("Desks" if line == "Desk" else line): name for line, name in LINES.items()}
    (broken, told), (unnamed, new) = sorted(found(lines))
    assert (broken, unnamed) == ("broken-line", "unnamed-line")
    assert "has no line 'Desks' to fill in; did it become 'Desk'?" in told
    assert "'Desk'" in new


@pytest.mark.parametrize(
    ("local", "name", "told"),
    [
        ({"lines": {"dask": "3"}}, "unasked", "did you mean 'desk'?"),
        ({"rules": {"calm": "Run"}}, "unasked", "advice on safety has no line"),
        ({"lines": {"desk": " "}}, "shape", "says nothing"),
        ({"next": "soon"}, "shape", "no day such as"),
        ({"logo": "logo.png"}, "shape", "setup.html makes one"),
    ],
)
def test_filled(found, local, name, told):
    """Is an answer refused that nobody asks for, or that no page could show?"""
    ((said, message),) = found(local={"next": "2026-12-31"} | local)
    assert said == name
    assert told in message
