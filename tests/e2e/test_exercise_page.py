"""An exercise as a page: filled in on a phone, by keyboard and from disk; its draft, and its hand-in."""

import re

import pytest
from book_pages import ROOT, settled
from bs4 import BeautifulSoup
from kept import STORED, Kept

from fourps.course.words import words
from fourps.grading.exercise_text import read
from fourps.handin.answers_file import LONGEST, parse_answers

pytestmark = [pytest.mark.browser]
EXERCISES = sorted(path.parent.name for path in ROOT.glob("modules/*/exercise.md"))
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
WORD, MOT = words("en"), words("fr")
# what a learner fills in on a phone, by the beginning of each line, and what is handed in then
KINDS = ("seen", "guess", "seen", "label", "guess", "seen", "label", "guess")
LINES = {
    "task-1": dict(zip("abcdefgh", KINDS, strict=True)),
    "task-2": {"letters": "a, c, e, g"},
    "task-4": {"letters": "a, d, b, c, e, f, h, g"},
    "task-7": {"letters": "b, d", "latest": "Wednesday 16:20"},
    "task-9": {"women": "4", "men": "five", "instead": "C"},
}
TEXT = 'Friday.\nAgreed: "a man", \\ and """\n\n\N{GRINNING FACE} ### BEGIN HIDDEN TESTS'


def text_of(lines):
    return "\n".join(f"{line}: {said}".rstrip() for line, said in lines.items())


@pytest.fixture
def opened(reader, site):
    """Return a function that opens an exercise."""

    def come(name, site=site):
        reader.page.goto(f"{site}/modules/{name}/exercise.html")
        settled(reader.page)
        return reader.page

    return come


def fill_in(page):
    """Fill in parts of the exercise, as a finger does."""
    for task, lines in LINES.items():
        box = page.locator(f"[data-answer={task}]")
        for line, said in lines.items():
            place = box.locator(f"[data-line={line}]")
            if task == "task-4":
                for step in ("h", "d", "d"):
                    place.locator(f"[data-letter={step}] [data-way=earlier]").tap()
            elif line == "latest":
                place.locator("select").select_option(said.split()[0])
                place.locator("input").fill(said.split()[1])
            elif place.locator("input[type=text]").count():
                place.locator("input").fill(said)
            else:
                for value in said.split(", "):
                    place.locator(f"input[value='{value}']").tap()
    page.locator("[name='task-10.2']").fill(TEXT)


def handed_in(page, word=WORD):
    """Make the hand-in, and read it as a facilitator's computer does."""
    with page.expect_download() as coming:
        page.get_by_role("button", name=word["hand-make"]).press("Enter")
    name, data = coming.value.suggested_filename, coming.value.path().read_bytes()
    return name, parse_answers(data, name)


def drafts(page):
    return Kept.loads(page.evaluate(STORED)).drafts


