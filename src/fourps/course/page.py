"""A page of the course in MyST, taken apart: the one place that knows how it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from mdit_py_plugins.front_matter import front_matter_plugin

from fourps.course.inline import parser, words
from fourps.course.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from markdown_it.token import Token

# rules look at the text of a block as it stands
PARSER = parser().use(front_matter_plugin).disable("inline")
_DIRECTIVE = re.compile(r"\{([\w:.+-]+)\}\s*(.*)", re.DOTALL)
_OPTION = re.compile(r":([\w-]+):(?:\s+(.*))?$")
_SILENCE = re.compile(r"silence:\s*([\w-]+)")
_RULE = re.compile(r"^[ ]*rule:(.*)", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_ROLE = re.compile(r"\{(?P<role>[\w:-]+)\}`(?P<content>[^`]*)`")
# directives whose content is Markdown; that of others is code, data or a list of words
PROSE = {
    "activity", "admonition", "aloud", "attention", "caution", "content-note", "danger", "error",
    "fold", "guidance", "hint", "important", "in-order", "note", "official-text", "seealso", "tip",
    "warning",
}  # fmt: skip
# of these, the ones with a title beside their name
TITLED = {"activity", "admonition", "aloud", "fold"}


@dataclass(frozen=True)
class Directive:
    """A directive, taken apart."""

    name: str
    argument: str
    body: str
    """As they are written."""
    line: int
    first: int
    """1-based lines on which it, and its body, start."""
    given: tuple[str, ...]
    """The lines of its options."""

    @cached_property
    def options(self) -> dict[str, str]:
        """Its options: ``:key: value``, or YAML between two lines of three hyphens."""
        if self.given and self.given[0].strip() == "---":
            values = yaml.safe_load("\n".join(self.given[1:-1])) or {}
            return {str(key): str(value) for key, value in values.items()}
        options = filter(None, (_OPTION.match(line.strip()) for line in self.given))
        return {option[1]: (option[2] or "").strip() for option in options}


class Box(NamedTuple):
    """A directive that other text stands in."""

    name: str
    title: str


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, list item or cell of a table, or a cell of code."""

    line: int
    """1-based line on which it starts."""
    text: str
    """As it stands in the file."""
    kind: str
    """``heading``, ``text``, ``cell`` or ``code``."""
    headings: tuple[str, ...] = ()
    """The headings above it, the outermost first; for a heading also its own."""
    boxes: tuple[Box, ...] = ()
    """The directives that it stands in, the outermost first."""
    silenced: frozenset[str] = frozenset()
    """Names of the findings that a comment above it silences."""

    def inside(self, *names: str) -> bool:
        """Return whether it stands in a directive of one of these names."""
        return any(name in names for name, _ in self.boxes)

    def roles(self, name: str) -> list[str]:
        """Return what the roles of this name hold, separated at commas."""
        held = [role["content"] for role in _ROLE.finditer(self.text) if role["role"] == name]
        return [part.strip() for content in held for part in content.split(",")]

    @property
    def cited(self) -> list[str]:
        """The keys of all citations in it."""
        return _cited(self.text)

    @property
    def prose(self) -> str:
        """The text that a reader sees: no roles of ours, the words of links, no marks."""
        seen = _ROLE.sub(lambda role: role["content"] if role["role"] == "term" else "", self.text)
        return re.sub(r"[*_`]+", "", _LINK.sub(r"\1", seen))


class RuleMark(NamedTuple):
    """A comment that says which rule the text above it states: ``% rule: child-within-a-day``."""

    rule: str
    line: int
    headings: tuple[str, ...]


@dataclass
class Page:
    """A page."""

    path: Path
    """The file."""
    text: str = ""
    """All of it."""
    front: str = ""
    """Its front matter, as text."""
    blocks: list[Block] = field(default_factory=list)
    """In the order of the file, also those within boxes."""
    directives: list[Directive] = field(default_factory=list)
    """In the order of the file, also those within boxes."""
    rule_marks: list[RuleMark] = field(default_factory=list)
    """Where it states a rule of the course, in the order of the file, also within boxes."""
    headings: dict[str, str] = field(default_factory=dict)
    """The headings by what leads to them: their slugs and the targets above them; ``""`` leads to
    the first one, the title."""

    @property
    def cited(self) -> list[str]:
        """The keys of all citations, each as often as it stands there, in any directive."""
        return _cited(self.text)

    def problem(self, block: Block, name: str, message: str) -> Problem:
        """Return a problem with a block."""
        return Problem(self.path, block.line, name, "", message)


_known: dict[Path, Page] = {}
_MOST = 1024


def read(path: Path) -> Page:
    """Take a page apart, once as long as its text is the same: whoever reads it changes nothing.

    Parameters
    ----------
    path
        A Markdown file in UTF-8.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> page = read(content_root() / "modules" / "protection" / "lesson.md")
    >>> page.blocks[0].text, page.blocks[0].kind
    ('Protection', 'heading')
    """
    text = path.read_text("utf-8")
    page = _known.pop(path, None)
    if page is None or page.text != text:
        page = Page(path, text)
        _Reader(page).take(text, 0, ())
    # what is asked for last stands last
    _known[path] = page
    if len(_known) > _MOST:
        del _known[next(iter(_known))]
    return page


