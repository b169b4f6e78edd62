"""The invented country: its map, the faces of the colleagues there, and drawings of places.

``{map}`` draws all of it with its numbered places, ``{map} stadium`` a small one that says where
one is, and ``{people}`` shows the colleagues. Names and places come from ``book/world.yaml``, the
drawings from ``book/drawings``; ``drawings/README.md`` says how they were made. The drawing above
the scenes of a story is decoration, so no word stands for it.
"""

from __future__ import annotations

import hashlib
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.osutil import relative_uri

import fourps.course.world
from fourps.book.html import SKIP, add, instead
from fourps.book.page_in_book import WORLD, CourseDirective
from fourps.course.problem import BrokenSourceError, Problem
from fourps.course.words import words

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from fourps.course.source import Source
    from fourps.course.world import Land, World

DRAWINGS = "book/drawings"
_INSIDE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_FRAME = re.compile(r"</?symbol[^>]*>")
_SYMBOL = re.compile(r'<symbol id="([\w-]+)".*?</symbol>', re.DOTALL)
FACES = "people.svg"


def symbols(root: Path) -> dict[str, str]:
    """Return the marks of places and modules, each a ``symbol`` of the book's icons."""
    icons = Path(root, DRAWINGS, "icons.svg")
    matches = _SYMBOL.finditer(icons.read_text("utf-8")) if icons.is_file() else ()
    return {match[1]: match[0] for match in matches}


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
    match = _INSIDE.search(svg)
    return match[1].strip() if match else ""


def _labels(lands: dict[str, Land], abroad: Any) -> str:
    """Return the names of regions and countries."""
    texts = "".join(
        f'<text{" class=m-far" if name in abroad else ""} x="{land.label[0]}" y="{land.label[1]}">'
        f"{escape(land.name)}</text>"
        for name, land in lands.items()
    )
    return f'<g class="m-labels">{texts}</g>'


def _pin(number: str, x: int = 0, y: int = 0) -> str:
    text = f'<text x="{x}" y="{y + 4.5}">{number}</text>' if number else ""
    return f'<g class="m-pin"><circle cx="{x}" cy="{y}" r="11"/>{text}</g>'


def _map(_writer: Any, node: CountryMap) -> str:
    label = node.astext().strip()
    role = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    here = f" fp-locate m-in-{node['region']}" if node["region"] else ""
    return f'<svg class="fp-map{here}" viewBox="30 36 370 290" {role}>{node["svg"]}</svg>\n'


def _mark(_writer: Any, node: Mark) -> str:
    drawn = _FRAME.sub("", node["symbol"])
    return f'<svg class="fp-i" viewBox="0 0 24 24" aria-hidden="true">{drawn}</svg>'


def shipped(root: Path, name: str) -> str:
    """Return where a drawing that pages load is, from the top of the site, if there is one."""
    path = root / DRAWINGS / name
    # browsers keep for a year what stands there: another drawing has another address
    version = hashlib.sha256(path.read_bytes()).hexdigest()[:8] if path.is_file() else ""
    return f"_static/{name}?v={version}" if version else ""


def face(root: Path, place: int, count: int) -> dict[str, Any]:
    """Return where a portrait is: the file from the book's folder, and how far along its row."""
    # all stand side by side in one file, which a browser asks for once
    return {"src": shipped(root, FACES), "along": round(100 * place / max(1, count - 1), 3)}


class Portrait(nodes.General, nodes.Element):
    """A face: the ``place`` of it in the row of all, of which there are ``count``."""


class PeopleDirective(CourseDirective):
    """``{people}``: the colleagues; with ``:short:`` in a few words each."""

    option_spec: ClassVar[dict[str, Any]] = {"short": directives.flag}

    def draw(self) -> list[nodes.Node]:
        world, source = world_of(self.env)
        self.env.note_dependency(str(Path(self.env.srcdir, DRAWINGS, FACES)))
        fields = ("short",) if "short" in self.options else ("role", "note")
        listed = nodes.bullet_list(classes=["fp-people", f"fp-people-{fields[0]}"])
        for place, (name, person) in enumerate(world.people.items()):
            at = ("people", name)
            item = nodes.list_item("", Portrait(place=place, count=len(world.people)))
            called = nodes.strong(person.name, person.name)
            item += nodes.paragraph("", "", called, translatable=False, classes=["fp-name"])
            item += [text_of(source, (*at, field), getattr(person, field)) for field in fields]
            listed += item
        return [listed]


def _portrait(writer: Any, node: Portrait) -> str:
    drawn = face(Path(writer.builder.srcdir), node["place"], node["count"])
    page = writer.builder.get_target_uri(writer.builder.current_docname)
    return (
        f'<img class="fp-face" src="{relative_uri(page, drawn["src"])}" alt="" width="56" '
        f'height="56" loading="lazy" style="object-position:{drawn["along"]:g}% 0">'
    )


def _ship(app: Sphinx, _config: Config) -> None:
    """Put faces and places beside what else is copied for pages to load."""
    drawings, static = Path(app.srcdir, DRAWINGS), Path(app.outdir).parent / ".fourps-static"
    for path in (*drawings.glob(FACES), *drawings.glob("places/*.svg")):
        to = static / path.relative_to(drawings)
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(path.read_bytes())


class PlaceDrawing(nodes.General, nodes.Element):
    """The drawing of the place ``name``; the player of the page takes it from there."""


def _drawing(writer: Any, node: PlaceDrawing) -> str:
    root, name = Path(writer.builder.srcdir), node["name"]
    if not (src := shipped(root, f"places/{name}.svg")):
        return ""
    page = writer.builder.get_target_uri(writer.builder.current_docname)
    return (
        f'<img class="fp-scenery" data-place="{name}" src="{relative_uri(page, src)}" alt="" '
        'aria-hidden="true" width="320" height="72" loading="lazy">\n'
    )


def register(app: Sphinx) -> None:
    """Add directives and nodes."""
    app.add_directive("map", MapDirective)
    add(app, Mark, instead(_mark), SKIP)
    add(app, CountryMap, instead(_map))
    app.add_directive("people", PeopleDirective)
    add(app, Portrait, instead(_portrait), SKIP)
    app.connect("config-inited", _ship)
    add(app, PlaceDrawing, instead(_drawing), SKIP)
