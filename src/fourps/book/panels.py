"""Panels that a script draws, such as ``{ask-keep}``, and the switch ``{escape}``.

Escape, pressed three times, can leave as the button "Leave" does. That is off unless a reader asks
for it: somebody who only closes menus would lose the page. The tab remembers it, and the script of
the button (``templates/partials/leave.html``) reads it.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from fourps.book.html import SKIP, add, embed, instead, words_that_begin
from fourps.course.words import words

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# of the panel that asks whether to keep: how the keys of its words begin
KEEPING = ("keep", "kept", "erase")


class Panel(nodes.General, nodes.Element):
    """Where a script draws; ``keys`` is how the keys of its words begin."""

    start: str
    keys: tuple[str, ...]


class KeptPanel(Panel):
    """Shows and erases what a device keeps."""

    start, keys = 'data-fourps="kept" class="fp"', (*KEEPING, "cop")


class AskPanel(Panel):
    """Asks whether the device may keep, before anything is begun."""

    start, keys = 'data-ask class="fp"', KEEPING


class OfflinePanel(Panel):
    """Saves the course on a device, and removes it."""

    start, keys = 'data-fourps-offline class="fp"', ("offline",)


class ReadMark(Panel):
    """The button at a page's end that marks it as read; ``page`` is the page's name."""

    start = 'class="fp fp-read-mark" data-mark="{page}"'
    keys = (*KEEPING, "mark-", "course-read")


class EscapeSwitch(nodes.General, nodes.Element):
    """Where the switch stands; only a page in a browser has it."""


_PANELS: dict[str, type[nodes.Element]] = {
    "kept-records": KeptPanel,
    "ask-keep": AskPanel,
    "offline": OfflinePanel,
    "escape": EscapeSwitch,
}


class PanelDirective(SphinxDirective):
    """One of the panels, by its name."""

    def run(self) -> list[nodes.Node]:
        return [_PANELS[self.name]()]


def _panel(writer: Any, node: Panel) -> str:
    data = embed(words_that_begin(writer, *node.keys))
    start = node.start.format(page=escape(node.get("page", "")))
    return f'<div {start} data-words="{escape(data)}"></div>\n'


def _switch(writer: Any, _node: EscapeSwitch) -> str:
    text = escape(words(writer.config.language)["page-escape"])
    return (
        '<p class="fp-switch"><label><input type="checkbox" data-fourps-escape> '
        f"{text}</label></p>\n"
    )


def register(app: Sphinx) -> None:
    """Add directives and nodes."""
    for name in _PANELS:
        app.add_directive(name, PanelDirective)
    for kind in (KeptPanel, AskPanel, OfflinePanel, ReadMark):
        add(app, kind, instead(_panel), SKIP)
    add(app, EscapeSwitch, instead(_switch), SKIP)
