"""Pages, lines and directives as a notebook has them: plain Markdown and cells."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Self

from fourps.course.inline import PARSER, substitute
from fourps.course.language import day_text
from fourps.course.page import Directive
from fourps.course.problem import BrokenSourceError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from fourps.course.inline import Span
    from fourps.course.saying import Saying
    from fourps.learn.references import References

    Plain = Callable[[str, "PageInNotebook", int], "Parts"]


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
    """Turns MyST that begins at a line of the file: `fourps.learn.notebooks.plain`."""

    @classmethod
    def of(cls, block: Directive, page: PageInNotebook, plain: Plain) -> Self:
        """Return a directive as it stands on a page."""
        as_written = (block.name, block.argument, block.body, block.line, block.first, block.given)
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


_WORDS = ("term", "abbr", "dfn", "guilabel", "menuselection", "file", "samp", "program")


@dataclass(frozen=True)
class PageInNotebook:
    """A page that is being turned, and what it may refer to."""

    path: Path
    references: References
    literal: bool = False
    """Whether quotation marks stay as they were typed: nbgrader compares what it released."""

    def problem(self, line: int, name: str, message: str) -> BrokenSourceError:
        """Return what is wrong with a line, to be raised."""
        return BrokenSourceError(Problem(self.path, line, name, "", message))


def plain_line(text: str, page: PageInNotebook, line: int) -> str:
    """Turn one line of MyST, such as a title, into plain Markdown."""
    return substitute(PARSER, text, {"spans": []}, replacer(page, line))


def replacer(page: PageInNotebook, line: int) -> Callable[[Span], str]:
    """Return a function that says what a role, link, image or dollar sign becomes."""

    def replace(span: Span) -> str:
        if span.kind == "dollar":
            # JupyterLab would read what stands between two of them as a formula
            return r"\$"
        if span.kind == "link":
            return _link(plain_line(span.content, page, line), span.target, page, line)
        if span.kind == "image":
            if "://" in span.target:
                return f"[{span.content}]({span.target})"
            raise page.problem(line, "image", "a notebook of the course cannot carry an image yet")
        return _role(span.kind[1:-1], span.content, page, line)

    return replace


def _role(name: str, content: str, page: PageInNotebook, line: int) -> str:
    if name == "cite" or name.startswith("cite:"):
        keys = [key.strip() for key in content.split(",")]
        unknown = [key for key in keys if key not in page.references.labels]
        if unknown:
            raise page.problem(
                line, "unknown-source", f"'{unknown[0]}' is not a key of references.bib"
            )
        return ", ".join(f"[{page.references.labels[key]}]" for key in keys)
    if name == "fact":
        return ""
    if name == "checked":
        return day_text(content, page.references.language)
    titled = re.fullmatch(r"(.*\S)\s*<([^>]+)>", content)
    if name in _WORDS:
        return titled[1] if titled else content
    if name in ("doc", "ref"):
        text, target = (titled[1], titled[2]) if titled else ("", content)
        return _link(text, f"{target}.md" if name == "doc" else f"#{target}", page, line)
    if name in ("code", "command", "option"):
        return f"`{content}`"
    if name in ("kbd", "sub", "sup"):
        return f"<{name}>{html.escape(content)}</{name}>"
    if name == "math":
        return f"${content}$"
    raise page.problem(line, "unknown-role", f"a notebook cannot show the role {{{name}}}")


def _link(text: str, target: str, page: PageInNotebook, line: int) -> str:
    if "://" in target or target.startswith("mailto:"):
        return f"[{text}]({target})"
    place = page.references.notebook(page.path, target)
    if place is None:
        raise page.problem(line, "broken-link", f"there is no page or place '{target}'")
    title, address = place
    return f"[{text or title}]({address})"
