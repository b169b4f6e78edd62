"""Whom each statement is put to: the course's ``book/reviewers.yaml``."""

from __future__ import annotations

from fnmatch import filter as fnfilter
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Annotated

from pydantic import Field as Limited

from fourps.course.error import FourpsError
from fourps.course.source import Identifier, Source, Strict, Text
from fourps.review.statement import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from fourps.course.source import Loc

FILE = "book/reviewers.yaml"


class UnknownFieldError(FourpsError):
    """Nobody of that name is asked; the message says who is."""


class Field(Strict):
    """People who know one thing better than the authors, and what they are asked."""

    title: Text
    """What a group of them is called."""
    asked: Text
    """Who is asked for, and what they need not be."""
    design: Annotated[dict[Identifier, Text], Limited(min_length=1)]
    """What is asked first, and may change more than a sentence."""
    pages: list[Text] = []
    """Pages whose claims they are asked about; ``*`` stands for anything."""
    whole: list[Text] = []
    """Pages that they are asked to read from end to end; or parts of them: ``page.md#heading``."""
    facts: list[Text] = []
    """Facts of the sheet, or letters that such begin with, wherever a page states them."""
    modules: list[Identifier] = []
    """Modules whose situations and questions they are asked about."""
    rules: bool = False
    """Whether they are asked about the rules of Selvarra."""

    def asks(self, one: Statement) -> bool:
        """Return whether a statement is put to them."""
        if one.kind == "rule":
            return self.rules
        if one.kind != "text":
            return one.module in self.modules
        if _on(one.page, self.whole):
            return True
        begun = {part for name, _ in one.facts for part in (name, name.split("-")[0])}
        return one.claims and (_on(one.page, self.pages) or not begun.isdisjoint(self.facts))

    def statements(self, every: Iterable[Statement]) -> list[Statement]:
        """Return what they are asked, each once, with the questions on the design first."""
        first = [
            Statement("design", f"design/{name}", "The design", "", (("", text),))
            for name, text in self.design.items()
        ]
        found: dict[str, Statement] = {}
        for one in (*first, *filter(self.asks, every)):
            found.setdefault(one.id, one)
        return list(found.values())


def _on(page: str, patterns: Iterable[str]) -> bool:
    """Return whether a place of a page is of one of these pages, or under one of these headings."""
    names = (page, page.partition("#")[0])
    return any(fnmatchcase(name, pattern) for name in names for pattern in patterns)


class Reviewers(Strict):
    """All fields, by the name that the command knows them by."""

    fields: Annotated[dict[Identifier, Field], Limited(min_length=1)]

    def field(self, name: str) -> Field:
        """Return one of them; UnknownFieldError lists them all."""
        if name not in self.fields:
            known = ", ".join(self.fields)
            raise UnknownFieldError(f"Nobody is asked as '{name}' in {FILE}. Fields: {known}.")
        return self.fields[name]


def load(root: Path) -> Reviewers:
    """Read whom a course asks.

    Parameters
    ----------
    root
        Its folder.

    Raises
    ------
    BrokenSourceError
        If the file is missing, or not as expected.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> load(content_root()).field("lawyer").title
    'lawyers'
    """

    def loose_ends(reviewers: Reviewers) -> Iterator[tuple[Loc, str]]:
        """Yield each page and module that is not there."""
        names = {path.relative_to(root).as_posix() for path in root.glob("*/**/*.md")}
        for field, one in reviewers.fields.items():
            for key in ("pages", "whole"):
                for number, pattern in enumerate(getattr(one, key)):
                    if not fnfilter(names, pattern.partition("#")[0]):
                        yield ("fields", field, key, number), f"no page is called '{pattern}'"
            for number, module in enumerate(one.modules):
                if not (root / "modules" / module).is_dir():
                    yield ("fields", field, "modules", number), f"there is no module '{module}'"

    return Source.load(root / FILE, Reviewers, loose_ends)[0]
