"""The nodes that every player is built with: its texts, and the file that it draws.

Since the text stands in ordinary paragraphs, translation, search, printing and the page without
JavaScript all read the same source, and the player takes its text from them too.
"""

from __future__ import annotations

import copy
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes

from fourps.book.html import (
    PARAGRAPH,
    add,
    embed,
    heading_level,
    instead,
    tags,
    untranslated,
    words_that_begin,
)
from fourps.book.page_in_book import CourseDirective, PageInBook
from fourps.course.language import tag
from fourps.course.problem import BrokenSourceError, Problem
from fourps.course.words import words
from fourps.front import says

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

    from fourps.course.outcomes import Known
    from fourps.course.source import Model, Source


class Mount(nodes.General, nodes.Element):
    """Where a player is drawn.

    ``kind`` is scenario, quiz, change or figure; ``spec`` its data without text.
    """


class PlayerPart(nodes.General, nodes.Element):
    """One situation, consequence, ending or question, with an id to link to.

    ``at`` is the place in the player's data where its texts stand, which its id says to the player.
    ``number`` is what leads there on paper, and ``order`` where it stands on paper.
    """


class Line(nodes.paragraph):
    """One text of the player.

    ``key`` is its place in the player's data; ``tag`` the element it becomes (``h`` is a heading
    of the right level); ``lead`` a word of ours in front of it; ``refid`` makes it a link;
    ``below`` its place below that of its part, where its key does not tell.
    """


class SourceLine(nodes.paragraph):
    """The citations of a choice or question; ``key`` is their place in the player's data."""


class Word(nodes.General, nodes.Element):
    """A paragraph in words of ours, already in the page's language.

    ``refid`` makes it a link, ``tag`` (``h``) a heading; ``order`` is that of a `PlayerPart`.
    """


def place_of(data: Any, key: str) -> tuple[Any, str | int]:
    """Return the table or list in which a text stands, and its name or number there.

    Examples
    --------
    >>> place_of({"nodes": {"gate": {"text": ["one", "two"]}}}, "nodes/gate/text/1")
    (['one', 'two'], 1)
    """
    *parents, last = key.split("/")
    for part in parents:
        data = data[int(part) if isinstance(data, list) else part]
    return data, int(last) if isinstance(data, list) else last


class Builder:
    """Makes nodes whose texts come from the player's data, and empties that data of them."""

    def __init__(self, page: PageInBook, path: Path, spec: dict[str, Any], source: Any) -> None:
        self.page = page
        self.path = path
        self.spec = spec
        self.bare = copy.deepcopy(spec)
        self.source = source
        self.words = words(page.env.config.language)

    def _take(self, key: str) -> Any:
        bare, last = place_of(self.bare, key)
        if isinstance(bare, list):
            bare[int(last)] = ""
        else:
            del bare[last]
        full, last = place_of(self.spec, key)
        return full[last]

    def line(self, key: str, tag: str = "p", **attributes: str) -> Line:
        return self.text(self._take(key), self._line(key), key=key, tag=tag, **attributes)

    def text(self, text: str, line: int, **attributes: Any) -> Line:
        given = {"key": "", "tag": "p", "lead": "", "refid": ""} | attributes
        # what was translated here is not translated, or given curly quotes, again
        translation = self.page.translate(text, given["key"])
        node = Line(text, translation, support_smartquotes=False, **given)
        self.page.mark(node, text, given["key"])
        node.source, node.line = str(self.path), line
        return node

    def _line(self, key: str) -> int:
        parts = [part for part in key.split("/") if not part.isdigit()]
        return int(self.source.line(tuple(parts)))

    def lines(self, key: str) -> list[Line]:
        texts, last = place_of(self.spec, key)
        return [self.line(f"{key}/{index}") for index in range(len(texts[last]))]

    def sources(self, key: str, keys: list[str]) -> SourceLine:
        self._take(key)
        lead = self.words["advice"]
        if keys:
            lead = f"{self.label('sources' if len(keys) > 1 else 'source')} "
        return SourceLine(
            "", "", *self.page.citations(keys), key=key, lead=lead, translatable=False
        )

    def label(self, key: str) -> str:
        """Return a word with what follows a name in the page's language."""
        return self.words["label"].format(what=self.words[key])

    def word(self, key: str, refid: str = "") -> Word:
        return Word(text=self.words[key], refid=refid)


