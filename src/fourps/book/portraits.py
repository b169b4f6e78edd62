"""``{people}``: the colleagues of the invented country, each with a face.

Their names come from ``book/world.yaml``; ``drawings/README.md`` says how the faces were drawn.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.osutil import relative_uri

from fourps.book.country_map import DRAWINGS, text_of, world_of
from fourps.book.html import SKIP, add, instead
from fourps.book.page_in_book import CourseDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

FACES = "people.svg"


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
            item += [text_of(source, (*at, one), getattr(person, one)) for one in fields]
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


def register(app: Sphinx) -> None:
    """Add directive and node."""
    app.add_directive("people", PeopleDirective)
    add(app, Portrait, instead(_portrait), SKIP)
    app.connect("config-inited", _ship)
