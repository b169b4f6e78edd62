"""The way of a learner: an empty environment, two commands, and a real JupyterLab."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import bytecode
import nbformat
import pytest

from fourps.handin.handin_file import read_handin
from fourps.scenario.engine import encode, replay
from fourps.scenario.model import load

ROOT = Path(__file__).parents[2]
HATCHLING = Path(sys.executable).with_name("hatchling")
UV = shutil.which(ROOT / ".tools" / "bin" / "uv") or shutil.which("uv")
EDITED = "# edited at home"
pytestmark = [pytest.mark.browser, pytest.mark.slow]


class Home:
    """A learner's machine: one environment, one folder, nobody else's settings."""

    def __init__(self, base):
        self.base = base
        self.folder = base / "four ps"
        # what the test runs in must not help
        kept = ("PATH", "LANG", "LC_ALL", "TMPDIR", "SSL_CERT_FILE")
        self.environment = {key: os.environ[key] for key in kept if key in os.environ}
        self.environment["HOME"] = str(base / "home")
        (base / "home").mkdir()

    @property
    def fourps(self):
        return self.base / "venv" / "bin" / "fourps"

    def run(self, *arguments):
        return subprocess.run(
            [self.fourps, *arguments],
            cwd=self.base,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )


def wheel(project, folder):
    """Build a wheel out of a project's sdist, as whoever has only that does; return where it is."""
    subprocess.run([HATCHLING, "build", "-t", "sdist", "-d", folder], cwd=project, check=True)
    (sdist,) = folder.glob("*.tar.gz")
    shutil.unpack_archive(sdist, folder / "source", filter="data")
    (source,) = (folder / "source").iterdir()
    subprocess.run([HATCHLING, "build", "-t", "wheel", "-d", folder], cwd=source, check=True)
    (built,) = folder.glob("*.whl")
    return built.as_uri()


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Both built packages in an empty environment, and the folder that `fourps learn` made."""
    base = tmp_path_factory.mktemp("learner")
    course = wheel(ROOT, base / "fourps")
    grader = wheel(ROOT / "packages" / "nbseal", base / "nbseal")
    assert UV, "uv is missing: run `make check` once, which fetches it"
    subprocess.run([UV, "venv", "-q", "--python", sys.executable, base / "venv"], check=True)
    locked = ROOT / "requirements" / "dev.txt"
    python = base / "venv" / "bin" / "python"
    # the libraries were compiled before; of the two packages only what a learner's commands load is
    subprocess.run(
        [
            *(UV, "pip", "install", "-q", "--python", python, "-c", locked),
            *(f"nbseal @ {grader}", f"fourps[learn] @ {course}"),
        ],
        env=os.environ | {"UV_COMPILE_BYTECODE": "0"},
        check=True,
    )
    bytecode.share(base / "venv")
    home = Home(base)
    done = home.run("learn", str(home.folder), "--no-open")
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="module")
def lab(home, start_jupyter):
    """The JupyterLab that `fourps learn` starts, which scripts of its page may ask to open a file."""
    command = [home.fourps, "learn", str(home.folder), "--", "--LabApp.expose_app_in_browser=True"]
    log = home.base / "server.log"
    with start_jupyter(command, log, cwd=home.base, env=home.environment) as address:
        yield address


# beside the notebooks that are open, with a kernel that runs
OPEN = """async ([path, id]) => {
  const opened = await jupyterapp.commands.execute("docmanager:open", { path, kernel: { id } });
  return opened.id;
}"""
IDLE = (
    "() => jupyterapp.shell.currentWidget?.context?.sessionContext.kernelDisplayStatus === 'idle'"
)
KERNEL = "() => jupyterapp.shell.currentWidget.context.sessionContext.session.kernel.id"
# from the first cell to the first of code that holds a text, which may be folded
RUN = """async (text) => {
  const { content } = jupyterapp.shell.currentWidget;
  const holds = ({ model }) => model.type === "code" && model.sharedModel.source.includes(text);
  content.activeCellIndex = content.widgets.findIndex(holds) + 1;
  await jupyterapp.commands.execute("notebook:run-all-above");
}"""


class Desk:
    """A browser window in which notebook after notebook is opened, all with one kernel.

    To load JupyterLab, and to start a kernel, takes longer than what is asked of a notebook.
    """

    def __init__(self, page, lab):
        self.page = page
        self.lab = lab
        self.hosts = set()
        page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))
        page.goto(f"{lab}/?token=test")
        page.locator(".jp-Notebook h1", has_text="Practise the hard moments").wait_for()
        self.first = page.url
        page.wait_for_function(IDLE)
        self.kernel = page.evaluate(KERNEL)

    def open(self, name):
        """Open a notebook, and return it as soon as its kernel is there."""
        front = self.page.evaluate(OPEN, [name, self.kernel])
        self.front = self.page.locator(f"[id='{front}']")
        self.front.locator(".jp-Notebook .jp-Cell").first.wait_for()
        self.page.wait_for_function(IDLE)
        return self.front

    def cell(self, text):
        """Return the code cell that holds a text, as soon as it is there, scrolled into view."""
        cells = self.front.locator(".jp-Notebook .jp-CodeCell")
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            # JupyterLab draws a cell's editor when it comes into view
            for number in range(cells.count()):
                cells.nth(number).scroll_into_view_if_needed()
                if text in cells.nth(number).inner_text():
                    return cells.nth(number)
            self.page.wait_for_timeout(50)
        raise AssertionError(f"no cell holds {text!r}")

    def run(self, cell):
        """Run a cell, and wait until it is done."""
        cell.locator(".jp-InputPrompt").click()
        self.page.keyboard.press("Control+Enter")
        prompt = cell.locator(".jp-InputPrompt").element_handle()
        self.page.wait_for_function(
            "prompt => /^\\[\\d+\\]/.test(prompt.textContent.trim())", arg=prompt
        )
        return cell


@pytest.fixture(scope="module")
def window(browser, lab):
    """A browser that has JupyterLab open, on the page that it opens on."""
    context = browser.new_context(viewport={"width": 1280, "height": 1800})
    context.set_default_timeout(60_000)
    yield Desk(context.new_page(), lab)
    context.close()


@pytest.fixture
def desk(window, lab):
    yield window
    assert window.hosts == {lab.split("/")[2]}, "another host was asked"


def test_nothing_is_missing(home):
    """Is everything there that the base install should bring, and nothing that builds books?"""
    done = home.run("learn", str(home.folder), "--no-open")
    assert done.returncode == 0, done.stdout + done.stderr
    packages = {one.name.split("-")[0] for one in home.base.glob("venv/lib/*/site-packages/*")}
    assert not {"sphinx", "nbgrader", "jupyter_book", "myst_parser"} & packages


def test_welcome(desk):
    """Does it open on the welcome page, with no question about news, and lead on by links?"""
    page = desk.page
    assert "/tree/book/welcome.ipynb" in desk.first
    page.locator(".jp-RenderedMarkdown a", has_text="Safety first").first.click()
    page.locator(".jp-Notebook h1", has_text="Safety first").wait_for()
    assert page.locator(".Toastify__toast").count() == 0


def test_lesson(desk):
    """Is the lesson plain to read: boxes, folded answers, and no unknown directive?"""
    lesson = desk.open("modules/prevention/lesson/spend.ipynb")
    lesson.locator("blockquote strong", has_text="Content note").first.wait_for()
    fold = lesson.locator("details", has_text="One good answer").first
    answer = fold.locator("summary + *")
    assert not answer.is_visible()
    fold.locator("summary").click()
    assert answer.is_visible()
    text = lesson.locator(".jp-Notebook").inner_text()
    assert ":::" not in text
    assert not re.search(r"\{[a-z:-]+\}`", text)


def test_quiz(desk):
    """Does the quiz's cell take an answer and give its feedback?"""
    desk.open("modules/protection/quiz.ipynb")
    cell = desk.run(desk.cell("ask("))
    cell.locator(".fp-heading").wait_for()
    cell.locator("input[data-choice]").first.check()
    cell.locator(".fp-check").click()
    assert cell.locator(".fp-verdict").inner_text()


