"""A small book to build, and what the tests ask of it."""

from __future__ import annotations

import json
import os
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import books
import commands
import pytest
import yaml
from babel.messages.pofile import write_po
from bs4 import BeautifulSoup

import fourps.course.world
import fourps.quiz.model
import fourps.quiz.player
import fourps.scenario.model
import fourps.scenario.player

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog

FIXTURE = Path(__file__).parent / "fixture"
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# structure, not text: no reader ever sees these
_STRUCTURE = {
    *("id", "version", "start", "kind", "when", "to", "critical", "repairs"),
    *("objective", "before", "sources", "variables", "effects", "score"),
    *("place", "time", "speaker", "face"),
    *("tempts", "meets", "about"),
}
_QUOTES = re.compile(
    r"«[\u00a0\u202f ]?|[\u00a0\u202f ]?»|[\u201c\u201d\u2018\u2019\u201e\u2039\u203a\"]"
)


@dataclass(frozen=True)
class Result:
    """How a command ended, and all that it printed."""

    status: int
    raw: str

    @property
    def output(self) -> str:
        """What was printed, without colours."""
        return _COLOUR.sub("", self.raw)


@dataclass(frozen=True)
class Book:
    """A book in a folder of its own."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def html(self) -> Path:
        """Where the pages are."""
        return self.root / "_build" / "html"

    def terms(self) -> dict[str, set[str]]:
        """Return the pages that the search finds, by word."""
        return books.terms(self.html)

    def run(self, command: str, *arguments: object, **environment: str) -> Result:
        """Run a command of our environment in the book's folder."""
        done = commands.run(
            [command, *map(str, arguments)],
            cwd=self.root,
            env={**os.environ, **self.environment, **environment},
            timeout=300,
            merged=True,
        )
        return Result(done.returncode, done.stdout)

    def build(self, **environment: str) -> Result:
        """Build as an author does."""
        return self.run("fourps", "book", "build", self.root, **environment)

    def built(self, **environment: str) -> Result:
        """Build, and insist that it worked."""
        result = self.build(**environment)
        assert result.status == 0, result.output
        return result

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text that stands once in a source file."""
        path = self.root / name
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), "utf-8")

    @contextmanager
    def edited(self, name: str, old: str, new: str) -> Iterator[None]:
        """Edit a source file for a while."""
        path = self.root / name
        before = path.read_text("utf-8")
        self.edit(name, old, new)
        try:
            yield
        finally:
            path.write_text(before, "utf-8")

    def line(self, name: str, text: str) -> int:
        """Return the number of the line on which a text stands."""
        before, match, _ = (self.root / name).read_text("utf-8").partition(text)
        assert match, f"{text!r} is not in {name}"
        return before.count("\n") + 1

    def page(self, name: str) -> str:
        """Return the HTML of a page."""
        return (self.html / f"{name}.html").read_text("utf-8")

    def soup(self, name: str) -> BeautifulSoup:
        """Return a page, parsed."""
        return parse(self.page(name))

    def executed(self) -> str:
        """Return when the cells of the page with cells were executed."""
        match = re.search(r"executed at (\d+)", self.page("modules/demo/cells"))
        assert match
        return match[1]

    def extracted(self) -> Path:
        """Return the folder of templates that plain Sphinx extracts, without a warning."""
        pots = self.root / "_build" / "gettext"
        options = ("-q", "-W", "--keep-going", "-b", "gettext", ".", pots)
        for words in (("jupyter-book", "config", "sphinx", self.root), ("sphinx-build", *options)):
            done = self.run(*words)
            assert done.status == 0, done.output
        return pots

    def translate(self, name: str, catalogue: Catalog) -> None:
        """Write the French catalogue of a page."""
        path = self.root / "locale" / "fr" / "LC_MESSAGES" / f"{name}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as stream:
            write_po(stream, catalogue)

    def in_french(self, *options: str) -> Path:
        """Return the folder of the pages that plain Sphinx makes in French."""
        html, trees = (self.root / "_build" / name for name in ("fr", "trees"))
        words = ("-q", "-b", "html", "-d", trees, "-D", "language=fr", *options, ".", html)
        done = self.run("sphinx-build", *words)
        assert done.status == 0, done.output
        return html

    def files(self) -> dict[str, bytes]:
        """Return all that is published."""
        return _files(self.html)

    def sources(self) -> dict[str, bytes]:
        """Return everything beside the build."""
        return {k: v for k, v in _files(self.root).items() if not k.startswith("_build/")}

    def toc(self) -> list[str]:
        """Return every page of the table of contents."""
        return list(_entries(yaml.safe_load((self.root / "_toc.yml").read_text("utf-8"))))


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def _entries(toc: Any) -> Iterator[str]:
    if isinstance(toc, dict):
        for key, value in toc.items():
            if key in ("root", "file"):
                yield value
            else:
                yield from _entries(value)
    elif isinstance(toc, list):
        for entry in toc:
            yield from _entries(entry)


def parse(html: str) -> BeautifulSoup:
    """Parse a page, and give each text of a story its whole place, as its player finds it."""
    soup = BeautifulSoup(html, "html.parser")
    for script in soup.select("[data-fourps=scenario] > script"):
        spec = json.loads(script.string)["spec"]
        owners = {}
        for number, (name, node) in enumerate(spec["nodes"].items(), 1):
            owners[name] = f"nodes/{name}/"
            for place, choice in enumerate(node["choices"]):
                at = f"nodes/{name}/choices/{choice}/"
                # what follows, and one of the reasons of its scene
                owners |= {f"{number}.{'abcdefgh'[place]}": at, f"{number}/{place}": at}
        for element in script.parent.select("[data-text], [data-sources]"):
            key = "data-text" if element.has_attr("data-text") else "data-sources"
            part = element.find_parent(class_="fp-part")
            owner = element.get("href", "")[1:] or (part.get("id", "") if part else "")
            owner = owner.removeprefix(f"{spec['id']}-")
            if owner.isdigit():
                place, element[key] = element[key].split("/")
                owner = f"{owner}/{place}"
            element[key] = owners.get(owner, "") + element[key]
    return soup


def leaves(spec: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Yield the place and the text of everything in a player's data that readers see."""
    if isinstance(spec, str):
        yield at, spec
    elif isinstance(spec, dict | list):
        for key, value in spec.items() if isinstance(spec, dict) else enumerate(spec):
            if key not in _STRUCTURE:
                yield from leaves(value, f"{at}/{key}" if at else str(key))


