"""Turn a page's MyST into plain Markdown and code cells, which JupyterLab can show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fourps.course.inline import PARSER, blocks, substitute
from fourps.course.page import directive
from fourps.course.quotes import curly
from fourps.learn.directives import DIRECTIVES
from fourps.learn.parts import DirectiveInNotebook, nested, replacer

if TYPE_CHECKING:
    from fourps.learn.parts import PageInNotebook, Parts


def plain(text: str, page: PageInNotebook, line: int = 1) -> Parts:
    r"""Turn MyST into plain Markdown and code cells, in reading order.

    Parameters
    ----------
    text
        MyST, without front matter.
    page
        Where it stands, and what it may refer to.
    line
        The file's line on which it starts.

    Raises
    ------
    BrokenSourceError
        With file and line of a directive, role, link or key that a notebook cannot show.

    Examples
    --------
    >>> from pathlib import Path
    >>> from fourps.course.files import content_root
    >>> from fourps.learn.parts import PageInNotebook
    >>> from fourps.learn.references import References
    >>> root = content_root()
    >>> page = PageInNotebook(root / "book" / "safety.md", References(root))
    >>> plain("Read {cite:p}`who2003`.", page)
    ['Read [WHO 2003].']
    >>> plain(":::{fold} Why\nSo.\n:::", page)
    ['<details>\n<summary>Why</summary>\n\nSo.\n\n</details>']
    """
    lines = text.split("\n")
    env: dict[str, Any] = {}
    parts: Parts = []
    shown: list[str] = []
    at = 0
    for token in blocks(text, env):
        if token.map is None or token.map[0] < at:
            continue
        start, end = token.map
        element = _known(token, line + start, page)
        if element:
            shown += lines[at:start]
            pieces = DIRECTIVES[element.name](element)
            problem = nested(pieces, page)
            if not problem:
                _put(shown, lines, token, "\n".join(map(str, pieces)))
            elif token.level:
                raise problem
            else:
                parts += ["\n".join(shown), *pieces]
                shown = []
        elif token.type in ("myst_line_comment", "myst_target") or _is_comment(token):
            shown += lines[at:start]
        elif token.type == "inline":
            shown += lines[at:start]
            source = "\n".join(lines[start:end])
            where = line + start
            turned = substitute(PARSER, source, env, replacer(page, where))
            shown += (turned if page.literal else curly(turned)).split("\n")
        elif token.type == "dl_open":
            raise page.problem(
                line + start, "definition-list", "use {glossary}, or bold words and text"
            )
        else:
            continue
        at = end
    parts.append("\n".join((*shown, *lines[at:])))
    tidy = (part.strip("\n") if isinstance(part, str) else part for part in parts)
    return [part for part in tidy if part]


def sections(text: str) -> list[str]:
    r"""Split plain Markdown before its headings of the first two levels.

    Examples
    --------
    >>> sections("# A\n\nText.\n\n## B\n\n```\n# no heading\n```")
    ['# A\n\nText.', '## B\n\n```\n# no heading\n```']
    """
    lines = text.split("\n")
    tokens = blocks(text, {})
    starts = [
        token.map[0]
        for token in tokens
        if token.type == "heading_open" and token.tag in ("h1", "h2") and token.level == 0
    ]
    ends = [*starts[1:], len(lines)] if starts else []
    before = ["\n".join(lines[: starts[0]])] if starts else [text]
    texts = [*before, *("\n".join(lines[a:b]) for a, b in zip(starts, ends, strict=True))]
    return [text.strip("\n") for text in texts if text.strip()]


def _is_comment(token: Any) -> bool:
    return token.type == "html_block" and str(token.content).lstrip().startswith("<!--")


def _put(shown: list[str], lines: list[str], token: Any, text: str) -> None:
    """Add what a directive becomes, behind the marks of the quote or list that it stands in."""
    start, end = token.map
    prefix = lines[start][: lines[start].find(token.markup)]
    rest = re.sub(r"[^\s>]", " ", prefix)
    if shown and shown[-1].strip(" >") and not prefix.strip(" >"):
        shown.append(rest.rstrip())
    first, *others = text.split("\n")
    shown += [prefix + first, *((rest + line).rstrip() for line in others)]
    if end < len(lines) and lines[end].strip(" >"):
        shown.append(rest.rstrip())


def _known(token: Any, line: int, page: PageInNotebook) -> DirectiveInNotebook | None:
    """Return the directive that a token is, which must be one that a notebook can show."""
    named = directive(token, line)
    if not named:
        if token.type == "colon_fence":
            raise page.problem(line, "unknown-directive", "name a directive in braces after ':::'")
        return None
    if named.name not in DIRECTIVES:
        known = ", ".join(sorted(DIRECTIVES))
        message = f"a notebook cannot show {{{named.name}}}; known are: {known}"
        raise page.problem(line, "unknown-directive", message)
    return DirectiveInNotebook.of(named, page, plain)