@pytest.mark.parametrize("folder", ["", "fr/"])
@pytest.mark.parametrize("name", EXERCISES)
def test_every_line(book, name, folder):
    """Has a page a control for each line of each answer, each with its words, and no code?"""
    page = BeautifulSoup((book / f"{folder}modules/{name}/exercise.html").read_text(), "lxml")
    asked = {
        cell.metadata.nbgrader.grade_id: re.findall(r"^(\w+):", cell.source, re.MULTILINE)
        for cell in read(ROOT / "modules" / name / "exercise.md").cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    shown = {box["data-answer"]: box for box in page.select("[data-answer]")}
    assert [*shown] == [f"task-{number}" for number in range(1, 10)] + [
        "record",
        "task-10",
        "task-11",
    ]
    for task in [*shown][:9]:
        lines = shown[task].select("[data-line]")
        assert [line["data-line"] for line in lines] == asked[task]
    for control in page.select("[data-answer] :is(legend, label, option)"):
        assert control.get_text(strip=True)
    assert page.select("article pre") == []
    text = page.article.get_text()
    assert not re.search(r"\bfourps (validate|submit)\b|Shift \+|YOUR ANSWER|<!--", text)
    assert page.select_one("section:last-of-type [data-handin]")


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize("reader", [PHONE], indirect=True)
def test_on_a_phone(opened):
    """Is what was tapped kept after a yes and no sooner, handed in as it is, and erased when asked?"""
    page = opened("protection")
    page.locator("[name='task-11']").fill("No.")
    page.reload()
    assert page.evaluate(STORED) is None
    assert page.locator("[name='task-11']").input_value() == ""
    fill_in(page)
    page.get_by_role("button", name=WORD["draft-yes"]).tap()
    page.locator("[name='task-11']").fill("x" * (LONGEST - 1) + "\N{GRINNING FACE}")
    page.reload()
    settled(page)
    page.get_by_role("button", name=WORD["hand-id-offer"]).tap()
    name, handin = handed_in(page)
    assert name == f"protection-{handin.learner}.txt"
    assert (handin.exercise, handin.language, handin.records) == ("protection", "en", [])
    parts = TEXT.replace("Friday.\n", "Friday.  \n")
    assert handin.answers == {
        **{task: text_of(lines) for task, lines in LINES.items()},
        "task-10": f"**B. The message to Ilden**\n\n{parts}",
        "task-11": "x" * (LONGEST - 1) + "\N{GRINNING FACE}",
    }
    assert [*drafts(page)] == ["protection"]
    assert page.evaluate("document.documentElement.scrollWidth <= 390")
    page.locator("[data-handin] .fp-erase").tap()
    page.locator(".fp-erase-yes").tap()
    assert drafts(page) == {}
    page.reload()
    assert page.locator("form :checked:not(option)").count() == 0


def test_what_checks_say(opened, axe):
    """Is the form of an answer told on leaving a task or when asked, and never while it is written?"""
    page = opened("protection")
    said = page.locator("[data-answer=task-9] .fp-shape")
    page.locator("[name='task-9.women']").press_sequentially("four")
    assert said.inner_text() == ""
    page.locator("[name='record']").press_sequentially("fourps1:x")
    assert '"women: four"' in said.inner_text()
    page.locator("[data-answer=task-8] [data-check]").click()
    assert page.locator("[data-answer=task-8] .fp-shape").inner_text() == WORD["task-empty"]
    page.locator("[name='task-11']").fill("\N{GRINNING FACE}" * (LONGEST + 1))
    assert "8,001" in page.locator("[data-answer=task-11] .fp-complaint").inner_text()
    page.get_by_role("button", name=WORD["hand-make"]).click()
    complaint = page.locator("[data-handin] > .fp-complaint")
    assert "8,001" in complaint.inner_text()
    page.locator("[name='task-11']").fill("Short.")
    page.get_by_role("button", name=WORD["hand-make"]).click()
    assert complaint.inner_text() == WORD["hand-id-unfit"]
    page.get_by_role("button", name=WORD["hand-check"]).click()
    listed = page.locator("[data-handin] li a").all_inner_texts()
    assert [re.search(r"\d+|record", one)[0] for one in listed] == [
        *"12345678",
        "10",
        "9",
        "record",
    ]
    page.locator("[data-answer=task-10] summary").click()
    assert axe(page) == []


def test_by_keyboard_in_french(reader, opened, site):
    """Can whoever has no mouse fill in every task of a French page, and hand it in?"""
    page = opened("foundations", f"{site}/fr")
    page.evaluate("document.querySelector('[data-keep]').scrollIntoView()")
    reader.tab_to(".fp-decline")
    page.keyboard.press("Enter")
    for _ in range(400):
        page.keyboard.press("Tab")
        kind, name, value = page.evaluate(
            "(({ type, name, dataset, value }) => [type, name || dataset.way || '', value])"
            "(document.activeElement)"
        )
        if kind in ("radio", "checkbox") and (kind == "radio" or value in "aceg"):
            page.keyboard.press("Space")
        elif kind == "text" and name != "record":
            page.keyboard.type("ada" if name == "learner" else "7")
        elif kind == "textarea":
            page.keyboard.type("Une phrase.")
        elif name == "later" and page.locator("[data-moved]").count() == 0:
            page.keyboard.press("Enter")
        if name == "learner":
            break
    name, handin = handed_in(page, MOT)
    assert (name, handin.language) == ("foundations-ada.txt", "fr")
    assert [*handin.answers] == [f"task-{number}" for number in range(1, 12)]
    assert handin.answers["task-1"].startswith("a: also\nb: also")
    assert handin.answers["task-4"] == "letters: a, c, e, g"
    assert handin.answers["task-5"] == "letters: b, a, c, d, e, f, g"
    assert handin.answers["task-9"] == "least: 7\nmost: 7\njelisse: 7\nsay: A"
    assert handin.answers["task-11"] == "Une phrase."
    assert page.evaluate(STORED) is None


def test_from_disk(reader, book):
    """Does the page of a folder make the hand-in too, and ask nobody for anything?"""
    page = reader.page
    page.goto(f"{book.as_uri()}/modules/capstone/exercise.html")
    page.locator("[name='task-2.letters']").first.check()
    page.locator("#learner").fill("b.b-1")
    assert handed_in(page)[1].answers == {"task-2": "letters: a"}
    assert "b.b-1" in page.locator("[data-handin] textarea").input_value()
    assert [url for url in reader.watch.requests if not url.startswith(("file:", "blob:"))] == []


@pytest.mark.parametrize("reader", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript(reader, site):
    """Is the page without JavaScript a form to print, with no button that does nothing?"""
    page = reader.page
    page.goto(f"{site}/modules/response/exercise.html")
    page.emulate_media(media="print")
    assert page.locator("article :is(button, [type=button]):visible").count() == 0
    assert page.locator(".fp-room").first.is_visible()
    assert page.locator("[data-handin]").inner_text() == WORD["task-script"]
