"""One decision within a page, whose answers open where they are tapped.

``{decide} first.yaml`` is that of a quiz, read and checked as every quiz is, and
``{decide} decides.yaml ladder`` one question of several, for a page of many decisions.
``{opening} try/scenario.yaml try`` is the first decision of a story that stands on another page:
each answer leads on to the story, which takes it as chosen. The address names it, and forgets it
once it was read. No script is needed: each option is a native details element, and opening one
closes the others.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

import fourps.quiz.model
import fourps.scenario.model
import fourps.scenario.player
from fourps.book.boxes import Fold, Summary, folded
from fourps.book.html import ARROW, SKIP, add, add_filled, instead, tags
from fourps.book.player_nodes import Builder, Player, load
from fourps.book.quiz import load_quiz
from fourps.book.scenario import examined
from fourps.course.problem import BrokenSourceError, Problem
from fourps.course.words import words

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from fourps.book.page_in_book import PageInBook


class Decide(nodes.General, nodes.Element):
    """A decision within a page; its children are the question, the options and the reason."""


class AnswerMark(nodes.General, nodes.Element):
    """Whether an option is right, in a word of ours and a sign."""


def decide_nodes(page: PageInBook, path: Path, name: str = "") -> list[nodes.Node]:
    """Return the nodes of a decision, or raise BrokenSourceError."""
    quiz, build = load_quiz(page, path)
    try:
        chosen, question = fourps.quiz.model.decision(quiz, name)
    except ValueError as error:
        here = Path(page.env.doc2path(page.env.docname))
        raise BrokenSourceError(Problem(here, page.line, "decision", "", str(error))) from error
    at = f"questions/{chosen}"
    key = f"{quiz.id}-{name}" if name else quiz.id
    decide = Decide(ids=[key])
    # many headings that say the same would hide those of the page
    decide += build.line("title", "p" if name else "h")
    decide += build.lines(f"{at}/text")
    for letter, option in question.options.items():
        fold = answer(build, f"{at}/options/{letter}/text", key, right=option.correct)
        fold += build.line(f"{at}/options/{letter}/feedback")
        decide += fold
    why = folded(build.words["why"], classes=["fp-why"])
    why += build.lines(f"{at}/why")
    why += build.sources(f"{at}/sources", question.source)
    why += rule_mark(question.rule)
    decide += why
    return [decide]


def rule_mark(rules: list[str]) -> list[nodes.Node]:
    """Return the mark of the rules that a text above it states, as a page's own comment is one."""
    return [nodes.comment("", f"rule: {', '.join(rules)}")] if rules else []


def answer(build: Builder, key: str, group: str, *, right: bool) -> Fold:
    """Return an answer that opens where it is tapped, with its mark and no word on it yet.

    Parameters
    ----------
    build
        Makes the nodes of the file that has it.
    key
        The place of its text in that file.
    group
        The decision: of its answers one is open at a time.
    right
        Whether it is the best one.
    """
    kind = "right" if right else "wrong"
    text = build.line(key)
    summary = Summary(text.rawsource, text.astext(), support_smartquotes=False)
    summary.source, summary.line = text.source, text.line
    summary["translatable"] = text["translatable"]
    fold = Fold("", summary, classes=["fp-opt", f"fp-{kind}"], group=group)
    fold += AnswerMark(kind=kind, text=build.words[f"{kind}-mark"])
    return fold


class DecideDirective(Player):
    """``{decide} first.yaml``, or ``{decide} decides.yaml name``: a decision."""

    nodes_of = staticmethod(decide_nodes)
    optional_arguments = 1


def _decide(_writer: Any, node: Decide) -> str:
    return f'<div class="fp-decide" id="{node["ids"][0]}">'


def _mark(_writer: Any, node: AnswerMark) -> str:
    drawn = "m5 12.5 5 5L19.5 7" if node["kind"] == "right" else "M12 5v9M12 19h.01"
    return (
        f'<p class="fp-verdict"><svg class="fp-i" viewBox="0 0 24 24" aria-hidden="true">'
        f'<path d="{drawn}"/></svg>{escape(node["text"])}</p>\n'
    )


class Onward(nodes.General, nodes.Element):
    """The way on: ``page`` that has the story, ``scene`` there, and ``who`` it is about."""


def opening_nodes(page: PageInBook, path: Path, story: str) -> list[nodes.Node]:
    """Return the nodes of a story's first decision, or raise BrokenSourceError."""
    scenario, source = load(page, path, fourps.scenario.model.load, examined(page))
    spec = fourps.scenario.player.spec(scenario, {}, dict.fromkeys(scenario.competencies, (0, 0)))
    build = Builder(page, path, spec, source)
    node, at = scenario.nodes[scenario.start], f"nodes/{scenario.start}"
    target, _ = page.env.relfn2path(f"{story}.md", page.env.docname)
    first = next(iter(scenario.people.values()), scenario.title)
    who = page.translate(first).split(",")[0]
    decide = Decide(ids=[f"{scenario.id}-opening"])
    decide += build.line(f"{at}/title", "h")
    decide += build.lines(f"{at}/text")
    for name in node.choices:
        here = f"{at}/choices/{name}"
        fold = answer(build, f"{here}/text", scenario.id, right=name in node.best)
        fold += build.line(f"{here}/consequence")
        fold += build.line(f"{here}/rationale")
        fold += rule_mark(node.choices[name].rule)
        scene = f"{scenario.id}-{name}"  # for a reader without scripts a place on that page
        fold += Onward(page=target.removesuffix(".md"), scene=scene, who=who)
        decide += fold
    return [decide]


def _fill_onward(app: Sphinx, node: Onward, name: str) -> None:
    node["href"] = f"{app.builder.get_relative_uri(name, node['page'])}#{node['scene']}"


def _onward(writer: Any, node: Onward) -> str:
    text = words(writer.config.language)["opening-go"].format(who=node["who"])
    return (
        f'<p class="fp-row"><a class="fp-btn" href="{escape(node["href"])}">'
        f"<span>{escape(text)}</span>{ARROW}</a></p>\n"
    )


class OpeningDirective(Player):
    """``{opening} try/scenario.yaml try``: the first decision, and the page that has the rest."""

    required_arguments = 2
    nodes_of = staticmethod(opening_nodes)


def register(app: Sphinx) -> None:
    """Add directives and nodes."""
    app.add_directive("decide", DecideDirective)
    add(app, Decide, tags(_decide, "</div>\n"))
    add(app, AnswerMark, instead(_mark))
    app.add_directive("opening", OpeningDirective)
    add(app, Onward, instead(_onward), SKIP)
    add_filled(app, Onward, _fill_onward)
