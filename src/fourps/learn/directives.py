"""What the directives of any book become in a notebook, and the boxes of the course."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from fourps.course.glossary import entries, place
from fourps.course.inline import words
from fourps.learn.line import plain_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from fourps.learn.parts import DirectiveInNotebook, Parts

# what only the online book shows
_ONLINE = ("kept-records", "change", "my-course", "three")
# the boxes that Sphinx knows, and those of the course
_BOXES = {
    **{one: one for one in ("attention", "caution", "danger", "error", "important", "note")},
    **{one: one for one in ("seealso", "tip", "warning")},
    "hint": "hint-box",
    **{one: one for one in ("content-note", "guidance", "official-text")},
}
_LANGUAGES = ("code-block", "code", "sourcecode")


def _quote(title: str, text: str) -> Parts:
    lines = f"**{title}**\n\n{text}".strip().split("\n")
    return ["\n".join(f"> {one}".rstrip() for one in lines)]


def _box(directive: DirectiveInNotebook) -> Parts:
    title = directive.words[_BOXES[directive.name]]
    if directive.argument:
        # the first words of Sphinx's plain admonitions may stand beside the name
        text = f"{directive.argument}\n{directive.body}"
        return _quote(title, directive.markdown(text, directive.line))
    return _quote(title, directive.inner())


def _admonition(directive: DirectiveInNotebook) -> Parts:
    return _quote(directive.title(), directive.inner())


def _activity(directive: DirectiveInNotebook) -> Parts:
    title = directive.words["activity"].format(title=directive.title())
    if "minutes" in directive.options:
        minutes = directive.words["activity-minutes"]
        title += f" {minutes.format(minutes=directive.options['minutes'])}"
    return _quote(title, directive.inner())


def _fold(directive: DirectiveInNotebook) -> Parts:
    return [folded(words(directive.argument), directive.inner())]


def _aloud(directive: DirectiveInNotebook) -> Parts:
    said = directive.words
    points = "\n".join(f"- {said[key]}" for key in said if key.startswith("aloud-heard-"))
    text = [directive.title(), said["aloud-say"], said["aloud-tick"], points]
    (card,) = _quote(said["aloud-title"], "\n\n".join(text))
    return [f"{card}\n\n{folded(said['aloud-example'], directive.inner())}"]


def folded(summary: str, body: str) -> str:
    """Return text that opens from a line."""
    # Markdown is not read inside an HTML block's own lines
    summary = html.escape(summary, quote=False)
    return f"<details>\n<summary>{summary}</summary>\n\n{body}\n\n</details>"


def _glossary(directive: DirectiveInNotebook) -> Parts:
    found: list[tuple[str, str]] = []
    for one in entries(directive.body, directive.first):
        heads = ", ".join(plain_line(term, directive.page, one.line) for term in one.terms)
        found.append((heads, directive.markdown(one.meaning, one.first)))
    found.sort(key=lambda one: place(one[0]))
    return ["\n\n".join(f"**{heads}**\n\n{meaning}" for heads, meaning in found)]


def _in_order(directive: DirectiveInNotebook) -> Parts:
    head, line, *rows = directive.inner().split("\n")
    return ["\n".join([head, line, *sorted(rows, key=lambda row: place(row.split("|")[1]))])]


def _bibliography(directive: DirectiveInNotebook) -> Parts:
    return [directive.page.references.listed(directive.page.references.labels)]


def _sources(directive: DirectiveInNotebook) -> Parts:
    return [directive.page.references.listed(directive.page.references.cited(directive.page.path))]


def _online(directive: DirectiveInNotebook) -> Parts:
    return [directive.words[f"online-{directive.name}"]]


def _nothing(_directive: DirectiveInNotebook) -> Parts:
    # of the book in a browser: what was opened as a notebook is on this computer already
    return []


def _code_block(directive: DirectiveInNotebook) -> Parts:
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", directive.body)), default=0))
    return [f"{fence}{directive.argument}\n{directive.body}\n{fence}"]


DIRECTIVES: dict[str, Callable[[DirectiveInNotebook], Parts]] = {
    **dict.fromkeys(_BOXES, _box),
    **dict.fromkeys(_ONLINE, _online),
    **dict.fromkeys(_LANGUAGES, _code_block),
    "activity": _activity,
    "admonition": _admonition,
    "aloud": _aloud,
    "ask-keep": _nothing,
    "bibliography": _bibliography,
    "escape": _nothing,
    "fold": _fold,
    "glossary": _glossary,
    "in-order": _in_order,
    "law-sheet": _nothing,
    "letters": _nothing,
    "offline": _nothing,
    "sources": _sources,
}