def known() -> list[Page]:
    """Return the pages that were taken apart, each as it was read last."""
    return [*_known.values()]


def know(pages: Iterable[Page]) -> None:
    """Use pages that another process has taken apart, as long as their text is the same."""
    _known.update((page.path, page) for page in pages)


def slug(title: str = "") -> str:
    """Return what leads to a heading.

    Examples
    --------
    >>> slug("When somebody's life is in danger")
    'when-somebodys-life-is-in-danger'
    """
    return re.sub(r"[^\w\- ]", "", title.casefold()).replace(" ", "-")


def marked_rules(comment: str) -> list[str]:
    """Return the ids of the rules that a comment marks.

    Examples
    --------
    >>> marked_rules(" rule: adult-decides, life-permits"), marked_rules(" rules are rules")
    (['adult-decides', 'life-permits'], [])
    """
    return [name.strip() for named in _RULE.findall(comment) for name in named.split(",")]


def directive(token: Token, line: int) -> Directive | None:
    r"""Take the token of a fence apart, if it is a directive.

    Parameters
    ----------
    token
        Of any kind.
    line
        The file's line on which it starts.

    Examples
    --------
    >>> from fourps.course.inline import blocks
    >>> fold = directive(blocks(":::{fold} Why\n:open:\nSo.\n:::", {})[0], 1)
    >>> fold.name, fold.argument, fold.options, fold.body, fold.first
    ('fold', 'Why', {'open': ''}, 'So.', 3)
    """
    match = token.type in ("fence", "colon_fence") and _DIRECTIVE.match(token.info.strip())
    if not match:
        return None
    lines = token.content.rstrip("\n").split("\n")
    taken = _options(lines)
    body = "\n".join(lines[taken:])
    given = tuple(lines[:taken])
    return Directive(match[1], match[2].strip(), body, line, line + 1 + taken, given)


def _cited(text: str) -> list[str]:
    roles = [role["content"] for role in _ROLE.finditer(text) if "cite" in role["role"]]
    return [key.strip() for keys in roles for key in keys.split(",")]


def _options(lines: list[str]) -> int:
    """Return how many lines of a directive hold its options."""
    stripped = [line.strip() for line in lines]
    if stripped[0] == "---" and "---" in stripped[1:]:
        return stripped.index("---", 1) + 1
    return next((i for i, line in enumerate(stripped) if not _OPTION.match(line)), len(lines))


class _Reader:
    """Goes through the tokens of a page and of the boxes on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.headings: list[str] = []
        self.targets: list[str] = []
        self.silenced: set[str] = set()

    def take(self, text: str, offset: int, boxes: tuple[Box, ...]) -> None:
        """Add the blocks of a text that begins after `offset` lines."""
        line, kind, level = offset + 1, "text", 0
        env: dict[str, Any] = {}
        for token in PARSER.parse(text, env):
            if token.map:
                line = offset + token.map[0] + 1
            if token.type == "heading_open":
                kind, level = "heading", int(token.tag[1])
            elif token.type in ("td_open", "th_open"):
                kind = "cell"
            elif token.type == "inline":
                if kind == "heading":
                    self.headings[level - 1 :] = [token.content]
                    if not boxes:
                        self.name(words(token.content, env))
                self.add(line, token.content, kind, boxes)
                kind = "text"
            else:
                self.other(token, line, boxes)

    def other(self, token: Token, line: int, boxes: tuple[Box, ...]) -> None:
        """Note what is no text."""
        if token.type == "front_matter":
            self.page.front = token.content
        elif token.type == "myst_line_comment":
            self.silenced.update(_SILENCE.findall(token.content))
            above = tuple(self.headings)
            self.page.rule_marks += [
                RuleMark(name, line, above) for name in marked_rules(token.content)
            ]
        elif token.type == "myst_target" and not boxes:
            self.targets.append(token.content)
        elif box := directive(token, line):
            self.fence(box, boxes)

    def name(self, title: str) -> None:
        """Note what leads to a heading."""
        for name in ("", slug(title), *self.targets):
            self.page.headings.setdefault(name, title)
        self.targets = []

    def fence(self, box: Directive, boxes: tuple[Box, ...]) -> None:
        """Add what a directive holds, according to its name."""
        self.page.directives.append(box)
        if box.name == "code-cell":
            self.add(box.first, box.body, "code", boxes)
        elif box.name in PROSE:
            inner = (*boxes, Box(box.name, box.argument))
            if box.argument:
                self.add(box.line, box.argument, "text", inner)
            above = list(self.headings)
            self.take(box.body, box.first - 1, inner)
            self.headings = above

    def add(self, line: int, text: str, kind: str, boxes: tuple[Box, ...]) -> None:
        """Add a block; what was silenced above it is used up."""
        silenced, self.silenced = frozenset(self.silenced), set()
        headings = tuple(self.headings)
        self.page.blocks.append(Block(line, text, kind, headings, boxes, silenced))
