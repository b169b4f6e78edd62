"""What reviewers are asked: for each field a page to print, and a table to fill in."""

import csv
import fnmatch
import shutil
from collections import Counter
from html.parser import HTMLParser

import pytest
from typer.testing import CliRunner

from fourps.book.after.review import load, write
from fourps.book.after.statements import Statements
from fourps.cli import app
from fourps.course.problem import BrokenSourceError

LESSON = "modules/welcome/lesson.md"
FIELD = "survivor-group"
REVIEWERS = """\
fields:
  lawyer:
    title: lawyers
    asked: You know the law.
    design: [Nothing is missing.]
    facts: [F]
    claims: [modules/welcome/*.yaml, book/rules.yaml]
  survivor-group:
    title: survivors' organisations
    asked: You speak for others.
    design: ["=1+1 is <b>two</b>."]
    claims: [modules/*.md]
    whole: [book/start.md]
"""
RULES = """\
rules:
  no-names:
    kind: policy
    rule: Staff read out no name.
    taught: [modules/welcome/lesson.md]
    practised: [welcome/counter]
    assessed: [welcome-quiz/read-out]
"""


@pytest.fixture
def course(course):
    """A copy of the small course that asks for reviews."""
    (course / "book" / "reviewers.yaml").write_text(REVIEWERS, "utf-8")
    (course / "book" / "rules.yaml").write_text(RULES, "utf-8")
    return course


def asked(root, field):
    return load(root)[field].statements(Statements(root).every)


def change(root, name, old, new):
    path = root / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_kinds(course):
    """Is a lawyer asked about the design first, the rules, facts, situations and questions?"""
    found = asked(course, "lawyer")
    kinds = Counter(one.file.partition("#")[0] for one in found)
    welcome = "modules/welcome"
    assert kinds == {
        "": 1, "book/rules.yaml": 1, f"{LESSON}": 1, f"{welcome}/scenario.yaml": 2,
        f"{welcome}/quiz.yaml": 5,
    }  # fmt: skip
    assert found[0].text == "Nothing is missing."
    (rule,) = (one for one in found if one.file == "book/rules.yaml")
    assert rule.place == "Taught in Welcome"
    (counter,) = (one for one in found if one.place.endswith("At the counter"))
    assert counter.said[1:] == (
        ("Best", "Sit down with her."),
        ("Because", "To sit down says that there is time."),
        ("A grave mistake", "Read out her name."),
        ("Because", "A name that was read out cannot be taken back."),
    )
    assert Statements(course).basis(counter) == "Source: PIM 2015, WHO 2003."
    assert counter.part == "Welcome"
    assert counter.place == "Scenario “The help point” / At the counter"


def test_right_answers(course):
    """Is the right answer of each kind of question told?"""
    found = asked(course, "lawyer")
    assert [dict(one.said)["Right"] for one in found if "quiz.yaml" in one.file] == [
        "Ask what she needs.",
        "A screen. / Some distance.",
        "False: Others hear it.",
        "In this order: Greet her. / Listen. / Write. / Breathe.",
        "The woman: At the table / The child: On the mat / You: Beside the table",
    ]


def test_passages(course):
    """Has a passage its place, its source and what it rests on, and is plain text in it?"""
    (passage,) = (one for one in asked(course, "lawyer") if one.file.startswith(LESSON))
    assert passage.text == "In 2015 one source said so (PIM 2015)."
    assert passage.place == "Welcome / Listening first"
    basis = "Source: PIM 2015. Fact sheet F-01: seen on the publisher's page."
    assert Statements(course).basis(passage) == basis


def test_fields(course):
    """Is each asked about pages by their claims and boxes, and about whole pages from end to end?"""
    change(course, "book/start.md", "One source", "You may stop here at any time.\n\nOne source")
    assert [one.text for one in asked(course, FIELD)] == [
        "=1+1 is <b>two</b>.",
        "You may stop here at any time.",
        "One source (PIM 2015).",
        "Two sources (PIM 2015, WHO 2003).",
        "In 2015 one source said so (PIM 2015).",
        "Ask who can hear.",
    ]
    change(course, "book/reviewers.yaml", "book/start.md", "modules/welcome/*.md#listening-first")
    assert len(asked(course, FIELD)) == 4


def test_glossary(course):
    """Is what a term means a statement, with its source, and a place that somebody can be asked about?"""
    entries = "\ncard\nration card\n  What opens a queue {cite:p}`who2003`.\n\nqueue\n  A line.\n"
    change(course, "book/start.md", "One source", f":::{{glossary}}{entries}:::\n\nOne source")
    change(course, "book/reviewers.yaml", "book/start.md", "book/start.md#card")
    (term,) = (one for one in asked(course, FIELD) if one.place == "card")
    assert term.text == "card, ration card: What opens a queue (WHO 2003)."
    assert Statements(course).basis(term) == "Source: WHO 2003."


def test_unknown_names(course):
    """Is a file that is not there named, with its line?"""
    change(course, "book/reviewers.yaml", "modules/*.md", "modules/*/lesion.md")
    with pytest.raises(BrokenSourceError) as caught:
        load(course)
    assert [(one.line, one.message) for one in caught.value.problems] == [
        (12, "no file is called 'modules/*/lesion.md'"),
    ]


