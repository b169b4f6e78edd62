import re

from fourps.course.files import content_root
from fourps.course.outcomes import core, marked
from fourps.outcomes import outcomes_map


def test_map(course):
    """Does the map name each place where an outcome is taught, practised and assessed?"""
    folder = course / "modules" / "welcome"
    exercise = "### Task 1: a\n\n*Outcome 1.1.*\n\n### Task 2: b\n\n*Outcome 1.1.*\n"
    written = "### Task 10: c\n\n*Outcome 1.2.*\n"
    (folder / "exercise.md").write_text(exercise + written, "utf-8")
    lesson = folder / "lesson.md"
    activity = "::::{activity} Try it\n:minutes: 2\n*Outcome 1.2.*\n\nDo.\n::::\n"
    lesson.write_text(lesson.read_text("utf-8") + "\n" + activity, "utf-8")
    ((title, path, (first, second), missed),) = outcomes_map(course)
    assert (title, path, missed) == ("Welcome", folder, False)
    assert first == (
        *("1.1", "Let a person finish.", "Lesson: Listening first", "Scenario: The help point"),
        "Quiz: 3 questions; Scenario; Exercise: tasks 1, 2",
    )
    assert second.practised == "Lesson: Try it; Scenario: The help point"
    assert second.assessed.endswith("Scenario; Exercise, written: task 10")


def test_lines_that_mark():
    """Is only a line of its own taken for a mark?"""
    assert marked("*Outcome 3.1.*") == ["3.1"]
    assert marked("*Core route. Outcomes 3.1, 3.2 and 3.3.*") == ["3.1", "3.2", "3.3"]
    assert core("*Core route.*")
    for text in ("Outcome 3.1.", "*Outcome 3.1*", "See *Outcome 3.1.*", "*Outcomes.*"):
        assert marked(text) == []
        assert not core(text)


def test_another_language():
    """Does the map of the course speak another language, titles and all?"""
    for title, _, rows, _ in outcomes_map(content_root(), "en-XA"):
        texts = [title, *(text for row in rows for text in (row.text, *row[2:]) if text)]
        assert [text for text in texts if not text.startswith("[")] == []
    for (title, _, rows, missed), (english, _, others, _) in zip(
        outcomes_map(content_root(), "fr"), outcomes_map(content_root()), strict=True
    ):
        assert not missed, title
        same = [text for pair in zip(rows, others, strict=True) for text in {*pair[0]} & {*pair[1]}]
        assert [text for text in same if text and not text[0].isdigit()] == [], (title, english)


def test_beside_frameworks(root):
    """Does each outcome stand once beside the frameworks of others, or beside none?"""
    text = (root / "book" / "outcomes.md").read_text("utf-8")
    rows = re.findall(r"^\| [^|]+ \| ([\d., ]+) \|$", text, re.MULTILINE)
    listed = [number for row in rows for number in row.split(", ")]
    every = [row.number for _, _, rows, _ in outcomes_map(root) for row in rows]
    assert sorted(listed) == sorted(every)
