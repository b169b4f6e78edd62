"""The page "My course": what a device keeps, carried away, brought in, printed and erased."""

import io
import json
import random
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from book_pages import accessible, sideways
from kept import LIMIT, PUT, STORED, Kept, KeptAttempt, KeptPlace
from pypdf import PdfReader

import fourps.quiz.model
import fourps.scenario.model
from fourps.course.words import words
from fourps.play_record import Record
from fourps.scenario.engine import bands, encode, replay
from fourps.scenario.explore import explore

ROOT = Path(__file__).parents[2]
PAGE, LESSON = "book/my-course.html", "modules/protection/lesson/speaking.html"
# where a document is put before the page opens, since a picture is there sooner than a page
PICTURE = "icons/icon-192.png"
UNFOLD = "all => all.forEach((one) => { one.open = true; })"
FOLDS = ".fp-kept-module, section > .fp-fold"
PHONE = {"viewport": {"width": 390, "height": 844}}
DENIED = (
    "Object.defineProperty(window, 'localStorage',"
    " { get() { throw new DOMException('no', 'SecurityError'); } });"
)
WORD = words("en")
pytestmark = [pytest.mark.browser]


def played(scenario, seed):
    """Play a scenario to its end, at random."""
    chance, path = random.Random(seed), []  # noqa: S311 - no secret
    while not (attempt := replay(scenario, path)).kind:
        path.append(chance.choice(attempt.offered))
    return attempt


def kept_play(attempt, at):
    return KeptAttempt(kind="scenario", record=encode(attempt), result=attempt.kind, at=at)


@pytest.fixture(scope="module")
def full():
    """A document with much in it: every scenario, a test, reading, and what no longer exists."""
    attempts, stopped = [], {}
    for number, path in enumerate(sorted(ROOT.glob("modules/*/scenario.yaml"))):
        scenario = fourps.scenario.model.load(path)[0]
        for seed in range(1 + 2 * (number % 2)):
            attempt = played(scenario, seed)
            attempts.append(kept_play(attempt, f"2026-11-{10 + seed}"))
        half = encode(replay(scenario, attempt.path[:2]))
        stopped[scenario.id] = KeptPlace(record=half, at="2026-11-24")
    test = fourps.quiz.model.load(ROOT / "book" / "forms" / "after.yaml")[0]
    moves = ".".join("" for _ in test.questions)
    for quiz, version in (("after", test.version), ("after", "00000000"), ("gone", "00000000")):
        record = str(Record(quiz, version, moves))
        attempts.append(KeptAttempt(kind="quiz", record=record, result="done", at="2026-11-20"))
    record = str(Record("card-desk", "00000000", "01"))
    old = KeptAttempt(kind="scenario", record=record, result="gaps", at="2026-10-01")
    read = {"modules/protection/lesson": "2026-11-20", "modules/gone/lesson": "2026-01-01"}
    asked = {"protection-quiz/first-words": {"2026-11-23": "shown", "2026-11-30": "first"}}
    return Kept(attempts=[old, *attempts], stopped=stopped, read=read, asked=asked)


@pytest.fixture
def course(reader, address):
    """Return a function that opens the page with a document kept, and unfolded, and gives the page."""

    def opened(kept=None, *, folded=False):
        if kept is not None:
            reader.page.goto(f"{address}/{PICTURE}")
            reader.page.evaluate(PUT, kept if isinstance(kept, str) else kept.dumps())
        reader.page.goto(f"{address}/{PAGE}")
        reader.page.locator("[data-course][data-ready]").wait_for()
        if not folded:
            reader.page.eval_on_selector_all(FOLDS, UNFOLD)
        return reader.page

    return opened


def bring(page, content, name="notes.json"):
    """Choose a file to add, and return what is said of it."""
    page.locator(".fp-said").evaluate("one => { one.textContent = ''; }")
    file = {"name": name, "mimeType": "application/json", "buffer": content.encode()}
    page.locator("#fp-import").set_input_files(file)
    page.locator(".fp-said:not(:empty)").wait_for()
    return page.locator(".fp-said").inner_text()