def test_explorable_figure(desk):
    """Does a lab's figure follow its controls with a live kernel?"""
    lab = desk.open("modules/protection/lab.ipynb")
    desk.page.evaluate(RUN, "explore(")
    figure = lab.locator(".jp-OutputArea .fp-figure").first
    figure.locator(".fp-guess button").click()
    frame = figure.locator(".fp-frame")
    frame.locator("table").first.wait_for()
    before = frame.inner_html()
    figure.locator(".fp-control select").first.select_option(index=1)
    desk.page.wait_for_function(
        "([frame, before]) => frame.innerHTML !== before && frame.querySelector('table')",
        arg=[frame.element_handle(), before],
    )


def test_exercise(desk, home):
    """Can it be edited, saved, validated and handed in, with the learner's text in it?"""
    exercise = home.folder / "modules" / "protection" / "exercise.ipynb"
    released = nbformat.read(exercise, as_version=4)
    answer = next(
        cell
        for cell in released.cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
    )
    desk.open("modules/protection/exercise.ipynb")
    cell = desk.cell(answer.source.split("\n")[0])
    cell.locator(".cm-content").click()
    desk.page.keyboard.press("Control+End")
    desk.page.keyboard.press("Enter")
    desk.page.keyboard.insert_text(EDITED)
    desk.page.keyboard.press("Control+s")
    deadline = time.monotonic() + 30
    while EDITED not in exercise.read_text("utf-8"):
        assert time.monotonic() < deadline, "JupyterLab did not save"
        time.sleep(0.2)

    done = home.run("validate", str(exercise))
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert "An error" not in done.stdout
    about = released.metadata.fourps
    graded = [cell.grade_id for cell in about.cells if cell.graded]
    assert graded
    assert re.findall(r"\(([\w-]+), [\d.]+ points?\)", done.stdout) == graded

    scenario, _ = load(ROOT / "modules" / "protection" / "scenario.yaml")
    first = next(iter(scenario.nodes[scenario.start].choices))
    record = encode(replay(scenario, [first]))
    done = home.run(
        "submit", str(exercise), "--name", "ada", "--record", record, "--record", f"{record}x"
    )
    assert done.returncode == 0, done.stderr
    assert "is left out" in done.stderr
    handin = read_handin(home.base / f"{about.exercise}-ada.zip")
    assert handin.manifest.records == [record]
    assert EDITED in handin.notebook.decode()
    assert str(home.base) not in handin.notebook.decode()

    done = home.run("learn", str(home.folder), "--no-open")
    assert done.returncode == 0, done.stderr
    assert EDITED in exercise.read_text("utf-8")
