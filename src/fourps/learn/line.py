"""Turn one line of MyST, its roles and its links, into plain Markdown that JupyterLab can show."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fourps.course.inline import PARSER, substitute
from fourps.course.language import day_text
from fourps.course.problem import BrokenSourceError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fourps.course.inline import Span
    from fourps.learn.references import References

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
    found = page.references.notebook(page.path, target)
    if found is None:
        raise page.problem(line, "broken-link", f"there is no page or place '{target}'")
    title, address = found
    return f"[{text or title}]({address})"
