"""The marking desk of a release, from a folder: thirty hand-ins, by keys, in a browser that is killed."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import random
import shutil
import signal
import zipfile
from pathlib import Path

import psutil
import pytest
from answer_texts import answers
from playwright.sync_api import Error
from run_checks import tasks

from fourps.book.after.release import desk
from fourps.course import version
from fourps.course.words import exercise_words, words
from fourps.grading.exercise_text import read
from fourps.grading.key import key
from fourps.handin.answers_file import Answers, write_answers
from nbseal.base.desk_words import DESK
from nbseal.mark.saved import hash_of

from .conftest import FLAGS, ROOT
from .test_firefox import in_firefox

pytestmark = [pytest.mark.browser]
EXERCISE, COUNT = "protection", 30
# bytes of the page
MOST = 400_000
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The desk in both languages, as the facilitators' file has it."""
    folder = tmp_path_factory.mktemp("facilitators")
    for language in ("en", "fr"):
        (folder / language).mkdir()
        desk.write(ROOT, ROOT, folder / language, language)
    return folder


@pytest.fixture(scope="module")
def cohort(folder):
    """The files that learners handed in, and what each earns in part 1, by the id of the learner."""
    exercise = read(ROOT / "exercises" / EXERCISE / "exercise.md")
    keys, chance = key(exercise, EXERCISE), random.Random(5)  # noqa: S311 - not for secrets
    sets, checks = {}, {}
    for name, right, cell in tasks(exercise):
        sets[name] = answers(right, keys[name].checks, COUNT, chance)
        checks[name] = cell
    (folder / "given").mkdir()
    earned = {}
    for number in range(COUNT):
        given = {name: texts[number].replace("\0", "") for name, texts in sets.items()}
        learner, language = f"kettover-{number:02}", "fr" if number % 2 else "en"
        earned[learner] = [checks[name].marked(text)[0] for name, text in given.items()]
        # one wrote nothing for task 11
        given |= {"task-10": written(number), "task-11": "" if number == 7 else f"17:00, {number}."}
        release = "0.0.1" if number == 3 else version()
        about = {"exercise": EXERCISE, "release": release, "learner": learner}
        about |= {"language": language, "written": "2026-12-01T10:00Z"}
        data = write_answers(Answers(**about, answers=given))
        (folder / "given" / f"{EXERCISE}-{learner}.txt").write_bytes(data)
    return earned


def written(number):
    """What somebody wrote for task 10, with what would act where it could."""
    return f"**A.** Friday, 15:10: man {number}.\n<script>parent.x = 1</script> <img src=x onerror=parent.x=1>"


class Marker:
    """Somebody at the desk, in a browser of their own."""

    def __init__(self, chromium, profile, page, **options):
        path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        self.profile, self.heard = profile, []
        self.context = chromium.launch_persistent_context(
            profile, executable_path=path, args=FLAGS, accept_downloads=True, **options
        )
        self.page = self.context.new_page()
        for event in ("console", "pageerror"):
            self.page.on(event, lambda said: self.heard.append(getattr(said, "text", str(said))))
        self.page.on("request", lambda one: self.asked(one.url))
        self.page.on("dialog", self.stay)
        self.page.goto(page.as_uri())
        self.page.locator("[data-ready]").wait_for()

    def asked(self, url):
        if not url.startswith(("data:", "blob:", "file:")):
            self.heard.append(url)

    def stay(self, dialog):
        """Close a window after all that asks whether one means it."""
        self.heard.append(dialog.type)
        dialog.dismiss()

    def open(self, files):
        self.page.set_input_files("#files", [str(path) for path in sorted(files)])
        self.page.locator("#where").wait_for()

    def kept(self, word="Decisions in this browser: "):
        """How many decisions the page says that it has."""
        return int(self.page.inner_text("#kept").partition(word)[2].partition(".")[0])

    def mark(self, digits, more=""):
        before = self.kept()
        for one in f"{digits}{more}":
            self.page.keyboard.press(one)
        self.page.keyboard.press("Enter")
        self.page.wait_for_function(
            "text => document.getElementById('kept').textContent.startsWith(text)",
            arg=f"Decisions in this browser: {before + 1}.",
        )

    def download(self, button):
        with self.page.expect_download() as download:
            self.page.click(button)
        return Path(download.value.path()).read_bytes(), download.value.suggested_filename

    def kill(self):
        """End the browser as a power cut would."""
        for process in psutil.process_iter(["cmdline"]):
            if f"--user-data-dir={self.profile}" in (process.info["cmdline"] or ()):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process.pid, signal.SIGKILL)
        with contextlib.suppress(Error):
            self.context.close()


