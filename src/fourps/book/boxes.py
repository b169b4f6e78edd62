"""Boxes in the text, and folds that open when they are asked.

Boxes are ``{content-note}``, ``{guidance}``, ``{official-text}`` and ``{activity}``; folds are
``{fold} Summary``, and the code of a cell.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

from fourps.book.html import PARAGRAPH, add, tags, untranslated
from fourps.course.words import words

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# what hard matter comes; practice that our fact sheet holds only as recalled; treaty articles
# recalled, not checked
_BOXES = {
    "content-note": ["fp-content-note", "attention"],
    "guidance": ["fp-guidance", "note"],
    "official-text": ["fp-official", "important"],
}


class Fold(nodes.General, nodes.Element):
    """A native details element; its first child is a `Summary`.

    Of those with the same ``group``, opening one closes the others.
    """


class Summary(nodes.paragraph):
    """The line of a fold that is always seen."""


def folded(summary: str, *children: nodes.Node, **attributes: Any) -> Fold:
    """Return a fold whose summary is a word of ours."""
    return Fold("", Summary("", summary, translatable=False), *children, **attributes)


def argument(directive: SphinxDirective, kind: type[nodes.TextElement]) -> nodes.TextElement:
    """Return a node with the text that a directive has in its first line."""
    text = directive.arguments[0]
    inner, _ = directive.state.inline_text(text, directive.lineno)
    node = kind(text, "", *inner)
    node.source, node.line = directive.get_source_info()
    return node


class TitledDirective(SphinxDirective):
    """A box whose title stands beside its name."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True


class FoldDirective(TitledDirective):
    """``{fold} Summary``: an answer that opens when asked."""

    def run(self) -> list[nodes.Node]:
        fold = Fold("", argument(self, Summary), classes=["fp-answer"])
        self.state.nested_parse(self.content, self.content_offset, fold)
        return [fold]


def _fold(_writer: Any, node: Fold) -> str:
    group = f' name="{node["group"]}"' if "group" in node else ""
    return f'<details class="fp-fold {" ".join(node.get("classes", []))}"{group}>'


def _hidden_cell(writer: Any, node: nodes.Element) -> str:
    mine = words(writer.config.language)
    text = mine["cell-code" if "above-input" in node["classes"] else "cell-output"]
    of = f'<span class="fp-unseen">, {escape(node["of"])}</span>' if node.get("of") else ""
    return f'<details class="fp-fold fp-code"><summary>{escape(text)}{of}</summary>\n'


def _fold_cells(app: Sphinx, _config: Any) -> None:
    """Fold hidden cells as everything else is folded, which needs none of MyST-NB's styles."""
    from myst_nb.sphinx_ import HideCodeCellNode

    # after MyST-NB, whichever extension was loaded first
    app.add_node(HideCodeCellNode, override=True, html=tags(_hidden_cell, "</details>\n"))


class Box(SphinxDirective):
    """An admonition whose title is always the same, a word of ours."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        text = words(self.config.language)[self.name]
        title = nodes.title(text, text, translatable=False)
        box = nodes.admonition("", title, classes=["admonition", *_BOXES[self.name]])
        self.state.nested_parse(self.content, self.content_offset, box)
        return [box]


class Activity(TitledDirective):
    """``{activity} Title`` with ``:minutes:``: something to do."""

    option_spec: ClassVar[dict[str, Any]] = {"minutes": directives.positive_int}

    def run(self) -> list[nodes.Node]:
        title = argument(self, nodes.title)
        if "minutes" in self.options:
            title["minutes"] = self.options["minutes"]
        box = nodes.admonition("", title, classes=["admonition", "fp-activity", "tip"])
        self.state.nested_parse(self.content, self.content_offset, box)
        return [box]


class ShowMinutes(SphinxTransform):
    """Adds an activity's minutes to its title, which has been translated by now."""

    default_priority = 30

    def apply(self, **_options: Any) -> None:
        """Append to each title that has minutes."""
        word = words(self.config.language)["activity-minutes"]
        for title in self.document.findall(nodes.title):
            if "minutes" in title:
                minutes = word.format(minutes=title["minutes"])
                title.append(nodes.inline("", f" {minutes}", classes=["fp-minutes"]))


def register(app: Sphinx) -> None:
    """Add directives and nodes, and the transform."""
    app.add_directive("fold", FoldDirective)
    add(app, Fold, tags(_fold, "</details>\n"))
    summary = tags(lambda writer, node: f"<summary{untranslated(writer, node)}>", "</summary>\n")
    add(app, Summary, summary, PARAGRAPH)
    app.connect("config-inited", _fold_cells)
    for name in _BOXES:
        app.add_directive(name, Box)
    app.add_directive("activity", Activity)
    app.add_transform(ShowMinutes)
