"""Look at one module: its outcomes, scenario and quizzes."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import fourps.check.branches
import fourps.check.lessons
import fourps.outcomes
import fourps.quiz.findings
import fourps.quiz.model
import fourps.scenario.findings
import fourps.scenario.model
from fourps.check import words_and_places
from fourps.check.gathered import loaded, texts
from fourps.course.outcomes import Known
from fourps.course.source import Remark, problems
from fourps.quiz.files import quizzes
from fourps.scenario.findings import searched

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from fourps.check.gathered import Gathered
    from fourps.course.outcomes import Outcomes
    from fourps.course.problem import Problem
    from fourps.course.source import Source
    from fourps.outcomes import Coverage
    from fourps.scenario.findings import Searched
    from fourps.scenario.model import Scenario

# in a quiz and a scenario each player sees an order of their own
_BY_PLACE = re.compile(
    r"\b(?:first|second|third|fourth|last) (?:answer|option|choice)s?\b", re.IGNORECASE
)
# Verbs of remembering and understanding; all others ask for more than recall.
# Anderson, Krathwohl 2001, the two lower of six levels.
_RECALL = frozenset(
    {"state", "name", "list", "recall", "define", "describe", "explain", "identify", "recognise",
     "summarise", "tell"}
)  # fmt: skip
_DOING = frozenset({"scenario", "auto", "manual"})


def module_problems(
    folder: Path, outcomes: tuple[Outcomes, Source] | None, gathered: Gathered
) -> Iterator[Problem]:
    """Yield what is wrong with a module; `outcomes` is None if they cannot be read."""
    known = Known.of(folder.name, gathered.outcomes, gathered.sources, gathered.world)
    told, asked = folder / "scenario.yaml", folder / "quiz.yaml"
    scenario: Scenario | None = None
    if told.is_file():
        scenario = yield from scenario_problems(told, known, gathered)
    if scenario:
        gathered.scenarios[folder.name] = scenario
    for path in quizzes(folder):
        yield from quiz_problems(path, known, gathered)
    yield from fourps.check.lessons.people(folder, gathered)
    quiz = gathered.quizzes.get(asked)
    broken = (not scenario and told.is_file()) or (not quiz and asked.is_file())
    # what of an outcome is missing cannot be said while a file cannot be read
    if outcomes and not broken:
        pages = {name: folder / f"{name}.md" for name in ("lesson", "lab")}
        pages |= {f"lesson/{path.stem}": path for path in sorted(folder.glob("lesson/*.md"))}
        pages["exercise"] = gathered.root / "exercises" / folder.name / "exercise.md"
        read = {name: gathered.read(path) for name, path in pages.items() if path.is_file()}
        covered = fourps.outcomes.gather(outcomes[0], read, scenario, quiz)
        yield from problems(outcomes[1], outcome_remarks(outcomes[0], covered))


def scenario_problems(
    path: Path, known: Known, gathered: Gathered
) -> Generator[Problem, None, Scenario | None]:
    """Yield what is wrong with a scenario, and keep it if it can be read."""
    read = yield from loaded(fourps.scenario.model.load, path)
    if not read:
        return None
    scenario, source = read
    searches = searched(scenario)
    yield from fourps.scenario.findings.check(scenario, source, known, searches)
    yield from invented_texts(source)
    alive = fourps.check.branches.branches(scenario)
    yield from problems(source, fourps.check.branches.check(alive))
    gathered.citations.update(key for choice in scenario.choices.values() for key in choice.source)
    gathered.sources_of[path] = source
    gathered.situations |= {f"{path.parent.name}/{name}" for name in scenario.nodes}
    if searches:
        gathered.facts.append(f"{_describe(scenario, searches)}; {alive}")
    return scenario


def quiz_problems(path: Path, known: Known, gathered: Gathered) -> Iterator[Problem]:
    """Yield what is wrong with a quiz, and keep it if it can be read."""
    read = yield from loaded(fourps.quiz.model.load, path)
    if not read:
        return
    quiz, source = read
    yield from fourps.quiz.findings.check(quiz, source, known)
    yield from problems(source, _words(source))
    gathered.citations.update(key for asked in quiz.questions.values() for key in asked.source)
    gathered.quizzes[path] = quiz
    gathered.sources_of[path] = source
    gathered.questions |= {f"{quiz.id}/{name}" for name in quiz.questions}
    kinds: Counter[str] = Counter(question.kind for question in quiz.questions.values())
    counts = ", ".join(f"{count} {name}" for name, count in sorted(kinds.items()))
    many = "1 question" if len(quiz.questions) == 1 else f"{len(quiz.questions)} questions"
    gathered.facts.append(f"{quiz.id}: {many} ({counts})")


def invented_texts(source: Source) -> list[Problem]:
    """Return what is wrong with the words of a file about what was invented."""
    places = (
        Remark("real-place", loc, words_and_places.place_message(name))
        for loc, text in texts(source)
        for name in words_and_places.real_places(text)
    )
    return problems(source, (*_words(source), *places))


def _words(source: Source) -> Iterator[Remark]:
    for loc, text in texts(source):
        for word in words_and_places.unwanted(text):
            yield Remark(word.name, loc, word.message)
        if match := _BY_PLACE.search(text):
            message = f"'{match[0]}': say what it says, since options are shuffled on the screen"
            yield Remark("option-by-place", loc, message)
        if "`" in text:
            yield Remark("markup", loc, "take the backticks out: this text is plain, so they show")


def _describe(scenario: Scenario, searches: Searched) -> str:
    ranges = "; ".join(f"{name} {low} to {high}" for name, (low, high) in searches.ranges.items())
    sources = {key for choice in scenario.choices.values() for key in choice.source}
    return (
        f"{scenario.id}: {len(scenario.nodes)} nodes, {len(scenario.choices)} choices, "
        f"{len(scenario.endings)} endings, {len(sources)} sources, {searches.states} states; "
        f"worst to best: {ranges}; version {scenario.version}"
    )


def outcome_remarks(outcomes: Outcomes, found: dict[str, Coverage]) -> Iterator[Remark]:
    """Yield each outcome that the module does not carry through.

    The names are ``untaught``, ``unpractised``, ``unassessed`` and ``only-recall``.

    Parameters
    ----------
    outcomes
        The module's outcomes.
    found
        As returned by `gather`.
    """
    for number, outcome in outcomes.outcomes.items():
        loc = ("outcomes", number)
        here = found[number]
        if not here.taught:
            message = f"no section says that it teaches it: *Outcome {number}.* below its heading"
            yield Remark("untaught", loc, message)
        if not here.practised:
            message = f"neither the scenario nor an activity practises it: *Outcome {number}.*"
            yield Remark("unpractised", loc, message)
        for kind in outcome.assessed:
            if kind not in here.assessed:
                message = f"it is to be assessed by {kind}, which leaves it out"
                yield Remark("unassessed", loc, message)
        verb = outcome.text.split()[0].lower()
        if verb not in _RECALL and not _DOING & set(outcome.assessed):
            message = f"'{verb}' asks for more than recall: assess it by scenario, auto or manual"
            yield Remark("only-recall", loc, message)
