"""Everybody who guesses, on everything that can be guessed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from fourps.check.guess.branches import LATER, branches
from fourps.check.guess.habits import habits, hit
from fourps.check.guess.items import read
from fourps.check.guess.plays import blind, play
from fourps.course.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from fourps.check.guess.habits import Habit
    from fourps.check.guess.items import Course, Item
    from fourps.check.guess.model import Guesser, Learner

    Options = Mapping[str, str]
    # how somebody marks options of a module; some have learned from all the others
    Marks = Callable[[str, Options], Mapping[str, Any]]

KINDS = ("scenarios", "questions")
# How far above chance, in points of a hundred, a guesser may come.
BOUNDS = {"habit": 8, "function words, length, place": 12, "all words": 25}
APART = 10  # points between who guesses and who draws, in plays that end safe
PLAYS = 400
READERS = 8  # who saw each another half of the other modules
SURE = 1.0  # marks by which an option must lead to be named
MOST = 3  # documents
SHARE = 20  # percent of all citations that these may have


class Row(NamedTuple):
    """How often one guesser is right, in percent.

    Attributes
    ----------
    kind, guesser
        What was guessed, and by whom.
    modules
        For each module.
    all
        Over all.
    above
        Points above chance, over all.
    bound
        The most that these may be; None in the row of chance.
    """

    kind: str
    guesser: str
    modules: dict[str, float]
    all: float
    above: float
    bound: int | None


@dataclass
class Guesses:
    """What was measured.

    Attributes
    ----------
    rows
        Chance first, then each guesser; scenarios, then questions.
    betrayed
        Options whose wording alone betrays them, and by what.
    facts
        Plays, branches, statements and sources, a sentence each.
    missed
        What is over its bound.
    """

    rows: list[Row] = field(default_factory=list)
    betrayed: list[Problem] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def guess(root: Path, language: str = "en") -> Guesses:
    """Let everybody guess who has read nothing.

    Parameters
    ----------
    root
        The folder of the course.
    language
        In which its options are written.

    Returns
    -------
    Guesses
        How often they were right.

    Raises
    ------
    ModuleNotFoundError
        If scikit-learn is not installed.
    """
    from fourps.check.guess.model import Learner

    course = read(root, language)
    found = Guesses()
    for kind in KINDS:
        items = [item for item in course.items if item.kind == kind]
        if not items:
            continue
        modules = sorted({item.module for item in items})
        learners = {
            name: Learner(items, language, content=name == "all words") for name in list(BOUNDS)[1:]
        }
        taught = {
            name: {module: one.without(module) for module in modules}
            for name, one in learners.items()
        }
        guessers: dict[str, Marks] = {name: _fixed(one) for name, one in habits(language).items()}
        guessers |= {name: _taught(some) for name, some in taught.items()}
        rows = list(_rows(kind, items, guessers))
        found.rows += rows
        found.missed += [
            f"{kind}: {row.guesser}: {row.above:+.0f} points above chance, more than {row.bound}"
            for row in rows
            if row.bound is not None and round(row.above) > row.bound
        ]
        found.betrayed += _betrayed(items, taught["function words, length, place"])
        if kind == "scenarios":
            best = max(rows[1:], key=lambda row: row.all).guesser
            players = [guessers[best]]
            if best in learners:
                players = _readers(learners[best], modules)
            _play(course, best, players, found)
    _count(course, found)
    return found


def _fixed(habit: Habit) -> Marks:
    return lambda _, options: {
        name: habit(text, place) for place, (name, text) in enumerate(options.items())
    }


def _taught(guessers: Mapping[str, Guesser]) -> Marks:
    return lambda module, options: guessers[module].marks(options)


def _readers(learner: Learner, modules: Sequence[str]) -> list[Marks]:
    """Return readers who saw each other nodes of the other modules."""
    import numpy as np

    draw = np.random.default_rng(0)
    return [
        _taught({module: learner.without(module, draw) for module in modules})
        for _ in range(READERS)
    ]


def _rows(kind: str, items: Sequence[Item], guessers: Mapping[str, Marks]) -> Iterator[Row]:
    def mean(worth: Callable[[Item], float], module: str = "") -> float:
        some = [worth(item) for item in items if module in ("", item.module)]
        return 100 * sum(some) / len(some)

    modules = sorted({item.module for item in items})

    def row(name: str, worth: Callable[[Item], float], bound: int | None) -> Row:
        every = mean(worth)
        own = {module: mean(worth, module) for module in modules}
        return Row(kind, name, own, every, every - chance, bound)

    chance = mean(lambda item: item.chance)
    yield row("chance", lambda item: item.chance, None)
    for name, marks in guessers.items():
        right = {item[2:5]: hit(item, marks(item.module, item.options)) for item in items}
        yield row(name, _found(right), BOUNDS.get(name, BOUNDS["habit"]))


def _found(right: Mapping[tuple[Any, ...], float]) -> Callable[[Item], float]:
    return lambda item: right[item[2:5]]


def _betrayed(items: Sequence[Item], guessers: Mapping[str, Guesser]) -> Iterator[Problem]:
    for item in items:
        guesser = guessers[item.module]
        marks = guesser.marks(item.options)
        best = max(item.best, key=lambda name: marks[name])
        lead = marks[best] - max(marks[name] for name in marks if name not in item.best)
        if lead > SURE:
            why = ", ".join(guesser.reasons(item.options, best))
            message = f"its wording says that '{best}' is best: {why}"
            yield Problem(item.path, item.line, "guessable", item.place, message)


def _play(course: Course, name: str, players: Sequence[Marks], found: Guesses) -> None:
    random = Random(0)  # noqa: S311 - nothing is to be kept secret
    each = -(-PLAYS // len(course.scenarios))
    safe = {"drawn": 0.0, name: 0.0}
    parts = []
    for module, scenario in course.scenarios.items():
        own = {
            "drawn": [play(scenario, blind, random) for _ in range(each)],
            name: [
                play(scenario, partial(random.choice(players), module), random) for _ in range(each)
            ],
        }
        ends = [100 * kinds.count("safe") / each for kinds in own.values()]
        parts.append(f"{module} {ends[0]:.0f} and {ends[1]:.0f}")
        for who, end in zip(safe, ends, strict=True):
            safe[who] += end / len(course.scenarios)
    drawn, guessed = safe.values()
    found.facts.append(
        f"of {each * len(course.scenarios)} plays each, {drawn:.0f} % of those drawn end safe and "
        f"{guessed:.0f} % of those by the best guesser ({name}): {', '.join(parts)}"
    )
    if abs(guessed - drawn) >= APART:
        found.missed.append(
            f"plays by the best guesser end safe {guessed - drawn:+.0f} points more often than "
            f"those drawn; {APART} are too many"
        )


def _count(course: Course, found: Guesses) -> None:
    for module, scenario in course.scenarios.items():
        one = branches(scenario)
        found.facts.append(
            f"{module}: in {one.parting} of {one.nodes} nodes choices lead to different nodes; "
            f"{one.delayed} paragraphs and choices depend on what was done {LATER} or more nodes "
            "before"
        )
    if course.statements:
        true = sum(course.statements)
        found.facts.append(f"{true} of {len(course.statements)} statements to judge are true")
    if course.sources:
        top = Counter(course.sources).most_common(MOST)
        share = 100 * sum(times for _, times in top) / len(course.sources)
        names = ", ".join(f"{name} {times}" for name, times in top)
        found.facts.append(
            f"the {len(top)} documents cited most have {share:.0f} % of {len(course.sources)} "
            f"citations: {names}"
        )
        if round(share) > SHARE:
            found.missed.append(
                f"three documents have {share:.0f} % of all citations: {SHARE} at most"
            )
