"""A story on paper, and without JavaScript: numbers to go to, and a slip to mark.

A story remembers, so that numbers alone do not play it. What it remembers has a letter on the slip;
each condition names letters, and each result says what to mark.
"""

from __future__ import annotations

from itertools import groupby
from string import ascii_lowercase
from typing import TYPE_CHECKING, NamedTuple

from fourps.book.html import add_filled
from fourps.book.player_nodes import Mount, PlayerPart, Word
from fourps.scenario.model import END

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from docutils import nodes
    from sphinx.application import Sphinx

    from fourps.scenario.model import Choice, Ending, Scenario, Told
    from fourps.scenario.notation import Comparison, Condition

# the parts, in their order; what stands in none comes before them
STEPS, RESULTS, ENDINGS, REASONS = range(1, 5)
# none that is taken for a digit
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_SIGNS = {"==": "=", "!=": "≠", ">=": "≥", "<=": "≤", ">": ">", "<": "<"}
YES, NO, MINUS = "✓", "☐", "\u2212"


class Result(NamedTuple):
    """What follows from a choice: the number of its step, and its letter there."""

    step: int
    letter: str

    def __str__(self) -> str:
        return f"{self.step}{self.letter}"

    @property
    def id(self) -> str:
        """What ends the id of its place: no scene has a dot in its name."""
        return f"{self.step}.{self.letter}"

    @property
    def place(self) -> int:
        """Its place among the choices of its step."""
        return ascii_lowercase.index(self.letter)


class Booklet:
    """Numbers, letters and marks of a story, in the words of a language.

    Examples
    --------
    >>> from pathlib import Path
    >>> from fourps.course.files import find
    >>> from fourps.course.words import words
    >>> from fourps.scenario.model import load
    >>> scenario, _ = load(find("protection", "scenario.yaml", Path()))
    >>> book = Booklet(scenario, words("en"))
    >>> key, choice = next(iter(scenario.choices.items()))
    >>> str(book.results[key]), book.marks((), choice, key), book.onward(choice)
    ('1a', 'Slip: D +1; H ✓.', 'Go on → 2')
    """

    def __init__(self, scenario: Scenario, word: Mapping[str, str]) -> None:
        self.scenario = scenario
        self.word = word
        self.steps = {name: number for number, name in enumerate(scenario.nodes, 1)}
        self.results = {
            key: Result(self.steps[name], letter)
            for name, node in scenario.nodes.items()
            for key, letter in zip(node.choices, ascii_lowercase, strict=False)
        }
        met = [person for person in scenario.people if _may_be_missed(scenario, person)]
        rows = [
            *(("is", name) for name in scenario.variables),
            *(("met", person) for person in met),
        ]
        self.letters = dict(zip(rows, _LETTERS, strict=False))

    def row(self, kind: str, name: str) -> str:
        """Return the row of the slip for a variable, or for a person who may be met."""
        letter, variable = self.letters[kind, name], self.scenario.variables.get(name)
        if kind == "met" or not variable or variable.kind == "flag":
            return f"{letter} {NO}"
        numbers = range(variable.min, variable.max + 1)
        shown = (f"({number})" if number == variable.start else str(number) for number in numbers)
        return f"{letter}  {'  '.join(shown)}"

    def when(
        self, condition: Condition, about: Iterable[str] = (), repairs: Sequence[str] = ()
    ) -> str:
        """Say when something is on offer, told or the end; nothing where it always is."""
        return self._if([self._holds(condition), *self._met(about), *self._open(repairs)])

    def ends(self, ending: Ending) -> str:
        """Say when an ending is reached, of those that are left."""
        mended = {"repaired": "paper-mended", "unsafe": ""}.get(ending.kind, "paper-clean")
        return self._if([self.word[mended] if mended else "", self._holds(ending.when)])

    def marks(self, meets: Iterable[str], choice: Choice | None = None, key: str = "") -> str:
        """Say what is to be marked on the slip."""
        marks = list(self._effects(choice)) if choice else []
        marks += self._met(meets)
        if choice and choice.critical:
            marks.append(self.word["paper-write"].format(number=self.results[key]))
        if choice and choice.repairs:
            marks.append(self.word["paper-strike"].format(numbers=self._numbers(choice.repairs)))
        slip = self.word["label"].format(what=self.word["paper-slip"])
        return f"{slip} {'; '.join(marks)}." if marks else ""

    def onward(self, choice: Choice) -> str:
        """Say where a result leads."""
        if choice.to == END:
            return self.word["leads-end"]
        return f"{self.word['next']} → {self.steps[choice.to]}"

    def _if(self, parts: Iterable[str]) -> str:
        either = f" {self.word['or']} "
        every = [part for part in parts if part]
        # what stands in one bracket is one thing
        if len(every) > 1:
            every = [f"({part})" if either in part else part for part in every]
        what = f" {self.word['and']} ".join(every)
        return self.word["paper-if"].format(what=what) if every else ""

    def _holds(self, condition: Condition) -> str:
        alternatives = [
            f" {self.word['and']} ".join(map(self._test, alternative)) for alternative in condition
        ]
        if len(alternatives) > 1:
            alternatives = [f"({text})" for text in alternatives]
        return f" {self.word['or']} ".join(alternatives)

    def _test(self, test: Comparison) -> str:
        letter = self.letters["is", test.variable]
        if self.scenario.variables[test.variable].kind != "flag":
            return f"{letter} {_SIGNS[test.operator]} {test.number}".replace("-", MINUS)
        return f"{letter} {YES if bool(test.number) == (test.operator == '==') else NO}"

    def _met(self, people: Iterable[str]) -> list[str]:
        known = (self.letters.get(("met", person)) for person in dict.fromkeys(people))
        return [f"{letter} {YES}" for letter in known if letter]

    def _open(self, errors: Sequence[str]) -> list[str]:
        numbers = self._numbers(errors)
        return [self.word["paper-open"].format(numbers=numbers)] if errors else []

    def _numbers(self, choices: Iterable[str]) -> str:
        return ", ".join(map(str, sorted(self.results[choice] for choice in choices)))

    def _effects(self, choice: Choice) -> Iterator[str]:
        for name, effect in choice.effects.items():
            letter = self.letters["is", name]
            if isinstance(effect, bool):
                yield f"{letter} {YES if effect else NO}"
            else:
                yield f"{letter} {effect:+d}".replace("-", MINUS)


