"""Whether each rule of the course is taught, practised and assessed."""

import pytest
import yaml

from fourps.check import check


@pytest.fixture
def found(course):
    """Return a function that changes the one rule of a course and gives what is wrong with it."""
    lesson = course / "modules" / "welcome" / "lesson.md"
    lesson.write_text(lesson.read_text("utf-8") + "\n## The one rule\n\nAsk nobody.\n", "utf-8")
    exercise = course / "exercises" / "welcome" / "exercise.md"
    exercise.parent.mkdir(parents=True, exist_ok=True)
    with exercise.open("a", encoding="utf-8") as file:
        file.write('\n+++ {"nbgrader": {"grade_id": "task-10", "grade": true}}\n\n')
    quiz = yaml.safe_load((course / "modules" / "welcome" / "quiz.yaml").read_text("utf-8"))

    def find(**changes):
        rule = {
            "kind": "advice",
            "rule": "Nobody is asked why.",
            "taught": ["modules/welcome/lesson.md#the-one-rule"],
            "practised": ["welcome/counter"],
            "assessed": [f"welcome-quiz/{next(iter(quiz['questions']))}"],
        }
        path = course / "book" / "rules.yaml"
        path.write_text(yaml.safe_dump({"rules": {"why": rule | changes}}), "utf-8")
        return [
            (one.name, one.field, one.message) for one in check(course).problems if one.path == path
        ]

    return find


def test_followed(found):
    """Is a rule good that is taught, practised and assessed where its table says so?"""
    assert found() == []
    assert found(assessed=["exercises/welcome/exercise.md#task-10"]) == []
    assert found(taught=["modules/welcome/lesson.md"]) == []


@pytest.mark.parametrize(
    ("kind", "name"),
    [("taught", "untaught"), ("practised", "unpractised"), ("assessed", "unassessed")],
)
def test_never(found, kind, name):
    """Is a rule named that is never taught, practised or assessed, unless its author says so?"""
    ((said, field, message),) = found(**{kind: []})
    assert (said, field) == (name, "rules.why")
    assert message.startswith(f"it is {name}: name ")
    assert found(**{kind: []}, silence=[name]) == []


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ("taught", "modules/welcome/lesson.md#the-two-rules"),
        ("taught", "modules/welcome/lessen.md"),
        ("taught", "welcome-quiz/none"),
        ("practised", "welcome/cellar"),
        ("practised", "modules/welcome/lesson.md"),
        ("assessed", "welcome-quiz/none"),
        ("assessed", "exercises/welcome/exercise.md#task-1"),
        ("assessed", "book"),
    ],
)
def test_leads_nowhere(found, kind, place):
    """Is each place named that is not there, with what to do?"""
    ((said, field, message),) = found(**{kind: [place]})
    assert (said, field) == ("broken-rule", f"rules.why.{kind}.0")
    assert message.startswith(f"'{place}' is not there: rename it here, or name ")


def test_words(found):
    """Is a rule read for words and places that no page may have?"""
    assert [name for name, *_ in found(rule="Tell the office in Nairobi.")] == ["real-place"]


def test_says(found):
    """Is a part that teaches a rule and does not say it named, and one that says it passed?"""
    ((said, field, message),) = found(says="ask everybody")
    assert (said, field) == ("unsaid", "rules.why.taught.0")
    assert "does not say 'ask everybody'" in message
    assert found(says="ASK +nobody") == []
    assert [name for name, *_ in found(says="ask (nobody")] == ["shape"]


def test_told_in_another_way(found, course):
    """Is a text that a rule forbids named where it stands, on a page and in a scenario?"""
    told = course / "modules" / "welcome" / "scenario.yaml"
    nodes = yaml.safe_load(told.read_text("utf-8"))["nodes"]
    word = next(iter(nodes.values()))["title"]
    assert found(never=["ask\\s+nobody", word]) == []
    named = {one.path.name: one for one in check(course).problems if one.name == "contradicts-rule"}
    assert set(named) >= {"lesson.md", "scenario.yaml"}
    assert named["lesson.md"].message.startswith(
        "'Ask nobody': book/rules.yaml tells the rule 'why'"
    )
    assert named["scenario.yaml"].field.endswith("title")


