"""The first page: a decision at once, the way on for who keeps it, the map and the faces."""

import re
from pathlib import Path

import pytest
from book_pages import settled
from kept import Kept, KeptPlace, finished, keep

import fourps.scenario.model
from fourps.quiz.marking import encode as encode_quiz
from fourps.quiz.marking import mark
from fourps.scenario.engine import decode, encode, replay

ROOT = Path(__file__).parents[2]
PAGE, LESSON = "book/welcome.html", "modules/protection/lesson.html"
PHONE = {"viewport": {"width": 390, "height": 844}}
WORDS_AT_MOST = 80
pytestmark = [pytest.mark.browser]


@pytest.mark.parametrize("reader", [PHONE, PHONE | {"java_script_enabled": False}], indirect=True)
def test_first_decision(reader, site):
    """Is a decision playable on the first screen of a phone, after few words and with one tap?"""
    page = reader.page
    page.goto(f"{site}/{PAGE}")
    options = page.locator(".fp-opt")
    assert options.count() == 3
    last = options.last.bounding_box()
    assert last["y"] + last["height"] <= 844
    text = page.locator("article").inner_text().partition(options.first.inner_text())[0]
    assert 20 < len(re.findall(r"\w+", text)) <= WORDS_AT_MOST
    options.first.locator("summary").click()
    assert options.first.locator(".fp-verdict").inner_text() == "Not right"
    options.nth(1).locator("summary").click()
    # one answer at a time
    assert options.evaluate_all("all => all.map((one) => one.open)") == [False, True, False]
    assert options.nth(1).locator(".fp-verdict").inner_text() == "Right"
    # what is folded looks as if it opened
    page.goto(f"{site}/modules/protection/lesson/risk.html")
    sign = "one => getComputedStyle(one, '::before').content"
    assert page.locator(".fp-why > summary").first.evaluate(sign) == '"▸"'


@pytest.mark.parametrize("folder", ["", "fr/"])
def test_go_on_with_her(reader, address, folder):
    """Does each answer lead on into the story, from where it was given, with nothing in the address?"""
    page = reader.page
    story = fourps.scenario.model.load(ROOT / "book" / "try" / "scenario.yaml")[0]
    for name in story.nodes[story.start].choices:
        page.goto(f"{address}/{folder}{PAGE}")
        link = page.locator(f"a[href='try.html#{story.id}-{name}']")
        page.locator(".fp-opt", has=link).locator("summary").click()
        link.click()
        page.locator("[data-fourps][data-ready]").wait_for()
        assert page.url.endswith(f"/{folder}book/try.html")
        assert decode(story, page.locator(".fp-record").input_value()).path == (name,)
        assert page.locator(".fp-choice").count() >= 3
    page.locator(".fp-back").click()
    assert page.locator("[data-choice=limits]").is_visible()


# what is new to read: no place, no count, and not again what one has chosen oneself
TOLD = """() => {
  const story = document.querySelector(".fp-screen").cloneNode(true);
  for (const one of story.querySelectorAll(".fp-tools, .fp-ways, .fp-keep, .fp-head, .fp-chosen, details, .fp-next, .fp-small")) one.remove();
  const texts = document.createTreeWalker(story, NodeFilter.SHOW_TEXT);
  let said = "";
  while (texts.nextNode()) said += ` ${texts.currentNode.data}`;
  return said.trim().split(/\\s+/).length;
}"""


def sitting(page, choose):
    """Play on to the end of a chapter or of the story; return the words that are read till then."""
    read = 0
    while (offered := page.locator(".fp-choice")).count():
        read += page.evaluate(TOLD)
        choose(offered).click()
        for on in page.locator(".fp-show-why").all():
            on.click()
        read += page.evaluate(TOLD)
        page.locator(".fp-next").click()
    return read


@pytest.mark.parametrize("through", [False, True], ids=["reasons", "through"])
def test_five_minutes(reader, site, through):
    """Is the story played in four to six minutes at 160 words a minute, to an ending that says what became of her?"""
    page = reader.page
    page.goto(f"{site}/try/")
    page.wait_for_url("**/book/try.html")
    settled(page)
    page.locator(f".fp-ways input[value={str(through).lower()}]").check()
    way = iter(("limits", "need", "phone", "row", "same", "later-alone"))
    read = sitting(page, lambda _: page.locator(f"[data-choice='{next(way)}']"))
    ending = page.locator(".fp-screen").inner_text().partition("How it went")[0]
    assert "Three weeks later she has a new identity card" in ending
    assert 4 <= (read + len(ending.split())) / 160 <= 6


def test_by_keyboard(reader, site):
    """Can the decision be taken by keyboard, after a few steps from the top?"""
    page = reader.page
    page.goto(f"{site}/{PAGE}")
    reader.press(".fp-opt > summary")
    assert page.locator(".fp-opt").first.locator(".fp-verdict").is_visible()


def half_way(name):
    """Return the record of a scenario that was left after two choices."""
    scenario = fourps.scenario.model.load(ROOT / "modules" / name / "scenario.yaml")[0]
    path = []
    for _ in range(2):
        path.append(replay(scenario, path).offered[0])
    return scenario.id, KeptPlace(record=encode(replay(scenario, path)), at="2026-11-24")


