"""All of the book, or the last good one untouched."""

from __future__ import annotations

import json
import shutil
import signal
import sys
from collections import ChainMap
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

import pytest
from conditions import in_closed
from killing import command

pytestmark = pytest.mark.slow  # each test builds a book two or three times

LESSON = "modules/demo/lesson.md"
PRACTICE = "modules/demo/practice.md"
CELLS = "modules/demo/cells.md"
SCENARIO = "modules/demo/scenario.yaml"
QUIZ = "modules/demo/quiz.yaml"


class Mistake(NamedTuple):
    """What an author writes by mistake, and what the build must say."""

    file: str
    old: str
    new: str
    says: str
    # where the problem is to be shown; by default in the same file, where `new` begins
    at: str = ""
    # the line may be any from `at` to here: a cell is shown from its fence to its last line
    until: str = ""


# one build each: none of them keeps the build from meeting the others
TOGETHER = [
    {
        "typo-in-key": Mistake(
            SCENARIO, "    title: In the room", "    titel: In the room", "did you mean 'title'?"
        ),
        "unknown-source-in-yaml": Mistake(
            QUIZ,
            "source: small2003\n    answer: false",
            "source: small2004\n    answer: false",
            "'small2004' is not a key of references.bib",
        ),
        "failing-cell": Mistake(
            CELLS,
            'print("executed at", time.time_ns())',
            "print(1 / 0)",
            "ZeroDivisionError: division by zero",
            at="```{code-cell} python\n:tags: [hide-input]\nimport time",
            until="print(1 / 0)",
        ),
        "unknown-citation": Mistake(
            LESSON, "{cite:p}`small2003`", "{cite:p}`smalll2003`", '"smalll2003"'
        ),
        "which-decision": Mistake(
            LESSON,
            "{decide} decides.yaml gate",
            "{decide} decides.yaml gait",
            "there is no question 'gait'. Questions: window, gate",
        ),
    },
    {
        "yaml-syntax": Mistake(
            SCENARIO, "    kind: gaps\n", "    kind: gaps: yes\n", "not valid YAML: mapping values"
        ),
        "no-right-answer": Mistake(
            QUIZ,
            "          It knocks.\n        correct: true\n",
            "          It knocks.\n",
            "expected exactly one option with 'correct: true', found 0",
            at="  first-knock:",
            until="    kind: single",
        ),
        "cell-without-file": Mistake(
            CELLS,
            'play("scenario.yaml")',
            'play("scenery.yaml")',
            "scenery.yaml",
            at='```{code-cell} python\n:tags: [remove-input]\nplay("scenery.yaml")',
            until='play("scenery.yaml")',
        ),
        "broken-world": Mistake(
            "book/world.yaml",
            "organisation: band",
            "organisation: choir",
            "there is no organisation 'choir'. Organisations: band",
        ),
        "broken-outcomes": Mistake(
            "modules/demo/outcomes.yaml", "title: Demo", "titel: Demo", "did you mean 'title'?"
        ),
    },
    {
        "unknown-target": Mistake(
            SCENARIO,
            "to: room\n        effects: {trust: 1, told: true}",
            "to: rome\n        effects: {trust: 1, told: true}",
            "there is no node 'rome'. Nodes: corridor, room, or 'end'",
        ),
        "directive-without-file": Mistake(
            PRACTICE,
            "```{scenario} scenario.yaml",
            "```{scenario} scenery.yaml",
            "there is no file modules/demo/scenery.yaml",
        ),
        "unknown-place": Mistake(
            "book/welcome.md",
            "{map} shed",
            "{map} attic",
            "there is no place 'attic'. Places: shed, pond",
        ),
        "no-decision": Mistake(
            "book/first.yaml",
            "kind: single",
            "kind: solo",
            "does not match any of the expected tags",
            at="  which:",
            until="    kind: solo",
        ),
        "source-without-label": Mistake(
            "book/references.bib",
            "  year         = {2015},\n  shorthand    = {Tiny 2015}\n",
            "  year         = {2015}\n",
            "add a field shorthand={...}",
            at="@misc{tiny2015,",
        ),
    },
    {
        "page-without-file": Mistake(
            "_toc.yml",
            "- file: modules/demo/quiz",
            "- file: modules/demo/quizz",
            "modules/demo/quizz",
        ),
    },
]
MISTAKES = ChainMap(*TOGETHER)

