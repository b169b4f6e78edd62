"""What opens when it is asked: ``{fold} Summary``, and the code of a cell."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from fourps.book.html import PARAGRAPH, add, tags, untranslated
from fourps.course.words import words

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Fold(nodes.General, nodes.Element):
    """A native details element; its first child is a `Summary`.

    Of those with the same ``group``, opening one closes the others.
    """


class Summary(nodes.paragraph):
    """The line of a fold that is always seen."""


def folded(summary: str, *children: nodes.Node, **attributes: Any) -> Fold:
    """Return a fold whose summary is a word of ours."""
    return Fold("", Summary("", summary, translatable=False), *children, **attributes)


class FoldDirective(SphinxDirective):
    """``{fold} Summary``: an answer that opens when asked."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        summary = Summary(self.arguments[0], "")
        children, _ = self.state.inline_text(self.arguments[0], self.lineno)
        summary += children
        summary.source, summary.line = self.get_source_info()
        fold = Fold("", summary, classes=["fp-answer"])
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


def register(app: Sphinx) -> None:
    """Add directive and nodes."""
    app.add_directive("fold", FoldDirective)
    add(app, Fold, tags(_fold, "</details>\n"))
    summary = tags(lambda writer, node: f"<summary{untranslated(writer, node)}>", "</summary>\n")
    add(app, Summary, summary, PARAGRAPH)
    app.connect("config-inited", _fold_cells)
