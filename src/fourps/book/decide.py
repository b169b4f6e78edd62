"""``{decide} first.yaml``: one decision within a page, whose answers open where they are tapped.

The file is a quiz, read and checked as every quiz is. ``{decide} decides.yaml ladder`` names one
question of several, for a page of many decisions. It needs no script: each option is a native
details element, and opening one closes the others.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

import fourps.quiz.findings
import fourps.quiz.model
import fourps.quiz.player
from fourps.book.directives import Player
from fourps.book.nodes import PASS, Decide, Fold, Summary, pass_by
from fourps.book.player_nodes import Builder, complain, load
from fourps.course.problem import Problem

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from fourps.book.player_nodes import PageInBook


class AnswerMark(nodes.General, nodes.Element):
    """Whether an option is right, in a word of ours and a sign."""


def decide_nodes(page: PageInBook, path: Path, name: str = "") -> list[nodes.Node]:
    """Return the nodes of a decision, or none after warning of what is wrong with it."""
    loaded = load(page, path, fourps.quiz.model.load, fourps.quiz.findings.check)
    if not loaded:
        return []
    quiz, source = loaded
    try:
        chosen, question = fourps.quiz.model.decision(quiz, name)
    except ValueError as error:
        here = Path(page.env.doc2path(page.env.docname))
        complain([Problem(here, page.line, "decision", "", str(error))])
        return []
    spec = fourps.quiz.player.spec(quiz, {})
    build = Builder(page, path, spec, source)
    at = f"questions/{chosen}"
    key = f"{quiz.id}-{name}" if name else quiz.id
    decide = Decide(ids=[key])
    # many headings that say the same would hide those of the page
    decide += build.line("title", "p" if name else "h")
    decide += build.lines(f"{at}/text", len(spec["questions"][chosen]["text"]))
    for letter, option in question.options.items():
        kind = "right" if option.correct else "wrong"
        text = build.line(f"{at}/options/{letter}/text")
        summary = Summary(text.rawsource, text.astext(), support_smartquotes=False)
        summary.source, summary.line = text.source, text.line
        summary["translatable"] = text["translatable"]
        fold = Fold("", summary, classes=["fp-opt", f"fp-{kind}"], group=key)
        fold += AnswerMark(kind=kind, text=build.words[f"{kind}-mark"])
        fold += build.line(f"{at}/options/{letter}/feedback")
        decide += fold
    why = Fold("", Summary("", build.words["why"], translatable=False), classes=["fp-why"])
    why += build.lines(f"{at}/why", len(spec["questions"][chosen]["why"]))
    why += build.sources(f"{at}/sources", question.source)
    decide += why
    return [decide]


class DecideDirective(Player):
    """``{decide} first.yaml``, or ``{decide} decides.yaml name``: a decision."""

    draw = staticmethod(decide_nodes)
    optional_arguments = 1


def _visit_decide(self: Any, node: Decide) -> None:
    self.body.append(f'<div class="fp-decide" id="{node["ids"][0]}">')


def _depart_decide(self: Any, _node: Decide) -> None:
    self.body.append("</div>\n")


def _visit_verdict(self: Any, node: AnswerMark) -> None:
    drawn = "m5 12.5 5 5L19.5 7" if node["kind"] == "right" else "M12 5v9M12 19h.01"
    self.body.append(
        f'<p class="fp-verdict"><svg class="fp-i" viewBox="0 0 24 24" aria-hidden="true">'
        f'<path d="{drawn}"/></svg>{escape(node["text"])}</p>\n'
    )
    raise nodes.SkipNode


def register(app: Sphinx) -> None:
    """Add directive and nodes."""
    app.add_directive("decide", DecideDirective)
    for node, visitors in (
        (Decide, (_visit_decide, _depart_decide)),
        (AnswerMark, (_visit_verdict, pass_by)),
    ):
        app.add_node(node, html=visitors, latex=PASS, text=PASS, man=PASS)
