"""A module as a SCORM 1.2 package on a platform: played, closed, resumed and completed; framed in every way; left."""

from __future__ import annotations

import io
import re
import zipfile
from types import SimpleNamespace

import firefox
import lms
import pytest
from book_pages import sideways
from players import click, shortest

from fourps.book.after.shelves.scorm import scorm
from fourps.book.after.shelves.staged import stage
from fourps.course.words import words
from fourps.handin.answers_file import parse_answers
from fourps.scenario.engine import encode, replay

from .conftest import AXE
from .test_scenario import CLICK
from .test_start import STEPS

pytestmark = [pytest.mark.browser]
WORD = words("en")
STORY, QUIZ, EXERCISE, SAFETY = "practice.html", "quiz.html", "exercise.html", "safety.html"
SOME_SECONDS = 10_000
PHONE = {"viewport": {"width": 390, "height": 844}}
# what a browser keeps under an address, each way that it has
LEFT = """async () => [...Object.keys(localStorage), ...Object.keys(sessionStorage),
  ...(await indexedDB.databases()).map((one) => one.name), ...await caches.keys()]"""
# the addresses on a page that are another host's
ELSEWHERE = """() => [...document.querySelectorAll("a[href], area[href], form[action], [src]")]
  .map((one) => new URL(one.href || one.action || one.src, location.href))
  .filter(({ protocol, host }) => protocol.startsWith("http") && host !== location.host).map(String)"""
# all that can be read of a page, and what it and its frames are called
SEEN = """() => [document.title, document.documentElement.hidden ? "" : document.body.innerText,
  ...[...document.querySelectorAll("iframe")].map((one) => one.title)].join(" ")"""
OF_THE_COURSE = re.compile("Four Ps|Protection|traffick|lesson|story|quiz", re.IGNORECASE)


def packed(html, unit):
    """Return the files of a unit's package."""
    data = scorm(stage(html, unit, "en", keeps="shell"), "1.2")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def package(real_book):
    return packed(real_book, "protection")


@pytest.fixture
def platform(package):
    """A platform on which nobody has begun."""
    with lms.serving(package) as platform:
        yield platform


@pytest.fixture(scope="module")
def way(scenario):
    return shortest(scenario)["safe"]


def standing(visit):
    """Return the frame with the story, once that can be played."""
    visit.book.locator("[data-fourps='scenario'][data-ready]").wait_for()
    return visit.book


def story(visit):
    """Go to the story."""
    visit.go(STORY)
    return standing(visit)


def play(visit, way):
    """Play the story to its end by its buttons."""
    book = story(visit)
    book.evaluate(CLICK, way)
    assert book.locator(".fp-kind-safe").is_visible()
    return book


def take(visit, quiz):
    """Answer every question of the quiz, rightly, by its buttons."""
    book = visit.go(QUIZ)
    book.locator("[data-fourps='quiz'][data-ready]").wait_for()
    for question in quiz.questions.values():
        click(SimpleNamespace(page=book), question)
        assert book.evaluate(ELSEWHERE) == []
        book.locator(".fp-finish, .fp-next").evaluate("one => one.click()")
    assert book.locator(".fp-outcomes").is_visible()


def heading(book):
    return book.locator(".fp-player .fp-heading").inner_text()


def told(visit):
    """Return of what a platform was told something; insist that it took each call."""
    calls = visit.page.evaluate("calls")
    assert [call for call in calls if call[-1] != "0"] == []
    return {call[1] for call in calls if call[0] == "LMSSetValue" and call[2]}


def test_no(reader, platform, quiz, way):
    """Does a platform hear of whoever says no that a module is begun, and that it is finished, and nothing else?"""
    visit = platform.open(reader.page)
    assert platform.status() == "incomplete"
    story(visit).locator(".fp-decline").click()
    play(visit, way)
    take(visit, quiz)
    lms.until(reader.page, lambda: platform.status() == "completed")
    assert told(visit) == {"cmi.core.lesson_status", "cmi.core.exit"}
    visit.leave()
    every = platform.commits["amina"]
    assert not any(one[name] for one in every for name in platform.words.kept)
    assert {one["cmi.core.lesson_status"] for one in every} == {"incomplete", "completed"}
    # to come again undoes nothing
    platform.open(reader.page).leave()
    assert platform.status() == "completed"


def test_yes(reader, platform, quiz, way):
    """Is whoever says yes at the same step again after closing, and completes both; is nothing left in the browser?"""
    visit = platform.open(reader.page)
    book = story(visit)
    asked = book.locator(".fp-keep-first").inner_text()
    assert "platform" in asked
    assert not re.search("device|browser", asked)
    assert not platform.packed()
    book.locator(".fp-agree").click()
    book.evaluate(CLICK, way[:2])
    at = heading(book)
    lms.until(reader.page, lambda: platform.packed().startswith("f1|"))
    visit.leave()
    assert platform.status() == "incomplete"
    visit = platform.open(reader.page)
    book = standing(visit)
    assert heading(book) == at
    book.evaluate(CLICK, way[2:])
    assert book.locator(".fp-kind-safe").is_visible()
    take(visit, quiz)
    lms.until(reader.page, lambda: platform.status() == "completed")
    assert told(visit) <= {
        *("cmi.core.lesson_status", "cmi.core.lesson_location", "cmi.core.exit"),
        "cmi.suspend_data",
    }
    visit.leave()
    assert reader.page.evaluate(LEFT) == []
    visit = platform.open(reader.page)
    assert visit.book.url.endswith(QUIZ)
    visit.leave()
    assert platform.status() == "completed"
    assert platform.packed().split("|")[3].count(";") == 1


