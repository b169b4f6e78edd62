"""From a phone to a mark and back: thirty learners fill in an exercise, and are marked in two ways alike.

Nobody has a notebook or a network: the pages are opened from a folder, as they were unpacked.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import sys
import zipfile
from contextlib import contextmanager
from pathlib import Path

import commands
import pytest
from book_pages import ROOT
from nbgrader.api import Gradebook

from fourps.book.after.release import desk
from fourps.course.words import words

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BIN = Path(sys.executable).parent
EXERCISE, COUNT = "protection", 30
LEARNERS = {f"kettover-{number:02}": "fr" if number % 2 else "en" for number in range(COUNT)}
PHONE = {"width": 390, "height": 844}
# fills in what a learner would, by chance from a number; who has none of a task leaves it out
FILL = """number => {
  let state = number + 1;
  const chance = () => (state = state * 48271 % 2147483647) / 2147483647;
  const any = (list) => list[Math.floor(chance() * list.length)];
  const put = (field, text) => { field.value = text; field.dispatchEvent(new Event("input", { bubbles: true })); };
  for (const box of document.querySelectorAll("[data-answer]")) {
    if (chance() < 0.08) continue;
    for (const line of box.querySelectorAll("[data-line]")) {
      const radios = [...line.querySelectorAll("[type=radio]")];
      if (radios.length) any(radios).click();
      for (const tick of line.querySelectorAll("[type=checkbox]")) if (chance() < 0.5) tick.click();
      for (const one of line.querySelectorAll("select")) {
        one.selectedIndex = 1 + Math.floor(chance() * (one.options.length - 1));
        one.dispatchEvent(new Event("change", { bubbles: true }));
      }
      for (const one of line.querySelectorAll("[type=text]")) put(one, line.querySelector("select") ? "16:20" : any(["4", "5", "five"]));
      for (let step = 0; step < 6 && line.querySelector("[data-way]"); step += 1) any([...line.querySelectorAll("[data-way]:not(:disabled)")]).click();
    }
  }
  for (const room of document.querySelectorAll("textarea[name^='task-1']")) put(room, chance() < 0.9 ? `${room.name} of ${number}. <b>"What"</b> ${any(["\\\\", "'''", '\"\"\"'])}` : "");
}"""


def digits(text):
    """Return what a marker gives for a text, by what stands in it alone."""
    number = int(re.search(r" of (\d+)\.", text)[1])
    return "".join(str((number * step) % 4) for step in (1, 2, 3, 5, 7))


def comment(text):
    return f"Read: {len(text.split())} words"


@pytest.fixture(scope="module")
def given(browser, real_book, tmp_path_factory):
    """The folder into which thirty learners hand in, each at a page on a phone, from disk."""
    folder = tmp_path_factory.mktemp("given")
    asked = []
    for learner, language in LEARNERS.items():
        context = browser.new_context(
            viewport=PHONE, has_touch=True, is_mobile=True, accept_downloads=True
        )
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        place = real_book / ("fr" if language == "fr" else "") / "modules" / EXERCISE
        page.goto((place / "exercise.html").as_uri())
        page.locator("[data-handin][data-ready]").wait_for()
        page.evaluate(FILL, list(LEARNERS).index(learner))
        page.locator("[data-answer=task-2] [type=checkbox]").first.tap()
        page.locator("#learner").fill(learner)
        with page.expect_download() as coming:
            page.get_by_role("button", name=words(language)["hand-make"]).tap()
        coming.value.save_as(folder / coming.value.suggested_filename)
        context.close()
    assert [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == []
    assert sorted(path.name for path in folder.iterdir()) == [
        f"{EXERCISE}-{learner}.txt" for learner in LEARNERS
    ]
    return folder


class Grader:
    """The course of a facilitator, who has what was handed in."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, *arguments):
        done = commands.run([BIN / "fourps", "grade", *arguments, "--course", self.folder])
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @contextmanager
    def at_desk(self, task):
        """Start the desk, and give its address."""
        words = ["mark", EXERCISE, str(task), "--no-browser", "--course", self.folder]
        with subprocess.Popen(
            [BIN / "fourps", *words], stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                yield re.search(r"http://127\.0\.0\.1:\d+/\S+", process.stdout.readline())[0]
            finally:
                process.kill()


@pytest.fixture(scope="module")
def grader(given, tmp_path_factory):
    """A course in which the hand-ins are collected and marked as far as no person is needed."""
    folder = tmp_path_factory.mktemp("course") / "autograder"
    shutil.copytree(ROOT / "autograder", folder, ignore=shutil.ignore_patterns("*.db", "source"))
    grader = Grader(folder)
    grader("release", EXERCISE, "--root", ROOT)
    grader("collect", given)
    grader("run", EXERCISE)
    return grader


def mark_all(page):
    """Mark what is shown until nothing is left, by keys; return how many texts were read."""
    for count in range(COUNT + 1):
        if "Nothing is left to mark" in page.locator(".left").inner_text():
            return count
        where = page.locator("#where").inner_text()
        text = page.frame_locator("iframe").locator("body").inner_text()
        page.keyboard.press("c")
        page.keyboard.type(comment(text))
        page.keyboard.press("Escape")
        for digit in digits(text):
            page.keyboard.press(digit)
        page.keyboard.press("Enter")
        page.wait_for_function(
            "before => document.querySelector('#where').textContent !== before"
            " || /Nothing is left/.test(document.querySelector('.left').textContent)",
            arg=where,
        )
    raise AssertionError("somebody is left")


def points(row):
    """Return what a row of marks says of each task that a phone can hand in."""
    names = [f"task-{number}" for number in range(1, 12)]
    return [
        float(next(row[key] for key in row if re.search(rf"\b{name}\b", key)) or 0)
        for name in names
    ]


@pytest.fixture(scope="module")
def over_nbgrader(browser, grader):
    """The points of each learner as the gradebook has them, and the folder of feedback."""
    for task in (10, 11):
        with grader.at_desk(task) as address:
            page = browser.new_page()
            page.goto(address)
            assert mark_all(page) > COUNT // 2
            page.get_by_text("All is saved.").wait_for()
            page.close()
    grader("feedback", EXERCISE)
    return grader.folder


@pytest.fixture(scope="module")
def from_folder(browser, given, tmp_path_factory):
    """What the desk of a release gives out for the same hand-ins, unpacked."""
    folder = tmp_path_factory.mktemp("facilitators")
    desk.write(ROOT, ROOT, folder, "en")
    page = browser.new_page(accept_downloads=True)
    page.goto((folder / desk.NAME).as_uri())
    page.locator("[data-ready]").wait_for()
    page.set_input_files("#files", [str(path) for path in sorted(given.iterdir())])
    for task in (10, 11):
        page.select_option("#task", f"{EXERCISE}/task-{task}")
        page.locator("#where").click()
        assert mark_all(page) > COUNT // 2
    page.evaluate("document.querySelector('aside details').open = true")
    with page.expect_download() as coming:
        page.click("#out")
    with zipfile.ZipFile(coming.value.path()) as archive:
        archive.extractall(folder / "out")
    page.close()
    return folder / "out"


def test_same_marks(over_nbgrader, from_folder):
    """Has each learner the same points in each task, marked over nbgrader and from the folder?"""
    table = csv.DictReader(io.StringIO((from_folder / "marks.csv").read_text("utf-8-sig")))
    rows = {row["learner"]: row for row in table}
    assert [*rows] == [*LEARNERS]
    with Gradebook(f"sqlite:///{over_nbgrader / 'gradebook.db'}") as book:
        for learner in LEARNERS:
            submission = book.find_submission(EXERCISE, learner)
            scores = {
                grade.cell.name.removesuffix("-check"): grade.score
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            assert points(rows[learner]) == [scores[f"task-{n}"] for n in range(1, 12)], learner
    totals = {row["points"] for row in rows.values()}
    assert len(totals) > COUNT // 2


def test_feedback_on_the_phone(browser, axe, over_nbgrader, from_folder):
    """Does each learner open one page in the language of the hand-in, the same from both ways of marking?"""
    page = browser.new_page(viewport=PHONE)
    for learner, language in LEARNERS.items():
        [path] = (over_nbgrader / "feedback" / learner / EXERCISE).glob("*.html")
        other = from_folder / f"feedback-{learner}.html"
        texts = []
        for one in (path, other):
            assert one.stat().st_size <= 100_000
            assert b"<script" not in one.read_bytes()
            page.goto(one.as_uri())
            assert page.evaluate("document.documentElement.lang") == language
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            texts.append(page.inner_text("main"))
        assert texts[0] == texts[1], learner
    assert axe(page) == []