def test_what_a_watch_says(reader):
    """Does what a page complains of name its address, but for the icon of a picture that is looked at alone?"""
    for path in ("icons/icon-192.png", "favicon.ico"):
        where = {"url": f"http://127.0.0.1/{path}"}
        reader.watch._say(SimpleNamespace(type="error", text="404", location=where))
    assert reader.watch.console == ["404 http://127.0.0.1/icons/icon-192.png"]
    reader.watch.console.clear()


@pytest.mark.parametrize("folder", ["", "fr/"])
@pytest.mark.parametrize("much", [False, True], ids=["nothing", "much"])
@pytest.mark.parametrize("reader", [PHONE], indirect=True)
def test_three_screens(reader, site, full, much, folder):
    """Is the page at most three screens of a phone long, with one next step and what to practise?"""
    page = reader.page
    page.goto(f"{site}/{PICTURE}")
    if much:
        page.evaluate(PUT, full.dumps())
    page.goto(f"{site}/{folder}{PAGE}")
    page.locator("[data-course][data-ready]").wait_for()
    assert page.evaluate("() => document.documentElement.scrollHeight") <= 3 * 844
    assert sideways(page) <= 0
    (button,) = page.locator(".fp-course .fp-btn").all()
    box = button.bounding_box()
    assert box["y"] + box["height"] <= 844
    leads = "modules/capstone/lesson/short.html" if much else "book/start.html"
    assert button.evaluate("one => one.href") == f"{site}/{folder}{leads}"
    assert page.locator("progress").evaluate("one => [one.value, one.max > 90]") == [
        16 if much else 0, True,
    ]  # fmt: skip
    practise = words(folder[:2] or "en")["band-practise"]
    lines = page.locator(".fp-worth > ul > li").all_inner_texts()
    assert [practise in line for line in lines] == [True] * (5 if much else 0)
    assert page.locator(f":is({FOLDS})[open]").count() == 0


def test_bands_and_way(course, scenario):
    """Does a kept play show its day, ending, bands and way, and an older one folded?"""
    first, last = played(scenario, 1), played(scenario, 2)
    page = course(Kept(attempts=[kept_play(first, "2026-11-20"), kept_play(last, "2026-11-24")]))
    part = page.locator("li", has=page.get_by_role("link", name=scenario.title, exact=True)).last
    shown = part.locator("> .fp-attempt")
    assert shown.locator("strong").first.inner_text() == (
        f"24 November 2026: {WORD[f'kind-{last.kind}']}"
    )
    expected = bands(last, explore(scenario).ranges)
    assert shown.locator("> ul li").all_inner_texts() == [
        f"{scenario.competencies[name].title}: {WORD[f'band-{band}']}"
        for name, band in expected.items()
    ]
    shown.get_by_text("The way you took").click()
    places = [replay(scenario, last.path[:step]).state.node for step in range(len(last.path))]
    titles = [scenario.nodes[place].title for place in places]
    assert shown.locator("ol li").all_inner_texts() == [
        *titles,
        scenario.endings[last.ending].title,
    ]
    part.get_by_text("Earlier attempts: 1").click()
    assert part.locator(".fp-fold .fp-attempt strong").first.inner_text().startswith("20 November")


def test_nothing_is_lost(course, full):
    """Are an earlier version, and parts that are gone, shown as such and left as they are?"""
    page = course(full)
    assert page.get_by_text("This is from an earlier version").count() == 1
    assert page.get_by_text("made with another version").count() == 1
    others = page.locator("ul", has_text="modules/gone/lesson")
    assert "gone: 20 November 2026" in others.inner_text()
    assert Kept.loads(page.evaluate(STORED)) == full


def test_mark_as_read(reader, address):
    """By keyboard alone: is a page marked only after a yes, shown, and can the mark be taken away?"""
    page = reader.page
    page.goto(f"{address}/{LESSON}")
    reader.press("[data-mark] button")
    assert page.evaluate(STORED) is None
    assert reader.focused("[data-mark] .fp-agree")
    page.keyboard.press("Enter")
    kept = Kept.loads(page.evaluate(STORED))
    assert list(kept.read) == ["modules/protection/lesson/speaking"]
    page.goto(f"{address}/{PAGE}")
    page.eval_on_selector_all(FOLDS, UNFOLD)
    line = page.locator(".fp-course li", has=page.locator(f"a[href$='{LESSON}']")).last
    assert "(Read on" in line.inner_text()
    page.goto(f"{address}/{LESSON}")
    reader.press("[data-mark] button")
    assert reader.focused("[data-mark] button")
    assert not Kept.loads(page.evaluate(STORED)).read


