"""Those who guess at one kind of thing: by habit, and by what they learned from other modules."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from fourps.check.guess.habits import habits
from fourps.check.guess.table import MODELS, WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fourps.check.guess.habits import Habit
    from fourps.check.guess.items import Item
    from fourps.check.guess.model import Guesser
    from fourps.check.guess.table import Marks

    Taught = Mapping[str, Mapping[str, Guesser]]


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
    found = {name: _fixed(habit) for name, habit in habits(language).items()}
    return found | {name: _taught(some) for name, some in taught.items()}


def _fixed(habit: Habit) -> Marks:
    return lambda _, options: {
        name: habit(text, place) for place, (name, text) in enumerate(options.items())
    }


def _taught(guessers: Mapping[str, Guesser]) -> Marks:
    return lambda module, options: guessers[module].marks(options)
