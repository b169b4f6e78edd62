"""Boxes in the text: ``{content-note}``, ``{guidance}``, ``{official-text}`` and ``{activity}``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

from fourps.course.words import words

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# what hard matter comes; practice that our fact sheet holds only as recalled; treaty articles
# recalled, not checked
_BOXES = {
    "content-note": ["fp-content-note", "attention"],
    "guidance": ["fp-guidance", "note"],
    "official-text": ["fp-official", "important"],
}


class Box(SphinxDirective):
    """An admonition whose title is always the same, a word of ours."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        text = words(self.config.language)[self.name]
        title = nodes.title(text, text, translatable=False)
        box = nodes.admonition("", title, classes=["admonition", *_BOXES[self.name]])
        self.state.nested_parse(self.content, self.content_offset, box)
        return [box]


class Activity(SphinxDirective):
    """``{activity} Title`` with ``:minutes:``: something to do."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {"minutes": directives.positive_int}

    def run(self) -> list[nodes.Node]:
        source, line = self.get_source_info()
        title = nodes.title(self.arguments[0], "")
        children, _ = self.state.inline_text(self.arguments[0], self.lineno)
        title += children
        if "minutes" in self.options:
            title["minutes"] = self.options["minutes"]
        title.source, title.line = source, line
        box = nodes.admonition("", title, classes=["admonition", "fp-activity", "tip"])
        self.state.nested_parse(self.content, self.content_offset, box)
        return [box]


class ShowMinutes(SphinxTransform):
    """Adds an activity's minutes to its title, which has been translated by now."""

    default_priority = 30

    def apply(self, **_options: Any) -> None:
        """Append to each title that has minutes."""
        word = words(self.config.language)["activity-minutes"]
        for title in self.document.findall(nodes.title):
            if "minutes" in title:
                minutes = word.format(minutes=title["minutes"])
                title.append(nodes.inline("", f" {minutes}", classes=["fp-minutes"]))


def register(app: Sphinx) -> None:
    """Add the directives, and the transform."""
    for name in _BOXES:
        app.add_directive(name, Box)
    app.add_directive("activity", Activity)
    app.add_transform(ShowMinutes)