class Shown(HTMLParser):
    """What stands in each element of a page."""

    def __init__(self, text):
        super().__init__()
        self.language, self.found, self._open = "", [], [""]
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.language = self.language or dict(attributes).get("lang", "")
        if tag != "meta":
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        if data.strip():
            self.found.append((self._open[-1], " ".join(data.split())))

    def texts(self, tag):
        return [text for name, text in self.found if name == tag]


def test_page(course, tmp_path):
    """Does a page say who is asked, about pay, the design and names, and number each statement?"""
    assert [one.name for one in write(course, tmp_path)[0]] == ["lawyer.html", f"{FIELD}.html"]
    shown = Shown((tmp_path / f"{FIELD}.html").read_text("utf-8"))
    assert shown.language == "en-GB"
    assert shown.texts("title") == ["Four Ps: review by survivors' organisations"]
    assert shown.texts("h2")[0] == "Who is asked"
    assert shown.texts("h2")[-4:] == ["The design", "Start", "Welcome", "Sources"]
    head = ["No.", "The course says", "Your answer"]
    assert shown.texts("th") == [*head, "1", *head, "2", *head, "3", "4", "5"]
    text = " ".join(shown.texts("p"))
    for said in (
        "You speak for others.",
        "Where there is money you are paid.",
        "The first statements are about the design.",
        "Nothing here needs your name.",
        f"Send {FIELD}.csv, or these pages, back",
        "5 statements, numbered",
        "=1+1 is <b>two</b>.",
        "In 2015 one source said so (PIM 2015). Welcome / Listening first Source: PIM 2015.",
    ):
        assert said in text
    assert text.count("☐ yes ☐ no ☐ better") == 5
    assert shown.texts("li") == [
        "PIM 2015: Principles for the tests",
        "WHO 2003: Recommendations for the tests",
    ]


def test_table(course, tmp_path):
    """Is the table one that a spreadsheet runs nothing of, and that stays once it is filled in?"""
    write(course, tmp_path)
    page, path = tmp_path / f"{FIELD}.html", tmp_path / f"{FIELD}.csv"
    text = path.read_text("utf-8-sig")
    first, *others = csv.DictReader(text.splitlines())
    assert (first["number"], first["statement"]) == ("1", "'=1+1 is <b>two</b>.")
    assert [one["verdict"] for one in others] == ["", "", "", ""]
    asked_before = page.read_text("utf-8")
    change(course, LESSON, "one source said", "two sources said")
    assert write(course, tmp_path)[1] == []
    assert page.read_text("utf-8") != asked_before
    for answered in (text.replace(",,,,", ",no,,,", 1), text.replace(",", ";")):
        path.write_text(answered, "utf-8")
        page.write_text(asked_before, "utf-8")
        written, begun = write(course, tmp_path)
        assert ([one.name for one in written], begun) == (["lawyer.html"], [path])
        assert (page.read_text("utf-8"), path.read_text("utf-8")) == (asked_before, answered)


def test_at_build(course, monkeypatch):
    """Does a build write it beside the book, and say where, and what it left alone?"""
    monkeypatch.setattr("fourps.book.build.build", lambda *_, **__: course / "_build" / "html")

    def build():
        done = CliRunner().invoke(app, ["book", "build", str(course)])
        assert done.exit_code == 0, done.output
        return " ".join(done.output.split())

    folder = course / "_build" / "review"
    assert f"Wrote what reviewers are asked into {folder}." in build()
    table = folder / "lawyer.csv"
    table.write_text(table.read_text("utf-8").replace(",,,,", ",no,,,", 1), "utf-8")
    assert f"{table} holds answers, so it stays, with its page." in build()
    shutil.rmtree(folder)
    (course / "book" / "reviewers.yaml").unlink()
    assert "reviewers" not in build()


def test_the_course(root):
    """Is every claim of the course put to somebody, and stands each thing that somebody is asked about?"""
    every = Statements(root).every
    fields = load(root)
    assert list(fields) == [
        "lawyer", "caseworker", "survivor-group", "statistician", "coordinator",
    ]  # fmt: skip
    alone = [one for one in every if one.claims and not any(f.asks(one) for f in fields.values())]
    assert alone == []
    assert all(one.text and one.part for one in every)
    # a heading that was renamed would leave out what stands below it
    places = {one.file.partition("#")[0] for one in every} | {one.file for one in every}
    whole = {pattern for field in fields.values() for pattern in field.whole}
    assert [pattern for pattern in whole if not fnmatch.filter(places, pattern)] == []
    # neither roles nor the names of sources stand in what a reviewer reads
    assert [one.text for one in every if "{" in one.text or "`" in one.text] == []
    # each term of the glossary is put to somebody too
    terms = [one for one in every if one.file.startswith("book/glossary.md#") and one.said[0][0]]
    assert len(terms) > 50
    assert [one.place for one in terms if not any(f.asks(one) for f in fields.values())] == []
