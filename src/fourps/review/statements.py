"""Find the statements of a course: in its rules, pages, scenarios and quizzes."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from fourps.course.glossary import entries
from fourps.course.inline import PARSER, substitute
from fourps.course.page import Block, slug
from fourps.course.route import marked
from fourps.quiz.model import Match, Order, Reason
from fourps.review.statement import Statement, letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fourps.course.inline import Span
    from fourps.course.page import Page
    from fourps.quiz.model import Question, Quiz
    from fourps.review.material import Material
    from fourps.scenario.model import Choice, Node

_ADVICE = ("guidance", "official-text")
# fewer words, where nothing is cited, are a sign of the hour or a word to fill in
_FEW = 6
_DEEP = " / "


def statements(material: Material) -> list[Statement]:
    """Return all statements of a course, in the order of its contents.

    Parameters
    ----------
    material
        What was read.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> from fourps.course.page import read
    >>> from fourps.review.material import Material
    >>> root = content_root()
    >>> page = read(root / "book" / "credits.md")
    >>> statements(Material(root, pages=[page]))[-1].place
    ''
    """
    found = [*_rules(material)]
    for page in material.pages:
        found += [*_passages(page, material), *_terms(page, material)]
    for module, scenario in material.scenarios.items():
        for name, node in scenario.nodes.items():
            found += _situation(f"{module}/{name}", node, module, material)
    owners = material.owners
    for path, quiz in material.quizzes.items():
        for name, question in quiz.questions.items():
            module = owners.get(question.objective, path.parent.name)
            found.append(_question(quiz, name, module, material))
    # what belongs to a module stands together
    parts = list(dict.fromkeys(one.part for one in found))
    return sorted(found, key=lambda one: parts.index(one.part))


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


def _rules(material: Material) -> Iterator[Statement]:
    for name, rule in material.rules.rules.items() if material.rules else ():
        paths = [where.partition("#")[0].split("/") for where in rule.taught]
        modules = [_part(one[1], material) for one in paths if one[0] == "modules"]
        place = "Taught in " + ", ".join(dict.fromkeys(modules)) if modules else ""
        yield Statement("rule", f"rule/{name}", "Rules of Selvarra", place, (("", rule.rule),))


def _part(module: str, material: Material, other: str = "") -> str:
    known = material.outcomes.get(module)
    return known.title if known else other or module


def _passages(page: Page, material: Material) -> Iterator[Statement]:
    path = page.path.relative_to(material.root)
    module = path.parts[1] if path.parts[0] == "modules" else ""
    title = plain(page.headings.get("", path.stem), material.labels)
    above = [title] if module else []
    # the cells of a row stand on one line
    for _, row in groupby(page.blocks, key=lambda one: (one.line, one.kind)):
        blocks = list(row)
        first = blocks[0]
        if first.kind in ("code", "heading") or first.inside("content-note"):
            continue
        claims = first.inside(*_ADVICE) or any(one.cited or one.roles("fact") for one in blocks)
        text = _row(blocks, material.labels)
        if marked(first.text) or (not claims and len(re.findall(r"\w{2,}", text)) < _FEW):
            continue
        headings = [plain(one, {}) for one in first.headings[1:]]
        yield Statement(
            kind="text",
            id=f"text/{letters(text)}",
            part=_part(module, material, title),
            place=_DEEP.join(above + headings),
            said=(("", text),),
            sources=_labels([key for one in blocks for key in one.cited], material),
            facts=_facts(blocks, material),
            module=module,
            page=f"{path.as_posix()}#{slug(*headings[:1])}",
            claims=claims,
        )


def _terms(page: Page, material: Material) -> Iterator[Statement]:
    """Yield what a glossary says that each term means."""
    path = page.path.relative_to(material.root).as_posix()
    part = plain(page.headings.get("", page.path.stem), material.labels)
    found = [one for one in page.directives if one.name == "glossary"]
    for one in (entry for glossary in found for entry in entries(glossary.body, glossary.first)):
        block = Block(one.first, one.meaning, "text")
        said = (", ".join(one.terms), plain(one.meaning, material.labels))
        yield Statement(
            kind="text",
            id=f"text/{letters(': '.join(said))}",
            part=part,
            place=one.terms[0],
            said=(said,),
            sources=_labels(block.cited, material),
            facts=_facts([block], material),
            page=f"{path}#{slug(one.terms[0])}",
            claims=bool(block.cited),
        )


def _facts(blocks: list[Block], material: Material) -> tuple[tuple[str, str], ...]:
    names = dict.fromkeys(name for one in blocks for name in one.roles("fact"))
    return tuple((name, material.statuses.get(name, "")) for name in names)


def _row(blocks: list[Block], labels: Mapping[str, str]) -> str:
    cells = (plain(one.text, labels) for one in blocks)
    return " | ".join(cell for cell in cells if cell.strip("_ "))


def _labels(keys: list[str], material: Material) -> tuple[str, ...]:
    return tuple(dict.fromkeys(material.labels.get(key, key) for key in keys))


def _situation(name: str, node: Node, module: str, material: Material) -> Iterator[Statement]:
    """Yield what the course holds best in a situation, and what it calls a grave mistake."""
    if not node.best:
        return
    best = [node.choices[key] for key in node.choices if key in node.best]
    grave = [one for one in node.choices.values() if one.critical]
    said = [("", node.text)]
    for word, some in (("Best", best), ("A grave mistake", grave)):
        said += [pair for one in some for pair in _reasoned(word, one)]
    yield Statement(
        kind="situation",
        id=name,
        part=_part(module, material),
        place=f"Scenario “{material.scenarios[module].title}”{_DEEP}{node.title}",
        said=tuple((word, " ".join(text.split())) for word, text in said),
        sources=_labels([key for one in (*best, *grave) for key in one.source], material),
        module=module,
    )


def _reasoned(word: str, one: Choice) -> tuple[tuple[str, str], tuple[str, str]]:
    return (word, one.text), ("Because", one.rationale)


def _question(quiz: Quiz, name: str, module: str, material: Material) -> Statement:
    question = quiz.questions[name]
    said = [("", question.text), ("Right", _right(question)), ("Because", question.why)]
    return Statement(
        kind="question",
        id=f"{quiz.id}/{name}",
        part=_part(module, material),
        place=f"Question in “{quiz.title}”",
        said=tuple((word, " ".join(text.split())) for word, text in said),
        sources=_labels(question.source, material),
        module=module,
    )


def _right(question: Question) -> str:
    if isinstance(question, Order):
        return "In this order: " + " / ".join(one.text for one in question.items.values())
    if isinstance(question, Match):
        return " / ".join(f"{one.text}: {one.answer}" for one in question.pairs.values())
    right = " / ".join(one.text for one in question.options.values() if one.correct)
    return f"{question.answer}: {right}" if isinstance(question, Reason) else right
