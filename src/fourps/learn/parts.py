"""What a page becomes in a notebook, and what a directive needs in order to become that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Self

from fourps.course.page import Directive
from fourps.learn.line import plain_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from fourps.course.problem import BrokenSourceError
    from fourps.course.saying import Saying
    from fourps.learn.line import PageInNotebook

    Plain = Callable[[str, PageInNotebook, int], "Parts"]


class Code(NamedTuple):
    """A code cell that a directive becomes, and the file's line on which that stands."""

    source: str
    line: int


Parts = list["str | Code"]


def nested(parts: Parts, page: PageInNotebook) -> BrokenSourceError | None:
    """Return what is wrong with parts that should be text, if there is a cell among them."""
    message = "a player must stand by itself: a cell cannot be inside a box, a list or a cell"
    lines = [part.line for part in parts if isinstance(part, Code)]
    return page.problem(lines[0], "nested-player", message) if lines else None


@dataclass(frozen=True)
class DirectiveInNotebook(Directive):
    """A directive that is being turned."""

    page: PageInNotebook
    """Where it stands, and what it may refer to."""
    plain: Plain
    """Turns MyST that begins at a line of the file: `fourps.learn.plain_markdown.plain`."""

    @classmethod
    def of(cls, found: Directive, page: PageInNotebook, plain: Plain) -> Self:
        """Return a directive as it stands on a page."""
        as_written = (found.name, found.argument, found.body, found.line, found.first, found.given)
        return cls(*as_written, page, plain)

    @property
    def say(self) -> Saying:
        """Gives a text of its page in the language of the notebook."""
        return self.page.references.say(self.page.path)

    @property
    def words(self) -> Mapping[str, str]:
        """Our own words in that language."""
        return self.page.references.words

    def label(self, name: str) -> str:
        """Return a name with what follows it in that language: a colon, in French after a space."""
        return self.words["label"].format(what=name)

    def inner(self) -> str:
        """Return its body as Markdown."""
        return self.markdown(self.body, self.first)

    def markdown(self, text: str, line: int) -> str:
        """Return MyST within it, which begins at a line of the file, as Markdown."""
        parts = self.plain(text, self.page, line)
        if problem := nested(parts, self.page):
            raise problem
        return "\n\n".join(str(part) for part in parts)

    def title(self) -> str:
        """Return its argument as Markdown."""
        return plain_line(self.argument, self.page, self.line)

    def beside(self, name: str) -> Path:
        """Return a file beside the page, which must be there."""
        path = self.page.path.parent / name
        if not path.is_file():
            raise self.problem("missing-file", f"there is no file {name} beside the page")
        return path

    def problem(self, name: str, message: str) -> BrokenSourceError:
        """Return what is wrong with it, to be raised."""
        return self.page.problem(self.line, name, message)