def test_carry_to_another_device(course, full, browser, address):
    """Is what is kept saved under a name that tells nothing, and added elsewhere without loss?"""
    page = course(full)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save it as a file").click()
    name = download.value.suggested_filename
    assert name.startswith("notes-")
    assert name.endswith(".json")
    text = Path(download.value.path()).read_text("utf-8")
    assert Kept.loads(text) == full
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my tests only").click()
    assert re.fullmatch(r"answers-[\d-]+\.json", download.value.suggested_filename)
    (test,) = [
        play.record for play in full.attempts if re.match("fourps1:after:(?!0{8})", play.record)
    ]
    tests = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert tests == {"format": 1, "tests": [test]}

    context = browser.new_context()
    other = context.new_page()
    other.goto(f"{address}/{PAGE}")
    other.eval_on_selector_all(FOLDS, UNFOLD)
    other.get_by_text("say yes to keeping attempts here").wait_for()
    assert other.locator("#fp-import").is_hidden()
    other.locator(".fp-agree").click()
    assert bring(other, text) == (
        "Added: attempts 20, places where you stopped 8, pages read 2, questions that came back 1."
    )
    assert bring(other, text) == "The file contains nothing new."
    kept = Kept.loads(other.evaluate(STORED))
    assert sorted(kept.attempts, key=str) == sorted(full.attempts, key=str)
    assert (kept.stopped, kept.read, kept.asked) == (full.stopped, full.read, full.asked)
    context.close()


def test_other_files(course):
    """Is any other file refused in words, and nothing changed?"""
    kept = Kept(read={"modules/protection/lesson": "2026-11-20"})
    page = course(kept)
    for text, said in (
        ("not json", "import-foreign"),
        ('{"format":3,"__proto__":{"read":{}}}', "import-foreign"),
        ('{"format":3,"read":{"<img src=x onerror=alert(1)>":"2026-11-24"}}', "import-foreign"),
        ('{"format":2,"attempts":[]}', "import-foreign"),
        ('{"format":5,"attempts":[]}', "import-newer"),
        (" " * (LIMIT + 1), "import-large"),
    ):
        assert bring(page, text) == WORD[said], text[:80]
        assert Kept.loads(page.evaluate(STORED)) == kept, text[:80]


def test_file_out_of_reach(course):
    """Is a file that cannot be read refused in words, and can it be chosen again?"""
    page = course(Kept())
    page.evaluate(
        "() => { File.prototype.text = () => { delete File.prototype.text;"
        " return Promise.reject(new DOMException('', 'NotReadableError')); }; }"
    )
    new = Kept(read={"modules/protection/lesson": "2026-11-20"}).dumps()
    assert bring(page, new) == WORD["import-unread"]
    assert bring(page, new).startswith("Added:")


def test_reminder(course, full):
    """Is the reminder twelve weeks after the test, under a title that the reader chooses?"""
    page = course(full)
    assert "on 20 November 2026" in page.locator(".fp-remind").inner_text()
    assert page.locator("#fp-remind-day").input_value() == "2027-02-12"
    title = page.locator("#fp-remind-title")
    assert title.input_value() == "Reminder"
    title.fill("Eggs; milk")
    with page.expect_download() as download:
        page.get_by_role("button", name="Make the calendar file").click()
    assert download.value.suggested_filename == "reminder.ics"
    text = Path(download.value.path()).read_bytes().decode()
    assert "DTSTART;VALUE=DATE:20270212\r\nSUMMARY:Eggs\\; milk\r\n" in text
    assert not {"four", "course", "test", "traffick"} & set(text.casefold().split())
    with page.expect_download() as again:
        page.get_by_role("button", name="Make the calendar file").click()
    other = Path(again.value.path()).read_bytes().decode()
    assert text.partition("UID:")[2][:36] != other.partition("UID:")[2][:36]


