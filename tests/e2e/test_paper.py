"""Stories, quizzes and tests on paper: what is printed of a page, and the papers of a release."""

from __future__ import annotations

import random
import re
from io import BytesIO
from statistics import median

import pytest
from answers import holds_key, letters
from booklet import Booklet, Play
from books import ROOT
from bs4 import BeautifulSoup
from pypdf import PdfReader

from fourps.book.after.release import papers
from fourps.course.words import words
from fourps.quiz.model import load as load_quiz
from fourps.scenario.engine import by_name, ending, offered, start, step
from fourps.scenario.model import END, load
from fourps.scenario.notation import holds
from fourps.scenario.player import paragraphs

STORIES = {path.parent.name: path for path in sorted(ROOT.glob("modules/*/scenario.yaml"))}
STORIES["try"] = ROOT / "book" / "try" / "scenario.yaml"
QUIZZES = {f"quiz-{path.parent.name}": path for path in sorted(ROOT.glob("modules/*/quiz.yaml"))}
QUIZZES |= {f"test-{path.stem}": path for path in sorted((ROOT / "book" / "forms").glob("*.yaml"))}
QUIZZES["quiz-foundations-sorting"] = ROOT / "modules" / "foundations" / "sorting.yaml"
LANGUAGES = ("en", "fr")
pytestmark = [pytest.mark.browser]


@pytest.fixture(scope="module")
def made(book, tmp_path_factory):
    """Return a folder with the papers and the keys of each language."""
    folder = tmp_path_factory.mktemp("papers")
    for language in LANGUAGES:
        papers.write(ROOT, book, folder / language, language)
        papers.keys(ROOT, book, folder / language, language)
    return folder


def told(parts, state, scenario, met):
    """Return of each part about people whether a play is told it."""
    values = by_name(scenario, state)
    return [holds(one.when, values) and met.issuperset(one.about) for one in parts]


def follow(booklet, scenario, chance):
    """Play at random by the booklet, and insist at each step on what the engine says; count marks."""
    play, state, met = Play(booklet), start(scenario), set()
    names = list(scenario.nodes)
    number = str(names.index(scenario.start) + 1)
    while state.node != END:
        assert names[int(number) - 1] == state.node
        node, lines = scenario.nodes[state.node], booklet.steps[number]
        if node.so_far:
            first = 1 + len(paragraphs(node.so_far.text))
            parts = lines[first : first + len(node.so_far.parts)]
            truth = [play.holds(one.condition) for one in parts]
            assert truth == told(node.so_far.parts, state, scenario, met)
        last = max(place for place, line in enumerate(lines) if line.heading)
        asides = [one for one in lines[last:] if one.condition and not one.choice]
        values = by_name(scenario, state)
        truth = [play.holds(one.condition) for one in asides]
        assert truth == [holds(one.when, values) for one in node.asides]
        play.mark(lines)
        choices = dict(zip("abcdefgh", node.choices, strict=False))
        open_ = [one.choice for one in lines if one.choice and play.holds(one.condition)]
        assert [choices[one] for one in open_] == list(offered(scenario, state))
        letter = chance.choice(open_)
        result = booklet.results[number + letter]
        play.mark(result)
        choice = scenario.choices[choices[letter]]
        met |= {*node.meets, *choice.meets}
        state = step(scenario, state, choices[letter])
        number = (re.findall(r"→ (\d+)$", result[-1].text) or [""])[0]
    assert number == ""
    place, parts = next(
        (place, below)
        for place, (title, below) in enumerate(booklet.endings)
        if play.holds(title.condition)
    )
    name, reached = list(scenario.endings.items())[place]
    assert name == ending(scenario, state)
    some = parts[len(paragraphs(reached.text)) :]
    assert [play.holds(one.condition) for one in some] == told(reached.parts, state, scenario, met)
    return play.marked


def played(made, language, name, seed, count):
    """Play a booklet that many times, and return the marks of each play."""
    html = (made / language / "papers" / f"story-{name}.html").read_text("utf-8")
    booklet, chance = Booklet(html, language), random.Random(seed)  # noqa: S311 - a play, no secret
    scenario = load(STORIES[name])[0]
    return [follow(booklet, scenario, chance) for _ in range(count)]


