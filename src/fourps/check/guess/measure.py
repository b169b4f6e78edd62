"""Everybody who guesses, on everything that can be guessed."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fourps.check.guess.habits import words
from fourps.check.guess.items import chosen_from, gather, texts
from fourps.check.guess.table import HABIT, guessers, rows, word_models
from fourps.course.problem import Problem
from fourps.course.source import Remark, problems
from fourps.quiz.findings import LONGEST_RIGHT
from fourps.quiz.findings import Finding as InQuiz
from fourps.scenario.findings import UNEVEN
from fourps.scenario.findings import Finding as InScenario

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from fourps.check.gathered import Gathered
    from fourps.check.guess.items import Item
    from fourps.check.guess.model import Guesser
    from fourps.check.guess.table import Row
    from fourps.course.source import Source

ENOUGH = 40  # nodes or questions: with fewer, a figure is chance
_STATEMENTS = 10
_SURE = 1.0  # marks by which an option must lead to be named
_UNSEEN = (
    "Not looked at: how well options can be guessed by their words. That needs scikit-learn. "
    "In the project's folder: pip install ./packages/nbseal '.[author]'"
)


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
        Statements, and what is too little to be measured, a sentence each.
    missed
        What is over its bound.
    unseen
        What was not looked at, and what to do.
    uneven
        Where length gives an answer away in a translation; in English the files are asked.
    """

    rows: list[Row] = field(default_factory=list)
    betrayed: list[Problem] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    uneven: list[Problem] = field(default_factory=list)

    @property
    def nearest(self) -> list[Row]:
        """The row of each kind that comes nearest to its bound, or lies furthest over it.

        Examples
        --------
        >>> Guesses().nearest
        []
        """
        kinds = dict.fromkeys(row.kind for row in self.rows)
        return [
            max((row for row in self.rows if row.kind == kind), key=lambda row: row.over)
            for kind in kinds
        ]


def guess(root: Path, language: str = "en", gathered: Gathered | None = None) -> Guesses:
    """Let everybody guess who has read nothing.

    Parameters
    ----------
    root
        The folder of the course.
    language
        In which its options are read.
    gathered
        What was read of it; by default it is read now.

    Returns
    -------
    Guesses
        How often they were right. Without scikit-learn only habits are asked.

    Raises
    ------
    NoWordsError
        If nobody has written down the words of that language.
    BrokenSourceError
        If a file of the course cannot be used.

    Examples
    --------
    >>> from pathlib import Path
    >>> guess(Path("nowhere")).facts[0]
    'scenarios: 0 that can be guessed are too few to say how well: 40 would do'
    """
    say = texts(root, language)
    gathered = gathered or gather(root)
    options = chosen_from(gathered, say)
    guesses = Guesses()
    if language != "en":
        words(language)
        written = chosen_from(gathered).items
        options = options._replace(items=_translated(options.items, written))
        guesses.uneven = list(uneven(options.items, gathered.sources_of))
    for kind in ("scenarios", "questions"):
        items = [item for item in options.items if item.kind == kind]
        if len(items) < ENOUGH:
            guesses.facts.append(
                f"{kind}: {len(items)} that can be guessed are too few to say how well: "
                f"{ENOUGH} would do"
            )
            continue
        taught = word_models(items, language)
        own = list(rows(items, guessers(taught, language)))
        guesses.rows += own
        guesses.missed += [str(row) for row in own if row.over > 0]
        guesses.betrayed += _betrayed(items, taught)
        guesses.unseen = [] if taught else [_UNSEEN]
    _statements(options.statements, guesses)
    return guesses


def _translated(items: Sequence[Item], plain: Sequence[Item]) -> list[Item]:
    """Leave out whatever has an option that still stands in English."""
    return [
        item
        for item, english in zip(items, plain, strict=True)
        if all(text != english.options[name] for name, text in item.options.items())
    ]


def _betrayed(
    items: Sequence[Item], taught: Mapping[str, Mapping[str, Guesser]]
) -> Iterator[Problem]:
    """Yield each best option of which a word model is sure."""
    for item in items:
        for name, models in taught.items():
            guesser = models[item.module]
            marks = guesser.marks(item.options)
            best = max(item.best, key=lambda option: marks[option])
            rest = max(mark for option, mark in marks.items() if option not in item.best)
            if marks[best] - rest > _SURE:
                why = ", ".join(guesser.reasons(item.options, best))
                message = f"its wording says that '{best}' is best ({name}): {why}"
                yield Problem(item.path, item.line, "guessable", item.place, message)
                break  # what shows in function words is said once


def _statements(statements: Sequence[bool], guesses: Guesses) -> None:
    if len(statements) < _STATEMENTS:
        return
    share = f"{sum(statements)} of {len(statements)} statements to judge are true"
    guesses.facts.append(share)
    if abs(round(100 * sum(statements) / len(statements)) - 50) > HABIT:
        guesses.missed.append(f"questions: {share}: let it be half")


def uneven(items: Iterable[Item], sources: Mapping[Path, Source]) -> Iterator[Problem]:
    """Yield each node with an option twice as long as another, and each quiz with long right ones.

    What is silenced in the file is silenced in each language.

    Parameters
    ----------
    items
        In the language of the reader.
    sources
        Their files.

    Examples
    --------
    >>> from pathlib import Path
    >>> from fourps.check.guess.items import Item
    >>> from fourps.course.source import Source
    >>> path, two = Path("s.yaml"), {"go": "Go.", "stay": "Stay here."}
    >>> item = Item("scenarios", "ferry", path, 7, "nodes.gate", two, frozenset({"go"}))
    >>> print(*uneven([item], {path: Source(path, {}, {("nodes", "gate"): 7})}))
    s.yaml:7: [uneven-options] nodes.gate.choices.stay: 10 characters, over twice the 3 of 'go'
    """
    remarks: dict[Path, list[Remark]] = defaultdict(list)
    asked: Counter[Path] = Counter()
    longest: Counter[Path] = Counter()
    for item in items:
        ranked = sorted(item.options, key=lambda name: len(item.options[name]))
        few, many = (len(item.options[ranked[place]]) for place in (0, -1))
        if item.kind == "questions":
            asked[item.path] += 1
            longest[item.path] += ranked[-1] in item.best
        elif many > UNEVEN * few:
            at = (*item.place.split("."), "choices", ranked[-1])
            message = f"{many} characters, over twice the {few} of '{ranked[0]}'"
            remarks[item.path].append(Remark(InScenario.UNEVEN_OPTIONS, at, message))
    for path, times in longest.items():
        if times > LONGEST_RIGHT * asked[path]:
            message = f"a right option is the longest in {times} of {asked[path]} questions"
            remarks[path].append(Remark(InQuiz.LONGEST_RIGHT, ("questions",), message))
    for path, listed in remarks.items():
        yield from problems(sources[path], listed)
