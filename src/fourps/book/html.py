"""How our nodes become HTML, and how other builders pass through them."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes as docutils_nodes
from sphinx.writers.html5 import HTML5Translator

from fourps.book.nodes import Fold, Kept, Line, Mount, Part, SourceLine, Summary, Word
from fourps.course.words import words

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Translator(HTML5Translator):
    """Sphinx's own, with three repairs that axe asks for.

    The captions of the navigation are headings and say their level; a bibliography's entries have
    the role that their list needs; a table that scrolls can be reached.
    """

    def starttag(self, node: Any, tagname: str, *args: Any, **attributes: Any) -> str:
        """Return the start of an element."""
        if attributes.get("ROLE") == "heading":
            attributes["aria-level"] = "2"
        if attributes.get("role") == "doc-biblioentry":
            attributes["role"] = "listitem"
        if "table-wrapper" in node.get("classes", ()):
            # a wide table scrolls inside its wrapper, which the keyboard must reach
            attributes |= {
                "tabindex": "0",
                "role": "group",
                "aria-label": words(self.config.language)["table"],
            }
        return str(super().starttag(node, tagname, *args, **attributes))


def _level(node: docutils_nodes.Node) -> int:
    """Return the level of a heading at this place (MyST's own state knows no parents)."""
    level, parent = 1, node.parent
    while parent is not None:
        level += isinstance(parent, docutils_nodes.section)
        parent = parent.parent
    return min(6, max(2, level))


def embed(value: Any) -> str:
    """Write JSON that nothing within can end early or take for markup.

    Examples
    --------
    >>> embed({"a": "</script>"})
    '{"a":"\\\\u003c/script>"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("&", "\\u0026")


def _visit_mount(self: Any, node: Mount) -> None:
    data = {"spec": node["spec"], "words": words(self.config.language)}
    self.body.append(
        f'<div data-fourps="{node["kind"]}" data-level="{_level(node)}">'
        f'<script type="application/json">{embed(data)}</script><div class="fp-text">'
    )


def _depart_mount(self: Any, _node: Mount) -> None:
    self.body.append("</div></div>\n")


def _visit_part(self: Any, node: Part) -> None:
    self.body.append(f'<div class="fp-part" id="{node["ids"][0]}">')


def _depart_part(self: Any, _node: Part) -> None:
    self.body.append("</div>\n")


def _visit_line(self: Any, node: Line) -> None:
    tag = f"h{_level(node)}" if node["tag"] == "h" else "p"
    lead = f"<strong>{escape(node['lead'])}</strong> " if node.get("lead") else ""
    inner = f'a href="#{node["refid"]}"' if node.get("refid") else "span"
    self.body.append(f'<{tag}>{lead}<{inner} data-text="{node["key"]}">')
    self.context.append(f"</{inner.split(maxsplit=1)[0]}></{tag}>\n")


def _depart_line(self: Any, _node: Line) -> None:
    self.body.append(self.context.pop())


def _visit_sources(self: Any, node: SourceLine) -> None:
    self.body.append(f'<p data-sources="{node["key"]}">{escape(node["lead"])}: ')


def _depart_sources(self: Any, _node: SourceLine) -> None:
    self.body.append("</p>\n")


def _visit_word(self: Any, node: Word) -> None:
    text = escape(node["text"])
    if node.get("refid"):
        text = f'<a href="#{node["refid"]}">{text}</a>'
    self.body.append(f"<p>{text}</p>\n")


def _visit_fold(self: Any, node: Fold) -> None:
    self.body.append(f'<details class="fp-fold {" ".join(node.get("classes", []))}">')


def _depart_fold(self: Any, _node: Fold) -> None:
    self.body.append("</details>\n")


def _visit_summary(self: Any, _node: Summary) -> None:
    self.body.append("<summary>")


def _depart_summary(self: Any, _node: Summary) -> None:
    self.body.append("</summary>\n")


def _visit_kept(self: Any, _node: Kept) -> None:
    mine = {
        key: text
        for key, text in words(self.config.language).items()
        if key.startswith(("kept", "keep", "cop"))
    }
    data = escape(json.dumps(mine, ensure_ascii=False))
    self.body.append(f'<div data-fourps="kept" class="fp" data-words="{data}"></div>\n')


def _pass(_self: Any, _node: docutils_nodes.Node) -> None:
    """Show the children and nothing around them."""


def register(app: Sphinx) -> None:
    """Add the nodes to Sphinx."""
    app.set_translator("html", Translator)
    through = (_pass, _pass)
    paragraph = (
        lambda self, node: self.visit_paragraph(node),
        lambda self, node: self.depart_paragraph(node),
    )
    for node, visitors, other in (
        (Mount, (_visit_mount, _depart_mount), through),
        (Part, (_visit_part, _depart_part), through),
        (Line, (_visit_line, _depart_line), paragraph),
        (SourceLine, (_visit_sources, _depart_sources), paragraph),
        (Word, (_visit_word, _pass), through),
        (Fold, (_visit_fold, _depart_fold), through),
        (Summary, (_visit_summary, _depart_summary), paragraph),
        (Kept, (_visit_kept, _pass), through),
    ):
        app.add_node(node, html=visitors, latex=other, text=other, texinfo=other, man=other)
