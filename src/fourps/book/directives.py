"""The directives that authors write."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from pybtex_docutils import Backend
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

import fourps.course.outcomes
from fourps.book.citations import ShortLabelStyle
from fourps.book.nodes import Fold, KeptPanel, OfflinePanel, Summary
from fourps.book.place_bar import OBJECTIVES, is_piece
from fourps.book.player_nodes import PageInBook, complain
from fourps.book.quiz import change_nodes, quiz_nodes
from fourps.book.scenario import scenario_nodes
from fourps.course.problem import BrokenSourceError, Problem
from fourps.course.words import words
from fourps.outcomes.map import HEADINGS, OutcomeRow, outcomes_map

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Player(SphinxDirective):
    """Draws what a YAML file holds."""

    required_arguments = 1
    draw: ClassVar[Any]

    def run(self) -> list[nodes.Node]:
        relative, absolute = self.env.relfn2path(self.arguments[0])
        page = PageInBook(self.env, self.state.inliner, self.lineno)
        if not Path(absolute).is_file():
            where = Path(self.get_source_info()[0])
            message = f"there is no file {relative}; name a file beside this page"
            complain([Problem(where, self.lineno, "missing-file", "", message)])
            return []
        return list(type(self).draw(page, Path(absolute), *self.arguments[1:]))


class ScenarioDirective(Player):
    """``{scenario} scenario.yaml``: a scenario to play."""

    draw = staticmethod(scenario_nodes)


class QuizDirective(Player):
    """``{quiz} quiz.yaml``: a quiz to answer."""

    draw = staticmethod(quiz_nodes)


class ChangeDirective(SphinxDirective):
    """``{change} forms/before.yaml forms/after.yaml``: the reader's own results in these tests."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        page = PageInBook(self.env, self.state.inliner, self.lineno)
        paths = [Path(self.env.relfn2path(name)[1]) for name in self.arguments[0].split()]
        return change_nodes(page, paths)


class OutcomesDirective(SphinxDirective):
    """``{outcomes}``: what a learner will be able to do, from the file beside the page."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0] if self.arguments else "outcomes.yaml"
        _, absolute = self.env.relfn2path(name)
        self.env.note_dependency(absolute)
        try:
            outcomes, source = fourps.course.outcomes.load(Path(absolute))
        except BrokenSourceError as error:
            complain(error.problems)
            return []
        result = nodes.bullet_list(classes=[OBJECTIVES])
        for number, outcome in outcomes.outcomes.items():
            paragraph = nodes.paragraph(outcome.text, outcome.text)
            paragraph.source, paragraph.line = absolute, source.line(("outcomes", number))
            strong = nodes.paragraph("", "", nodes.strong(number, number), translatable=False)
            result += nodes.list_item("", strong, paragraph)
        return [result]


class OutcomesMapDirective(SphinxDirective):
    """``{outcomes-map}``: where each outcome is taught, practised and assessed."""

    def run(self) -> list[nodes.Node]:
        root = Path(self.env.srcdir)
        result: list[nodes.Node] = []
        try:
            for title, folder, rows in outcomes_map(root):
                for path in (*folder.glob("*.[my]*"), *folder.glob("lesson/*.md")):
                    self.env.note_dependency(str(path))
                result.append(nodes.rubric(title, title))
                result.append(nodes.definition_list("", *map(_outcome, rows)))
        except BrokenSourceError as error:
            complain(error.problems)
            return []
        return result


def _outcome(row: OutcomeRow) -> nodes.definition_list_item:
    """Return an outcome and where it is, which reads on a phone as a table does not."""
    name = f"{row.number} {row.text}"
    places = nodes.bullet_list()
    for heading, place in zip(HEADINGS, row.places, strict=True):
        text = f"{heading}: {place}"
        places += nodes.list_item("", nodes.paragraph(text, text))
    definition = nodes.definition("", places)
    return nodes.definition_list_item("", nodes.term(name, name), definition)


class _Box(SphinxDirective):
    """An admonition whose title is always the same, a word of ours."""

    has_content = True
    word: ClassVar[str]
    classes: ClassVar[list[str]] = []

    def run(self) -> list[nodes.Node]:
        text = words(self.config.language)[self.word]
        title = nodes.title(text, text, translatable=False)
        box = nodes.admonition("", title, classes=["admonition", *self.classes])
        self.state.nested_parse(self.content, self.content_offset, box)
        return [box]


class ContentNote(_Box):
    """``{content-note}``: what hard matter comes."""

    word = "content-note"
    classes: ClassVar[list[str]] = ["fp-content-note", "attention"]


class Guidance(_Box):
    """``{guidance}``: practice that our fact sheet holds only as recalled."""

    word = "guidance"
    classes: ClassVar[list[str]] = ["fp-guidance", "note"]


class OfficialText(_Box):
    """``{official-text}``: treaty articles recalled, not checked."""

    word = "official-text"
    classes: ClassVar[list[str]] = ["fp-official", "important"]


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


class FoldDirective(SphinxDirective):
    """``{fold} Summary``: an answer that opens when asked."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        summary = Summary(self.arguments[0], "")
        children, _ = self.state.inline_text(self.arguments[0], self.lineno)
        summary += children
        summary.source, summary.line = self.get_source_info()
        fold = Fold("", summary, classes=["fp-answer"])
        self.state.nested_parse(self.content, self.content_offset, fold)
        return [fold]