@pytest.fixture
def marker(browser, tmp_path):
    """Return a function that seats somebody at a desk; everybody leaves at the end."""
    seated = []

    def seat(name, page, **options):
        seated.append(Marker(browser.browser_type, str(tmp_path / name), page, **options))
        return seated[-1]

    yield seat
    for one in seated:
        with contextlib.suppress(Error):
            one.context.close()


def sheet(data):
    """The rows of a table, by learner."""
    text = data.decode("utf-8-sig")
    assert data.startswith(b"\xef\xbb\xbf")
    assert text.count("\r\n") == text.count("\n") == COUNT + 1
    return {row["learner"]: row for row in csv.DictReader(io.StringIO(text))}


@pytest.fixture
def given_back(browser, axe, cohort, tmp_path):
    """Return a function that looks at what came out of the desk."""

    def look(packed):
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            assert archive.testzip() is None
            archive.extractall(tmp_path)
        points_of(sheet((tmp_path / "marks.csv").read_bytes()), cohort)
        pages = sorted(tmp_path.glob("feedback-*.html"))
        assert [page.name for page in pages] == [f"feedback-{learner}.html" for learner in cohort]
        page = browser.new_page(viewport=PHONE)
        for path, language in ((pages[0], "en"), (pages[1], "fr")):
            page.goto(path.as_uri())
            assert page.evaluate("document.documentElement.lang") == language
            assert axe(page) == []
            assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
            assert path.stat().st_size <= 100_000
        assert "Pas encore" in page.inner_text("main")
        page.close()

    return look


def points_of(rows, cohort):
    """Look whether each learner has the points of Python's checks, and those of the marker."""
    for learner, earned in cohort.items():
        row = rows[learner]
        assert [float(row[f"task-{number}"]) for number in range(1, 10)] == earned
        assert row["task-10"] in ("5", "9", "10", "15")
        # whoever wrote nothing waits for nobody
        assert row["task-11"] == ("0" if learner == "kettover-07" else "not marked yet")
        assert float(row["points"]) == pytest.approx(sum(earned) + float(row["task-10"]))
    assert len({sum(earned) for earned in cohort.values()}) > 10


def test_thirty(marker, axe, folder, given_back, tmp_path):
    """Are thirty hand-ins marked by keys, is all kept that was shown as kept, and given back?"""
    sizes = [(folder / language / desk.NAME).stat().st_size for language in ("en", "fr")]
    assert max(sizes) <= MOST
    files = [*(folder / "given").iterdir()]
    (tmp_path / "notes <b>.txt").write_text("Buy milk.")
    (tmp_path / "half.txt").write_bytes(files[0].read_bytes()[:400])
    one = marker("one", folder / "en" / desk.NAME)
    assert axe(one.page) == []
    one.open([*files, tmp_path / "notes <b>.txt", tmp_path / "half.txt"])
    assert "Open hand-ins: 30." in one.page.inner_text("#said")
    said = sorted(one.page.locator("aside li").all_inner_texts())
    named = ["half.txt", "notes <b>.txt", f"{EXERCISE}-kettover-03.txt"]
    assert [text.partition(": ")[0] for text in said] == named
    assert "release 0.0.1" in said[-1]
    # what a learner wrote has done nothing
    assert one.page.evaluate("window.x") is None
    assert one.heard == []
    assert axe(one.page) == []
    # axe asks frames, and a page from a folder may not
    one.heard.clear()
    for number in range(13):
        one.mark("32103", "k" if number % 4 == 3 else "")
    for digit in "33333":
        one.page.keyboard.press(digit)
    one.page.keyboard.press("Enter")
    shown = one.kept()
    one.kill()
    again = marker("one", folder / "en" / desk.NAME)
    kept = again.kept()
    assert shown <= kept <= 14
    again.open(files)
    for _ in range(COUNT - kept):
        again.mark("22222")
    assert again.page.inner_text(".left").startswith("Nothing is left to mark.")
    with again.page.expect_event("dialog"):
        again.page.close(run_before_unload=True)
    assert again.heard.pop() == "beforeunload"
    saved, name = again.download("#save")
    # it is said once the browser has written it, a moment after the file has begun
    again.page.locator("#kept", has_text="Not in a file yet: 0.").wait_for()
    again.page.locator("#done", has_text=name).wait_for()
    marking = json.loads(saved)["marking"]
    # the hash by which they are taken into a gradebook
    assert {row["text"] for row in marking} == {hash_of(written(number)) for number in range(COUNT)}
    assert len(marking) == COUNT
    # neither a name nor a text
    assert b"kettover" not in saved
    assert b"Friday" not in saved
    again.page.evaluate("document.querySelector('aside details').open = true")
    packed, name = again.download("#out")
    assert name == f"{EXERCISE}-feedback.zip"
    assert "Not marked yet: 29." in again.page.inner_text("#gave")
    assert one.heard == again.heard == []
    given_back(packed)


