"""How long a page takes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from fourps.book.decide import Decide
from fourps.book.figure import Asked
from fourps.book.player_nodes import Mount
from fourps.scenario.sittings import WORDS_A_MINUTE

if TYPE_CHECKING:
    from docutils.nodes import document

MINUTES_A_QUESTION = 0.75


def minutes(doctree: document) -> int:
    """Return the minutes that a page takes, rounded up: reading, activities, what is played on it.

    A page is read at 160 words a minute as a story is, an activity says its own minutes, and a
    question, also one that stands within a text, takes three quarters of one. Citations, which are
    not yet resolved, are not read.

    Examples
    --------
    >>> from docutils.utils import new_document
    >>> page = new_document("")
    >>> page += nodes.paragraph("", "word " * 161)
    >>> minutes(page)
    2
    """
    count = sum(len(text.astext().split()) for text in doctree.findall(nodes.Text) if _read(text))
    titles = doctree.findall(nodes.title)
    decisions = sum(1 for _ in doctree.findall(Decide))
    return (
        math.ceil(count / WORDS_A_MINUTE + MINUTES_A_QUESTION * decisions)
        + sum(title.get("minutes", 0) for title in titles)
        + sum(map(_played, doctree.findall(Mount)))
    )


def _read(text: nodes.Node) -> bool:
    silent = (Asked, Mount, Decide, nodes.literal_block, nodes.raw, nodes.comment)
    parent = text.parent
    while parent is not None:
        cited = isinstance(parent, addnodes.pending_xref) and parent.get("refdomain") == "cite"
        if cited or isinstance(parent, silent):
            return False
        parent = parent.parent
    return True


def _played(mount: Mount) -> int:
    spec = mount["spec"]
    return int(spec.get("minutes", 0)) + round(MINUTES_A_QUESTION * len(spec.get("questions", ())))