def test_erase(reader, course, full):
    """By keyboard: does erasing ask once, keep on Escape, and then leave nothing?"""
    page = course(full, folded=True)
    reader.press(".fp-tools > :last-child > summary")
    reader.press(".fp-erase")
    assert reader.focused(".fp-erase-no")
    assert page.get_by_text("Also remove the course").is_hidden()
    page.keyboard.press("Escape")
    assert Kept.loads(page.evaluate(STORED)) == full
    reader.press(".fp-erase")
    reader.press(".fp-erase-yes")
    assert page.evaluate("() => localStorage.length") == 0
    assert reader.focused(".fp-agree")
    assert page.locator(".fp-attempt").count() == 0


def test_storage_denied(reader, address):
    """Does the page show the course where storage is denied, and say so when asked to keep?"""
    page = reader.change()
    page.add_init_script(DENIED)
    page.goto(f"{address}/{PAGE}")
    page.locator("[data-course][data-ready]").wait_for()
    assert page.locator(".fp-modules > .fp-kept-module").count() == 8
    page.locator(".fp-agree").click()
    complaint = page.locator(".fp-complaint")
    assert complaint.inner_text() == WORD["kept-denied"]
    page.goto(f"{address}/{LESSON}")
    page.locator("[data-mark] button").click()
    page.locator("[data-mark] .fp-agree").click()
    assert complaint.inner_text() == WORD["kept-denied"]


@pytest.mark.parametrize(("text", "state"), [("{", "damaged"), ('{"format":9}', "newer")])
def test_unreadable(course, text, state):
    """Is what cannot be read left as it is, said, and can it be saved as it stands and erased?"""
    page = course(text)
    assert WORD[f"kept-{state}"] in page.locator(".fp-keep").inner_text()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save it as a file").click()
    assert Path(download.value.path()).read_text("utf-8") == text
    assert page.evaluate(STORED) == text
    page.locator(".fp-erase").click()
    page.locator(".fp-erase-yes").click()
    assert page.evaluate(STORED) is None


def test_two_pages_side_by_side(reader, course, address):
    """Does what one page keeps show on the other at once, and neither undo the other's work?"""
    page = course(Kept())
    other = reader.context.new_page()
    other.goto(f"{address}/{LESSON}")
    other.locator("[data-mark] button").click()
    page.get_by_text("(Read on").wait_for()
    bring(page, Kept(read={"modules/response/lesson": "2026-11-01"}).dumps())
    assert len(Kept.loads(other.evaluate(STORED)).read) == 2
    page.locator(".fp-erase").click()
    page.locator(".fp-erase-yes").click()
    other.get_by_role("button", name="Mark this page as read").wait_for()


@pytest.mark.parametrize("much", [False, True])
def test_on_paper(course, full, much):
    """Is the page on paper one page of text, that says it is no certificate, with nothing to press?"""
    page = course(full if much else None)
    page.emulate_media(media="print")
    assert page.locator(".fp-course button:visible, .fp-course input:visible").count() == 0
    pages = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    assert len(pages) == 1
    text = pages[0].extract_text()
    assert ("The card desk" in text) == much
    assert "no certificate" in " ".join(text.split())
    assert "Search" not in text


@pytest.mark.parametrize("much", [False, True])
def test_accessible(reader, site, axe, full, much):
    """Does axe find nothing on the page, empty or full, nor in the dialog, narrow and wide, light and dark?"""
    page = reader.page
    page.set_viewport_size({"width": 320, "height": 800})
    if much:
        page.goto(f"{site}/{PICTURE}")
        page.evaluate(PUT, full.dumps())
    page.goto(f"{site}/{PAGE}")
    page.locator("[data-course][data-ready]").wait_for()
    page.eval_on_selector_all(FOLDS, UNFOLD)
    for fold in page.locator(".fp-attempt > .fp-fold > summary:visible").all()[:4]:
        fold.click()
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert sideways(page) <= 0
        accessible(page, axe)
        if much:
            page.locator(".fp-erase").click()
            for scheme in ("dark", "light"):
                page.emulate_media(color_scheme=scheme)
                assert axe(page, parts=["dialog[open]"]) == []
            page.keyboard.press("Escape")


@pytest.mark.parametrize("reader", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript(reader, address):
    """With JavaScript off, does the page say that it needs it, and no page shows a dead button?"""
    reader.page.goto(f"{address}/{PAGE}")
    assert "needs JavaScript" in reader.page.locator("article").inner_text()
    reader.page.goto(f"{address}/{LESSON}")
    assert reader.page.locator("[data-mark]").is_hidden()