@pytest.mark.usefixtures("cohort")
def test_two_markers(marker, folder, tmp_path):
    """Does what two markers see differently wait for both, and does a file come back whole?"""
    files = [*(folder / "given").iterdir()][:3]
    first = marker("first", folder / "en" / desk.NAME)
    first.open(files)
    for digits in ("33333", "22222", "11111"):
        first.mark(digits)
    (tmp_path / "first.json").write_bytes(first.download("#save")[0])
    second = marker("second", folder / "fr" / desk.NAME, viewport=PHONE)
    second.page.set_input_files("#theirs", tmp_path / "first.json")
    second.open(files)
    for width in (320, 390):
        second.page.set_viewport_size(PHONE | {"width": width})
        assert second.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page, word = second.page, words("fr")
    taken = word["folder-taken"].format(count=3)
    assert page.inner_text("#done") == taken
    # the other's marks are not seen
    assert page.locator("[aria-pressed=true]").count() == 1
    for _ in files:
        for digit in "22222":
            page.keyboard.press(digit)
        page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('kept').textContent.includes(': 6.')")
    again = marker("again", folder / "en" / desk.NAME)
    (tmp_path / "second.json").write_bytes(second.download("#save")[0])
    again.page.set_input_files("#theirs", tmp_path / "second.json")
    again.page.set_input_files("#mine", tmp_path / "first.json")
    again.open(files)
    again.page.evaluate("document.querySelector('aside details').open = true")
    rows = again.download("#out")[0]
    with zipfile.ZipFile(io.BytesIO(rows)) as archive:
        table = csv.DictReader(io.StringIO(archive.read("marks.csv").decode("utf-8-sig")))
        # fifteen and ten, ten and ten, five and ten: those of the first and the third are apart
        points = sorted(row["task-10"] for row in table)
    assert points == ["10", "not marked yet", "not marked yet"]
    for bad in (b"{", b'{"format": 1, "mine": [], "marking": [{}]}'):
        (tmp_path / "bad.json").write_bytes(bad)
        again.page.set_input_files("#mine", tmp_path / "bad.json")
        again.page.get_by_text(words("en")["marks-broken"]).wait_for()
    assert again.kept() == 6
    assert first.heard == second.heard == again.heard == []


@pytest.mark.prove
@pytest.mark.usefixtures("cohort")
def test_firefox(folder):
    """Does Firefox open the hand-ins from disk too, and show the first text?"""
    files = [str(path) for path in sorted((folder / "given").iterdir())]
    address = (folder / "fr" / desk.NAME).as_uri()
    seen = in_firefox(address, files=files, shown=".sheet iframe")
    assert seen["complaints"] == []
    where = exercise_words("fr").get("desk-where", DESK["desk-where"])
    assert where.format(number=1, count=COUNT) in seen["text"]
