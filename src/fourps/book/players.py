"""Turn a scenario or quiz into nodes; the directive and the cell renderer share it."""

from __future__ import annotations

import contextlib
import copy
import gettext
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from sphinx.util import logging
from sphinx.util.i18n import docname_to_domain
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
    from collections.abc import Callable, Iterable

    from docutils import nodes as docutils_nodes
    from sphinx.environment import BuildEnvironment

    from fourps.course.source import Model, Source
    from fourps.scenario.condition import Comparison, Condition
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
        """Return the citation keys of the book, and the outcomes beside a file and elsewhere."""
        sources: set[str] = set()
        for bibliography in self.env.config.bibtex_bibfiles:
            sources.update(labels(Path(self.env.srcdir, bibliography)))
        outcomes = path.parent / "outcomes.yaml"
        if not outcomes.is_file():
            return Known(sources)
        self.env.note_dependency(str(outcomes))
        own = set(fourps.course.outcomes.load(outcomes)[0].outcomes)
        others: set[str] = set()
        for other in path.parent.parent.glob("*/outcomes.yaml"):
            # a broken one is reported by its own module
            with contextlib.suppress(BrokenSourceError):
                others |= set(fourps.course.outcomes.load(other)[0].outcomes)
        return Known(sources, own, others - own)

    def translate(self, text: str) -> str:
        """Return a text in the page's language, literally: a translator's markup stays text.

        Sphinx's own translation would read it as Markdown.
        """
        if not self.catalogue:
            return text
        return self.catalogue.gettext(text)

    @cached_property
    def catalogue(self) -> gettext.NullTranslations | None:
        """The catalogue of this page, if its language has one."""
        config = self.env.config
        domain = docname_to_domain(self.env.docname, config.gettext_compact)
        for folder in config.locale_dirs:
            with contextlib.suppress(FileNotFoundError):
                path = os.fspath(Path(self.env.srcdir, folder))
                return gettext.translation(domain, path, [config.language])
        return None

    def citations(self, keys: list[str]) -> list[docutils_nodes.Node]:
        """Return references to the bibliography."""
        text = ",".join(keys)
        found, _ = CiteRole()("cite:p", f"{{cite:p}}`{text}`", text, self.line, self.inliner)
        return list(found)


class Builder:
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
        return self.text(text, self._line(key), key=key, tag=tag, lead=lead, refid=refid)

    def text(self, text: str, line: int, **attributes: Any) -> Line:
        given = {"key": "", "tag": "p", "lead": "", "refid": ""} | attributes
        # what was translated here is not translated, or given curly quotes, again
        node = Line(text, self.page.translate(text), support_smartquotes=False, **given)
        node["translatable"] = self.page.catalogue is None
        node.source, node.line = str(self.path), line
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

    def word(self, key: str, refid: str = "") -> Word:
        return Word(text=self.words[key], refid=refid)


def _load(
    page: Page,
    path: Path,
    load: Callable[[Path], tuple[Model, Source]],
    check: Callable[[Model, Source, Known], list[Problem]],
) -> tuple[Model, Source] | None:
    """Read what a page draws, or warn of what is wrong with it and return None."""
    page.env.note_dependency(str(path))
    try:
        model, source = load(path)
        problems = check(model, source, page.known(path))
    except BrokenSourceError as error:
        complain(error.problems)
        return None
    complain(problems)
    return None if problems else (model, source)


def scenario_nodes(page: Page, path: Path) -> list[docutils_nodes.Node]:
    """Return the nodes of a scenario, or none after warning of what is wrong with it."""
    loaded = _load(page, path, fourps.scenario.model.load, fourps.scenario.findings.check)
    if not loaded:
        return []
    scenario, source = loaded
    spec = fourps.scenario.front.spec(scenario, {})
    build = Builder(page, path, spec, source)
    prefix = scenario.id
    mount = Mount(kind="scenario", spec=build.bare)
    mount += [
        build.line("title", "h"),
        build.line("content_note", lead=f"{build.words['content-note']}:"),
        *build.lines("role", len(spec["role"])),
        build.word("keeps-track"),
        *(
            build.text(one.title, source.line(("variables", name)))
            for name, one in scenario.variables.items()
        ),
        build.word("text-version"),
        build.word("begin", refid=f"{prefix}-{scenario.start}"),
    ]
    for name, node in scenario.nodes.items():
        mount += _situation(build, scenario, name, node)
        mount += [_consequence(build, scenario, name, key) for key in node.choices]
    mount += _endings(build, scenario)
    return [mount]


def _situation(build: Builder, scenario: Scenario, name: str, node: Node) -> Part:
    """Return a node: its text, and its choices as links to what follows from them."""
    at = f"nodes/{name}"
    part = Part(ids=[f"{scenario.id}-{name}"])
    part += build.line(f"{at}/title", "h")
    part += build.lines(f"{at}/text", len(build.spec["nodes"][name]["text"]))
    for index, aside in enumerate(node.asides):
        lead = _condition(build, scenario, aside.when)
        part += build.line(f"{at}/asides/{index}/text", lead=f"({lead})")
    for key, choice in node.choices.items():
        lead = _condition(build, scenario, choice.when)
        lead = f"({lead})" if lead else "→"
        part += build.line(f"{at}/choices/{key}/text", lead=lead, refid=f"{scenario.id}-{key}")
    return part


