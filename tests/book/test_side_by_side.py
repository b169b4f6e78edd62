"""A book in several languages: each is built in a process of its own, and all or none is published."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import commands
import psutil
import pytest

import fourps
from fourps.book import side_by_side
from fourps.book.build import BuildError, build
from fourps.book.side_by_side import Builders

pytestmark = pytest.mark.slow  # each language is a build

LESSON = "modules/demo/lesson.md"
BOTH = ("--language", "en", "--language", "fr")


@pytest.fixture(scope="module")
def book(new_book):
    """The small book, built in English; what is tried here publishes nothing."""
    book = new_book()
    book.built()
    return book


def test_mistake(book):
    """Is what is wrong told of each language under its name, and does the book stay as it was?"""
    before = book.files()
    with book.edited(LESSON, "{cite:p}`small2003`", "{cite:p}`smalll2003`"):
        result = book.run("fourps", "book", "build", book.root, *BOTH)
    assert result.status == 1
    _, english, french = result.output.replace("French (fr):", "English (en):").split(
        "English (en):"
    )
    place = f"{book.root / LESSON}:{book.line(LESSON, '{cite:p}`small2003`')}: WARNING:"
    assert [place in output for output in (english, french)] == [True, True]
    assert "The book was not built (English, French). Mend what is named above" in result.output
    assert book.files() == before


def test_refused(book):
    """Is what the system refuses to one of the processes one sentence?"""
    before = book.files()
    folder = book.root / "_build" / ".work" / "fr"
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("no folder", "utf-8")
    # the one that fails comes first, and the other need not end
    result = book.run("fourps", "book", "build", book.root, *BOTH[2:], *BOTH[:2])
    assert result.status == 1
    assert str(folder) in result.output
    assert "Traceback" not in result.output
    assert book.files() == before
    folder.unlink()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_ended(book, number):
    """Does whoever interrupts or kills a build end the processes of its languages?"""
    before = book.files()
    words = ["fourps", "book", "build", book.root, *BOTH]
    process = commands.start(words)
    # what has loaded everything, and a copy of it for each language
    until(lambda: len(below(process.pid)) == 3)
    builders = below(process.pid)
    process.send_signal(number)
    assert process.wait(20) != 0
    until(lambda: not any(map(words_of, builders)))
    assert book.files() == before


def below(number):
    """Return the processes that build for one."""
    children = psutil.Process(number).children(recursive=True)
    return [process for process in children if any("warm" in word for word in words_of(process))]


def words_of(process):
    """Return the words of a process; none if it has ended."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def test_ended_by_themselves(book, capfd, monkeypatch):
    """Is a language whose process ends without a word told by its name, and the other built?"""
    monkeypatch.setattr(side_by_side, "PROGRAM", ("-c", ENDS))
    with pytest.raises(BuildError, match="not built \\(French\\)"):
        build(book.root, book.root / "_build", ["en", "fr"])
    assert (
        capfd.readouterr().err == "French (fr):\nout of memory\nFrench (fr) ended with status -9.\n"
    )


# as the process that builds, but for one language that the system kills
ENDS = """
import os, sys
from fourps.book import one_language
real = one_language.build_language
def build(source, work, output, code, config):
    if code == "fr":
        print("out of memory")
        sys.stdout.flush()
        os.kill(os.getpid(), 9)
    return real(source, work, output, code, config)
one_language.build_language = build
from fourps.book import warm
warm.main()
"""


def test_nothing_that_builds(book, capfd, monkeypatch):
    """Is it told where the process that builds cannot even begin?"""
    monkeypatch.setattr(side_by_side, "PROGRAM", ("-c", "raise SystemExit(3)"))
    with pytest.raises(BuildError, match="not built \\(English, French\\)"):
        build(book.root, book.root / "_build", ["en", "fr"])
    assert capfd.readouterr().err.count("ended with status 3.") == 2


def test_without_copies(book, capfd, monkeypatch):
    """Where a process cannot be copied, does each language have its own, with the same pages?"""
    build(book.root, book.root / "_build", ["en", "fr"])
    before = book.files()
    monkeypatch.setattr(side_by_side, "FORKS", False)
    monkeypatch.setattr(side_by_side, "PROGRAM", ("-c", ALONE))
    with Builders(stay=True) as builders:
        with (
            book.edited(LESSON, "{cite:p}`small2003`", "{cite:p}`smalll2003`"),
            pytest.raises(BuildError, match="English, French"),
        ):
            build(book.root, book.root / "_build", ["en", "fr"], builders=builders)
        output = capfd.readouterr().err
        build(book.root, book.root / "_build", ["en", "fr"], builders=builders)
        running = below(psutil.Process().pid)
    assert [output.count(name) for name in ("English (en):\n", "French (fr):\n")] == [1, 1]
    assert output.count("smalll2003") == 2
    assert len(running) == 2
    assert {name for name, content in book.files().items() if before.get(name) != content} <= INFO


