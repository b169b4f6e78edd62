"""The map of the invented country: ``{map}`` draws all of it with its numbered places.

``{map} stadium`` draws a small one that says where one is. Names and places come from
``book/world.yaml``, the drawings from ``book/drawings``; ``drawings/README.md`` says how they were
made.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

import fourps.course.world
from fourps.book.html import SKIP, add, instead
from fourps.book.page_in_book import WORLD, CourseDirective
from fourps.course.problem import BrokenSourceError, Problem
from fourps.course.words import words

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from fourps.course.source import Source
    from fourps.course.world import Land, World

DRAWINGS = "book/drawings"
_INSIDE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_FRAME = re.compile(r"</?symbol[^>]*>")
_SYMBOL = re.compile(r'<symbol id="([\w-]+)".*?</symbol>', re.DOTALL)


def symbols(root: Path) -> dict[str, str]:
    """Return the marks of places and modules, each a ``symbol`` of the book's icons."""
    icons = Path(root, DRAWINGS, "icons.svg")
    found = _SYMBOL.finditer(icons.read_text("utf-8")) if icons.is_file() else ()
    return {one[1]: one[0] for one in found}


class CountryMap(nodes.General, nodes.Element):
    """The map; its child is what it shows, in words. ``svg`` is what is drawn within."""


class Mark(nodes.General, nodes.Element):
    """The mark of a place, drawn from its ``symbol``."""


def world_of(env: BuildEnvironment) -> tuple[World, Source]:
    """Return the world of the book, or raise BrokenSourceError."""
    path = Path(env.srcdir, WORLD)
    env.note_dependency(str(path))
    return fourps.course.world.load(path)


def text_of(source: Source, loc: tuple[str, ...], text: str, **options: Any) -> nodes.paragraph:
    """Return a paragraph that translators find where it is written."""
    node = nodes.paragraph(text, text, **options)
    node.source, node.line = str(source.path), source.line(loc)
    return node


def _told(world: World, source: Source, name: str) -> list[nodes.paragraph]:
    """Return the name of a place, and what it is."""
    at, place = ("places", name), world.places[name]
    title = text_of(source, (*at, "name"), place.name, classes=["fp-pin-name"])
    return [title, text_of(source, (*at, "text"), place.text)]


class MapDirective(CourseDirective):
    """``{map}``: the country; with a place, where that is."""

    optional_arguments = 1

    def draw(self) -> list[nodes.Node]:
        world, source = world_of(self.env)
        here = self.arguments[0] if self.arguments else ""
        if here and here not in world.places:
            message = f"there is no place '{here}'. Places: {', '.join(world.places)}"
            where = Path(self.get_source_info()[0])
            raise BrokenSourceError(Problem(where, self.lineno, "unknown-place", here, message))
        self.env.note_dependency(str(Path(self.env.srcdir, DRAWINGS, "map.svg")))
        land = Path(self.env.srcdir, DRAWINGS, "map.svg").read_text("utf-8")
        return self._here(world, source, land, here) if here else self._all(world, source, land)

    def _all(self, world: World, source: Source, land: str) -> list[nodes.Node]:
        lands = {**world.regions, **world.neighbours}
        pins = [
            _pin(str(number), *(world.places[name].pin or ()))
            for name, number in world.pins.items()
        ]
        svg = _inside(land) + _labels(lands, world.neighbours) + "".join(pins)
        drawn = CountryMap("", text_of(source, ("map",), world.map), svg=svg, region="")
        listed = nodes.enumerated_list(classes=["fp-pins"], enumtype="arabic")
        self.env.note_dependency(str(Path(self.env.srcdir, DRAWINGS, "icons.svg")))
        marks = symbols(Path(self.env.srcdir))
        for name in world.pins:
            mark = [Mark(symbol=marks[name])] if name in marks else []
            listed += nodes.list_item("", *mark, *_told(world, source, name))
        return [drawn, listed]

    def _here(self, world: World, source: Source, land: str, here: str) -> list[nodes.Node]:
        place = world.places[here]
        svg = _inside(land) + (_pin("", *place.pin) if place.pin else "")
        told = words(self.config.language)["map-here"]
        lead = nodes.paragraph(told, told, classes=["fp-small"], translatable=False)
        box = nodes.container("", classes=["fp-here"], is_div=True)
        box += CountryMap("", nodes.paragraph(), svg=svg, region=place.region)
        box += nodes.container("", lead, *_told(world, source, here), is_div=True)
        return [box]


def _inside(svg: str) -> str:
    found = _INSIDE.search(svg)
    return found[1].strip() if found else ""


def _labels(lands: dict[str, Land], abroad: Any) -> str:
    """Return the names of regions and countries."""
    texts = "".join(
        f'<text{" class=m-far" if name in abroad else ""} x="{one.label[0]}" y="{one.label[1]}">'
        f"{escape(one.name)}</text>"
        for name, one in lands.items()
    )
    return f'<g class="m-labels">{texts}</g>'


def _pin(number: str, x: int = 0, y: int = 0) -> str:
    text = f'<text x="{x}" y="{y + 4.5}">{number}</text>' if number else ""
    return f'<g class="m-pin"><circle cx="{x}" cy="{y}" r="11"/>{text}</g>'


def _map(_writer: Any, node: CountryMap) -> str:
    label = node.astext().strip()
    said = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    here = f" fp-locate m-in-{node['region']}" if node["region"] else ""
    return f'<svg class="fp-map{here}" viewBox="30 36 370 290" {said}>{node["svg"]}</svg>\n'


def _mark(_writer: Any, node: Mark) -> str:
    drawn = _FRAME.sub("", node["symbol"])
    return f'<svg class="fp-i" viewBox="0 0 24 24" aria-hidden="true">{drawn}</svg>'


def register(app: Sphinx) -> None:
    """Add directive and nodes."""
    app.add_directive("map", MapDirective)
    add(app, Mark, instead(_mark), SKIP)
    add(app, CountryMap, instead(_map))
