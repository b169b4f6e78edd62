"""Turn a scenario or quiz into nodes; the directive and the cell renderer share it."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util import logging
from sphinxcontrib.bibtex.roles import CiteRole

import fourps.course.outcomes
import fourps.quiz.findings
import fourps.quiz.front
import fourps.quiz.model
import fourps.scenario.findings
import fourps.scenario.front
import fourps.scenario.model
from fourps.book.nodes import Fold, Line, Mount, Part, SourceLine, Summary, Word
from fourps.course.citations import labels
from fourps.course.outcomes import Known
from fourps.course.problem import BrokenSourceError, Problem
from fourps.course.words import words
from fourps.scenario.model import END

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes as docutils_nodes
    from sphinx.environment import BuildEnvironment

    from fourps.scenario.model import Node, Scenario


_logger = logging.getLogger(__name__)


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
class Page:
    """Where nodes are being made: the page, and how a text becomes citations on it."""

    env: BuildEnvironment
    inliner: Any
    line: int

    def known(self, path: Path) -> Known:
        """Return the citation keys of the book and the outcomes beside a file."""
        sources: set[str] = set()
        for bibliography in self.env.config.bibtex_bibfiles:
            sources.update(labels(Path(self.env.srcdir, bibliography)))
        outcomes = path.parent / "outcomes.yaml"
        if not outcomes.is_file():
            return Known(sources)
        self.env.note_dependency(str(outcomes))
        return Known(sources, set(fourps.course.outcomes.load(outcomes)[0].outcomes))

    def citations(self, keys: list[str]) -> list[docutils_nodes.Node]:
        """Return references to the bibliography."""
        text = ",".join(keys)
        found, _ = CiteRole()("cite:p", f"{{cite:p}}`{text}`", text, self.line, self.inliner)
        return list(found)


class _Builder:
    """Makes nodes whose texts come from the player's data, and empties that data of them."""

    def __init__(self, page: Page, path: Path, spec: dict[str, Any], source: Any) -> None:
        self.page = page
        self.path = path
        self.spec = spec
        self.bare = copy.deepcopy(spec)
        self.source = source
        self.words = words(page.env.config.language)

    def _take(self, key: str, empty: Any) -> Any:
        full: Any = self.spec
        bare: Any = self.bare
        *parents, last = key.split("/")
        for part in parents:
            step = int(part) if isinstance(full, list) else part
            full, bare = full[step], bare[step]
        place = int(last) if isinstance(full, list) else last
        bare[place] = empty
        return full[place]

    def line(self, key: str, tag: str = "p", lead: str = "", refid: str = "") -> Line:
        text = self._take(key, "")
        node = Line(text, text, key=key, tag=tag, lead=lead, refid=refid)
        node.source, node.line = str(self.path), self._line(key)
        return node

    def _line(self, key: str) -> int:
        parts = [part for part in key.split("/") if not part.isdigit()]
        return int(self.source.line(tuple(parts)))

    def lines(self, key: str, count: int) -> list[Line]:
        return [self.line(f"{key}/{index}") for index in range(count)]

    def sources(self, key: str, keys: list[str]) -> SourceLine:
        self._take(key, [])
        lead = self.words["sources" if len(keys) > 1 else "source"]
        return SourceLine(
            "", "", *self.page.citations(keys), key=key, lead=lead, translatable=False
        )

    def word(self, key: str, refid: str = "", text: str = "") -> Word:
        return Word(text=text or self.words[key], refid=refid)


def scenario_nodes(page: Page, path: Path) -> list[docutils_nodes.Node]:
    """Return the nodes of a scenario, or none after warning of what is wrong with it."""
    page.env.note_dependency(str(path))
    try:
        scenario, source = fourps.scenario.model.load(path)
        problems = fourps.scenario.findings.check(scenario, source, page.known(path))
    except BrokenSourceError as error:
        problems = list(error.problems)
    complain(problems)
    if problems:
        return []
    spec = fourps.scenario.front.spec(scenario, {})
    build = _Builder(page, path, spec, source)
    prefix = scenario.id
    mount = Mount(kind="scenario", spec=build.bare)
    mount += [
        build.line("title", "h"),
        build.line("content_note", lead=f"{build.words['content-note']}:"),
        *build.lines("role", len(spec["role"])),
        build.word("text-version"),
        build.word("begin", refid=f"{prefix}-{scenario.start}"),
    ]
    for name, node in scenario.nodes.items():
        mount += _situation(build, scenario, name, node)
        mount += [_consequence(build, scenario, name, key) for key in node.choices]
    mount += _endings(build, scenario)
    return [mount]


def _situation(build: _Builder, scenario: Scenario, name: str, node: Node) -> Part:
    """Return a node: its text, and its choices as links to what follows from them."""
    at = f"nodes/{name}"
    part = Part(ids=[f"{scenario.id}-{name}"])
    part += build.line(f"{at}/title", "h")
    part += build.lines(f"{at}/text", len(build.spec["nodes"][name]["text"]))
    for index, aside in enumerate(node.asides):
        lead = _condition(scenario, aside.when, build.words)
        part += build.line(f"{at}/asides/{index}/text", lead=f"({lead})")
    for key, choice in node.choices.items():
        lead = _condition(scenario, choice.when, build.words)
        lead = f"({lead})" if lead else "→"
        part += build.line(f"{at}/choices/{key}/text", lead=lead, refid=f"{scenario.id}-{key}")
    return part


