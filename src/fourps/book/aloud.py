"""``{aloud} The situation``: half a minute to say aloud, and four points for who listened to tick.

``front/sayaloud.js`` adds the clock. Without it the card is whole too, but for the clock:
situation, points to tick, what to say again where a tick is missing, and an example, folded.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

from fourps.book.boxes import TitledDirective, argument, folded
from fourps.book.html import add, embed, instead, tags
from fourps.book.player_nodes import Word
from fourps.course.words import words

if TYPE_CHECKING:
    from sphinx.application import Sphinx


_SECONDS = 30
# what the clock says
_CLOCK = ("aloud-left", "voice-stop", "again", "aloud-over", "aloud-all")
# what is ticked, and what is said where it is not
_POINTS = {
    "aloud-heard-limits": "aloud-again-limits",
    "aloud-heard-help": "aloud-again-help",
    "aloud-heard-stop": "aloud-again-stop",
    "aloud-heard-ask": "aloud-again-ask",
}


class Aloud(nodes.General, nodes.Element):
    """A card; its children are the situation, the points and an example."""


class Points(nodes.General, nodes.Element):
    """What is ticked, and what to say again where it is not; in words of ours."""


class AloudDirective(TitledDirective):
    """``{aloud} The situation in a sentence``: the content is one example of what could be said."""

    def run(self) -> list[nodes.Node]:
        word = words(self.config.language)
        situation = argument(self, nodes.paragraph)
        example = folded(word["aloud-example"], classes=["fp-answer"])
        self.state.nested_parse(self.content, self.content_offset, example)
        return [Aloud("", situation, Word(text=word["aloud-say"]), Points(), example)]


def _aloud(writer: Any, _node: Aloud) -> str:
    word = words(writer.config.language)
    clock = embed({key: word[key] for key in _CLOCK})
    return (
        f'<div class="fp fp-aloud" data-words="{escape(clock)}">'
        f'<p class="fp-strong">{escape(word["aloud-title"])}</p>\n'
    )


def _points(writer: Any, _node: Points) -> str:
    word = {key: escape(text) for key, text in words(writer.config.language).items()}
    # a browser that goes back to the page would else tick again what was ticked
    ticks = "".join(
        '<label class="fp-option"><input type="checkbox" autocomplete="off">'
        f"<span>{word[key]}</span></label>"
        for key in _POINTS
    )
    again = (f"<li>{word[key]}</li>" for key in _POINTS.values())
    # points would say what to say: where a clock runs, they come when it was said
    return (
        f'<div class="fp-clock"><p role="timer">{word["aloud-left"].format(seconds=_SECONDS)}</p>'
        f'<progress max="{_SECONDS}" value="{_SECONDS}" aria-hidden="true"></progress>'
        f'<button type="button" class="fp-main">{word["aloud-start"]}</button></div>'
        '<p role="status" class="fp-live"></p>\n'
        f'<fieldset class="fp-later"><legend>{word["aloud-tick"]}</legend>{ticks}</fieldset>\n'
        f'<div class="fp-later"><p>{word["aloud-missing"]}</p><ul>{"".join(again)}</ul></div>\n'
        '<p role="status"></p>\n'
    )


def register(app: Sphinx) -> None:
    """Add directive and nodes."""
    app.add_directive("aloud", AloudDirective)
    add(app, Aloud, tags(_aloud, "</div>\n"))
    add(app, Points, instead(_points))
