"""What every module of the course has, counted."""

import re
from pathlib import Path

import pytest
from group_minutes import in_room

from fourps.course.outcomes import load as outcomes
from fourps.course.page import read
from fourps.course.source import Source
from fourps.course.toc import modules
from fourps.course.world import Rules
from fourps.quiz.model import load as quiz
from fourps.scenario.model import KINDS
from fourps.scenario.model import load as scenario
from fourps.scenario.sittings import minutes

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[2]
MONDAY = "One task for Monday"
MODULES = modules(ROOT)
each_module = pytest.mark.parametrize("folder", MODULES, ids=[one.name for one in MODULES])


def boxes(page, name):
    """Return the titles of the boxes of one kind on a page."""
    found = [title for block in page.blocks for box, title in block.boxes if box == name]
    return list(dict.fromkeys(found))


def test_order():
    """Are there eight modules, in the order of the course?"""
    assert [one.name for one in MODULES] == [
        *("foundations", "prevention", "protection", "prosecution"),
        *("partnership", "response", "frameworks", "capstone"),
    ]


@each_module
def test_lesson(folder):
    """Is each lesson long enough to teach and no book, with much to answer and one task for Monday?"""
    pieces = list(map(read, sorted(folder.glob("lesson/*.md"))))
    assert 5 <= len(pieces) <= 8
    pages = [read(folder / "lesson.md"), *pieces]
    blocks = [block for page in pages for block in page.blocks]
    words = sum(
        len(block.prose.split())
        for block in blocks
        if block.kind != "code" and not block.inside("activity", "fold")
    )
    assert 3000 <= words <= 5200
    activities = sum(len(boxes(page, "activity")) for page in pages)
    decisions = sum(one.name == "decide" for page in pages for one in page.directives)
    assert activities >= 1
    assert activities + decisions >= words / 300
    assert any(boxes(page, "fold") for page in pages)
    assert any("Common mistakes" in block.headings for block in blocks)
    # each page that cites lists its sources
    for page in pages:
        cites = any(block.cited for block in page.blocks)
        assert not cites or "sources" in {one.name for one in page.directives}
    ends = [
        dict.fromkeys(one.headings[-1] for one in page.blocks if one.headings) for page in pieces
    ]
    assert [[*end][-1] for end in ends if MONDAY in end] == [MONDAY]
    # of one skill the third example is half done, and the next is the reader's
    faded = [page for page in pieces if any("is half done" in block.text for block in page.blocks)]
    assert len(faded) == 1
    assert any(re.search("(is|are) yours", block.text) for block in faded[0].blocks)


@each_module
def test_scenario(folder):
    """Has each scenario its nodes, choices, sources, competencies, endings, and a repair?"""
    one, _ = scenario(folder / "scenario.yaml")
    assert len(one.nodes) >= 14
    assert len(one.choices) >= 25
    assert len({key for choice in one.choices.values() for key in choice.source}) >= 6
    assert len(one.competencies) >= 3
    assert {ending.kind for ending in one.endings.values()} == set(KINDS)
    assert any(choice.repairs for choice in one.choices.values())


@each_module
def test_guide(folder):
    """Is each step that facilitators are told of one of the scenario, and are the pauses the YAML's?

    And are the minutes those that its words and decisions take?
    """
    one, _ = scenario(folder / "scenario.yaml")
    titles = [node.title for node in one.nodes.values()]
    guide = (ROOT / "book" / "guide-scenarios.md").read_text("utf-8")
    _, _, rest = guide.partition(f"(../modules/{folder.name}/practice.md#facilitator)")
    said = re.search(rf"^\| {re.escape(one.title)} \|(.*)\|$", guide, re.MULTILINE)
    assert [int(number) for number in said[1].split("|")] == [minutes(one)[0], *in_room(one)]
    paused = re.search(r"- \*\*Pause at\*\* (.*?)\.(?: |$)", rest, re.MULTILINE)
    pauses = [node.title for node in one.nodes.values() if node.pause]
    assert re.findall(r"\*([^*]+)\*", paused[1]) == pauses
    assert len(pauses) in (2, 3)
    named = re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", rest.partition("\n## ")[0])
    assert len(set(named)) >= 5
    for name in named:
        assert any(title.startswith(name) for title in titles), name


@each_module
def test_quiz(folder):
    """Has each quiz ten questions over its outcomes, and two on earlier modules?"""
    one, _ = quiz(folder / "quiz.yaml")
    promised = {
        number
        for number, outcome in outcomes(folder / "outcomes.yaml")[0].outcomes.items()
        if "quiz" in outcome.assessed
    }
    asked = {question.objective for question in one.questions.values()}
    assert len(one.questions) >= 10
    assert promised <= asked
    again = [one for one in one.questions.values() if one.objective not in promised]
    assert len(again) >= (0 if folder == MODULES[0] else 2)
    earlier = MODULES.index(folder) + 1
    assert all(int(question.objective.split(".")[0]) < earlier for question in again)


@each_module
def test_lab(folder):
    """Has each lab three figures and three tasks with folded solutions, and says its limits?"""
    page = read(folder / "lab.md")
    code = "\n".join(block.text for block in page.blocks if block.kind == "code")
    assert len(re.findall(r"^explore\(|= explore\(", code, re.MULTILINE)) >= 3
    assert len(boxes(page, "activity")) >= 3
    assert len(boxes(page, "fold")) >= 3


@each_module
def test_aid(folder):
    """Does each page to print fit one page?"""
    page = read(folder / "aid.md")
    assert sum(len(block.prose.split()) for block in page.blocks) <= 400


def test_subjects():
    """Does each part that the outcomes page names for a subject exist in the lesson it links to?"""
    found = 0
    for block in read(ROOT / "book" / "outcomes.md").blocks:
        for address, names in re.findall(r"\]\(\.\./(modules/[^)]+)\): ([^;]+)", block.text):
            page = read(ROOT / address)
            headings = {one.headings[-1] for one in page.blocks if one.headings}
            for name in re.findall(r"\*([^*]+)\*", names):
                assert name in headings, (name, address)
                found += 1
    assert found > 30


def test_each_clause_has_its_rule():
    """Is each clause of the law a rule, and is none of what a host may not override marked?"""
    rules = Source.load(ROOT / "book" / "rules.yaml", Rules)[0].rules
    assert {one.clause for one in rules.values() if one.kind == "law"} == {*range(1, 9)}
    world = read(ROOT / "book" / "world.md")
    marked = {one.rule for one in world.rule_marks}
    assert {name for name, one in rules.items() if one.clause} <= marked
    advice = {name for name, one in rules.items() if one.kind == "advice"}
    assert advice >= {"asked-in-plain-words", "child-before-the-next-night", "child-and-clinic"}
    assert not marked & advice