def test_half_hour(reader, real_book):
    """Is the half hour completed on its last page, and on none before that?"""
    with lms.serving(packed(real_book, "half-hour")) as platform:
        visit = platform.open(reader.page)
        for name in STEPS:
            assert platform.status() == "incomplete"
            visit.go(f"half-hour/{name}.html" if name == STEPS[0] else f"{name}.html")
        assert visit.book.url.endswith("book/half-hour/practice.html")
        lms.until(reader.page, lambda: platform.status() == "completed")


def test_next_learner(reader, platform, way):
    """Does the next learner in the same tab find nothing of the first, who finds it all again?"""
    visit = platform.open(reader.page)
    story(visit).locator(".fp-agree").click()
    play(visit, way)
    lms.until(reader.page, platform.packed)
    visit.leave()
    visit = platform.open(reader.page, learner="bo")
    assert not visit.book.url.endswith(STORY)
    book = story(visit)
    assert book.locator(".fp-agree").is_visible()
    assert book.locator(".fp-kind, .fp-continue").count() == 0
    visit.leave()
    assert not any(one[name] for one in platform.commits["bo"] for name in platform.words.kept)
    book = platform.open(reader.page).book
    assert book.url.endswith(STORY)


def test_other_release(reader, platform, scenario, way):
    """Do records and marks of another release stay, and are they named, while a new one comes to them?"""
    old = "f1|g00|s,card-desk,00000000;q,gone,12345678|0,01,1,0;1,0.1,4,0|1,0,1|0,7zz"
    platform.commits["amina"].append(
        {"cmi.suspend_data": old, "cmi.core.lesson_status": "incomplete"}
    )
    visit = platform.open(reader.page)
    play(visit, way)
    _, _, version, moves, _ = encode(replay(scenario, way)).split(":")
    lms.until(reader.page, lambda: moves in platform.packed())
    for part in ("card-desk,00000000", "gone,12345678", "7zz", f"card-desk,{version}"):
        assert part in platform.packed()
    named = visit.go("privacy.html").locator("[data-fourps='kept']").inner_text()
    assert "00000000" in named
    assert "12345678" in named


def is_gone(window):
    """Say whether nothing of the course can be read in any frame of a window."""
    return not any(OF_THE_COURSE.search(frame.evaluate(SEEN)) for frame in window.frames)


def leaves(visit, frame, press):
    """Leave, and insist that nothing of the course can be read in any frame: by another page, where a sandbox lets it."""
    press()
    if lms.FRAMES[frame] == "allow-scripts":
        visit.shell.get_by_text(WORD["shell-close"]).wait_for()
    else:
        visit.window.get_by_role("heading", name=WORD["units-title"]).wait_for()
    assert is_gone(visit.window)


def stays_gone(visit):
    """Go back, and insist that this shows nothing of the course again."""
    visit.window.go_back()
    # in which the course would be there
    visit.page.wait_for_timeout(500)
    assert is_gone(visit.window)


def switch_escape_on(visit):
    """Switch on that Escape leaves, where that is said."""
    book = visit.go(SAFETY)
    book.locator("[data-fourps-escape]").check()
    return book


def escape(frame):
    frame.locator("body").press("Escape")
    frame.page.keyboard.press("Escape")
    frame.page.keyboard.press("Escape")


@pytest.mark.parametrize("frame", lms.FRAMES)
def test_frames(reader, platform, way, frame):
    """Wherever a platform puts it: is a story played to its end, is that recorded if it can be, does Leave empty all?"""
    visit, page = platform.open(reader.page, frame), reader.page
    if frame in lms.HEARD:
        lms.until(page, lambda: platform.status() == "incomplete")
        story(visit).locator(".fp-agree").click()
    book = play(visit, way)
    assert book.evaluate(ELSEWHERE) == []
    if frame in lms.HEARD:
        lms.until(page, platform.packed)
        assert visit.shell.locator("[role=status]").inner_text() == ""
    leaves(visit, frame, book.locator(".fp-exit").click)
    stays_gone(visit)
    visit = platform.open(page, frame)
    book = switch_escape_on(visit)
    if frame in lms.HEARD:
        # elsewhere nothing is remembered from one page to the next
        visit.go("lesson.html")
        book = story(visit)
    leaves(visit, frame, lambda: escape(book))
    assert bool(platform.commits["amina"]) == (frame in lms.HEARD)
    for origin in (platform.elsewhere, platform.address):
        page.goto(f"{origin}/")
        # by this mark Back shows nothing
        assert page.evaluate(LEFT) in ([], ["left"])
    reader.watch.console.clear()


