"""What of a course is put to reviewers, and to whom."""

import fnmatch
from collections import Counter

import pytest

from fourps.course.problem import BrokenSourceError
from fourps.review import reviewers
from fourps.review.material import load
from fourps.review.statements import statements

LESSON = "modules/welcome/lesson.md"


def asked(root, field):
    """Return what a field is asked, by id."""
    return {one.id: one for one in reviewers.load(root).field(field).statements(read(root))}


def read(root):
    return statements(load(root))


def change(root, name, old, new):
    path = root / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_kinds(reviewed):
    """Is a lawyer asked about the design first, the rules, facts, situations and questions?"""
    found = asked(reviewed, "lawyer")
    kinds = Counter(one.kind for one in found.values())
    assert kinds == {"design": 1, "rule": 1, "text": 1, "situation": 2, "question": 5}
    assert next(iter(found)) == "design/whole"
    assert found["rule/no-names"].place == "Taught in Welcome"
    counter = found["welcome/counter"]
    assert counter.said[1:] == (
        ("Best", "Sit down with her."),
        ("Because", "To sit down says that there is time."),
        ("A grave mistake", "Read out her name."),
        ("Because", "A name that was read out cannot be taken back."),
    )
    assert counter.sources == ("PIM 2015", "WHO 2003")
    assert (counter.part, counter.place) == (
        "Welcome",
        "Scenario “The help point” / At the counter",
    )


def test_right_answers(reviewed):
    """Is the right answer of each kind of question told?"""
    found = asked(reviewed, "lawyer")
    assert [dict(one.said)["Right"] for one in found.values() if one.kind == "question"] == [
        "Ask what she needs.",
        "A screen. / Some distance.",
        "False: Others hear it.",
        "In this order: Greet her. / Listen. / Write. / Breathe.",
        "The woman: At the table / The child: On the mat / You: Beside the table",
    ]


def test_passages(reviewed):
    """Has a passage its place, its source and what it rests on, and is plain text in it?"""
    (passage,) = (one for one in asked(reviewed, "lawyer").values() if one.kind == "text")
    assert passage.text == "In 2015 one source said so (PIM 2015)."
    assert passage.place == "Welcome / Listening first"
    assert (passage.sources, passage.facts) == (("PIM 2015",), (("F-01", "V1"),))


def test_fields(reviewed):
    """Is each asked about pages by their claims and boxes, and about whole pages from end to end?"""
    change(reviewed, "book/start.md", "One source", "You may stop here at any time.\n\nOne source")
    found = asked(reviewed, "survivor-group")
    texts = [one.text for one in found.values() if one.kind == "text"]
    assert texts == [
        "You may stop here at any time.",
        "One source (PIM 2015).",
        "Two sources (PIM 2015, WHO 2003).",
        "In 2015 one source said so (PIM 2015).",
        "Ask who can hear.",
    ]
    assert {one.kind for one in found.values()} == {"design", "text"}
    change(reviewed, "book/reviewers.yaml", "book/start.md", "modules/welcome/*.md#listening-first")
    found = asked(reviewed, "survivor-group")
    assert len(found) == 4


def test_glossary(reviewed):
    """Is what a term means a statement, with its source, and a place that somebody can be asked about?"""
    entries = "\ncard\nration card\n  What opens a queue {cite:p}`who2003`.\n\nqueue\n  A line.\n"
    change(reviewed, "book/start.md", "One source", f":::{{glossary}}{entries}:::\n\nOne source")
    change(reviewed, "book/reviewers.yaml", "book/start.md", "book/start.md#card")
    (term,) = (one for one in asked(reviewed, "survivor-group").values() if one.place == "card")
    assert term.text == "card, ration card: What opens a queue (WHO 2003)."
    assert term.sources == ("WHO 2003",)


def test_moved(reviewed):
    """Does a statement keep its id and wording when it moves to another heading and page?"""
    before = asked(reviewed, "lawyer")
    sentence = "In 2015 one source said so {cite:p}`pim2015`{fact}`F-01`.\n"
    change(reviewed, LESSON, sentence, "")
    change(reviewed, "book/start.md", "One source", f"{sentence}\nOne source")
    after = asked(reviewed, "lawyer")
    assert {(one.id, one.wording) for one in after.values()} == {
        (one.id, one.wording) for one in before.values()
    }
    assert before != after


@pytest.mark.parametrize(
    ("name", "old", "new", "kind"),
    [
        (LESSON, "one source said", "two sources said", "text"),
        (LESSON, "so {cite:p}`pim2015`", "so {cite:p}`who2003`", "text"),
        ("book/rules.yaml", "no name.", "no names.", "rule"),
        ("modules/welcome/scenario.yaml", "there is time.", "time is there.", "situation"),
        ("modules/welcome/quiz.yaml", "source: [pim2015, who2003]", "source: pim2015", "question"),
        ("book/reviewers.yaml", "Nothing is missing.", "Is nothing missing?", "design"),
    ],
)
def test_changed(reviewed, name, old, new, kind):
    """Has a statement another wording when its words or its sources are others, and no other?"""
    before = {(one.id, one.wording) for one in asked(reviewed, "lawyer").values()}
    change(reviewed, name, old, new)
    after = asked(reviewed, "lawyer").values()
    changed = [one for one in after if (one.id, one.wording) not in before]
    assert [one.kind for one in changed] == [kind]
    assert len(after) == len(before)


def test_unknown_names(reviewed):
    """Is a page or module that is not there named, with its line?"""
    change(reviewed, "book/reviewers.yaml", "modules/*", "modules/*/lesion.md")
    change(reviewed, "book/reviewers.yaml", "[welcome]", "[farewell]")
    with pytest.raises(BrokenSourceError) as caught:
        reviewers.load(reviewed)
    assert [(one.line, one.message) for one in caught.value.problems] == [
        (7, "there is no module 'farewell'"),
        (13, "no page is called 'modules/*/lesion.md'"),
    ]


def test_the_course(root):
    """Is every claim of the course put to somebody, and has each situation and question one id?"""
    every = read(root)
    fields = reviewers.load(root).fields
    assert list(fields) == [
        "lawyer", "caseworker", "survivor-group", "statistician", "coordinator",
    ]  # fmt: skip
    alone = [one for one in every if one.claims and not any(f.asks(one) for f in fields.values())]
    assert alone == []
    named = Counter(one.id for one in every if one.kind != "text")
    assert {name for name, count in named.items() if count > 1} == set()
    assert all(one.text and one.part for one in every)
    # a heading that was renamed would leave out what stands below it
    places = {f"{one.page}#".partition("#")[0] for one in every} | {one.page for one in every}
    whole = {pattern for field in fields.values() for pattern in field.whole}
    assert [pattern for pattern in whole if not fnmatch.filter(places, pattern)] == []
    # neither roles nor the names of sources stand in what a reviewer reads
    assert [one.text for one in every if "{" in one.text or "`" in one.text] == []