def test_silenced(found, course):
    """Does a text pass whose author says that it is right all the same?"""
    lesson = course / "modules" / "welcome" / "lesson.md"
    text = lesson.read_text("utf-8")
    lesson.write_text(
        text.replace("Ask nobody.", "% silence: contradicts-rule\nAsk nobody."), "utf-8"
    )
    assert found(never=["ask nobody"]) == []
    assert not [one for one in check(course).problems if one.name == "contradicts-rule"]


MARK = "% rule: why\n"


@pytest.mark.parametrize("kind", ["law", "policy"])
@pytest.mark.parametrize("below", ["Ask nobody.\n\n", "- Ask nobody.\n  ", ":::{fold} So\nNo.\n"])
def test_marked(found, course, kind, below):
    """Is a part that teaches law or policy named until a mark stands there, wherever that is?"""
    lesson = course / "modules" / "welcome" / "lesson.md"
    text = lesson.read_text("utf-8")
    ((said, field, message),) = found(kind=kind)
    assert (said, field) == ("unmarked", "rules.why.taught.0")
    assert message.endswith("put '% rule: why' below the paragraph that states it")
    end = ":::\n" if below.startswith(":") else ""
    lesson.write_text(text.replace("Ask nobody.", below + MARK + end), "utf-8")
    assert found(kind=kind) == []
    # elsewhere on the page it is no mark of this part
    lesson.write_text(text.replace("## The one", MARK + "\n## The one"), "utf-8")
    assert [name for name, *_ in found(kind=kind)] == ["unmarked"]


@pytest.mark.parametrize(
    ("page", "marked", "said"),
    [
        ("lesson", ("law", "who"), "book/rules.yaml has no rule 'who'"),
        ("lesson", ("advice", "why"), "'why' is advice on safety, which no host overrides"),
        ("aid", ("law", "why"), "a job aid has lines of its own place"),
        ("scenario", ("law", "who"), "book/rules.yaml has no rule 'who'"),
        ("scenario", ("advice", "why"), "'why' is advice on safety"),
        ("quiz", ("policy", "[why, who]"), "book/rules.yaml has no rule 'who'"),
        ("quiz", ("policy", "why"), None),
    ],
)
def test_marks_that_lead_nowhere(found, course, page, marked, said):
    """Is a mark named where it stands if no rule is there, it is advice, or the page an aid?"""
    folder, (kind, mark) = course / "modules" / "welcome", marked
    if page in ("lesson", "aid"):
        path = folder / f"{page}.md"
        before = path.read_text("utf-8") if path.exists() else "# Aid\n"
        path.write_text(f"{before}\n% rule: why\n\n% rule: {mark}\n", "utf-8")
    else:
        path, key = folder / f"{page}.yaml", {"scenario": "rationale", "quiz": "why"}[page]
        before = path.read_text("utf-8")
        first = next(line for line in before.split("\n") if line.strip().startswith(f"{key}:"))
        said_above = first.replace(first.strip(), f"rule: {mark}\n{first}")
        path.write_text(before.replace(first, said_above, 1), "utf-8")
    found(kind=kind, taught=[])
    problems = [one for one in check(course).problems if one.name == "broken-mark"]
    assert {one.path for one in problems} == ({path} if said else set())
    assert not said or any(one.message.startswith(said) for one in problems)


def test_a_test_shows_no_line(course):
    """Is a rule beside a question of a test refused, whose reader has not seen all answers yet?"""
    path = course / "modules" / "welcome" / "quiz.yaml"
    quiz = yaml.safe_load(path.read_text("utf-8"))
    next(iter(quiz["questions"].values()))["rule"] = "why"
    path.write_text(yaml.safe_dump(quiz | {"test": True}), "utf-8")
    assert any("names a rule: a test shows" in one.message for one in check(course).problems)