INFO = {".buildinfo", "fr/.buildinfo"}
ALONE = """
from fourps.book import side_by_side
side_by_side.FORKS = False
from fourps.book import warm
warm.main()
"""


def test_asked_again(book, capfd):
    """Does one process build again and again, with nothing of the book before in it?"""
    with Builders(stay=True) as builders:
        build(book.root, book.root / "_build", ["en"], builders=builders)
        (first,) = below(psutil.Process().pid)
        # what cannot be read, and no page shows, stops nobody
        folder = book.root / "modules" / "demo" / "old" / "scenario.yaml"
        folder.mkdir(parents=True)
        with book.edited(LESSON, "quokka", "numbat"):
            build(book.root, book.root / "_build", ["en"], builders=builders)
            assert "numbat" in book.page(LESSON.removesuffix(".md"))
        folder.rmdir()
        with (
            book.edited(LESSON, "{cite:p}`small2003`", "{cite:p}`smalll2003`"),
            pytest.raises(BuildError),
        ):
            build(book.root, book.root / "_build", ["en"], builders=builders)
        # it is told as where one language is built in one process
        assert capfd.readouterr().err.startswith(f"{book.root / LESSON}:")
        build(book.root, book.root / "_build", ["en"], builders=builders)
        assert "quokka" in book.page(LESSON.removesuffix(".md"))
        assert below(psutil.Process().pid) == [first]
        first.kill()
        first.wait()
        # another one takes its place
        build(book.root, book.root / "_build", ["en"], builders=builders)
        (second,) = below(psutil.Process().pid)
    assert not second.is_running()


# what serves a book, without serving it
STAYS = """
import sys
from pathlib import Path
from fourps.book.build import build
from fourps.book.side_by_side import Builders
book = Path(sys.argv[1])
with Builders(stay=True) as builders:
    for line in sys.stdin:
        exec(line)
        build(book, book / "_build", ["en"], builders=builders)
        print("built", flush=True)
"""


@pytest.fixture
def staying(book):
    """Return a function that starts what builds at each line that it is given, which it runs first."""
    started = []

    def start(**environment):
        process = subprocess.Popen(
            [sys.executable, "-c", STAYS, str(book.root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | environment,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        with process:
            process.kill()


def builds(process, line=""):
    process.stdin.write(f"{line}\n")
    process.stdin.flush()
    assert process.stdout.readline() == "built\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, None])
def test_none_is_left(staying, number):
    """Does what waits for the next edit end with whoever asks it, however that ends?"""
    process = staying()
    builds(process)
    (waiting,) = below(process.pid)
    if number is None:
        process.stdin.close()
    else:
        process.send_signal(number)
    process.wait(20)
    until(lambda: not words_of(waiting))


def test_edited_code(book, staying):
    """Does what waits begin anew after an edit of the library, so that pages are as that draws them?"""
    library = book.root / "src" / "fourps"
    shutil.copytree(Path(fourps.__file__).parent, library, ignore=shutil.ignore_patterns("content"))
    process = staying(PYTHONPATH=str(library.parent))
    practice = "modules/demo/practice"
    builds(process)
    (first,) = below(process.pid)
    assert 'class="fp-part"' in book.page(practice)
    file = library / "book" / "player_nodes.py"
    old, new = 'class="fp-part"', 'class="fp-part fp-new"'
    builds(
        process, f"p = Path({str(file)!r}); p.write_text(p.read_text().replace({old!r}, {new!r}))"
    )
    (second,) = below(process.pid)
    assert second != first
    assert new in book.page(practice)
    before = book.files()
    builds(process)
    assert below(process.pid) == [second]
    # a build that has nothing of all this
    shutil.rmtree(book.root / "_build" / ".work")
    book.built(PYTHONPATH=str(library.parent))
    assert changed(before, book.files()) <= INFO
    shutil.rmtree(library.parent)


def test_at_the_same_time(book):
    """Do several who build into one folder, such as a second server, take turns?"""
    book.built()
    before = book.files()
    shutil.rmtree(book.root / "_build" / ".work")
    words = ["fourps", "book", "build", book.root, "--language", "en"]
    several = [commands.start(words) for _ in range(3)]
    assert [process.wait(300) for process in several] == [0, 0, 0]
    assert changed(before, book.files()) <= INFO


def changed(before, after):
    return {name for name in before | after if before.get(name) != after.get(name)}


def until(happens):
    deadline = time.monotonic() + 20
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.02)