@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_played_on_paper(made, language, name):
    """Does whoever follows the booklet's own text see what the engine says, with few marks?"""
    marks = played(made, language, name, 1, 40)
    assert median(marks) <= 36


@pytest.mark.prove
@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_played_often(made, language, name, request):
    """Does it, a thousand times from the seed of this run?"""
    played(made, language, name, request.config.getoption("hypothesis_seed") or 0, 1000)


def plain(html):
    """Return what a page says."""
    return BeautifulSoup(html, "html.parser").get_text(" ")


def feedback(path):
    """Return what a quiz says only to whoever has answered."""
    for one in load_quiz(path)[0].questions.values():
        yield from (part.feedback for part in one.parts.values())
        yield from paragraphs(one.why)


@pytest.mark.parametrize("name", QUIZZES)
def test_key_is_apart(made, name):
    """Has a sheet each question and no answer, and its key all of them?"""
    sheet, key = (
        letters(plain((made / "en" / kind / f"{name}.html").read_text("utf-8")))
        for kind in ("papers", "keys")
    )
    asked = [
        one
        for each in load_quiz(QUIZZES[name])[0].questions.values()
        for one in paragraphs(each.text)
    ]
    assert [one for one in asked if letters(one) not in sheet] == []
    said = [*feedback(QUIZZES[name])]
    assert [one for one in said if letters(one) in sheet] == []
    assert [one for one in said if letters(one) not in key] == []


def test_keys_are_known(made, book):
    """Are the keys of papers and exercises told from all else, whatever form they have?"""
    kept = [*made.glob("*/keys/*.html"), *ROOT.glob("exercises/*/*.md")]
    assert len(kept) == 2 * (len(QUIZZES) + 8) + 16
    assert [path for path in kept if not holds_key(path.read_bytes(), ROOT)] == []
    others = [
        *made.glob("*/papers/*.html"),
        *book.glob("modules/*/*.html"),
        *ROOT.glob("modules/*/*.md"),
    ]
    assert len(others) > 2 * (len(QUIZZES) + len(STORIES))
    assert [path for path in others if holds_key(path.read_bytes(), ROOT)] == []


PRINTED = {
    "modules/protection/practice": "scenario",
    "book/try": "scenario",
    "modules/protection/quiz": "quiz",
    "book/before": "quiz",
}


def printed(page):
    """Return how many sheets of A4 a page prints, and what they say."""
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert {tuple(round(float(one)) for one in sheet.mediabox[2:]) for sheet in sheets} == {
        (595, 842)
    }
    return len(sheets), " ".join(sheet.extract_text() for sheet in sheets)


@pytest.mark.parametrize(
    "reader", [{}, {"java_script_enabled": False}], indirect=True, ids=["played", "no JavaScript"]
)
@pytest.mark.parametrize("name", PRINTED)
def test_page_on_paper(reader, site, name):
    """Does a page print its booklet or its sheet on few sheets of A4, all in one colour?"""
    page = reader.page
    page.goto(f"{site}/{name}.html")
    page.emulate_media(media="print")
    colours = """() => [...new Set([...document.querySelectorAll(".fp-text *")]
      .filter((one) => one.checkVisibility()).map((one) => getComputedStyle(one).color))]"""
    assert page.evaluate(colours) == ["rgb(0, 0, 0)"]
    sheets, whole = printed(page)
    assert f"({words('en')['right-mark']})" not in whole
    text = letters(whole)
    if PRINTED[name] == "scenario":
        scenario = load(STORIES[name.split("/")[-2 if "practice" in name else -1]])[0]
        said = [one.title for one in (*scenario.nodes.values(), *scenario.endings.values())]
        said += [one.consequence for one in scenario.choices.values()]
        said += [one.rationale for one in scenario.choices.values()]
        assert sheets <= 24
    else:
        path = QUIZZES["quiz-protection" if "modules" in name else f"test-{name.split('/')[-1]}"]
        said = [
            one for each in load_quiz(path)[0].questions.values() for one in paragraphs(each.text)
        ]
        assert [one for one in feedback(path) if letters(one) in text] == []
        assert sheets <= 10
    assert [one for one in said if letters(one) not in text] == []
