"""The course in statements that somebody who knows more can judge."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import fourps.course.page
from fourps.check.guess.items import gather
from fourps.course.bibliography import fact_statuses, labels
from fourps.course.glossary import entries
from fourps.course.inline import PARSER, substitute
from fourps.course.outcomes import marked
from fourps.course.page import Block, slug
from fourps.course.source import Source
from fourps.course.toc import pages
from fourps.course.world import Rules
from fourps.quiz.model import Match, Order, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from fourps.check.gathered import Gathered
    from fourps.course.inline import Span
    from fourps.course.page import Page
    from fourps.quiz.model import Question
    from fourps.scenario.model import Node

_ADVICE = ("guidance", "official-text")
# fewer words, where nothing is cited, are a sign of the hour or a word to fill in
_FEW = 6
_CHECKED = {
    "V1": "seen on the publisher's page",
    "V2": "seen elsewhere",
    "R": "recalled, not seen",
    "design": "the course's own idea",
}


class Statement(NamedTuple):
    """What the course says, where it stands and what it rests on.

    Attributes
    ----------
    part, place
        The heading under which it is asked, a module or a page, and where it stands within that.
    said
        Its paragraphs, each after a word that introduces it, or none.
    keys
        Of the sources that it cites.
    facts
        Of the sheet, that it rests on.
    file
        Where it stands, with the heading of a passage: ``book/safety.md#content-notes``. That of a
        question of a test is the quiz of the module whose outcome it asks about.
    claims
        Whether it cites something or stands in a box of advice; other passages are asked about
        only where somebody is asked to read the whole page.
    """

    part: str
    place: str
    said: tuple[tuple[str, str], ...]
    keys: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    file: str = ""
    claims: bool = True

    @property
    def text(self) -> str:
        """All that it says."""
        return "\n".join(f"{word}: {text}" if word else text for word, text in self.said)


class Statements:
    """All of a course, in the order of its contents; what belongs to a module stands together.

    Parameters
    ----------
    root
        The course's folder.

    Raises
    ------
    BrokenSourceError
        If a file cannot be used; ``fourps check`` says more.
    """

    def __init__(self, root: Path) -> None:
        book = root / "book"
        self.root = root
        self.labels = labels(book / "references.bib")
        facts = book / "facts.csv"
        self._statuses = fact_statuses(facts) if facts.is_file() else {}
        gathered = gather(root)
        self._titles = {name: outcomes.title for name, outcomes in gathered.taught.items()}
        statements = [*self._rules()]
        for path in (root / f"{name}.md" for name in pages(root)):
            if path.is_file():
                page = fourps.course.page.read(path)
                statements += [*self._passages(page), *self._terms(page)]
        statements += [*self._situations(gathered), *self._questions(gathered)]
        parts = list(dict.fromkeys(statement.part for statement in statements))
        self.every = sorted(statements, key=lambda statement: parts.index(statement.part))

    def basis(self, statement: Statement) -> str:
        """Return in a line what a statement rests on; nothing for a rule, or one on the design."""
        if not statement.file or statement.file == "book/rules.yaml":
            return ""
        # a label may end with the stop of "n.d."
        sources = ", ".join(self.labels.get(key, key) for key in statement.keys).removesuffix(".")
        sentences = [f"Source: {sources}." if sources else "No source: the course's own advice."]
        for fact in statement.facts:
            kinds = self._statuses.get(fact, "").split("+")
            words = (_CHECKED.get(kind.partition("-")[0], kind) for kind in kinds)
            sentences.append(f"Fact sheet {fact}: {'; '.join(words)}.")
        return " ".join(sentences)

    def _part(self, module: str, title: str = "") -> str:
        return self._titles.get(module, title or module)

    def _rules(self) -> Iterator[Statement]:
        path = self.root / "book" / "rules.yaml"
        known = Source.load(path, Rules)[0].rules.values() if path.is_file() else ()
        for rule in known:
            places = [where.partition("#")[0].split("/") for where in rule.taught]
            modules = [self._part(parts[1]) for parts in places if parts[0] == "modules"]
            place = "Taught in " + ", ".join(dict.fromkeys(modules)) if modules else ""
            yield Statement("Rules of Selvarra", place, (("", rule.rule),), file="book/rules.yaml")

    def _passages(self, page: Page) -> Iterator[Statement]:
        path = page.path.relative_to(self.root)
        title = plain(page.headings.get("", path.stem), self.labels)
        module = path.parts[1] if path.parts[0] == "modules" else ""
        # the cells of a row stand on one line
        for _, row in groupby(page.blocks, key=lambda block: (block.line, block.kind)):
            blocks = list(row)
            first = blocks[0]
            if first.kind in ("code", "heading") or first.inside("content-note"):
                continue
            facts = _once(name for block in blocks for name in block.roles("fact"))
            keys = _once(key for block in blocks for key in block.cited)
            claims = bool(first.inside(*_ADVICE) or keys or facts)
            cells = (plain(block.text, self.labels) for block in blocks)
            text = " | ".join(cell for cell in cells if cell.strip("_ "))
            if marked(first.text) or (not claims and len(re.findall(r"\w{2,}", text)) < _FEW):
                continue
            headings = [plain(heading, {}) for heading in first.headings[1:]]
            place = " / ".join([title] * bool(module) + headings)
            file = f"{path.as_posix()}#{slug(*headings[:1])}"
            part = self._part(module, title)
            yield Statement(part, place, (("", text),), keys, facts, file, claims)

    def _terms(self, page: Page) -> Iterator[Statement]:
        """Yield what a glossary says that each term means."""
        path = page.path.relative_to(self.root).as_posix()
        part = plain(page.headings.get("", page.path.stem), self.labels)
        glossaries = [directive for directive in page.directives if directive.name == "glossary"]
        for entry in (term for part in glossaries for term in entries(part.body, part.first)):
            term, block = entry.terms[0], Block(entry.first, entry.meaning, "text")
            meaning = (", ".join(entry.terms), plain(entry.meaning, self.labels))
            keys, facts = _once(block.cited), _once(block.roles("fact"))
            file = f"{path}#{slug(term)}"
            yield Statement(part, term, (meaning,), keys, facts, file, bool(keys))

    def _situations(self, gathered: Gathered) -> Iterator[Statement]:
        """Yield what the course holds best in each, and what it calls a grave mistake."""
        for module, scenario in gathered.scenarios.items():
            for node in scenario.nodes.values():
                if node.best:
                    lines, keys = _situation(node)
                    place = f"Scenario “{scenario.title}” / {node.title}"
                    file = f"modules/{module}/scenario.yaml"
                    yield Statement(self._part(module), place, lines, keys, file=file)

    def _questions(self, gathered: Gathered) -> Iterator[Statement]:
        for path, quiz in gathered.quizzes.items():
            for question in quiz.questions.values():
                module = gathered.owners.get(question.objective, path.parent.name)
                right, why = ("Right", _right(question)), ("Because", question.why)
                lines = _lines([("", question.text), right, why])
                part, place = self._part(module), f"Question in “{quiz.title}”"
                file = f"modules/{module}/quiz.yaml"
                yield Statement(part, place, lines, _once(question.source), file=file)


def _once(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))


def _lines(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((word, " ".join(text.split())) for word, text in pairs)


def _situation(node: Node) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Return what is said of a situation, and the keys of its sources."""
    best = [choice for key, choice in node.choices.items() if key in node.best]
    grave = [choice for choice in node.choices.values() if choice.critical]
    pairs = [("", node.text)]
    for word, choices in (("Best", best), ("A grave mistake", grave)):
        for choice in choices:
            pairs += [(word, choice.text), ("Because", choice.rationale)]
    return _lines(pairs), _once(key for choice in (*best, *grave) for key in choice.source)