def _consequence(build: Builder, scenario: Scenario, name: str, key: str) -> Part:
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


def _endings(build: Builder, scenario: Scenario) -> Part:
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


def _condition(build: Builder, scenario: Scenario, condition: Condition) -> str:
    """Say in words when a condition holds, for the page without JavaScript."""
    word = build.words

    def one(test: Comparison) -> str:
        variable = scenario.variables[test.variable]
        title = build.page.translate(variable.title)
        if variable.kind == "flag":
            wanted = test.number if test.operator == "==" else 1 - test.number
            return title if wanted else f"{word['otherwise']}: {title}"
        return f"{title} {test.operator} {test.number}"

    alternatives = (f" {word['and']} ".join(map(one, tests)) for tests in condition)
    text = f" {word['or']} ".join(alternatives)
    return f"{word['open-when']}: {text}" if text else ""


def quiz_nodes(page: Page, path: Path) -> list[docutils_nodes.Node]:
    """Return the nodes of a quiz, or none after warning of what is wrong with it."""
    loaded = _load(page, path, fourps.quiz.model.load, fourps.quiz.findings.check)
    if not loaded:
        return []
    quiz, source = loaded
    spec = fourps.quiz.front.spec(quiz, {})
    build = Builder(page, path, spec, source)
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


def change_nodes(page: Page, paths: list[Path]) -> list[docutils_nodes.Node]:
    """Return where what changed between tests is shown: their right answers, and their titles."""
    mount = Mount(kind="change", spec={"quizzes": []})
    for index, path in enumerate(paths):
        loaded = _load(page, path, fourps.quiz.model.load, fourps.quiz.findings.check)
        if not loaded:
            return []
        quiz, source = loaded
        full = fourps.quiz.front.spec(quiz, {})
        build = Builder(page, path, full, source)
        mount["spec"]["quizzes"].append(_marking(full))
        mount += build.text(
            quiz.title, source.line(("title",)), key=f"quizzes/{index}/title", tag="p"
        )
    return [mount]


def _marking(full: dict[str, Any]) -> dict[str, Any]:
    """Return what marks a quiz, without the texts that ask and explain."""

    def ids(parts: dict[str, Any]) -> dict[str, Any]:
        return {
            name: {key: value for key, value in part.items() if key == "correct"}
            for name, part in parts.items()
        }

    questions = {}
    for name, question in full["questions"].items():
        kept = {
            key: question[key]
            for key in ("kind", "objective", "confidence", "answer", "before")
            if key in question
        }
        for key in ("options", "items", "pairs"):
            if key in question:
                kept[key] = ids(question[key])
        questions[name] = kept
    return {**full, "title": "", "questions": questions}


def _question(build: Builder, at: str, question: Any) -> list[docutils_nodes.Node]:
    """Return what can be answered, and a fold with the answer and why."""
    shown: list[docutils_nodes.Node] = []
    summary = Summary("", build.words["answer-why"], translatable=False)
    fold = Fold("", summary)
    word = build.words
    # parts are told apart by letters, so that each text stands on the page once
    match question:
        case fourps.quiz.model.Order():
            shown.append(build.word("place"))
            # listed by id, since the file's order is the answer
            letters = dict(zip(sorted(question.items), ascii_uppercase, strict=False))
            for key, letter in letters.items():
                shown.append(build.line(f"{at}/items/{key}/text", lead=f"{letter}."))
            fold += Word(text=", ".join(letters[key] for key in question.items), refid="")
            for key, letter in letters.items():
                fold += build.line(f"{at}/items/{key}/feedback", lead=f"{letter}.")
        case fourps.quiz.model.Match():
            for key, letter in zip(question.pairs, ascii_uppercase, strict=False):
                shown.append(build.line(f"{at}/pairs/{key}/text", lead=f"{letter}."))
                fold += build.line(f"{at}/pairs/{key}/answer", lead=f"{letter}.")
                fold += build.line(f"{at}/pairs/{key}/feedback")
        case _:
            if isinstance(question, fourps.quiz.model.Reason):
                shown.append(build.word("true-false"))
                fold += build.word("true" if question.answer else "false")
            for (key, option), letter in zip(
                question.options.items(), ascii_uppercase, strict=False
            ):
                shown.append(build.line(f"{at}/options/{key}/text", lead=f"{letter}."))
                mark = word["right-mark" if option.correct else "wrong-mark"]
                fold += build.line(f"{at}/options/{key}/feedback", lead=f"{letter} ({mark}).")
    fold += build.lines(f"{at}/why", len(build.spec["questions"][at.split("/")[1]]["why"]))
    fold += build.sources(f"{at}/sources", question.source)
    return [*shown, fold]
