"""How nodes of ours become HTML, and how other builders pass them by."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from fourps.book.tables import SAID
from fourps.course.page import marked_rules
from fourps.course.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils.nodes import document
    from sphinx.application import Sphinx

    # how a writer enters a node, and how it leaves it
    Visitors = tuple[Callable[[Any, Any], None], Callable[[Any, Any], None] | None]
    # what a writer makes of a node
    Html = Callable[[Any, Any], str]


def _show_children(_writer: Any, _node: nodes.Node) -> None:
    """Show the children and nothing around them."""


def _leave_out(_writer: Any, _node: nodes.Node) -> None:
    raise nodes.SkipNode


PASS: Visitors = (_show_children, _show_children)
SKIP: Visitors = (_leave_out, None)
PARAGRAPH: Visitors = (
    lambda writer, node: writer.visit_paragraph(node),
    lambda writer, node: writer.depart_paragraph(node),
)

ARROW = (
    '<svg class="fp-i fp-go" viewBox="0 0 24 24" aria-hidden="true">'
    '<path d="M5 12h14M13 6l6 6-6 6"/></svg>'
)


def untranslated(writer: Any, node: nodes.Element) -> str:
    """Return the attribute of a text that stands in the authors' language on another page."""
    return f' lang="{writer.config.fourps_source}"' if node.get("translated") is False else ""


def tags(start: str | Html, end: str | Html) -> Visitors:
    """Return the visitors of a node whose children stand between a start and an end."""

    def put(text: str | Html) -> Callable[[Any, Any], None]:
        return lambda writer, node: writer.body.append(
            text if isinstance(text, str) else text(writer, node)
        )

    return put(start), put(end)


def instead(html: Html) -> Visitors:
    """Return the visitors of a node that becomes this, whatever its children are."""

    def visit(writer: Any, node: Any) -> None:
        writer.body.append(html(writer, node))
        raise nodes.SkipNode

    return visit, None


def add(app: Sphinx, kind: type[nodes.Element], html: Visitors, other: Visitors = PASS) -> None:
    """Add a kind of node to Sphinx: how it becomes HTML, and what other builders make of it."""
    app.add_node(kind, html=html, latex=other, text=other, texinfo=other, man=other)


def add_filled(
    app: Sphinx, kind: type[nodes.Element], fill: Callable[[Sphinx, Any, str], None]
) -> None:
    """Have each node of a kind filled when all pages were read; HTML alone shows what comes in.

    `fill` is given the application, the node and the name of its page.
    """

    def fill_all(app: Sphinx, doctree: document, name: str) -> None:
        if app.builder.format == "html":
            for node in list(doctree.findall(kind)):
                fill(app, node, name)

    app.connect("doctree-resolved", fill_all)


class Translator(HTML5Translator):
    """Sphinx's own, with marks of rules, and four repairs that axe asks for.

    The captions of the navigation are headings and say their level; a bibliography's entries have
    the role that their list needs; a table that scrolls can be reached, and its empty corner is no
    heading.
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
        else:
            # the theme gives the wrapper all that its table has
            attributes |= node.get(SAID, {})
        return str(super().starttag(node, tagname, *args, **attributes))

    def visit_comment(self, node: Any, *_: Any) -> None:
        """Leave a place where the host's own line is shown below what states a rule."""
        self.body += [
            f'<div class="fp-beside" data-rule="{name}"></div>\n'
            for name in marked_rules(node.astext())
        ]
        raise nodes.SkipNode

    def visit_entry(self, node: Any) -> None:
        super().visit_entry(node)
        if not node.astext().strip() and self.context[-1] == "</th>\n":
            # an empty corner heads nothing
            self.body[-1] = self.body[-1].replace("<th", "<td", 1)
            self.context[-1] = "</td>\n"


def on_page(
    app: Sphinx,
    show: Callable[[Sphinx, str, dict[str, Any], document | None], None],
    priority: int = 500,
) -> None:
    """Have each page shown to a function: its name, what its template is told, and its nodes."""
    event = "html-page-context"
    app.connect(event, lambda app, page, _template, *rest: show(app, page, *rest), priority)


def heading_level(node: nodes.Node) -> int:
    """Return the level of a heading at this place (MyST's own state knows no parents)."""
    level, parent = 1, node.parent
    while parent is not None:
        level += isinstance(parent, nodes.section)
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


def words_that_begin(writer: Any, *starts: str) -> dict[str, str]:
    """Return our words whose keys begin so, in the language of a page."""
    mine = words(writer.config.language)
    return {key: text for key, text in mine.items() if key.startswith(starts)}


def register(app: Sphinx) -> None:
    """Put our writer in place of Sphinx's."""
    app.set_translator("html", Translator)
