"""Books that tests read: the real one, built once in a run; what its search knows; a course in another language.

The real book is built beside the tests, whichever worker comes first, and always anew, into a folder of the
run: what stands in the checkout may be older than the code. Who builds holds a lock, so that a wait for
the book ends when the builder has ended.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import accumulate
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from fourps.check import gathered
from fourps.course import catalogue as catalogues
from fourps.course.passages import passages, told
from fourps.course.source import Source

ROOT = Path(__file__).parents[2]
FOURPS = Path(sys.executable).with_name("fourps")
# workers of one run have its number, and the process that started them; a run alone is a process
_WORKER = "PYTEST_XDIST_WORKER" in os.environ
_RUN = os.environ["PYTEST_XDIST_TESTRUNUID"] if _WORKER else os.getpid()
_OWNER = os.getppid() if _WORKER else os.getpid()
_builders: list[subprocess.Popen[bytes]] = []


class Build:
    """A book that is being built, or was.

    Attributes
    ----------
    folder
        Where; it goes with the run.
    source
        The folder of the book.
    options
        Of the command.
    """

    def __init__(self, folder: Path, source: Path, *options: str) -> None:
        self.folder, self.source, self.options = folder, source, options

    def start(self) -> None:
        """See to it that the book is being built, and return at once."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            if self._status():
                return
            # from here on the builder has the lock, and gives it up by ending
            words = [lock.fileno(), _OWNER, self.folder, self.source, *self.options]
            builder = subprocess.Popen(
                [sys.executable, __file__, *map(str, words)],
                pass_fds=[lock.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
            # nobody waits for it to end, which Python would complain of if it were forgotten
            _builders.append(builder)

    def wait(self) -> Path:
        """Return the folder of the built pages, as soon as there is one."""
        self.start()
        with (self.folder / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
        output = (self.folder / "said").read_text("utf-8")
        assert self._status() == "0", f"The book could not be built.\n{output}"
        return self.folder / "book" / "html"

    def _status(self) -> str:
        """Return how the build ended; nothing as long as it has not."""
        path = self.folder / "status"
        return path.read_text("utf-8") if path.exists() else ""


def shared(name: str, source: Path, *options: str) -> Build:
    """Return a book that all workers of a run have in common.

    Parameters
    ----------
    name
        Of its own among such books.
    source
        The folder of the book.
    options
        Of the command.
    """
    return Build(Path(tempfile.gettempdir()) / f"fourps-{name}-{_RUN}", source, *options)


_build = shared("real-book", ROOT)
start, wait = _build.start, _build.wait


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _work(lock: int, owner: int, folder: Path, source: Path, *options: str) -> None:
    """Build, say how that ended, and clean up after the run."""
    command = [FOURPS, "book", "build", source, "--output", folder / "book", *options]
    with (folder / "said").open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
    while process.poll() is None and _lives(owner):
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(1)
    process.kill()
    (folder / "status").write_text(str(process.wait()), "utf-8")
    os.close(lock)
    while _lives(owner):
        time.sleep(1)
    shutil.rmtree(folder, ignore_errors=True)


_ZERO = ord("#")


def unpacked(text: str) -> dict[str, list[int]]:
    """Return words and the pages that hold each, of what was packed."""
    places: dict[str, list[int]] = {}
    word = ""
    # of white space only this: a sign may be of another kind
    words, signs = (part.split(" ") if part else [] for part in text.split("\n"))
    for short, steps in zip(words, signs, strict=True):
        word = word[: ord(short[0]) - _ZERO] + short[1:]
        # the first says which of the pages says it most
        places[word] = list(accumulate(ord(step) - _ZERO for step in steps[1:]))
    return places


def shelves(html: Path) -> list[str]:
    """Return the names of the files that hold words."""
    return _told(html / "searchindex.js")[0]["shelves"]


def terms(html: Path) -> dict[str, set[str]]:
    """Return the pages that the search finds, by word."""
    names = _told(html / "searchindex.js")[0]["docnames"]
    pages: dict[str, set[str]] = {}
    for name in shelves(html):
        _, packed = _told(html / "searchindex" / f"{name}.js")
        for word, places in unpacked(packed).items():
            pages[word] = {names[place] for place in places}
    return pages


def _told(path: Path) -> list:
    """Return what a file of the index tells the page."""
    return json.loads(
        re.fullmatch(r"Search\.\w+\((.*)\);\n", path.read_text("utf-8"))[1].join("[]")
    )


def speak(root: Path) -> None:
    """Write such a catalogue for each page of a course."""
    for page in (*root.glob("book/*.md"), *root.glob("modules/*/*.md")):
        text = page.read_text("utf-8")
        catalogue = Catalog(locale="fr", fuzzy=False)
        texts = [passage.text for passage in (*passages(text), *told(text))]
        for file in re.findall(r"^```\{(?:scenario|quiz)\} (\S+)", text, re.MULTILINE):
            texts += [value for _, value in gathered.texts(Source.read(page.parent / file))]
        for value in texts:
            for part in value.split("\n\n"):
                flat = " ".join(part.split())
                catalogue.add(flat, f"fr: {flat}")
        path = root / "locale/fr/LC_MESSAGES" / f"{catalogues.name(root, page)}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as stream:
            write_po(stream, catalogue)


if __name__ == "__main__":
    lock, owner, folder, source, *options = sys.argv[1:]
    _work(int(lock), int(owner), Path(folder), Path(source), *options)
