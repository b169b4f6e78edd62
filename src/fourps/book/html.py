"""How our nodes become HTML, and how other builders pass through them."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes as docutils_nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from fourps.book.cards import SAID
from fourps.book.figure import FigureBeforeCode
from fourps.book.nodes import (
    PASS,
    SKIP,
    Caption,
    Control,
    Controls,
    Drawn,
    Fold,
    GuessBefore,
    KeptPanel,
    Line,
    Mount,
    MyCourse,
    OfflinePanel,
    Picture,
    PlayerPart,
    Plot,
    ReadMark,
    Shown,
    SourceLine,
    Summary,
    Word,
    pass_by,
)
from fourps.course.words import words
from fourps.front import says
from fourps.lab.style import ENLARGED

if TYPE_CHECKING:
    from sphinx.application import Sphinx


# the words of the panel that asks whether to keep, and of the page "My course"
_KEEPING = ("keep", "kept", "erase")
_TOLD = ("course-", "three-", "import-", "change-", "kind-", "band-", "record", "cop", "way")


class Translator(HTML5Translator):
    """Sphinx's own, with four repairs that axe asks for.

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

    def visit_entry(self, node: Any) -> None:
        super().visit_entry(node)
        if not node.astext().strip() and self.context[-1] == "</th>\n":
            # an empty corner heads nothing
            self.body[-1] = self.body[-1].replace("<th", "<td", 1)
            self.context[-1] = "</td>\n"


class PrintedTables(SphinxPostTransform):
    """Gives a table that a cell printed what other tables have.

    It scrolls in a frame that the keyboard reaches, and its empty corner is a cell: it heads
    nothing.
    """

    default_priority = 200
    formats = ("html",)

    def run(self, **_options: Any) -> None:
        """Mend the HTML that pandas writes."""
        for node in list(self.document.findall(docutils_nodes.raw)):
            if "<table" not in node.astext():
                continue
            node.children = [docutils_nodes.Text(node.astext().replace("<th></th>", "<td></td>"))]
            frame = docutils_nodes.container(classes=["table-wrapper"])
            node.replace_self(frame)
            frame += node


def heading_level(node: docutils_nodes.Node) -> int:
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
    # a figure is text already, and says little itself
    figure = node["kind"] == "figure"
    if node["kind"] in ("figure", "change"):
        mine = _words(self, f"{node['kind']}-")
    else:
        every = words(self.config.language)
        mine = {key: text for key, text in every.items() if says(node["kind"], key)}
    data = {key: node[key] for key in ("spec", "taught") if key in node} | {"words": mine}
    self.body.append(
        f'<div data-fourps="{node["kind"]}" data-level="{heading_level(node)}">'
        f'<script type="application/json">{embed(data)}</script>'
        f'<div class="fp-text{_looks(node) if figure else ""}">'
    )


def _looks(node: Mount) -> str:
    return f" fp fp-figure{' fp-asks' if 'guess' in node['spec'] else ''}"


def _depart_mount(self: Any, _node: Mount) -> None:
    self.body.append("</div></div>\n")


def _visit_part(self: Any, node: PlayerPart) -> None:
    self.body.append(f'<div class="fp-part" id="{node["ids"][0]}">')


def _depart_part(self: Any, _node: PlayerPart) -> None:
    self.body.append("</div>\n")


def _visit_line(self: Any, node: Line) -> None:
    tag = f"h{heading_level(node)}" if node["tag"] == "h" else node["tag"]
    lead = f"<strong>{escape(node['lead'])}</strong> " if node.get("lead") else ""
    inner = f'a href="#{node["refid"]}"' if node.get("refid") else "span"
    key = f' data-text="{node["key"]}"' if node["key"] else ""
    self.body.append(f"<{tag}>{lead}<{inner}{key}>")
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


def _visit_controls(self: Any, _node: Controls) -> None:
    # they stand here only so that the player, which makes its own, finds the room it needs
    self.body.append('<div class="fp-controls" inert>')


def _depart_controls(self: Any, _node: Controls) -> None:
    self.body.append("</div>\n")


def _visit_control(self: Any, node: Control) -> None:
    label, *options = node.children
    if options:
        inner = "".join(_keyed(option, "option") for option in options)
        field = f"<select>{inner}</select>"
    else:
        shown, first = node["options"], node["first"]
        width = max(map(len, shown))
        field = f'<input type="range" value="{first}" max="{len(shown) - 1}">'
        field += f'<output style="min-inline-size:{width}ch">{escape(shown[first])}</output>'
    self.body.append(f'<div class="fp-control">{_keyed(label, "label")}{field}</div>')
    raise docutils_nodes.SkipNode


def _keyed(line: Any, tag: str) -> str:
    return f'<{tag} data-text="{line["key"]}">{escape(line.astext())}</{tag}>'


def _visit_picture(self: Any, node: Picture) -> None:
    (alt,) = node.children
    style = ""
    if node["size"]:
        width, height = node["size"]
        style = f' style="aspect-ratio:{width:g} / {height:g};'
        style += f'max-inline-size:{round(ENLARGED * width)}px"'
    # the words beside it say the same to listeners
    svg = node["svg"].replace("<svg", '<svg aria-hidden="true"', 1)
    self.body.append(
        f'<div class="fp-frame"{style}>{svg}</div><p class="fp-alt">{_keyed(alt, "span")}</p>\n'
    )
    raise docutils_nodes.SkipNode


