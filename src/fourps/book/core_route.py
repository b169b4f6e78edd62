"""The core route through a module, for readers who have little time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from fourps.course.outcomes import core, marked
from fourps.course.words import words

if TYPE_CHECKING:
    from sphinx.application import Sphinx

CORE = "fp-core"


class MarkLines(SphinxTransform):
    """Marks the sections of the core route, and notes which outcomes a section teaches.

    Both stand in a line such as ``*Core route. Outcome 3.1.*``, which is read before it is
    translated.
    """

    default_priority = 15

    def apply(self, **_options: Any) -> None:
        """Mark lines and sections."""
        for emphasis in self.document.findall(nodes.emphasis):
            line, text = emphasis.parent, f"*{emphasis.astext()}*"
            if len(line) != 1:
                continue
            if core(text):
                line["classes"].append("fp-core-line")
                line.parent["classes"].append(CORE)
            if numbers := marked(text):
                line["outcomes"] = numbers
                if isinstance(line.parent, nodes.section):
                    line.parent["outcomes"] = numbers


class HideNumbers(SphinxTransform):
    """Leaves of such a line what it says to a reader, who knows no outcome by its number."""

    # after translation, so that translators see the line
    default_priority = 25

    def apply(self, **_options: Any) -> None:
        """Shorten lines with numbers, or take them away."""
        if self.app.builder.format != "html":
            return
        said = words(self.config.language)["page-core"]
        lines = (one for one in self.document.findall(nodes.paragraph) if "outcomes" in one)
        for line in list(lines):
            if CORE in line.parent.get("classes", ()):
                line.children = []
                line.append(nodes.emphasis(said, said))
            else:
                line.parent.remove(line)


def register(app: Sphinx) -> None:
    """Add the transforms."""
    app.add_transform(MarkLines)
    app.add_transform(HideNumbers)
