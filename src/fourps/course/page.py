"""A page of the course in MyST, taken apart so that a rule can look at each block of text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin

from fourps.course.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from markdown_it.token import Token

_DIRECTIVE = re.compile(r"\{([\w:-]+)\}\s*(.*)")
_SILENCE = re.compile(r"silence:\s*([\w-]+)")
_OPTION = re.compile(r":[\w-]+:")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_ROLE = re.compile(r"\{(?P<role>[\w:-]+)\}`(?P<content>[^`]*)`")
# directives whose content is Markdown; that of others is code, data or a list of words
_PROSE = {
    "activity", "admonition", "attention", "caution", "content-note", "danger", "error", "fold",
    "guidance", "hint", "important", "note", "official-text", "seealso", "tip", "warning",
}  # fmt: skip


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, list item or cell of a table, or a cell of code.

    Attributes
    ----------
    line
        1-based line on which it starts.
    text
        As it stands in the file.
    kind
        ``heading``, ``text``, ``cell`` or ``code``.
    headings
        The headings above it, the outermost first; for a heading also its own.
    boxes
        The directives that it stands in, the outermost first: name and title.
    silenced
        Names of the findings that a comment above it silences.
    """

    line: int
    text: str
    kind: str
    headings: tuple[str, ...] = ()
    boxes: tuple[tuple[str, str], ...] = ()
    silenced: frozenset[str] = frozenset()

    def inside(self, *names: str) -> bool:
        """Return whether it stands in a directive of one of these names."""
        return any(name in names for name, _ in self.boxes)

    def roles(self, name: str) -> list[str]:
        """Return what the roles of this name hold, separated at commas."""
        found = [one["content"] for one in _ROLE.finditer(self.text) if one["role"] == name]
        return [part.strip() for content in found for part in content.split(",")]

    @property
    def cited(self) -> list[str]:
        """The keys of all citations in it."""
        found = [one["content"] for one in _ROLE.finditer(self.text) if "cite" in one["role"]]
        return [key.strip() for keys in found for key in keys.split(",")]

    @property
    def prose(self) -> str:
        """The text that a reader sees: no roles of ours, the words of links, no marks."""
        seen = _ROLE.sub(lambda one: one["content"] if one["role"] == "term" else "", self.text)
        return re.sub(r"[*_`]+", "", _LINK.sub(r"\1", seen))


@dataclass
class Page:
    """A page.

    Attributes
    ----------
    path
        The file.
    front
        Its front matter, as text.
    blocks
        In the order of the file.
    directives
        Name and line of each directive on the page.
    """

    path: Path
    front: str = ""
    blocks: list[Block] = field(default_factory=list)
    directives: list[tuple[str, int]] = field(default_factory=list)

    def problem(self, block: Block, name: str, message: str) -> Problem:
        """Return a problem with a block."""
        return Problem(self.path, block.line, name, "", message)


def read(path: Path) -> Page:
    """Take a page apart.

    Parameters
    ----------
    path
        A Markdown file in UTF-8.

    Returns
    -------
    Page
        Its blocks, also those within boxes.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> page = read(content_root() / "modules" / "protection" / "lesson.md")
    >>> page.blocks[0].text, page.blocks[0].kind
    ('Protection', 'heading')
    """
    page = Page(path)
    _Reader(page).take(path.read_text("utf-8"), 0, ())
    return page


def _parser() -> MarkdownIt:
    return (
        MarkdownIt("commonmark")
        .enable("table")
        .use(front_matter_plugin)
        .use(colon_fence_plugin)
        .use(deflist_plugin)
        .use(myst_block_plugin)
        # rules look at the text of a block as it stands
        .disable("inline")
    )


class _Reader:
    """Goes through the tokens of a page and of the boxes on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.parser = _parser()
        self.headings: list[str] = []
        self.silenced: set[str] = set()

    def take(self, text: str, offset: int, boxes: tuple[tuple[str, str], ...]) -> None:
        """Add the blocks of a text that begins after `offset` lines."""
        line, kind, level = offset + 1, "text", 0
        for token in self.parser.parse(text):
            if token.map:
                line = offset + token.map[0] + 1
            if token.type == "front_matter":
                self.page.front = token.content
            elif token.type == "myst_line_comment":
                self.silenced.update(_SILENCE.findall(token.content))
            elif token.type == "heading_open":
                kind, level = "heading", int(token.tag[1])
            elif token.type in ("td_open", "th_open"):
                kind = "cell"
            elif token.type == "inline":
                if kind == "heading":
                    self.headings[level - 1 :] = [token.content]
                self.add(line, token.content, kind, boxes)
                kind = "text"
            elif token.type in ("fence", "colon_fence"):
                self.fence(token, line, boxes)

    def fence(self, token: Token, line: int, boxes: tuple[tuple[str, str], ...]) -> None:
        """Add what a fence holds, according to its directive."""
        found = _DIRECTIVE.match(token.info.strip())
        if not found:
            return
        name, title = found[1], found[2].strip()
        self.page.directives.append((name, line))
        lines = token.content.splitlines()
        options = _options(lines)
        if name == "code-cell":
            self.add(line + 1 + options, "\n".join(lines[options:]), "code", boxes)
        elif name in _PROSE:
            inner = (*boxes, (name, title))
            if title:
                self.add(line, title, "text", inner)
            above = list(self.headings)
            self.take("\n".join(lines[options:]), line + options, inner)
            self.headings = above

    def add(self, line: int, text: str, kind: str, boxes: tuple[tuple[str, str], ...]) -> None:
        """Add a block; what was silenced above it is used up."""
        silenced, self.silenced = frozenset(self.silenced), set()
        headings = tuple(self.headings)
        self.page.blocks.append(Block(line, text, kind, headings, boxes, silenced))


def _options(lines: list[str]) -> int:
    """Return how many lines of a directive hold its options."""
    if lines and lines[0].strip() == "---":
        return next((i + 1 for i, one in enumerate(lines[1:], 1) if one.strip() == "---"), 0)
    return next((i for i, one in enumerate(lines) if not _OPTION.match(one)), len(lines))
