"""Those who guess at one kind of thing, and how often each of them is right."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from fourps.check.guess.habits import habits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from fourps.check.guess.habits import Habit
    from fourps.check.guess.items import Item
    from fourps.check.guess.model import Guesser

    # how somebody marks the options of a module; some have learned from all the others
    Marks = Callable[[str, Mapping[str, str]], Mapping[str, Any]]
    Taught = Mapping[str, Mapping[str, Guesser]]

HABIT = 8
FORM, WORDS = "function words, length, place", "all words"
# how far above chance, in points of a hundred, a word model may come
MODELS = {FORM: 12, WORDS: 25}


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

    def __str__(self) -> str:
        bound = "" if self.bound is None else f" ({self.bound} at most)"
        return f"{self.kind}: {self.above:+.0f} points above chance by this: {self.guesser}{bound}"

    @property
    def over(self) -> float:
        """How many points more than allowed; below 0 where it is within.

        Examples
        --------
        >>> Row("questions", "longest", {}, 43.0, 10.0, 8).over
        2
        """
        return float("-inf") if self.bound is None else round(self.above) - self.bound


def rows(items: Sequence[Item], guessers: Mapping[str, Marks]) -> Iterator[Row]:
    """Yield a row of chance, and one of each guesser.

    Parameters
    ----------
    items
        Of one kind.
    guessers
        By name: how they mark options.

    Examples
    --------
    >>> from pathlib import Path
    >>> from fourps.check.guess.items import Item
    >>> two = {"go": "Go.", "stay": "Stay."}
    >>> item = Item("questions", "ferry", Path("quiz.yaml"), 1, "questions.q", two, {"go"})
    >>> [row.all for row in rows([item], {"shortest": lambda _, two: {"go": -3, "stay": -5}})]
    [50.0, 100.0]
    """
    chance = [item.chance for item in items]
    yield _row("chance", items, chance, chance, None)
    for name, marks in guessers.items():
        right = [hit(item, marks(item.module, item.options)) for item in items]
        yield _row(name, items, right, chance, MODELS.get(name, HABIT))


def hit(item: Item, marks: Mapping[str, Any]) -> float:
    """Return how often a guesser with these marks takes a best option; among equals it draws.

    Parameters
    ----------
    item
        What it chooses from.
    marks
        For each option.

    Returns
    -------
    float
        From 0 to 1.

    Examples
    --------
    >>> from pathlib import Path
    >>> from fourps.check.guess.items import Item
    >>> two = {"go": "Go.", "stay": "Stay."}
    >>> item = Item("questions", "ferry", Path("quiz.yaml"), 1, "questions.q", two, {"go"})
    >>> hit(item, {"go": 1, "stay": 0}), hit(item, {"go": 1, "stay": 1})
    (1.0, 0.5)
    """
    most = max(marks.values())
    taken = [name for name in marks if marks[name] == most]
    return sum(name in item.best for name in taken) / len(taken)


def _row(
    name: str, items: Sequence[Item], right: list[float], chance: list[float], bound: int | None
) -> Row:
    modules = {
        module: _percent(
            [share for share, item in zip(right, items, strict=True) if item.module == module]
        )
        for module in sorted({item.module for item in items})
    }
    every = _percent(right)
    return Row(items[0].kind, name, modules, every, every - _percent(chance), bound)


def _percent(shares: Sequence[float]) -> float:
    return 100 * sum(shares) / len(shares)


def word_models(items: Sequence[Item], language: str) -> Taught:
    """Return each word model by name: who has seen all modules but the one named.

    Without scikit-learn there is none.
    """
    if not find_spec("sklearn"):
        return {}
    from fourps.check.guess.model import learn

    return {name: learn(items, language, content=name == WORDS) for name in MODELS}


def guessers(taught: Taught, language: str) -> dict[str, Marks]:
    """Return how each habit of a language, and each word model, marks options, by name."""
    fixed = {name: _fixed(habit) for name, habit in habits(language).items()}
    return fixed | {name: _taught(models) for name, models in taught.items()}


def _fixed(habit: Habit) -> Marks:
    return lambda _, options: {
        name: habit(text, place) for place, (name, text) in enumerate(options.items())
    }


def _taught(guessers: Mapping[str, Guesser]) -> Marks:
    return lambda module, options: guessers[module].marks(options)