def _visit_asked(self: Any, node: GuessBefore) -> None:
    # as the player draws it, which finds the room it needs; without one nothing is asked
    ask, *options = node.children
    mine = words(self.config.language)
    choices = "".join(
        f'<label><input type="radio">{_keyed(option, "span")}</label>' for option in options
    )
    self.body.append(
        f'<fieldset class="fp-guess" inert><legend>{escape(mine["figure-guess"])} '
        f"{_keyed(ask, 'span')}</legend>{choices}"
        f'<button type="button">{escape(mine["figure-show"])}</button></fieldset>'
    )
    raise docutils_nodes.SkipNode


def _visit_plot(self: Any, _node: Plot) -> None:
    self.body.append("<figure>")


def _depart_plot(self: Any, _node: Plot) -> None:
    self.body.append("</figure>\n")


def _visit_shown(self: Any, _node: Shown) -> None:
    self.body.append('<div class="fp-shown">')


def _depart_shown(self: Any, _node: Shown) -> None:
    self.body.append("</div>")


def _visit_caption(self: Any, _node: Caption) -> None:
    self.body.append("<caption>")


def _depart_caption(self: Any, _node: Caption) -> None:
    self.body.append("</caption>\n")


def _visit_hidden(self: Any, node: docutils_nodes.Element) -> None:
    mine = words(self.config.language)
    text = mine["cell-code" if "above-input" in node["classes"] else "cell-output"]
    of = f'<span class="fp-unseen">, {escape(node["of"])}</span>' if node.get("of") else ""
    self.body.append(f'<details class="fp-fold fp-code"><summary>{escape(text)}{of}</summary>\n')


def _visit_fold(self: Any, node: Fold) -> None:
    group = f' name="{node["group"]}"' if "group" in node else ""
    self.body.append(f'<details class="fp-fold {" ".join(node.get("classes", []))}"{group}>')


def _depart_fold(self: Any, _node: Fold) -> None:
    self.body.append("</details>\n")


def _visit_summary(self: Any, _node: Summary) -> None:
    self.body.append("<summary>")


def _depart_summary(self: Any, _node: Summary) -> None:
    self.body.append("</summary>\n")


def _words(self: Any, *begun: str) -> dict[str, str]:
    """Return our words whose keys begin so."""
    mine = words(self.config.language)
    return {key: text for key, text in mine.items() if key.startswith(begun)}


def _visit_kept(self: Any, _node: KeptPanel) -> None:
    data = embed(_words(self, *_KEEPING, "cop"))
    self.body.append(f'<div data-fourps="kept" class="fp" data-words="{escape(data)}"></div>\n')


def _visit_offline(self: Any, _node: OfflinePanel) -> None:
    data = embed(_words(self, "offline"))
    self.body.append(f'<div data-fourps-offline class="fp" data-words="{escape(data)}"></div>\n')


def _visit_my_course(self: Any, node: MyCourse) -> None:
    mine = _words(self, *_KEEPING, *_TOLD)
    self.body.append(
        f'<div data-course data-level="{heading_level(node)}">'
        f'<script type="application/json">{embed({"spec": node["spec"], "words": mine})}</script>'
        f'<div class="fp-text"><p>{escape(mine["course-text"])}</p></div></div>\n'
    )


def _visit_read_mark(self: Any, node: ReadMark) -> None:
    data = embed(_words(self, *_KEEPING, "mark-", "course-read"))
    page = escape(node["page"])
    self.body.append(
        f'<div class="fp fp-read-mark" data-mark="{page}" data-words="{escape(data)}"></div>\n'
    )


def _fold_cells(app: Sphinx, _config: Any) -> None:
    """Fold hidden cells as everything else is folded, which needs none of MyST-NB's styles."""
    from myst_nb.sphinx_ import HideCodeCellNode

    # after MyST-NB, whichever extension was loaded first
    app.add_node(HideCodeCellNode, override=True, html=(_visit_hidden, _depart_fold))


def register(app: Sphinx) -> None:
    """Add the nodes to Sphinx."""
    app.connect("config-inited", _fold_cells)
    app.add_post_transform(FigureBeforeCode)
    app.add_post_transform(PrintedTables)
    app.set_translator("html", Translator)
    # other tables have no room for a caption, and the figure has said it
    paragraph = (
        lambda self, node: self.visit_paragraph(node),
        lambda self, node: self.depart_paragraph(node),
    )
    for node, visitors, other in (
        (Mount, (_visit_mount, _depart_mount), PASS),
        (PlayerPart, (_visit_part, _depart_part), PASS),
        (Line, (_visit_line, _depart_line), paragraph),
        (SourceLine, (_visit_sources, _depart_sources), paragraph),
        (Word, (_visit_word, pass_by), PASS),
        (Controls, (_visit_controls, _depart_controls), PASS),
        (Control, (_visit_control, pass_by), PASS),
        (Plot, (_visit_plot, _depart_plot), PASS),
        (GuessBefore, (_visit_asked, pass_by), PASS),
        (Shown, (_visit_shown, _depart_shown), PASS),
        (Picture, (_visit_picture, pass_by), PASS),
        (Caption, (_visit_caption, _depart_caption), SKIP),
        (Drawn, SKIP, SKIP),
        (Fold, (_visit_fold, _depart_fold), PASS),
        (Summary, (_visit_summary, _depart_summary), paragraph),
        (KeptPanel, (_visit_kept, pass_by), PASS),
        (OfflinePanel, (_visit_offline, pass_by), PASS),
        (MyCourse, (_visit_my_course, pass_by), SKIP),
        (ReadMark, (_visit_read_mark, pass_by), SKIP),
    ):
        app.add_node(node, html=visitors, latex=other, text=other, texinfo=other, man=other)
