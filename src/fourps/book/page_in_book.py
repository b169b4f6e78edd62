"""A page as it is read: what it may refer to, its language, and what it warns of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.i18n import docname_to_domain
from sphinxcontrib.bibtex.roles import CiteRole

import fourps.course.outcomes
import fourps.course.world
from fourps.course.bibliography import labels
from fourps.course.catalogue import Catalogue
from fourps.course.inline import curly
from fourps.course.outcomes import Known
from fourps.course.problem import BrokenSourceError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes
    from sphinx.environment import BuildEnvironment

_logger = logging.getLogger(__name__)
WORLD = "book/world.yaml"


def catalogue(env: BuildEnvironment, page: str = "") -> Catalogue | None:
    """Return the catalogue of a page, or of the one that is being read, if its language has one."""
    path = catalogue_path(env, page or env.docname)
    return Catalogue.read(path) if path else None


def catalogue_path(env: BuildEnvironment, page: str) -> Path | None:
    """Return the file with a page's catalogue, if its language has one."""
    domain = docname_to_domain(page, env.config.gettext_compact)
    for folder in env.config.locale_dirs:
        path = Path(env.srcdir, folder, env.config.language, "LC_MESSAGES", f"{domain}.po")
        if path.is_file():
            return path
    return None


def complain(problems: Iterable[Problem]) -> None:
    """Warn of each problem where it stands, as type ``fourps`` with the problem's name."""
    for problem in problems:
        _logger.warning(
            "%s",
            problem.body,
            location=f"{problem.path}:{problem.line}",
            type="fourps",
            subtype=problem.name,
        )


@dataclass
class PageInBook:
    """Where nodes are being made: the page, and how a text becomes citations on it."""

    env: BuildEnvironment
    inliner: Any
    line: int

    def known(self, path: Path) -> Known:
        """Return the citation keys of the book, and the outcomes beside a file and elsewhere."""
        sources: set[str] = set()
        for bibliography in self.env.config.bibtex_bibfiles:
            sources.update(labels(Path(self.env.srcdir, bibliography)))
        # a piece of a lesson stands in a folder within its module's
        beside, above = path.parent, path.parent.parent
        here = beside if (beside / "outcomes.yaml").is_file() else above
        if not (here / "outcomes.yaml").is_file():
            return Known(sources)
        world = self.env.srcdir / WORLD
        country = fourps.course.world.load(world)[0] if world.is_file() else None
        self.env.note_dependency(str(world))
        every: dict[str, set[str]] = {}
        for outcomes in sorted(here.parent.glob("*/outcomes.yaml")):
            self.env.note_dependency(str(outcomes))
            try:
                loaded, _ = fourps.course.outcomes.load(outcomes)
            except BrokenSourceError:
                # that of another module is reported by its own pages
                if outcomes.parent == here:
                    raise
            else:
                every[outcomes.parent.name] = set(loaded.outcomes)
        return Known.of(here.name, every, sources, country)

    def translate(self, text: str, context: str = "") -> str:
        """Return a text in the page's language, literally: a translator's markup stays text.

        Sphinx's own translation would read it as Markdown. The context, its place in the player's
        data, tells it from another one that is alike in English. Quotation marks become curly, as
        Sphinx makes them on the rest of the page.
        """
        return curly(self.catalogue.gettext(text, context) if self.catalogue else text)

    def mark(self, node: nodes.Element, text: str, context: str = "") -> None:
        """Mark a node as one that says a text as `translate` does.

        Sphinx gives what is translated here to translators, and counts what is lacking.
        """
        node["translatable"] = self.catalogue is None
        if self.catalogue:
            node["translated"] = not self.catalogue.lacks(text, context)

    @cached_property
    def catalogue(self) -> Catalogue | None:
        """The catalogue of this page, if its language has one."""
        return catalogue(self.env)

    def citations(self, keys: list[str]) -> list[nodes.Node]:
        """Return references to the bibliography; for no keys none."""
        if not keys:
            return []
        text = ",".join(keys)
        references, _ = CiteRole()("cite:p", f"{{cite:p}}`{text}`", text, self.line, self.inliner)
        return list(references)


class CourseDirective(SphinxDirective):
    """Draws what files of the course hold; of a broken one it warns, and draws nothing."""

    def run(self) -> list[nodes.Node]:
        try:
            return self.draw()
        except BrokenSourceError as error:
            complain(error.problems)
            return []

    def draw(self) -> list[nodes.Node]:
        """Return what is drawn, or raise BrokenSourceError."""
        raise NotImplementedError
