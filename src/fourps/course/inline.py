"""Roles, links and quotation marks in a line of MyST, and what is put in their places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from markdown_it import MarkdownIt
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin
from mdit_py_plugins.myst_role.index import myst_role

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_inline import StateInline

    Rule = Callable[[StateInline, bool], bool]

# a letter, figure or opening mark, and then nothing that MyST, or what makes quotes of it, could
# take for more than letters; a number with a stop would begin a list
_CLASSED = re.compile(r"^\[(.*)\]\{\.[\w-]+\}(\s*)$", re.DOTALL)
_PLAIN = re.compile(r"(?!\d+[.)])[\w«“(][^\n`*_\[\]{}<>&\\$~^|\"'@#%]*")
_NOT_PLAIN = re.compile(r"^_|--|\.{3}|://|\s$|\s\s")
_QUOTES = MarkdownIt("zero", {"typographer": True, "quotes": "\u201c\u201d\u2018\u2019"}).enable(
    "smartquotes"
)
# what is shown letter by letter, or not at all: code, addresses of links, tags, roles' names
_LITERAL = re.compile(r"(`+).+?\1|(?<=\])\([^)\s]*\)|<[^<>\s][^<>]*>|https?://\S+", re.DOTALL)
# what the parser would replace, or take out
_ODD = re.compile(r"[\r\0]")
# bold and italics stand between a quotation mark and its word, and say nothing of its side
_MARKS = "*_"


class Span(NamedTuple):
    """A role, link, image or dollar sign, and where it stands in its text."""

    start: int
    end: int
    """The characters that it takes."""
    kind: str
    """The name of a role, or ``link``, ``image`` or ``dollar``."""
    content: str = ""
    """A role's content, or the text that a link shows."""
    target: str = ""
    """Where a link or image points."""


def _dollar(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    if state.src[state.pos] != "$":
        return False
    if not silent:
        state.env["spans"].append(Span(state.pos, state.pos + 1, "dollar"))
        state.pending += "$"
    state.pos += 1
    return True


def _noting_role(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    start = state.pos
    if not myst_role(state, silent):
        return False
    if not silent:
        token = state.tokens[-1]
        kind = f"{{{token.meta['name']}}}"
        state.env["spans"].append(Span(start, state.pos, kind, token.content.strip()))
    return True


def _noting(kind: str, attribute: str, rule: Rule) -> Rule:
    """Let one of markdown-it's rules note where it applied."""

    def noting(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
        start, before, noted = state.pos, len(state.tokens), list(state.env["spans"])
        if not rule(state, silent):
            return False
        if not silent:
            label = start + (1 if kind == "image" else 0)
            end = state.md.helpers.parseLinkLabel(_at(state), label)
            # a token for the text before it may have come first
            attrs = [token.attrs for token in state.tokens[before:] if attribute in token.attrs]
            target = str(attrs[0][attribute])
            if kind == "image":
                # the alternative text was parsed as a text of its own, with its own positions
                state.env["spans"][:] = noted
            span = Span(start, state.pos, kind, state.src[label + 1 : end], target)
            state.env["spans"].append(span)
        return True

    return noting


def _at(state: StateInline) -> StateInline:
    """Return a state in which a label can be looked for without moving this one."""
    return type(state)(state.src, state.md, {"spans": []}, [])


def parser() -> MarkdownIt:
    """Return a parser for the MyST that the course is written in."""
    md = (
        MarkdownIt("commonmark")
        .enable("table")
        .use(colon_fence_plugin)
        .use(deflist_plugin)
        .use(myst_block_plugin)
        .use(myst_role_plugin)
    )
    rules: Any = {rule.name: rule.fn for rule in md.inline.ruler.__rules__}
    md.inline.ruler.at("myst_role", _noting_role)
    md.inline.ruler.at("link", _noting("link", "href", rules["link"]))
    md.inline.ruler.at("image", _noting("image", "src", rules["image"]))
    md.inline.ruler.before("escape", "dollar", _dollar)
    return md


PARSER = parser()
# what stands in a block takes most of the time, and is looked at by `substitute`
_BLOCKS = parser().disable("inline")


def blocks(text: str, env: dict[str, Any]) -> list[Any]:
    """Parse the blocks of a text, and not what stands in them; the tokens know their lines."""
    return _BLOCKS.parse(text, env)


def is_plain(text: str) -> bool:
    """Return whether a text is one paragraph without any markup, as most sentences are.

    What is not sure is not plain: only then need nobody parse it.

    Examples
    --------
    >>> [is_plain(text) for text in ("Il pleut : oui.", "- Il pleut.", "1. Il", "**Il** pleut.")]
    [True, False, False, False]
    """
    return bool(_PLAIN.fullmatch(text)) and not _NOT_PLAIN.search(text)


def words(text: str, env: dict[str, Any] | None = None) -> str:
    """Return the bare words of one line.

    Parameters
    ----------
    text
        Such as a title.
    env
        What `blocks` filled, if links may have their targets elsewhere.

    Examples
    --------
    >>> words("The {term}`child` **first**")
    'The child first'
    """
    tokens = PARSER.parseInline(text, {**(env or {}), "spans": []})[0].children or []
    return "".join(token.content for token in tokens).strip()


def substitute(
    md: MarkdownIt, text: str, env: dict[str, Any], replace: Callable[[Span], str]
) -> str:
    r"""Replace every role, link, image and dollar sign of a text, and leave all else as it was.

    The class of a whole block, which a page's script looks for, is left out.

    Parameters
    ----------
    md
        From `parser`.
    text
        Source lines of one block, with any marks of quotes, lists and tables.
    env
        What `blocks` filled: it holds the targets of reference links.
    replace
        Gives the new source of each.

    Examples
    --------
    >>> md, env = parser(), {}
    >>> _ = blocks("", env)
    >>> substitute(md, "- a {term}`child`, not `{term}` nor [x](y)", env, lambda span: span.content)
    '- a child, not `{term}` nor x'
    >>> substitute(md, "[a [child](y)]{.age}", env, lambda span: span.content)
    'a child'
    """
    text = _CLASSED.sub(r"\1\2", text)
    env = env | {"spans": []}
    md.inline.parse(text, md, env, [])
    result, at = [], 0
    for span in sorted(env["spans"]):
        # what stands inside a link was noted too; the link's own text is looked at by `replace`
        if span.start >= at:
            result += [text[at : span.start], replace(span)]
            at = span.end
    return "".join((*result, text[at:]))


def curly(text: str) -> str:
    """Return a text, plain or in Markdown, with curly quotation marks and apostrophes.

    Parameters
    ----------
    text
        A text as it is written; what has curly marks already stays as it is.

    Examples
    --------
    >>> curly('"Later," she says. Write `"no"`, or "**not yet**".')
    '“Later,” she says. Write `"no"`, or “**not yet**”.'
    """
    if '"' not in text and "'" not in text:
        return text
    masked = _LITERAL.sub(lambda match: "x" * len(match[0]), text)
    kept = [place for place in range(len(masked)) if masked[place] not in _MARKS]
    (line,) = _QUOTES.parseInline(_ODD.sub("x", "".join(masked[place] for place in kept)))
    turned = "".join(token.content for token in line.children or ())
    letters = list(text)
    for place, letter in zip(kept, turned, strict=True):
        if masked[place] in "\"'":
            letters[place] = letter
    return "".join(letters)
