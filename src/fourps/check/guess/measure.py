"""Everybody who guesses, on everything that can be guessed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fourps.check.guess.habits import words
from fourps.check.guess.items import chosen_from, gather
from fourps.check.guess.lengths import uneven
from fourps.check.guess.panel import guessers, word_models
from fourps.check.guess.table import HABIT, rows
from fourps.check.guess.texts import texts
from fourps.course.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from fourps.check.gathered import Gathered
    from fourps.check.guess.items import Item
    from fourps.check.guess.model import Guesser
    from fourps.check.guess.table import Row

ENOUGH = 40  # nodes or questions: with fewer, a figure is chance
_STATEMENTS = 10
_SURE = 1.0  # marks by which an option must lead to be named
_UNSEEN = (
    "Not looked at: how well options can be guessed by their words. That needs scikit-learn. "
    "In the project's folder: pip install '.[author]'"
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
    said = texts(root, language)
    gathered = gathered or gather(root)
    options = chosen_from(gathered, said)
    found = Guesses()
    if language != "en":
        words(language)
        written = chosen_from(gathered).items
        options = options._replace(items=_translated(options.items, written))
        found.uneven = list(uneven(options.items, gathered.sources_of))
    for kind in ("scenarios", "questions"):
        items = [item for item in options.items if item.kind == kind]
        if len(items) < ENOUGH:
            found.facts.append(
                f"{kind}: {len(items)} that can be guessed are too few to say how well: "
                f"{ENOUGH} would do"
            )
            continue
        taught = word_models(items, language)
        own = list(rows(items, guessers(taught, language)))
        found.rows += own
        found.missed += [str(row) for row in own if row.over > 0]
        found.betrayed += _betrayed(items, taught)
        found.unseen = [] if taught else [_UNSEEN]
    _statements(options.statements, found)
    return found


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


def _statements(statements: Sequence[bool], found: Guesses) -> None:
    if len(statements) < _STATEMENTS:
        return
    said = f"{sum(statements)} of {len(statements)} statements to judge are true"
    found.facts.append(said)
    if abs(round(100 * sum(statements) / len(statements)) - 50) > HABIT:
        found.missed.append(f"questions: {said}: let it be half")
