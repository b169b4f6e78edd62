"""What a reviewer is handed, before it is drawn: a cover, statements by part, and the sources."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources
from itertools import groupby
from typing import TYPE_CHECKING

import yaml
from pybtex.database import parse_string

from fourps.course.version import version
from fourps.csv_table import table
from fourps.review.answers import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from fourps.review.material import Material
    from fourps.review.reviewers import Field
    from fourps.review.statement import Statement

    Progress = Callable[[int, int], None]

LANGUAGE = "en-GB"
HEAD = ("No.", "The course says", "Your answer")
ANSWER = "☐ yes   ☐ no   ☐ better"
_ADVICE = "No source: the course's own advice."
_CHECKED = {
    "V1": "seen on the publisher's page",
    "V2": "seen elsewhere",
    "R": "recalled, not seen",
    "design": "the course's own idea",
}


@dataclass(frozen=True)
class Pack:
    """A review pack."""

    name: str
    """The field's, as the command knows it."""
    field: Field
    statements: list[Statement]
    """Those of one pack, numbered from 1 in this order."""

    @property
    def title(self) -> str:
        """What stands on its cover."""
        return f"Four Ps: review by {self.field.title}"

    @property
    def csv(self) -> str:
        """The name of the table to fill in."""
        return f"{self.name}.csv"

    def parts(self) -> Iterator[tuple[str, list[tuple[int, Statement]]]]:
        """Yield each part with its numbered statements."""
        numbered = enumerate(self.statements, 1)
        for part, some in groupby(numbered, key=lambda one: one[1].part):
            yield part, list(some)

    def cover(self) -> list[tuple[str, list[str]]]:
        """Return the headings of the cover, each with its paragraphs."""
        text = resources.files("fourps.review").joinpath("cover.yaml").read_text("utf-8")
        filled = {
            "asked": self.field.asked,
            "version": version(),
            "count": len(self.statements),
            "csv": self.csv,
        }
        return [
            (one["heading"], [paragraph.format(**filled) for paragraph in one["paragraphs"]])
            for one in yaml.safe_load(text)
        ]


def pack(
    name: str, field: Field, every: Collection[Statement], modules: Collection[str] = ()
) -> Pack:
    """Return what a field is asked.

    Parameters
    ----------
    name, field
        The field.
    every
        All statements of the course.
    modules
        Only those of some modules, and the questions on the design; by default all.
    """
    asked = field.statements(every)
    if modules:
        asked = [one for one in asked if one.kind == "design" or one.module in modules]
    return Pack(name, field, asked)


def basis(one: Statement) -> str:
    """Return in a line what a statement rests on.

    Examples
    --------
    >>> from fourps.review.statement import Statement
    >>> basis(Statement("text", "a", "b", "c", (), ("WHO 2003",), (("C-06", "V1+R-h"),)))
    "Source: WHO 2003. Fact sheet C-06: seen on the publisher's page; recalled, not seen."
    >>> basis(Statement("text", "a", "b", "c", ()))
    "No source: the course's own advice."
    """
    if one.kind in ("design", "rule"):
        return ""
    # a label may end with the stop of "n.d."
    sources = ", ".join(one.sources).removesuffix(".")
    said = [f"Source: {sources}." if sources else _ADVICE]
    for fact, status in one.facts:
        words = (_CHECKED.get(kind.partition("-")[0], kind) for kind in status.split("+"))
        said.append(f"Fact sheet {fact}: {'; '.join(words)}.")
    return " ".join(said)


def rows(one: Pack) -> bytes:
    """Return the table to fill in: a row for each statement."""
    lines = (
        (number, one.name, it.id, it.wording, it.text, *[None] * (len(COLUMNS) - 5))
        for number, it in enumerate(one.statements, 1)
    )
    return table([COLUMNS, *lines])


def sources(one: Pack, material: Material) -> list[str]:
    """Return a line for each document that a pack cites: label, title, address."""
    path: Path = material.root / "book" / "references.bib"
    cited = {label for it in one.statements for label in it.sources}
    entries = parse_string(path.read_text("utf-8"), "bibtex").entries
    found = []
    for key, label in sorted(material.labels.items(), key=lambda pair: pair[1].casefold()):
        if label in cited:
            fields = entries[key].fields
            said = (fields.get("title", ""), fields.get("url", ""))
            # what TeX needs, and no reader
            bare = ". ".join(re.sub(r"[{}\\]", "", part) for part in said if part)
            found.append(f"{label}: {bare}")
    return found