@pytest.mark.parametrize(
    ("kept", "title", "leads"),
    [
        (None, "Start the course", "start.html"),
        (Kept(), "Start the course", "start.html"),
        (
            Kept(stopped=dict([half_way("protection")])),
            "Go on with The card desk",
            "../modules/protection/practice.html#card-desk",
        ),
        (
            Kept(read={"modules/foundations/lesson": "2026-11-20"}),
            "Go on with Five notes before Monday",
            "../modules/foundations/practice.html",
        ),
        (
            Kept(read={"book/half-hour/aloud": "2026-11-20"}),
            "Go on with One story: The card desk",
            "half-hour/story.html",
        ),
    ],
    ids=["unknown", "yes", "stopped", "read", "half-hour"],
)
def test_go_on(reader, address, kept, title, leads):
    """Does the one button lead on from where a reader stopped, for those who said yes, from disk too?"""
    page = reader.page
    page.goto(f"{address}/{PAGE}")
    if kept:
        keep(page, kept)
    settled(page)
    button = page.locator(".fp-start a")
    assert button.inner_text().strip() == title
    assert button.get_attribute("href") == leads
    assert page.evaluate("() => localStorage.length") == bool(kept)


def test_very_place(reader, site, quiz):
    """Does "Go on" lead to the very place of a story and of a quiz, and forget it in the address?"""
    page = reader.page
    name, place = half_way("protection")
    question, answered = next(iter(quiz.questions.items()))
    right = [key for key, option in answered.options.items() if option.correct]
    record = encode_quiz(mark(quiz, {question: [right]}))
    later = KeptPlace(record=record, at="2026-11-25")
    for stopped in ({name: place}, {name: place, quiz.id: later}):
        page.goto(f"{site}/{PAGE}")
        keep(page, Kept(stopped=stopped))
        page.locator(".fp-start a").click()
        page.locator("[data-fourps][data-ready]").wait_for()
        assert "#" not in page.url
        if len(stopped) == 1:
            assert page.locator(".fp-record").input_value() == place.record
    assert page.locator(".fp-heading").inner_text() == f"Question 2 of {len(quiz.questions)}"


def test_finished_module(reader, site):
    """Has a module a tick, in words too, once all of it is done, and no other?"""
    page = reader.page
    page.goto(f"{site}/book/three.html")
    done = finished(page, "2026-11-20", "Prevention")
    assert done.read
    assert done.attempts
    page.goto(f"{site}/{PAGE}")
    keep(page, done)
    assert page.locator(".fp-path > .fp-done b").all_inner_texts() == ["Prevention (Finished)"]


def test_all_that_must_be_there(reader, site):
    """Has the page the map, ten faces, eight modules, three readers, and what must not be lost?"""
    page = reader.page
    page.goto(f"{site}/{PAGE}")
    text = page.locator("article").inner_text()
    for words in (
        "qualifies nobody",
        "Nobody endorses it",
        "No caseworker, lawyer or survivor",
        "not a help service",
        "are invented",
        "Nothing is kept on this device unless you agree",
    ):
        assert words in text
    assert page.get_by_role("img", name=re.compile("^Map of Selvarra, an invented")).count() == 1
    assert page.locator(".fp-people li").count() == 10
    assert page.locator(".fp-path > li").count() == 8
    assert page.locator("article section section > section > h3").count() == 3
    assert page.locator("article a[href$='before.html']").count() == 1
    assert len(text.split()) < 600  # it was 723, with nothing to do


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_drawings(reader, address, width):
    """Do the faces load, from disk too, and are the map's words large enough to read?"""
    page = reader.page
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{address}/{PAGE}")
    page.locator(".fp-people").scroll_into_view_if_needed()
    page.wait_for_function(
        "() => [...document.querySelectorAll('.fp-face')].every((one) => one.naturalWidth > 0)"
    )
    box = page.locator(".fp-face").last.bounding_box()
    assert (box["width"], box["height"]) == (56, 56)
    sizes = page.eval_on_selector_all(
        ".fp-map text",
        """all => all.map((one) => parseFloat(getComputedStyle(one).fontSize)
          * one.ownerSVGElement.getBoundingClientRect().width / 370)""",
    )
    assert min(sizes) >= 12


@pytest.mark.parametrize("reader", [PHONE], indirect=True)
def test_where_one_is(reader, site):
    """Does a module's page say where it is, in words, and colour that region alone?"""
    page = reader.page
    page.goto(f"{site}/{LESSON}")
    box = page.locator(".fp-here")
    lines = ["You are here", "The Stadium", "a site in the capital"]
    assert [line for line in box.locator("p").all_inner_texts() if line] == lines
    colours = box.locator(".m-regions path").evaluate_all(
        "all => all.map((one) => getComputedStyle(one).fill)"
    )
    assert len(set(colours)) == 2
    assert sum(colours.count(colour) == 1 for colour in set(colours)) == 1


def test_on_paper_and_in_forced_colours(reader, site):
    """Is every answer there on paper, and the map and the frames of answers in forced colours?"""
    page = reader.page
    page.goto(f"{site}/{PAGE}")
    page.emulate_media(media="print")
    verdicts = page.locator(".fp-verdict")
    assert all(verdicts.nth(place).is_visible() for place in range(3))
    assert not page.locator(".fp-bar").is_visible()
    page.emulate_media(media="screen", forced_colors="active")
    sea = page.locator(".m-sea").evaluate("one => getComputedStyle(one).fill")
    assert sea != page.locator(".m-abroad").evaluate("one => getComputedStyle(one).fill")
    edge = "one => getComputedStyle(one).borderTopWidth"
    assert page.locator(".fp-opt").first.evaluate(edge) == "2px"
