"""``{opening} try/scenario.yaml try``: the first decision of a story that stands on another page.

Each answer opens where it is tapped, as those of ``{decide}`` do, and leads on to the story, which
takes it as chosen: the address names it, and forgets it once it was read.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

import fourps.scenario.model
import fourps.scenario.player
from fourps.book.decide import Decide, answer, rule_mark
from fourps.book.html import ARROW, SKIP, add, add_filled, instead
from fourps.book.player_nodes import Builder, Player, load
from fourps.book.scenario import examined
from fourps.course.words import words

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx

    from fourps.book.page_in_book import PageInBook


class Onward(nodes.General, nodes.Element):
    """The way on: ``page`` that has the story, ``scene`` there, and ``who`` it is about."""


def opening_nodes(page: PageInBook, path: Path, story: str) -> list[nodes.Node]:
    """Return the nodes of a story's first decision, or raise BrokenSourceError."""
    scenario, source = load(page, path, fourps.scenario.model.load, examined(page))
    spec = fourps.scenario.player.spec(scenario, {}, dict.fromkeys(scenario.competencies, (0, 0)))
    build = Builder(page, path, spec, source)
    node, at = scenario.nodes[scenario.start], f"nodes/{scenario.start}"
    target, _ = page.env.relfn2path(f"{story}.md", page.env.docname)
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
        fold += Onward(page=target.removesuffix(".md"), scene=scene, who=_who(page, scenario))
        decide += fold
    return [decide]


def _who(page: PageInBook, scenario: fourps.scenario.model.Scenario) -> str:
    first = next(iter(scenario.people.values()), scenario.title)
    return page.translate(first).split(",")[0]


def _fill(app: Sphinx, node: Onward, name: str) -> None:
    node["href"] = f"{app.builder.get_relative_uri(name, node['page'])}#{node['scene']}"


def _onward(writer: Any, node: Onward) -> str:
    said = words(writer.config.language)["opening-go"].format(who=node["who"])
    return (
        f'<p class="fp-row"><a class="fp-btn" href="{escape(node["href"])}">'
        f"<span>{escape(said)}</span>{ARROW}</a></p>\n"
    )


class OpeningDirective(Player):
    """``{opening} try/scenario.yaml try``: the first decision, and the page that has the rest."""

    required_arguments = 2
    nodes_of = staticmethod(opening_nodes)


def register(app: Sphinx) -> None:
    """Add directive and node."""
    app.add_directive("opening", OpeningDirective)
    add(app, Onward, instead(_onward), SKIP)
    add_filled(app, Onward, _fill)