def _consequence(build: _Builder, scenario: Scenario, name: str, key: str) -> Part:
    """Return what follows from a choice, with a link to where it leads."""
    choice, at = scenario.choices[key], f"nodes/{name}/choices/{key}"
    part = Part(ids=[f"{scenario.id}-{key}"])
    part += build.line(f"{at}/consequence", lead=f"{build.words['then']}:")
    if choice.critical:
        text = f"{build.words['critical']}. {build.words['critical-' + choice.critical]}"
        part += Word(text=text, refid="")
    if choice.repairs:
        part += build.word("repair-help")
    part += build.line(f"{at}/rationale", lead=f"{build.words['why']}:")
    part += build.sources(f"{at}/sources", choice.source)
    ends = choice.to == END
    target = "endings" if ends else choice.to
    part += build.word("leads-end" if ends else "next", refid=f"{scenario.id}-{target}")
    return part


def _endings(build: _Builder, scenario: Scenario) -> Part:
    """Return every ending, and what to practise."""
    part = Part(ids=[f"{scenario.id}-endings"])
    part += build.word("endings")
    for index, ending in enumerate(scenario.endings.values()):
        lead = f"{build.words['kind-' + ending.kind]}:"
        part += build.line(f"endings/{index}/title", "h", lead=lead)
        part += build.lines(f"endings/{index}/text", len(build.spec["endings"][index]["text"]))
    part += build.word("debrief")
    for name in scenario.competencies:
        part += build.line(f"competencies/{name}/title")
        part += build.line(f"competencies/{name}/practise")
    return part


def _condition(scenario: Any, condition: Any, word: dict[str, str]) -> str:
    """Say in words when a condition holds, for the page without JavaScript."""

    def one(test: Any) -> str:
        variable = scenario.variables[test.variable]
        if variable.kind == "flag":
            wanted = test.number if test.operator == "==" else 1 - test.number
            return variable.title if wanted else f"{word['otherwise']}: {variable.title}"
        return f"{variable.title} {test.operator} {test.number}"

    alternatives = (f" {word['and']} ".join(map(one, tests)) for tests in condition)
    text = f" {word['or']} ".join(alternatives)
    return f"{word['open-when']}: {text}" if text else ""


def quiz_nodes(page: Page, path: Path) -> list[docutils_nodes.Node]:
    """Return the nodes of a quiz, or none after warning of what is wrong with it."""
    page.env.note_dependency(str(path))
    try:
        quiz, source = fourps.quiz.model.load(path)
        problems = fourps.quiz.findings.check(quiz, source, page.known(path))
    except BrokenSourceError as error:
        problems = list(error.problems)
    complain(problems)
    if problems:
        return []
    spec = fourps.quiz.front.spec(quiz, {})
    build = _Builder(page, path, spec, source)
    mount = Mount(kind="quiz", spec=build.bare)
    mount += [build.line("title", "h"), build.word("text-quiz")]
    for number, (name, question) in enumerate(quiz.questions.items(), 1):
        at = f"questions/{name}"
        part = Part(ids=[f"{quiz.id}-{name}"])
        text = build.words["question"].format(number=number, count=len(quiz.questions))
        part += Word(text=text, refid="")
        part += build.lines(f"{at}/text", len(spec["questions"][name]["text"]))
        part += _question(build, at, question)
        mount += part
    return [mount]


def _question(build: _Builder, at: str, question: Any) -> list[docutils_nodes.Node]:
    """Return what can be answered, and a fold with the answer and why."""
    shown: list[docutils_nodes.Node] = []
    summary = Summary("", build.words["answer-why"], translatable=False)
    fold = Fold("", summary)
    word = build.words
    match question:
        case fourps.quiz.model.Order():
            shown.append(build.word("place"))
            # listed by id, since the file's order is the answer
            shown += [
                build.line(f"{at}/items/{key}/text", lead="•") for key in sorted(question.items)
            ]
            for number, (key, item) in enumerate(question.items.items(), 1):
                fold += Word(text=f"{number}. {' '.join(item.text.split())}", refid="")
                fold += build.line(f"{at}/items/{key}/feedback")
        case fourps.quiz.model.Match():
            shown += [build.line(f"{at}/pairs/{key}/text", lead="•") for key in question.pairs]
            for key, pair in question.pairs.items():
                fold += build.line(
                    f"{at}/pairs/{key}/answer", lead=f"{' '.join(pair.text.split())}:"
                )
                fold += build.line(f"{at}/pairs/{key}/feedback")
        case _:
            if isinstance(question, fourps.quiz.model.Reason):
                shown.append(build.word("true-false"))
                fold += build.word("true" if question.answer else "false")
            shown += [build.line(f"{at}/options/{key}/text", lead="•") for key in question.options]
            for key, option in question.options.items():
                mark = word["right-mark" if option.correct else "wrong-mark"]
                fold += build.line(
                    f"{at}/options/{key}/feedback",
                    lead=f"{' '.join(option.text.split())} ({mark}):",
                )
    fold += build.lines(f"{at}/why", len(build.spec["questions"][at.split("/")[1]]["why"]))
    fold += build.sources(f"{at}/sources", question.source)
    return [*shown, fold]