def untypeset(text: str) -> str:
    """Undo what Sphinx's smart quotes do, and write every quotation mark as an apostrophe.

    One test alone asks whether a text comes through with the very signs of its author.
    """
    return _QUOTES.sub("'", text).replace("\u2013", "--").replace("\u2026", "...")


@pytest.fixture(scope="session")
def tools():
    """What test modules need of this file; they cannot import it."""
    return SimpleNamespace(parse=parse, leaves=leaves, untypeset=untypeset, book=Book)


@pytest.fixture(scope="session")
def good(tmp_path_factory):
    """A book that was built once, with nothing there before; no test changes its sources."""
    book = Book(shutil.copytree(FIXTURE, tmp_path_factory.mktemp("book") / "small book"))
    book.built()
    return book


@pytest.fixture(scope="session")
def specs(good):
    """The whole data of both players of that book, with their texts."""
    demo = good.root / "modules" / "demo"
    scenario, _ = fourps.scenario.model.load(demo / "scenario.yaml")
    quiz, _ = fourps.quiz.model.load(demo / "quiz.yaml")
    world, _ = fourps.course.world.load(good.root / "book" / "world.yaml")
    return {
        "scenario": fourps.scenario.player.spec(scenario, {}, world=world),
        "quiz": fourps.quiz.player.spec(quiz, {}),
    }


@pytest.fixture(scope="session")
def new_book(good, tmp_path_factory):
    """Write a small but whole book, or one that is like another, into a folder of its own.

    What its cells print is kept there already: to start a kernel takes longer than to build.
    """

    def write(like: Book = good, **environment: str) -> Book:
        root = tmp_path_factory.mktemp("book") / "small book"
        shutil.copytree(like.root, root, ignore=shutil.ignore_patterns("_build"))
        kept = Path("_build", ".jupyter_cache")
        shutil.copytree(like.root / kept, root / kept)
        return Book(root, environment)

    return write
