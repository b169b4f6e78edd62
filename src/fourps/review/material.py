"""All of a course that holds statements, read once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import fourps.course.citations
import fourps.course.facts
import fourps.course.outcomes
import fourps.course.page
import fourps.course.rules
import fourps.quiz.model
import fourps.scenario.model
from fourps.course.toc import pages
from fourps.quiz.files import of_the_book

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fourps.course.outcomes import Outcomes
    from fourps.course.page import Page
    from fourps.course.rules import Rules
    from fourps.quiz.model import Quiz
    from fourps.scenario.model import Scenario


@dataclass
class Material:
    """What was read."""

    root: Path
    labels: dict[str, str] = field(default_factory=dict)
    """The short labels of sources, by key."""
    statuses: dict[str, str] = field(default_factory=dict)
    """How each fact of the sheet was checked."""
    outcomes: dict[str, Outcomes] = field(default_factory=dict)
    """Those of each module, by its folder."""
    pages: list[Page] = field(default_factory=list)
    """In the order of the contents."""
    scenarios: dict[str, Scenario] = field(default_factory=dict)
    """By the folder of their module."""
    quizzes: dict[Path, Quiz] = field(default_factory=dict)
    """By their file."""
    rules: Rules | None = None

    @property
    def owners(self) -> dict[str, str]:
        """The module of each outcome."""
        return {number: name for name, one in self.outcomes.items() for number in one.outcomes}


def listed(root: Path) -> list[Path]:
    """Return the pages of the contents that are written in Markdown, in their order."""
    return [path for name in pages(root) if (path := root / f"{name}.md").is_file()]


def load(root: Path, progress: Callable[[int, int], None] = lambda _done, _of: None) -> Material:
    """Read a course.

    Parameters
    ----------
    root
        Its folder.
    progress
        Is called with how many files are read, of how many.

    Raises
    ------
    BrokenSourceError
        If a file cannot be used; ``fourps check`` says more.
    """
    book = root / "book"
    found = Material(root, fourps.course.citations.labels(book / "references.bib"))
    if (book / "facts.csv").is_file():
        found.statuses = fourps.course.facts.table(book / "facts.csv")
    if (book / "rules.yaml").is_file():
        found.rules = fourps.course.rules.load(book / "rules.yaml")[0]
    files = [*listed(root), *sorted(root.glob("modules/*/*.yaml")), *of_the_book(root)]
    for number, path in enumerate(files, 1):
        _read(path, found)
        progress(number, len(files))
    return found


def _read(path: Path, found: Material) -> None:
    module = path.parent.name
    if path.suffix == ".md":
        found.pages.append(fourps.course.page.read(path))
    elif path.name == "outcomes.yaml":
        found.outcomes[module] = fourps.course.outcomes.load(path)[0]
    elif path.name == "scenario.yaml":
        found.scenarios[module] = fourps.scenario.model.load(path)[0]
    else:
        found.quizzes[path] = fourps.quiz.model.load(path)[0]