def _right(question: Question) -> str:
    if isinstance(question, Order):
        return "In this order: " + " / ".join(item.text for item in question.items.values())
    if isinstance(question, Match):
        return " / ".join(f"{pair.text}: {pair.answer}" for pair in question.pairs.values())
    right = " / ".join(option.text for option in question.options.values() if option.correct)
    return f"{question.answer}: {right}" if isinstance(question, Reason) else right


def plain(text: str, labels: Mapping[str, str]) -> str:
    r"""Return what a reader sees of a line of MyST; a citation becomes its label.

    Parameters
    ----------
    text
        As an author writes it.
    labels
        Of the sources, by key.

    Examples
    --------
    >>> plain("A {term}`child` may *always* ask {cite:p}`who`{fact}`C-06`.", {"who": "WHO 2003"})
    'A child may always ask (WHO 2003).'
    """

    def shown(span: Span) -> str:
        if "cite" in span.kind:
            keys = (key.strip() for key in span.content.split(","))
            return f"({', '.join(labels.get(key, key) for key in keys)})"
        if span.kind == "{fact}":
            return ""
        return "$" if span.kind == "dollar" else re.sub(r"\s*<[^<>]*>$", "", span.content)

    bare = re.sub(r"[*_`\\]+", "", substitute(PARSER, text, {}, shown))
    # where a name of the fact sheet stood after a blank
    return re.sub(r" (?=[.,;](?!\.))", "", " ".join(bare.split()))
