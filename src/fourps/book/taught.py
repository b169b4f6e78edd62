"""What the result of a quiz links to: of each outcome its text, and where it is taught.

Both are taken from the pages as they were read: a module's page lists its outcomes, and a line such
as ``*Outcome 3.1.*`` stands in each section that teaches one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fourps.book.html import add_filled
from fourps.book.player_nodes import Mount

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def taught(app: Sphinx, here: str, numbers: set[str]) -> dict[str, dict[str, Any]]:
    """Return the text of some outcomes, and links to them, as ``front/result.js`` reads them.

    They are known once every page was read; the links lead from the page `here`.
    """
    env = app.env
    found: dict[str, dict[str, Any]] = {}
    for name in env.toctree_includes.get(env.config.root_doc, ()):
        for page in (name, *env.toctree_includes.get(name, ())):
            metadata = env.metadata[page]
            for number, text in metadata["promises"].items():
                found.setdefault(number, {"text": text, "links": []})["text"] = text
            href, title = app.builder.get_relative_uri(here, page), env.titles[page].astext()
            for number, place, heading in metadata["teaches"]:
                # a piece of a lesson is taught from its top
                link = {"title": heading, "href": href if heading == title else f"{href}#{place}"}
                found.setdefault(number, {"text": number, "links": []})["links"].append(link)
    return {number: found[number] for number in sorted(numbers & found.keys())}


def _fill(app: Sphinx, mount: Mount, name: str) -> None:
    if mount["kind"] == "quiz":
        questions = mount["spec"]["questions"].values()
        mount["taught"] = taught(app, name, {one["objective"] for one in questions})


def register(app: Sphinx) -> None:
    """Have each quiz filled."""
    add_filled(app, Mount, _fill)
