"""Turn a scenario into nodes; the directive and the cell renderer share it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import fourps.scenario.findings
import fourps.scenario.model
import fourps.scenario.player
from fourps.book.country_map import world_of
from fourps.book.player_nodes import Builder, Mount, Player, PlayerPart, Word, load
from fourps.book.portraits import face
from fourps.book.searches import search
from fourps.scenario.model import END

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docutils import nodes as docutils_nodes
    from sphinx.application import Sphinx

    from fourps.book.page_in_book import PageInBook
    from fourps.book.player_nodes import Line
    from fourps.course.outcomes import Known
    from fourps.course.problem import Problem
    from fourps.course.source import Source
    from fourps.course.world import World
    from fourps.scenario.condition import Comparison, Condition
    from fourps.scenario.model import Node, Scenario, Told


def examined(page: PageInBook) -> Callable[[Scenario, Source, Known], list[Problem]]:
    """Return the function that says what is wrong with a scenario of a page."""
    cache = Path(page.env.config.fourps_cache)

    def check(scenario: Scenario, source: Source, known: Known) -> list[Problem]:
        found = search(cache, scenario)
        return fourps.scenario.findings.check(scenario, source, known, found)

    return check


def scenario_nodes(page: PageInBook, path: Path) -> list[docutils_nodes.Node]:
    """Return the nodes of a scenario, or raise BrokenSourceError."""
    scenario, source = load(page, path, fourps.scenario.model.load, examined(page))
    found = search(Path(page.env.config.fourps_cache), scenario)
    somewhere = any(node.place or node.speaker for node in scenario.nodes.values())
    world, names = world_of(page.env) if somewhere else (None, None)
    spec = fourps.scenario.player.spec(scenario, {}, found.ranges if found else None, world)
    build = Builder(page, path, spec, source)
    prefix = scenario.id
    mount = Mount(kind="scenario", spec=build.bare)
    mount += [
        build.line("title", "h"),
        build.line("content_note", lead=build.label("content-note")),
        *build.lines("role"),
        *_met(build, world, names),
        build.word("keeps-track"),
        *(
            build.text(one.title, source.line(("variables", name)))
            for name, one in scenario.variables.items()
        ),
        build.word("text-version"),
        build.word("begin", refid=f"{prefix}-{scenario.start}"),
    ]
    for name, node in scenario.nodes.items():
        mount += _situation(build, scenario, name, node)
        mount += [_consequence(build, scenario, name, key) for key in node.choices]
    mount += _endings(build, scenario)
    return [mount]


def _met(
    build: Builder, world: World | None, source: Source | None
) -> Iterator[docutils_nodes.Node]:
    """Yield the names of places and people, which stand in another file, and give each a face."""
    if not world or not source:
        return
    root, everybody = Path(build.page.env.srcdir), [*world.people]
    for kind, fields in (("places", ("name",)), ("people", ("name", "short"))):
        for name, one in build.spec[kind].items():
            for field in fields:
                build.bare[kind][name][field] = ""
                yield build.text(
                    one[field],
                    source.line((kind, name, field)),
                    key=f"{kind}/{name}/{field}",
                    lead=build.label("met") if field == "name" else "",
                )
            if kind == "people":
                place = everybody.index(name)
                build.bare[kind][name]["face"] = face(root, place, len(everybody))


def _situation(build: Builder, scenario: Scenario, name: str, node: Node) -> PlayerPart:
    """Return a node: its text, and its choices as links to what follows from them."""
    at = f"nodes/{name}"
    part = PlayerPart(ids=[f"{scenario.id}-{name}"])
    if node.so_far:
        part += _told(build, scenario, f"{at}/so_far", node.so_far)
    if node.chapter:
        part += build.line(f"{at}/chapter", lead=build.label("chapter"))
    part += build.line(f"{at}/title", "h")
    part += build.lines(f"{at}/text")
    for index, aside in enumerate(node.asides):
        lead = _condition(build, scenario, aside.when)
        part += build.line(f"{at}/asides/{index}/text", lead=f"({lead})")
    for key, choice in node.choices.items():
        lead = _condition(build, scenario, choice.when)
        lead = f"({lead})" if lead else "→"
        part += build.line(f"{at}/choices/{key}/text", lead=lead, refid=f"{scenario.id}-{key}")
    return part


def _consequence(build: Builder, scenario: Scenario, name: str, key: str) -> PlayerPart:
    """Return what follows from a choice, with a link to where it leads."""
    choice, at = scenario.choices[key], f"nodes/{name}/choices/{key}"
    part = PlayerPart(ids=[f"{scenario.id}-{key}"])
    part += build.line(f"{at}/consequence", lead=build.label("then"))
    if choice.critical:
        text = f"{build.words['critical']}. {build.words['critical-' + choice.critical]}"
        part += Word(text=text, refid="")
    if choice.repairs:
        part += build.word("repair-help")
    part += build.line(f"{at}/rationale", lead=build.label("why"))
    part += build.sources(f"{at}/sources", choice.source)
    ends = choice.to == END
    target = "endings" if ends else choice.to
    part += build.word("leads-end" if ends else "next", refid=f"{scenario.id}-{target}")
    return part


def _endings(build: Builder, scenario: Scenario) -> PlayerPart:
    """Return every ending, and what to practise."""
    part = PlayerPart(ids=[f"{scenario.id}-endings"])
    part += build.word("endings")
    for index, ending in enumerate(scenario.endings.values()):
        lead = build.label(f"kind-{ending.kind}")
        part += _told(build, scenario, f"endings/{index}", ending, lead)
    part += build.word("debrief")
    for name in scenario.competencies:
        part += build.line(f"competencies/{name}/title")
        part += build.line(f"competencies/{name}/practise")
    return part


def _told(build: Builder, scenario: Scenario, at: str, told: Told, lead: str = "") -> list[Line]:
    """Return what is told of a play at its end, or before a chapter."""
    lines = [build.line(f"{at}/title", "h", lead=lead), *build.lines(f"{at}/text")]
    for place, one in enumerate(told.parts):
        lead = _condition(build, scenario, one.when)
        lines.append(build.line(f"{at}/parts/{place}/text", lead=f"({lead})" * bool(lead)))
    return lines


def _condition(build: Builder, scenario: Scenario, condition: Condition) -> str:
    """Say in words when a condition holds, for the page without JavaScript."""
    word = build.words

    def one(test: Comparison) -> str:
        variable = scenario.variables[test.variable]
        title = build.page.translate(variable.title)
        if variable.kind == "flag":
            wanted = test.number if test.operator == "==" else 1 - test.number
            return title if wanted else word["otherwise"].format(title=title)
        return f"{title} {test.operator} {test.number}"

    alternatives = (f" {word['and']} ".join(map(one, tests)) for tests in condition)
    text = f" {word['or']} ".join(alternatives)
    return f"{build.label('open-when')} {text}" if text else ""


class ScenarioDirective(Player):
    """``{scenario} scenario.yaml``: a scenario to play."""

    nodes_of = staticmethod(scenario_nodes)


def register(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("scenario", ScenarioDirective)
