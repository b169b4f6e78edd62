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
    from fourps.check.guess.model import Guesser, Learner
    from fourps.check.guess.table import Marks

_READERS = 8


class Panel:
    """Everybody who guesses at the items of one kind.

    Parameters
    ----------
    items
        All that can be seen.
    language
        Whose words are counted.

    Attributes
    ----------
    guessers
        How each of them marks options, by name.
    taught
        For each word model by name, who has seen all modules but the one named. Without
        scikit-learn there is no word model.
    """

    def __init__(self, items: Sequence[Item], language: str) -> None:
        self._modules = sorted({item.module for item in items})
        self._learners = _learners(items, language)
        self.taught = {
            name: {module: one.without(module) for module in self._modules}
            for name, one in self._learners.items()
        }
        self.guessers = {name: _fixed(habit) for name, habit in habits(language).items()}
        self.guessers |= {name: _taught(some) for name, some in self.taught.items()}

    def players(self, name: str) -> list[Marks]:
        """Return who plays whole scenarios as one of them would.

        Of a word model there are several, who remember each other nodes of the other modules: one
        alone would make the same choices each time.
        """
        if name not in self._learners:
            return [self.guessers[name]]
        import numpy as np

        draw = np.random.default_rng(0)
        learner = self._learners[name]
        return [
            _taught({module: learner.without(module, draw) for module in self._modules})
            for _ in range(_READERS)
        ]


def _learners(items: Sequence[Item], language: str) -> dict[str, Learner]:
    if not find_spec("sklearn"):
        return {}
    from fourps.check.guess.model import Learner

    return {name: Learner(items, language, content=name == WORDS) for name in MODELS}


def _fixed(habit: Habit) -> Marks:
    return lambda _, options: {
        name: habit(text, place) for place, (name, text) in enumerate(options.items())
    }


def _taught(guessers: Mapping[str, Guesser]) -> Marks:
    return lambda module, options: guessers[module].marks(options)
