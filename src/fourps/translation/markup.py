"""Whether a translation keeps what is no prose: roles, links, code and emphasis."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from fourps.course.inline import PARSER, Span, blocks, is_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

# most texts have none, and parsing takes time
_SIGNS = re.compile(r"[`\[$<]")
_ITALICS = "words in *italics*"
_KINDS = {"strong_open": "words in **bold**", "em_open": _ITALICS}


def differences(english: str, said: str) -> Iterator[str]:
    """Yield what a translation has lost or added, one sentence each.

    Parameters
    ----------
    english, said
        A text in MyST, and its translation.

    Examples
    --------
    >>> list(differences("See [it](a.md) {cite:p}`who2003`.", "Voir [ceci](b.md)."))
    ['the link to a.md is missing', '{cite:p}`who2003` is missing', 'the link to b.md is new']
    >>> list(differences("So it **is**.", "- C'est **cela**."))
    ['it reads as a list, heading or the like, and not as a sentence']
    """
    if is_plain(english) and is_plain(said):
        return
    before, after = _marks(english), _marks(said)
    yield from (f"{mark} is missing" for mark in (before - after).elements())
    # a language may have its own words to point at
    yield from (f"{mark} is new" for mark in (after - before).elements() if mark != _ITALICS)
    # a cell or heading may begin like a list in English; Sphinx reads what is said by itself
    if said != english and not _is_paragraph(said):
        yield "it reads as a list, heading or the like, and not as a sentence"


def terms(text: str) -> list[str]:
    """Return the terms of the glossary that a text leads to.

    Examples
    --------
    >>> terms("A {term}`child` and {term}`others <case>`.")
    ['child', 'case']
    """
    if "{term}" not in text:
        return []
    env: dict[str, list[Span]] = {"spans": []}
    PARSER.parseInline(text, env)
    contents = [span.content for span in env["spans"] if span.kind == "{term}"]
    return [content.rpartition("<")[2].rstrip(">").strip() for content in contents]


def prose(text: str) -> str:
    """Return a text with one sign in the place of each role, address and piece of code.

    Examples
    --------
    >>> prose("See [it](a.md), `code` and {cite:p}`who2003`; a {term}`child` too.")
    'See it, \N{REPLACEMENT CHARACTER} and \N{REPLACEMENT CHARACTER}; a child too.'
    """
    sign, parts, at = "\N{REPLACEMENT CHARACTER}", [], 0
    for span in sorted(_spans(text)):
        if span.start < at:
            continue
        shown = span.content if span.kind in ("link", "{term}") else sign
        parts += [text[at : span.start], text[span.start] if span.kind == "dollar" else shown]
        at = span.end
    return "".join([*parts, text[at:]])


def _marks(text: str) -> Counter[str]:
    env: dict[str, list[Span]] = {"spans": []}
    tokens = PARSER.parseInline(text, env)[0].children or []
    marks = Counter(filter(None, map(_named, env["spans"])))
    marks.update(f"`{token.content}`" for token in tokens if token.type == "code_inline")
    for kind, name in _KINDS.items():
        marks[name] += sum(token.type == kind for token in tokens)
    return marks


def _named(span: Span) -> str:
    match span.kind:
        case "dollar":
            return ""
        case "link" | "image":
            return f"the {span.kind} to {span.target}"
        case "{term}":
            # in the words of the glossary in that language
            return "a {term}"
        case role:
            return f"{role}`{span.content}`"


def _spans(text: str) -> list[Span]:
    if not _SIGNS.search(text):
        return []
    env: dict[str, list[Span]] = {"spans": []}
    tokens = PARSER.parseInline(text, env)[0].children or []
    spans = list(env["spans"])
    at = 0
    for token in tokens:
        if token.type == "code_inline":
            shown = f"{token.markup}{token.content}{token.markup}"
            start = text.find(shown, at)
            if start >= 0:
                at = start + len(shown)
                spans.append(Span(start, at, "code", token.content))
    return spans


def _is_paragraph(text: str) -> bool:
    kinds = [token.type for token in blocks(text, {})]
    return kinds == ["paragraph_open", "inline", "paragraph_close"]
