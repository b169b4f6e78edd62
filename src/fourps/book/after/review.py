"""Write for reviewers of each field a page to print, and a table to fill in."""

from __future__ import annotations

import csv
import io
import re
from fnmatch import filter as fnfilter
from fnmatch import fnmatchcase
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

from jinja2 import Environment, PackageLoader, StrictUndefined
from pybtex.database import parse_file
from pydantic import Field as Limited

from fourps.book.after.statements import Statement, Statements
from fourps.course import version
from fourps.course.source import Identifier, Source, Strict, Text
from nbseal.base.spreadsheet import table
from nbseal.base.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from fourps.course.source import Loc

FILE = "book/reviewers.yaml"
COLUMNS = ("number", "place", "statement", "verdict", "words", "who", "date")


class Field(Strict):
    """People who know one thing better than the authors, and what they are asked."""

    title: Text
    """What a group of them is called."""
    asked: Text
    """Who is asked for, and what they need not be."""
    design: Annotated[list[Text], Limited(min_length=1)]
    """What is asked first, and may change more than a sentence."""
    claims: list[Text] = []
    """Files whose claims, situations and questions they are asked about; ``*`` stands for
    anything."""
    whole: list[Text] = []
    """Pages that they are asked to read from end to end; or parts of them: ``page.md#heading``."""
    facts: list[Text] = []
    """Facts of the sheet, or letters that such begin with, wherever a page states them."""

    def asks(self, statement: Statement) -> bool:
        """Return whether a statement is put to them."""
        begun = {part for name in statement.facts for part in (name, name.split("-")[0])}
        own = _in(statement.file, self.claims) or not begun.isdisjoint(self.facts)
        return _in(statement.file, self.whole) or (statement.claims and own)

    def statements(self, every: Iterable[Statement]) -> list[Statement]:
        """Return what they are asked, each once, with the questions on the design first."""
        first = (Statement("The design", "", (("", text),)) for text in self.design)
        once: dict[object, Statement] = {}
        for statement in (*first, *filter(self.asks, every)):
            once.setdefault(statement.said, statement)
        return list(once.values())


def _in(file: str, patterns: Iterable[str]) -> bool:
    names = (file, file.partition("#")[0])
    return any(fnmatchcase(name, pattern) for name in names for pattern in patterns)


class Reviewers(Strict):
    """All fields, by name."""

    fields: Annotated[dict[Identifier, Field], Limited(min_length=1)]


def load(root: Path) -> dict[str, Field]:
    """Read whom a course asks; nobody if it does not say.

    Raises
    ------
    BrokenSourceError
        If the file is not as expected, or names a file that is not there.
    """

    def loose_ends(reviewers: Reviewers) -> Iterator[tuple[Loc, str]]:
        names = {path.relative_to(root).as_posix() for path in root.glob("*/**/*.*")}
        for field, asked in reviewers.fields.items():
            for key in ("claims", "whole"):
                for number, pattern in enumerate(getattr(asked, key)):
                    if not fnfilter(names, pattern.partition("#")[0]):
                        yield ("fields", field, key, number), f"no file is called '{pattern}'"

    path = root / FILE
    return Source.load(path, Reviewers, loose_ends)[0].fields if path.is_file() else {}


def write(root: Path, folder: Path) -> tuple[list[Path], list[Path]]:
    """Write for each field that a course asks a page to print, and a table to fill in.

    Parameters
    ----------
    root
        The course's folder.
    folder
        Where to write.

    Returns
    -------
    tuple[list[Path], list[Path]]
        The pages that were written; and tables that hold answers: such a table stays, with the
        page whose numbers it has.

    Raises
    ------
    BrokenSourceError
        If a file of the course cannot be used.
    """
    written: list[Path] = []
    begun: list[Path] = []
    if not (fields := load(root)):
        return written, begun
    course = Statements(root)
    rooms = PackageLoader("fourps.book", "after")
    template = Environment(loader=rooms, autoescape=True, undefined=StrictUndefined).get_template(
        "review.html"
    )
    for name, field in fields.items():
        page, blank = folder / f"{name}.html", folder / f"{name}.csv"
        if blank.is_file() and _has_answers(blank):
            begun.append(blank)
            continue
        asked = field.statements(course.every)
        numbered = groupby(enumerate(asked, 1), key=lambda pair: pair[1].part)
        shown = template.render(
            field=field,
            version=version(),
            count=len(asked),
            table=blank.name,
            parts=[(part, list(pairs)) for part, pairs in numbered],
            basis=course.basis,
            sources=_sources(asked, course),
        )
        write_whole(page, shown.encode())
        write_whole(blank, _rows(asked))
        written.append(page)
    return written, begun


def _rows(asked: Iterable[Statement]) -> bytes:
    lines = ((number, statement.place, statement.text) for number, statement in enumerate(asked, 1))
    return table([COLUMNS, *((*line, *[None] * 4) for line in lines)])


def _has_answers(path: Path) -> bool:
    """Return whether somebody wrote into a table, or had another program write it again."""
    rows = csv.reader(io.StringIO(path.read_text("utf-8-sig", errors="replace"), newline=""))
    return tuple(next(rows, ())) != COLUMNS or any(any(row[3:]) for row in rows)


def _sources(asked: Iterable[Statement], course: Statements) -> list[str]:
    """Return a line for each document that is cited: label, title, address."""
    cited = {key for statement in asked for key in statement.keys}
    entries = parse_file(course.root / "book" / "references.bib", "bibtex").entries
    lines = []
    for key in sorted(cited & {*entries}, key=lambda key: course.labels[key].casefold()):
        parts = (entries[key].fields.get(name, "") for name in ("title", "url"))
        # what TeX needs, and no reader
        bare = ". ".join(re.sub(r"[{}\\]", "", part) for part in parts if part)
        lines.append(f"{course.labels[key]}: {bare}")
    return lines