class SourceList(nodes.General, nodes.Element):
    """Where the sources of a page are listed."""


class SourcesDirective(SphinxDirective):
    """``{sources}``: everything that this page cites, in full; folded in a piece of a lesson."""

    def run(self) -> list[nodes.Node]:
        if not is_piece(self.env, self.env.docname):
            return [SourceList()]
        text = words(self.config.language)["piece-sources"]
        summary = Summary("", text, translatable=False)
        return [Fold("", summary, SourceList(), classes=["fp-answer", "fp-sources"])]


class FillSources(SphinxPostTransform):
    """Lists what a page cites, with a link to the bibliography."""

    # before references are resolved, while the citation keys can still be read
    default_priority = 5

    def run(self, **_options: Any) -> None:
        """Replace each list that is to be filled."""
        places = list(self.document.findall(SourceList))
        if not places:
            return
        keys: list[str] = []
        for node in self.document.findall(addnodes.pending_xref):
            if node.get("refdomain") == "cite":
                keys += [key.strip() for key in node["reftarget"].split(",")]
        domain: Any = self.env.get_domain("cite")
        entries = domain.bibdata.data.entries
        style, backend = ShortLabelStyle(), Backend()
        cited = [entries[key] for key in dict.fromkeys(keys) if key in entries]
        cited.sort(key=lambda entry: entry.fields.get("shorthand", entry.key).casefold())
        result = nodes.bullet_list()
        for formatted in style.format_entries(cited):
            paragraph = backend.paragraph(formatted)
            paragraph.insert(0, nodes.Text(" "))
            paragraph.insert(0, nodes.strong("", f"[{formatted.label}]"))
            result += nodes.list_item("", paragraph)
        for place in places:
            place.replace_self(result.deepcopy())


class KeptDirective(SphinxDirective):
    """``{kept-records}``: the panel that shows and erases what a device keeps."""

    def run(self) -> list[nodes.Node]:
        return [KeptPanel()]


class OfflineDirective(SphinxDirective):
    """``{offline}``: the panel that saves the course on a device, and removes it."""

    def run(self) -> list[nodes.Node]:
        return [OfflinePanel()]


def _fact(*_: Any) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """``{fact}`F-12` ``: which entry of the fact sheet a claim rests on; prints nothing."""
    return [], []


def register(app: Sphinx) -> None:
    """Add the directives and roles to Sphinx."""
    app.add_role("fact", _fact)
    for name, directive in (
        ("scenario", ScenarioDirective),
        ("quiz", QuizDirective),
        ("change", ChangeDirective),
        ("outcomes", OutcomesDirective),
        ("outcomes-map", OutcomesMapDirective),
        ("content-note", ContentNote),
        ("guidance", Guidance),
        ("official-text", OfficialText),
        ("activity", Activity),
        ("fold", FoldDirective),
        ("sources", SourcesDirective),
        ("kept-records", KeptDirective),
        ("offline", OfflineDirective),
    ):
        app.add_directive(name, directive)
    app.add_node(SourceList)
    app.add_transform(ShowMinutes)
    app.add_post_transform(FillSources)
