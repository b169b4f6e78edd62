"""The docutils nodes that carry every text of a scenario or quiz.

Since the text stands in ordinary paragraphs, translation, search, printing and the page without
JavaScript all read the same source, and the player takes its text from them too.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes


class Mount(nodes.General, nodes.Element):
    """Where a player is drawn.

    ``kind`` is scenario, quiz or figure; ``spec`` its data without text.
    """


class Decide(nodes.General, nodes.Element):
    """A decision within a page; its children are the question, the options and the reason."""


class PlayerPart(nodes.General, nodes.Element):
    """One situation, consequence, ending or question, with an id to link to."""


class Line(nodes.paragraph):
    """One text of the player.

    ``key`` is its place in the player's data; ``tag`` the element it becomes (``h`` is a heading
    of the right level); ``lead`` a word of ours in front of it; ``refid`` makes it a link.
    """


class SourceLine(nodes.paragraph):
    """The citations of a choice or question; ``key`` is their place in the player's data."""


class Word(nodes.General, nodes.Element):
    """A paragraph in words of ours, already in the page's language; ``refid`` makes it a link."""


class Controls(nodes.General, nodes.Element):
    """What a reader can change in a figure; its children are of `Control`."""


class Control(nodes.General, nodes.Element):
    """One control: ``kind`` is range or select, its children the lines of label and options."""


class Plot(nodes.General, nodes.Element):
    """A figure: its caption, what readers are asked before they see it, and what is shown."""


class GuessBefore(nodes.General, nodes.Element):
    """The question before a figure; its children are the lines of the question and its options."""


class Shown(nodes.General, nodes.Element):
    """What is seen of a figure after the question."""


class Picture(nodes.General, nodes.Element):
    """The frame of a figure that is shown first: ``svg`` and ``size``; the line of its alt text."""


class Caption(nodes.paragraph):
    """The name of a figure's table, which has no number of its own as Sphinx's titles have."""


class Drawn(nodes.paragraph):
    """A text within a drawing, here for translators only: the drawing itself shows it."""


class Fold(nodes.General, nodes.Element):
    """A native details element; its first child is a `Summary`.

    Of those with the same ``group``, opening one closes the others.
    """


class Summary(nodes.paragraph):
    """The line of a fold that is always seen."""


class KeptPanel(nodes.General, nodes.Element):
    """The panel that shows and erases what a device keeps."""


class OfflinePanel(nodes.General, nodes.Element):
    """The panel that saves the course on a device, and removes it."""


class MyCourse(nodes.General, nodes.Element):
    """The page that shows what a device keeps; ``spec`` is filled in when all pages were read."""


class ReadMark(nodes.General, nodes.Element):
    """The button at a page's end that marks it as read; ``page`` is the page's name."""


def pass_by(_writer: Any, _node: nodes.Node) -> None:
    """Show the children and nothing around them."""


def _leave_out(_writer: Any, _node: nodes.Node) -> None:
    raise nodes.SkipNode


# what a writer does at a node: shows its children alone, or nothing of it
PASS, SKIP = (pass_by, pass_by), (_leave_out, None)