# loaded by the book's own configuration, so that the real command dies where a test says
STOPPER = '''
"""Kills its own process, without warning, at one point of a build."""
import os
import signal
import sys

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def before_rename(event, arguments):
    if event == "os.rename" and os.fspath(arguments[1]) == os.environ["STOP_RENAME"]:
        die()

def setup(app):
    if "STOP_AT" in os.environ:
        app.connect(os.environ["STOP_AT"], die, priority=999)
    if "STOP_RENAME" in os.environ:
        sys.addaudithook(before_rename)
    return {"parallel_read_safe": True}
'''


@pytest.fixture(scope="module")
def book(new_book):
    book = new_book()
    book.built()
    return book


@pytest.fixture(scope="module")
def mortal(new_book, tmp_path_factory):
    folder = tmp_path_factory.mktemp("stopper")
    (folder / "stopper.py").write_text(STOPPER, "utf-8")
    book = new_book()
    # what is named here is loaded from its folder, after the command has begun
    book.edit("_config.yml", "sphinx:\n", f"sphinx:\n  local_extensions: {{stopper: {folder}}}\n")
    book.built()
    return book


def places(book, mistake):
    """Return every FILE:LINE that would lead an author to the mistake."""
    first = book.line(mistake.file, mistake.at or mistake.new)
    last = book.line(mistake.file, mistake.until or mistake.at or mistake.new)
    return [f"{book.root / mistake.file}:{number}:" for number in range(first, last + 1)]


def leftovers(book):
    """Return what a build leaves beside its three folders."""
    known = {"html", ".work", ".jupyter_cache"}
    return sorted(path.name for path in (book.root / "_build").iterdir() if path.name not in known)


def test_good_book(new_book):
    """Does a good book become pages, with a word on where they are, and no change to its sources?"""
    book = new_book()
    before = book.sources()
    result = book.built()
    assert f"Built {book.html} in " in result.output
    assert [name for name in book.toc() if not (book.html / f"{name}.html").is_file()] == []
    assert len(book.toc()) == 11
    assert book.sources() == before
    assert leftovers(book) == []


def test_second_build(book):
    """Is a second build free of work: no page written again, no cell executed, nothing changed?"""
    written = {name: (book.html / f"{name}.html").stat().st_mtime_ns for name in book.toc()}
    before = book.files()
    book.built()
    assert book.files() == before
    assert {name: (book.html / f"{name}.html").stat().st_mtime_ns for name in book.toc()} == written


@contextmanager
def made(book, *mistakes):
    """Make mistakes for a while, and give where each is to be shown."""
    with ExitStack() as edits:
        for mistake in mistakes:
            edits.enter_context(book.edited(mistake.file, mistake.old, mistake.new))
        yield [(mistake, places(book, mistake)) for mistake in mistakes]


def unnamed(result, expected):
    """Return what a build that was stopped did not say, or not where it is.

    Beside others a mistake has to be a warning, since these are what stops a build.
    """
    warned = "WARNING: " if len(expected) > 1 else ""
    assert result.status == 1, result.output
    assert "Exception occurred" not in result.output
    lines = result.output.splitlines()
    return [
        mistake.says
        for mistake, where in expected
        if not any(
            mistake.says in line and f"{place} {warned}" in line
            for line in lines
            for place in where
        )
    ]


@pytest.mark.parametrize("mistakes", TOGETHER, ids=", ".join)
def test_mistakes(book, mistakes):
    """Does a mistake stop the build where it stands, each time, and leave the last good pages?"""
    before = book.files()
    with made(book, *mistakes.values()) as expected:
        first, second = book.build(), book.build()
        after, left = book.files(), leftovers(book)
    mended = book.build()

    assert unnamed(first, expected) == unnamed(second, expected) == []
    assert after == before
    assert left == []
    assert mended.status == 0, mended.output
    assert book.files().keys() == before.keys()


def test_plain_output(book):
    """Is what a build prints into a file free of colour codes?"""
    with made(book, MISTAKES["unknown-citation"]):
        result = book.build()
    assert result.status == 1
    assert "\x1b" not in result.raw