def load(
    page: PageInBook,
    path: Path,
    read: Callable[[Path], tuple[Model, Source]],
    check: Callable[[Model, Source, Known], list[Problem]],
) -> tuple[Model, Source]:
    """Read what a page draws, or raise BrokenSourceError with all that is wrong with it.

    What loads is the same in each language of a site, and is examined in the first.
    """
    page.env.note_dependency(str(path))
    model, source = read(path)
    config = page.env.config
    is_first = tag(config.language) == tag(config.fourps_languages[0])
    if is_first and (problems := check(model, source, page.known(path))):
        raise BrokenSourceError(*problems)
    return model, source


class Player(CourseDirective):
    """Draws what a YAML file holds."""

    required_arguments = 1
    nodes_of: ClassVar[Any]

    def draw(self) -> list[nodes.Node]:
        relative, absolute = self.env.relfn2path(self.arguments[0])
        page = PageInBook(self.env, self.state.inliner, self.lineno)
        if not Path(absolute).is_file():
            where = Path(self.get_source_info()[0])
            message = f"there is no file {relative}; name a file beside this page"
            raise BrokenSourceError(Problem(where, self.lineno, "missing-file", "", message))
        return list(type(self).nodes_of(page, Path(absolute), *self.arguments[1:]))


def _mount(writer: Any, node: Mount) -> str:
    kind = node["kind"]
    # a figure is text already, and says little itself
    if kind in ("figure", "change"):
        mine = words_that_begin(writer, f"{kind}-")
    else:
        mine = words_said(writer, kind)
    data = {key: node[key] for key in ("spec", "taught") if key in node} | {"words": mine}
    looks = f" fp fp-figure{' fp-asks' if 'guess' in node['spec'] else ''}"
    name = f' id="{node["ids"][0]}"' if node["ids"] else ""
    return (
        f'<div{name} data-fourps="{kind}" data-level="{heading_level(node)}">'
        f'<script type="application/json">{embed(data)}</script>'
        f'<div class="fp-text{looks if kind == "figure" else ""}">'
    )


def words_said(writer: Any, player: str) -> dict[str, str]:
    """Return the words that a player of a page may say, in the language of the page."""
    every = words(writer.config.language)
    return {key: text for key, text in every.items() if says(player, key)}


def _below(node: Line | SourceLine) -> str:
    """Return the place of a text below that of its part, or of what its link leads to.

    Whoever knows the part, or the end of the link, knows the rest: a story names it 300 times.
    """
    key: str = node["key"]
    if node.get("below"):
        return str(node["below"])
    if node.get("refid"):
        return key.rpartition("/")[2]
    return key.removeprefix(node.parent.get("at", ""))


def _visit_line(writer: Any, node: Line) -> None:
    tag = f"h{heading_level(node)}" if node["tag"] == "h" else node["tag"]
    lead = f"<strong>{escape(node['lead'])}</strong> " if node.get("lead") else ""
    inner = f'a href="#{node["refid"]}"' if node.get("refid") else "span"
    key = f' data-text="{_below(node)}"' if node["key"] else ""
    writer.body.append(f"<{tag}>{lead}<{inner}{untranslated(writer, node)}{key}>")
    writer.context.append(f"</{inner.split(maxsplit=1)[0]}></{tag}>\n")


def _depart_line(writer: Any, _node: Line) -> None:
    writer.body.append(writer.context.pop())


def _sources(_writer: Any, node: SourceLine) -> str:
    key = f' data-sources="{_below(node)}"' if node.children else ""
    for reference in node.findall(nodes.reference):
        # what a source is called stands where the link leads, once for all of a story
        reference.attributes.pop("reftitle", None)
    return f"<p{key}>{escape(node['lead'])}"


def _word(_writer: Any, node: Word) -> str:
    text = escape(node["text"])
    if node.get("refid"):
        text = f'<a href="#{node["refid"]}">{text}</a>'
    tag = f"h{heading_level(node)}" if node.get("tag") else "p"
    return f"<{tag}>{text}</{tag}>\n"


def _part(_writer: Any, node: PlayerPart) -> str:
    here, also, *_ = *(f' id="{name}"' for name in node["ids"]), "", ""
    number = f"<b{also}>{node['number']}</b>" if "number" in node else ""
    return f'<div class="fp-part"{here}>{number}'


def register(app: Sphinx) -> None:
    """Add the nodes to Sphinx."""
    add(app, Mount, tags(_mount, "</div></div>\n"))
    add(app, PlayerPart, tags(_part, "</div>\n"))
    add(app, Line, (_visit_line, _depart_line), PARAGRAPH)
    add(app, SourceLine, tags(_sources, "</p>\n"), PARAGRAPH)
    add(app, Word, instead(_word))
