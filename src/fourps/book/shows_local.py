"""Which pages show what the host filled in for its place, and where they find its file.

The file lies beside the site's first page (`fourps.course.local`), so a page in a language that has
a folder looks one folder higher. A page that shows nothing of it does not know of it. A page whose
text or reasons state rules shows the host's line beside them, with words of ours around it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from docutils import nodes

from fourps.book.page_language import place
from fourps.book.player_nodes import Mount
from fourps.course.language import tag
from fourps.course.local import LOCAL
from fourps.course.page import marked_rules
from fourps.front import page_script

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx


class ShowsLocal(nodes.Element):
    """What a page has where it shows something of the host's file: the base of such nodes."""


def marks_rule(node: nodes.Node) -> bool:
    """Return whether this is a comment that marks a rule (``% rule: child-within-a-day``)."""
    return isinstance(node, nodes.comment) and bool(marked_rules(node.astext()))


def _reasons_state_rules(node: nodes.Node) -> bool:
    if not isinstance(node, Mount):
        return False
    scenes, questions = (node["spec"].get(key, {}).values() for key in ("nodes", "questions"))
    reasons = [choice for scene in scenes for choice in scene["choices"].values()]
    return any("rule" in one for one in (*reasons, *questions))


def _page(
    app: Sphinx, _name: str, _template: str, context: dict[str, Any], doctree: document | None
) -> None:
    every = [*doctree.findall()] if doctree else []
    rules = any(marks_rule(node) or _reasons_state_rules(node) for node in every)
    if not rules and not any(isinstance(node, ShowsLocal) for node in every):
        return
    config = app.config
    # a reason that states a rule loads the script when it is shown; what browsers keep has its hash
    here = hashlib.sha256(page_script("beside").encode()).hexdigest()[:8]
    context["fourps_here"] = f"{context['content_root']}_static/here.js?v={here}" if rules else ""
    higher = "../" if place(config, tag(config.language)) else ""
    context["fourps_local"] = f"{context['content_root']}{higher}{LOCAL}"


def register(app: Sphinx) -> None:
    """Connect to Sphinx's events."""
    app.connect("html-page-context", _page)