@pytest.mark.parametrize("name", ["typo-in-key", "no-right-answer"])
def test_mistake_before_cells_ran(book, name):
    """Does a mistake in YAML show its line when the cell that plays it runs for the first time?"""
    with made(book, MISTAKES[name]) as expected:
        shutil.rmtree(book.root / "_build" / ".jupyter_cache")
        assert unnamed(book.build(), expected) == []


@pytest.mark.parametrize("missing", ["_config.yml", "_toc.yml"])
def test_no_book(new_book, missing):
    """Does a folder without a book get a plain sentence instead of a traceback?"""
    book = new_book()
    (book.root / missing).unlink()
    result = book.build()
    assert result.status == 1
    assert f"{book.root / missing} is missing" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("forgotten", [False, True])
def test_removed_page(new_book, forgotten):
    """Is a page that left the book gone, also when Sphinx has forgotten that it was there?"""
    book = new_book()
    book.built()
    assert (book.html / "book/privacy.html").is_file()
    book.edit("_toc.yml", "      - file: book/privacy\n", "")
    (book.root / "book/privacy.md").unlink()
    if forgotten:
        # as after an update of the library
        shutil.rmtree(book.root / "_build" / ".work" / "en" / "doctrees-html")
    book.built()
    linking = [name for name in book.toc() if "privacy.html" in book.page(name)]
    assert linking == []
    assert [name for name in book.files() if "book/privacy" in name] == []


EVENTS = (
    *("env-before-read-docs", "env-updated", "env-check-consistency"),
    *("html-page-context", "build-finished"),
)


def test_killed(mortal):
    """Does `kill -9` at any point leave the last good pages, and the next build the whole truth?"""
    text = "Wet through"
    for event in EVENTS:
        word = f"door{event.replace('-', '')}"
        before = mortal.files()
        mortal.edit(SCENARIO, f"title: {text}", f"title: {word}")
        killed = mortal.build(STOP_AT=event)
        assert killed.status == -signal.SIGKILL, event
        assert mortal.files() == before, event
        mortal.built()
        for page in ("practice", "cells"):
            assert word in mortal.page(f"modules/demo/{page}"), event
            assert text not in mortal.page(f"modules/demo/{page}"), event
        assert leftovers(mortal) == [], event
        text = word


def test_killed_while_publishing(mortal):
    """Does `kill -9` while the pages are replaced leave one whole set, and nothing beside it?"""
    before = mortal.files()
    mortal.edit(QUIZ, "Check the small door", "Check the tiny door")
    mortal.build(STOP_RENAME=str(mortal.html))
    assert mortal.html.is_dir()
    assert mortal.files().keys() == before.keys()
    mortal.built()
    assert "Check the tiny door" in mortal.page("modules/demo/quiz")
    assert leftovers(mortal) == []


def test_killed_with_mistake(mortal):
    """Does a mistake still stop the build when an earlier build that had read it was killed?"""
    before = mortal.files()
    with made(mortal, MISTAKES["typo-in-key"]) as expected:
        killed = mortal.build(STOP_AT="html-page-context")
        again = mortal.build()
        after = mortal.files()
    assert killed.status == -signal.SIGKILL
    assert unnamed(again, expected) == []
    assert after == before
    mortal.built()


# tells of each write what stands there by then, and has no room from a place on
WATCHER = """
import errno
import json
import os
import sys
from fourps.cli import app

place, full, course = sys.argv[1:]
grows = {"open", "os.mkdir", "os.link"}
others = {"os.rename", "os.rmdir", "os.remove", "os.chmod", "shutil.rmtree"}
told = open(os.path.join(course, "told"), "w", buffering=1)
is_full = False


def watch(event, words):
    global is_full
    if event not in grows | others or not isinstance(words[0], (str, bytes, os.PathLike)):
        return
    if event == "open" and not words[2] & (os.O_WRONLY | os.O_RDWR):
        return
    path = os.path.abspath(os.fsdecode(words[0]))
    if not path.startswith(place + os.sep):
        return
    name = os.path.relpath(path, place)
    html = os.stat(os.path.join(place, "html")).st_ino
    told.write(json.dumps([event, name, html, os.path.exists(os.path.join(place, ".unfinished"))]) + "\\n")
    is_full = is_full or bool(full) and full in name
    if is_full and event in grows:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)


sys.addaudithook(watch)
app(["book", "build", course])
"""


