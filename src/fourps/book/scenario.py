"""Turn a scenario into nodes; the directive and the cell renderer share it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import fourps.scenario.findings
import fourps.scenario.model
import fourps.scenario.player
from fourps.book.booklet import ENDINGS, REASONS, RESULTS, STEPS, Booklet, headings, slip
from fourps.book.country import PlaceDrawing, face, world_of
from fourps.book.kept import search
from fourps.book.player_nodes import Builder, Mount, Player, PlayerPart, Word, load
from fourps.scenario.model import END
from fourps.scenario.player import FACILITATOR

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
    from fourps.scenario.model import Node, Scenario, Told


def examined(page: PageInBook) -> Callable[[Scenario, Source, Known], list[Problem]]:
    """Return the function that says what is wrong with a scenario of a page."""
    cache = Path(page.env.config.fourps_cache)

    def check(scenario: Scenario, source: Source, known: Known) -> list[Problem]:
        result = search(cache, scenario)
        return fourps.scenario.findings.check(scenario, source, known, result)

    return check


def scenario_nodes(page: PageInBook, path: Path) -> list[docutils_nodes.Node]:
    """Return the nodes of a scenario, or raise BrokenSourceError."""
    scenario, source = load(page, path, fourps.scenario.model.load, examined(page))
    result = search(Path(page.env.config.fourps_cache), scenario)
    somewhere = any(node.place or node.speaker for node in scenario.nodes.values())
    world, names = world_of(page.env) if somewhere else (None, None)
    spec = fourps.scenario.player.spec(scenario, {}, result.ranges if result else None, world)
    build = Builder(page, path, spec, source)
    prefix, book = scenario.id, Booklet(scenario, build.words)
    mount = Mount(kind="scenario", spec=build.bare, ids=[FACILITATOR])
    mount += [
        build.line("title", "h"),
        build.line("content_note", lead=build.label("content-note")),
        *build.lines("role"),
        *_met(build, world, names),
        Word(text=build.words["paper-help"].format(number=book.steps[scenario.start])),
        slip(book, prefix),
        _letters(build, book),
        build.word("begin", refid=f"{prefix}-{scenario.start}"),
        *headings(build.words),
    ]
    for name, node in scenario.nodes.items():
        mount += _situation(build, book, name, node)
        for key in node.choices:
            mount += [_result(build, book, name, key), _reason(build, book, name, key)]
    mount += _endings(build, book)
    return [mount]


def _met(
    build: Builder, world: World | None, source: Source | None
) -> Iterator[docutils_nodes.Node]:
    """Yield the names of places and people, which stand in another file; each has a picture."""
    if not world or not source:
        return
    root, everybody = Path(build.page.env.srcdir), [*world.people]
    for kind, fields in (("places", ("name",)), ("people", ("name", "short"))):
        for name, entry in build.spec[kind].items():
            if kind == "places":
                yield PlaceDrawing(name=name)
            for field in fields:
                del build.bare[kind][name][field]
                yield build.text(
                    entry[field],
                    source.line((kind, name, field)),
                    key=f"{kind}/{name}/{field}",
                    lead=build.label("met") if field == "name" else "",
                )
            if kind == "people":
                place = everybody.index(name)
                build.bare[kind][name]["face"] = face(root, place, len(everybody))


def _letters(build: Builder, book: Booklet) -> PlayerPart:
    """Return what the letters stand for: at the end, since it says what may happen."""
    part = PlayerPart(order=(ENDINGS, 2))
    part += build.word("paper-letters")
    for name, variable in book.scenario.variables.items():
        lead, line = book.letters["is", name], build.source.line(("variables", name))
        part += build.text(variable.title, line, lead=lead)
    if met := [letter for (kind, _), letter in book.letters.items() if kind == "met"]:
        part += Word(text=build.words["paper-met"].format(letters=", ".join(met)))
    return part


def _situation(build: Builder, book: Booklet, name: str, node: Node) -> PlayerPart:
    """Return a node: its text, and its choices as links to what follows from them."""
    at = f"nodes/{name}"
    number = book.steps[name]
    part = PlayerPart(ids=[f"{book.scenario.id}-{name}"], at=f"{at}/", number=number)
    part["order"] = (STEPS, number)
    if node.so_far:
        part += _told(build, book, f"{at}/so_far", node.so_far)
    if node.chapter:
        part += build.word("chapter-break")
        part += build.line(f"{at}/chapter", lead=build.label("chapter"))
    part += build.line(f"{at}/title", "h")
    part += build.lines(f"{at}/text")
    for index, aside in enumerate(node.asides):
        part += build.line(f"{at}/asides/{index}/text", lead=book.when(aside.when))
    part += _marks(book.marks(node.meets))
    for key, choice in node.choices.items():
        result = book.results[key]
        lead = f"{book.when(choice.when, repairs=choice.repairs)} {result.letter}".strip()
        refid = f"{book.scenario.id}-{result.id}"
        part += build.line(f"{at}/choices/{key}/text", lead=lead, refid=refid)
    return part


def _result(build: Builder, book: Booklet, name: str, key: str) -> PlayerPart:
    """Return what follows from a choice and what to mark, with a link to where it leads."""
    choice, at, prefix = book.scenario.choices[key], f"nodes/{name}/choices/{key}", book.scenario.id
    here = book.results[key]
    ids = [f"{prefix}-{here.id}"]
    if name == book.scenario.start:
        # another page leads here, and its player knows choices by their names
        ids.append(f"{prefix}-{key}")
    part = PlayerPart(ids=ids, at=f"{at}/", number=str(here))
    part["order"] = (RESULTS, here.place, here.step)
    part += build.line(f"{at}/consequence")
    part += _marks(book.marks(choice.meets, choice, key))
    part += build.word("why", refid=f"{prefix}-{here.step}")
    target = "endings" if choice.to == END else choice.to
    part += Word(text=book.onward(choice), refid=f"{prefix}-{target}")
    return part


def _reason(build: Builder, book: Booklet, name: str, key: str) -> PlayerPart:
    """Return why a choice is better or worse than others; those of a step come together."""
    choice, at = book.scenario.choices[key], f"nodes/{name}/choices/{key}"
    here = book.results[key]
    part = PlayerPart(ids=[f"{book.scenario.id}-{here.step}"], number=here.step)
    part["order"] = (REASONS, here.step)
    part += build.line(f"{at}/rationale", lead=here.letter, below=f"{here.place}/rationale")
    if choice.critical:
        text = f"{build.words['critical']}. {build.words['critical-' + choice.critical]}"
        part += Word(text=text)
    if choice.repairs:
        part += build.word("repair-help")
    sources = build.sources(f"{at}/sources", choice.source)
    sources["below"] = f"{here.place}/sources"
    part += sources
    return part


def _marks(text: str) -> list[Word]:
    return [Word(text=text)] if text else []


def _endings(build: Builder, book: Booklet) -> list[PlayerPart]:
    """Return every ending, and what to practise."""
    ends = PlayerPart(ids=[f"{book.scenario.id}-endings"], order=(ENDINGS, 1))
    ends += build.word("paper-first")
    for index, ending in enumerate(book.scenario.endings.values()):
        lead = f"{build.label(f'kind-{ending.kind}')} {book.ends(ending)}".strip()
        ends += _told(build, book, f"endings/{index}", ending, lead)
    practise = PlayerPart(order=(ENDINGS, 3))
    practise += build.word("debrief")
    for name in book.scenario.competencies:
        practise += build.line(f"competencies/{name}/title")
        practise += build.line(f"competencies/{name}/practise")
    return [ends, practise]


def _told(build: Builder, book: Booklet, at: str, told: Told, lead: str = "") -> list[Line]:
    """Return what is told of a play at its end, or before a chapter."""
    lines = [build.line(f"{at}/title", "h", lead=lead), *build.lines(f"{at}/text")]
    for place, part in enumerate(told.parts):
        lead = book.when(part.when, part.about)
        lines.append(build.line(f"{at}/parts/{place}/text", lead=lead))
    return lines


class ScenarioDirective(Player):
    """``{scenario} scenario.yaml``: a scenario to play."""

    nodes_of = staticmethod(scenario_nodes)


def _name_player(app: Sphinx, doctree: docutils_nodes.document) -> None:
    """Let links lead to a page's story as a facilitator plays it, as they lead to a heading."""
    if any(FACILITATOR in mount["ids"] for mount in doctree.findall(Mount)):
        slugs = app.env.metadata[app.env.docname].setdefault("myst_slugs", {})
        slugs[FACILITATOR] = (0, FACILITATOR, "")


def register(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("scenario", ScenarioDirective)
    app.connect("doctree-read", _name_player)
