import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from graded_cells import tell
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from fourps.report.cohort import cohort
from fourps.report.html_page import closed_page, page
from fourps.report.words import ENGLISH, languages, words
from nbseal.base.notebook_file import dump
from nbseal.gradebook import snapshot
from nbseal.gradebook.settings import settings
from nbseal.gradebook.verdicts import Verdict
from nbseal.reasons import because

DAY = date(2026, 11, 25)
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=HYPERLINK(1)",
    "{{ 7 * 7 }}",
    "{course}",
    "\u202eevil",
    "o'hara & sons",
]


class Elements(HTMLParser):
    """Tags, attributes and texts of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.texts, self.open = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.texts.append(data)


def plain(found):
    return {person.id: person.id for person in found.people}


def written(found, language="en", **more):
    return page(found, plain(found), DAY, language, named=False, **more)


@pytest.fixture
def look(root):
    return lambda made: cohort(made.folder, root, [], 0.7, datetime(2026, 11, 25, tzinfo=UTC))


@pytest.mark.once
def test_needs_nothing_else(large):
    """Is the page whole: no script, no other file, and a policy that would stop them?"""
    text = written(large)
    found = Elements(text)
    assert not {"script", "link", "iframe", "object", "form", "img"} & set(found.tags)
    assert not [pair for pair in found.attributes if pair[0].startswith("on")]
    assert not [value for name, value in found.attributes if name == "href" and value[0] != "#"]
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert ("content", policy) in found.attributes
    assert "url(" not in text
    assert "@import" not in text


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("closed", [False, True])
def test_language(large, language, closed):
    """Is the page in its language, with that language's numbers, and no nan anywhere?"""
    text = closed_page(large, DAY, language) if closed else written(large, language)
    found = Elements(text)
    assert ("lang", language) in found.attributes
    assert words(language)["closed-counts" if closed else "help"] in text
    if not closed:
        assert re.search(r">0[.,]\d\d<", text)[0][2] == {"en": ".", "fr": ","}[language]
    assert not {"nan", "None", "inf", "-inf"} & {one.strip() for one in found.texts}
    if language != "en":
        seen = "".join(found.texts)
        long = [one for one in ENGLISH.values() if len(one) > 30 and "{" not in one]
        assert [one for one in long if one in seen] == []


def test_people(large):
    """Is everybody there in the order of their names, never of their marks?"""
    text = written(large)
    table = text[text.index('id="where"') : text.index('id="marks"')]
    shown = re.findall(r'class="who">([^<]+)<', table)
    assert shown == sorted(plain(large).values())
    helped = [person for person in large.people if person.reasons]
    first = text[text.index('id="help"') : text.index('id="yours"')]
    assert re.findall(r'class="who">([^<]+)<', first) == [person.id for person in helped]


def test_own_is_exact(large, made):
    """Are the numbers of the facilitator's own page those of the gradebook?"""
    found = {one.name: one.analysis for one in large.marked}
    for exercise in snapshot.read(settings(made).db_url, made).exercises:
        whole = exercise.marks[~(exercise.marks != exercise.marks).any(axis=1)]
        assert found[exercise.name].people == len(whole)
        for item, task, marks in zip(
            found[exercise.name].items, exercise.tasks, whole.T, strict=True
        ):
            assert item.name == task.name
            assert item.difficulty == pytest.approx((marks / task.points).mean(), abs=0.0051)


def test_hostile(course, look):
    """Does whatever others wrote stay text?"""
    made = course(
        {name: [(f"{name}{number}", 1.0) for number in range(3)] for name in HOSTILE[:3]},
        {
            f"{name}{number}": {other: [0.0, 1.0, 0.0] for other in HOSTILE[:3]}
            for name in HOSTILE
            for number in range(3)
        },
    )
    found = look(made)
    parsed = Elements(written(found))
    assert not {"script", "img"} & set(parsed.tags)
    for name in HOSTILE:
        assert f"{name}0" in parsed.texts


@pytest.mark.once
@pytest.mark.parametrize("learners", [0, 1, 4, 12])
def test_small_cohorts(course, look, learners):
    """Is a report on nobody, on one and on twelve with the same marks written, in words?"""
    made = course(
        {"one": [("a", 5.0), ("b", 5.0)], "two": []},
        {f"p{number}": {"one": [3.0, 3.0]} for number in range(learners)},
    )
    found = look(made)
    text = written(found)
    assert "Fewer than ten learners" in text
    assert (ENGLISH["empty"] in text) == (learners == 0)
    assert not re.search(r"\bnan\b|\binf\b", text)


def test_odd_marks(course, look):
    """Are marks above the maximum, extra credit and open marks no trouble?"""
    given = {"auto_score": 3.0, "extra_credit": 2.0}
    waits = {"needs_manual_grade": True}
    made = course(
        {"one": [("a", 2.0), ("b", 5.0), ("bonus", 0.0)]},
        {f"p{number}": {"one": [given, 4.0, 1.0]} for number in range(11)}
        | {"open": {"one": [1.0, waits, 0.0]}},
    )
    found = look(made)
    [marked] = found.marked
    assert marked.analysis.items[0].difficulty == 1.5
    assert marked.analysis.left_out == ["bonus"]
    assert marked.waits == 1
    assert marked.quarters[-1] == pytest.approx(100 * 10 / 7)
    assert "one: hand-ins that wait for marks by hand: 1." in written(found)


def test_records_that_cannot_be_read(course, look):
    """Is who handed in a record that cannot be read named where the facilitator looks first?"""
    made = course({"one": [("a", 1.0)]}, {"ada": {"one": [1.0]}})
    place = made.folder / "submitted" / "ben" / "one"
    place.mkdir(parents=True)
    (place / "records.txt").write_text("fourps1:<b>:x\n", "utf-8")
    found = look(made)
    text = written(found)
    assert "ben: a record cannot be read. This is not a decision record" in text
    assert "one: hand-ins that wait to be graded: 1." in text


def test_quotes(course, look):
    """Does a French page say in French why something could not be graded or read?"""
    made = course({"one": [("a", 1.0)]}, {"ada": {"one": [0.0]}})
    place = made.folder / "submitted" / "ada" / "one"
    place.mkdir(parents=True)
    (place / "records.txt").write_text("nonsense\n", "utf-8")
    tell(made.url, Verdict("one", "ada", "partly", (because("ended", status=3),)))
    text = "".join(Elements(written(look(made), "fr")).texts)
    assert (
        "Noté en partie\u00a0: one (Il a mis fin à son propre processus, avec le statut 3.)."
        in text
    )
    assert "ada\u00a0: un relevé est illisible. Ceci n\u2019est pas un relevé de choix." in text


def test_tasks_have_titles(course, look):
    """Are tasks called what the released exercise calls them, in the table, reasons and what is left out?"""
    made = course(
        {"one": [("task-1", 1.0), ("task-2", 1.0), ("task-3", 1.0), ("task-4", 0.0)]},
        {f"p{number}": {"one": [float(number > 0)] * 3 + [0.0]} for number in range(12)}
        | {"other": {"one": [1.0] * 3 + [0.0]}},
    )
    cells = []
    for number in range(1, 5):
        cells.append(new_markdown_cell(f"## Task {number}: what you say, first (1 point)"))
        cells.append(
            new_code_cell("", metadata={"nbgrader": {"grade_id": f"task-{number}", "grade": True}})
        )
    path = made.folder / "release" / "one" / "exercise.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(dump(new_notebook(cells=cells)))
    found = look(made)
    text = written(found)
    for title in (f"Task {number}: what you say, first" for number in range(1, 5)):
        assert title in text
    assert "task-" not in text