def watched(book, full=""):
    """Build, and return how that ended and what was told of each write."""
    result = book.run("-c", WATCHER, book.root / "_build", full, book.root)
    told = book.root / "told"
    points = [json.loads(line) for line in told.read_text("utf-8").splitlines()]
    told.unlink()
    return result, points


def test_each_write(mortal):
    """Is every write made where the next build clears it away, until the pages are replaced in one step?

    A build that finds `.unfinished` begins with nothing: what that gives, `test_killed` shows.
    """
    with (mortal.root / LESSON).open("a", encoding="utf-8") as page:
        page.write("\nOne line more.\n")
    result, points = watched(mortal)
    assert result.status == 0, result.output
    assert len(points) > 100
    pages = {page for *_, page, _ in points}
    replaced = next(at for at, (*_, page, _) in enumerate(points) if page != points[0][2])
    assert len(pages) == 2
    for event, name, _, unfinished in points[:replaced]:
        assert name.startswith((".work", ".jupyter_cache", ".html.unfinished", ".unfinished")), name
        assert unfinished or name == ".unfinished" or not name.startswith(".work"), (event, name)
    # what follows only clears away
    assert {name.split("/")[0] for _, name, *_ in points[replaced:]} <= {
        ".html.unfinished",
        ".unfinished",
    }
    assert {event for event, *_ in points[replaced:]} <= {
        "shutil.rmtree",
        "os.remove",
        "os.rmdir",
    }
    assert leftovers(mortal) == []


def test_full(mortal):
    """Is a full disk or a closed folder, at whatever part of a build, a sentence, and do the last pages stay?"""
    before = mortal.files()
    with (mortal.root / LESSON).open("a", encoding="utf-8") as page:
        page.write("\nThere is room again.\n")
    folder = mortal.root / "_build"
    status, output = in_closed(folder, lambda: command("book", "build", mortal.root))
    assert status == 1
    assert f"The folder {folder} cannot be written: Permission denied. Make it" in output
    assert "Traceback" not in output
    assert mortal.files() == before
    for part in (".unfinished", "doctrees-html", "lesson.html", ".html.unfinished"):
        result, points = watched(mortal, part)
        assert any(part in name for _, name, *_ in points), part
        assert result.status == 1, part
        assert "No space left on device" in result.output, part
        assert "Traceback" not in result.output, part
        assert "Exception occurred" not in result.output, part
        assert mortal.files() == before, part
    mortal.built()
    assert "There is room again." in mortal.page("modules/demo/lesson")
    assert leftovers(mortal) == []


KERNEL = '''
"""A kernel that dies before it answers, as often as a file says."""
import os
import sys
from pathlib import Path

count = Path(__file__).with_name("deaths")
left = int(count.read_text())
if left:
    count.write_text(str(left - 1))
    sys.exit(1)
os.execv(sys.executable, [sys.executable, "-m", "ipykernel_launcher", *sys.argv[1:]])
'''


@pytest.fixture
def frail(new_book, tmp_path):
    """A book whose kernel dies a number of times before it starts, and how often is left."""
    folder = tmp_path / "kernels" / "python3"
    folder.mkdir(parents=True)
    (folder / "frail.py").write_text(KERNEL, "utf-8")
    argv = [sys.executable, str(folder / "frail.py"), "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": "Python 3", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec), "utf-8")
    book = new_book(JUPYTER_PATH=str(tmp_path))
    shutil.rmtree(book.root / "_build")  # so that its cells have to run
    return book, folder / "deaths"


@pytest.mark.parametrize(("deaths", "left", "status"), [(1, 0, 0), (9, 7, 1)])
def test_kernel_that_does_not_start(frail, deaths, left, status):
    """Does a kernel that did not start cost a second try, and end the build with no pages if it never does?"""
    book, count = frail
    count.write_text(str(deaths))
    result = book.build()
    assert result.status == status, result.output
    assert "A kernel did not start. Building once more" in result.output
    assert count.read_text() == str(left)
    assert book.html.exists() == (status == 0)


def test_empty_corner(good):
    """Is the empty corner of a table a cell, since it heads nothing, and the rest of its row heads?"""
    row = good.soup("modules/demo/lesson").select_one("table thead tr")
    assert [cell.name for cell in row.find_all(["td", "th"])] == ["td", "th", "th"]