def _may_be_missed(scenario: Scenario, person: str) -> bool:
    """Say whether some way that meets nobody of that name leads to what is told of them."""
    goals = {name for name, node in scenario.nodes.items() if _tells(person, node.so_far)}
    goals |= {END for ending in scenario.endings.values() if _tells(person, ending)}
    reached, ahead = {scenario.start}, [scenario.start]
    while ahead:
        node = scenario.nodes.get(ahead.pop())
        if node is None or person in node.meets:
            continue
        new = {
            choice.to for choice in node.choices.values() if person not in choice.meets
        } - reached
        reached |= new
        ahead += new
    return bool(goals & reached)


def _tells(person: str, told: Told | None) -> bool:
    return told is not None and any(person in part.about for part in told.parts)


def slip(booklet: Booklet, prefix: str) -> PlayerPart:
    """Return the slip: a row for each thing that the story remembers, and one for what to mend."""
    part = PlayerPart(ids=[f"{prefix}-slip"])
    part += Word(text=booklet.word["paper-slip"], tag="h")
    part += Word(text=booklet.word["paper-slip-help"])
    part += [Word(text=booklet.row(kind, name)) for kind, name in booklet.letters]
    part += Word(text=booklet.word["label"].format(what=booklet.word["paper-mend"]))
    return part


def headings(word: Mapping[str, str]) -> list[Word]:
    """Return the heading of each part."""
    keys = {STEPS: "paper-steps", RESULTS: "then", ENDINGS: "endings", REASONS: "paper-reasons"}
    return [Word(text=word[key], tag="h", order=(part,)) for part, key in keys.items()]


def in_parts(mount: nodes.Element) -> None:
    """Put what a story says in the order of its booklet; translators read it as it was written.

    What follows stands by letters, so that nobody reads beside it what else could have been chosen;
    the reasons of a step stand together.
    """
    parts: list[nodes.Node] = []
    for (part, *_), every in groupby(sorted(mount.children, key=_order), _order):
        same = list(every)
        if part == REASONS and isinstance(first := same[0], PlayerPart):
            first += [line for other in same[1:] for line in other.children]
            same = [first]
        parts += same
    mount[:] = parts


def _order(node: nodes.Node) -> tuple[int, ...]:
    return node.get("order", (0,)) if isinstance(node, PlayerPart | Word) else (0,)


def register(app: Sphinx) -> None:
    """Connect to Sphinx: once all was read, and for HTML alone."""
    add_filled(app, Mount, lambda _app, mount, _name: in_parts(mount))