def test_not_heard(browser, platform):
    """Where no platform answers for some seconds: is it said that nothing is recorded?"""
    context = browser.new_context()
    context.clock.install()
    for frame in lms.FRAMES.keys() - set(lms.HEARD):
        page = context.new_page()
        visit = platform.open(page, frame)
        page.clock.run_for(SOME_SECONDS)
        said = visit.shell.locator("[role=status]:not(:empty)")
        assert said.inner_text() == WORD["shell-unrecorded"]
    context.close()


def test_other_hosts(reader, platform, package):
    """Does no page lead to another host, where a browser would show an error, and is each address there as words?"""
    for name, page in package.items():
        if name.endswith(".html"):
            assert not re.search(
                rb'<(?:a|area|form)\b[^>]*(?:href|action)="(?:https?:)?//', page
            ), name
    book = platform.open(reader.page).go("references.html")
    assert book.evaluate(ELSEWHERE) == []
    named = book.get_by_text(re.compile(r"doi.org/10\.")).first
    before = book.url
    named.click()
    assert book.url == before


@pytest.mark.parametrize("frame", ["sandbox", "other origin"])
def test_exercise(reader, platform, frame):
    """Where a frame may save no file: is a hand-in a text to copy, and is nothing else said?"""
    visit = platform.open(reader.page, frame)
    book = visit.go(EXERCISE)
    book.locator("[name='task-2.letters']").first.check()
    book.locator("#learner").fill("b.b-1")
    book.get_by_role("button", name=WORD["hand-make"]).click()
    made = book.locator(".fp-made")
    text = made.locator("textarea")
    assert text.is_visible()
    handin = parse_answers(text.input_value().encode(), "protection-b.b-1.txt")
    assert handin.answers == {"task-2": "letters: a"}
    assert WORD["hand-saved"].format(name="protection-b.b-1.txt") not in made.inner_text()
    reader.watch.console.clear()


@pytest.mark.parametrize("reader", [PHONE], indirect=True)
def test_on_a_phone(reader, platform, axe):
    """Does nothing stand beyond the screen, and does axe find nothing: in a page, in the frame around it, and once it is left?"""
    visit = platform.open(reader.page)
    # it looks into each frame that has it
    for frame in (visit.shell, visit.book):
        frame.evaluate(AXE.read_text("utf-8"))
    for scheme in ("light", "dark"):
        reader.page.emulate_media(color_scheme=scheme)
        assert sideways(visit.shell) <= 0
        assert sideways(visit.book) <= 0
        assert axe(reader.page) == []
    visit = platform.open(reader.page, "sandbox")
    leaves(visit, "sandbox", visit.book.locator(".fp-exit").click)
    for scheme in ("light", "dark"):
        reader.page.emulate_media(color_scheme=scheme)
        assert sideways(visit.shell) <= 0
        # above it the platform has one
        assert [one for one in axe(visit.shell) if "page-has-heading-one" not in one] == []
    reader.watch.console.clear()


IN_FIREFOX = f"""async ([way, again]) => {{
  const until = async (look) => {{
    for (let tries = 0; tries < 800; tries++) {{
      try {{
        const found = look();
        if (found) return found;
      }} catch {{
        // between two pages there is none
      }}
      await new Promise((done) => setTimeout(done, 25));
    }}
    throw new Error(`never: ${{look}}`);
  }};
  const page = () => frames[0].frames[0].document;
  const story = () => page().querySelector("[data-fourps='scenario'][data-ready]");
  if (!again) {{
    (await until(() => page().querySelector("a[href$='{STORY}']"))).click();
    (await until(() => story() && page().querySelector(".fp-agree"))).click();
  }}
  await until(story);
  const document = page(), came = document.querySelector(".fp-player .fp-heading").textContent;
  ({CLICK})(way);
  const went = document.querySelector(".fp-player .fp-heading").textContent;
  // what changed is told a moment later
  await new Promise((done) => setTimeout(done, 500));
  return [came, went, calls];
}}"""


def test_firefox(platform, way):
    """Is a story stopped, resumed at its step and played to its end in Firefox too?"""
    course = f"{platform.address}/course?frame=same+origin&learner=amina"
    looks = [[course, IN_FIREFOX, [way[:2], False]], [course, IN_FIREFOX, [way[2:], True]]]
    # a page of the package by itself is what it leaves in the end
    content = f"{platform.address}/content/modules/protection/{STORY}"
    seen = firefox.ask(address=content, looks=looks)
    assert seen["complaints"] == []
    (_, stopped, calls), (resumed, _, more) = seen["found"]
    assert stopped == resumed
    assert [call for call in calls + more if call[-1] != "0"] == []
    assert seen["left"].endswith("/units.html")
    _, _, _, attempts, stops, _ = platform.packed().split("|")
    assert (attempts.count(","), stops, platform.status()) == (3, "", "incomplete")
