"""One who guesses by words: it has seen the options of all other modules, and no scene.

What it looks at is how an option differs from those beside it, so that no topic gives a node away.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from fourps.check.guess.habits import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fourps.check.guess.items import Item

    Features = dict[str, dict[str, float]]

_TOKEN = re.compile(r"[^\W_]+|[^\w\s]")
# With few examples, little is believed of a single word.
_BELIEF = 0.3


class Guesser(NamedTuple):
    """Who marks options by what was learned.

    Attributes
    ----------
    weights
        What each word, mark, place and length speaks for; above 0, for a best option.
    known
        The only words that are looked at; None for all.
    """

    weights: Mapping[str, float]
    known: frozenset[str] | None = None

    def marks(self, options: Mapping[str, str]) -> dict[str, float]:
        """Return how much each option looks like a best one."""
        return {
            name: sum(self._weighed(one).values()) for name, one in self._features(options).items()
        }

    def reasons(self, options: Mapping[str, str], name: str, most: int = 4) -> list[str]:
        """Return what speaks most for an option, the heaviest first."""
        one = self._features(options)[name]
        weighed = self._weighed(one)
        heavy = sorted((key for key in weighed if weighed[key] > 0), key=lambda key: -weighed[key])
        return [
            f"{key if one[key] > 0 else f'no {key}'} {weighed[key]:+.1f}" for key in heavy[:most]
        ]

    def _features(self, options: Mapping[str, str]) -> Features:
        return features(options, self.known)

    def _weighed(self, one: Mapping[str, float]) -> dict[str, float]:
        return {key: self.weights.get(key, 0) * value for key, value in one.items()}


class Learner:
    """A logistic regression over the options of a course, to be trained on parts of it.

    Parameters
    ----------
    items
        All that can be seen.
    language
        Whose function words are left when content is taken away.
    content
        Whether it sees every word, or function words, punctuation, length and place only.

    Raises
    ------
    ModuleNotFoundError
        If scikit-learn is not installed.
    """

    def __init__(self, items: Sequence[Item], language: str = "en", *, content: bool) -> None:
        try:
            from sklearn.feature_extraction import DictVectorizer
        except ModuleNotFoundError as error:
            message = "fourps check --guess learns words with scikit-learn: pip install '.[author]'"
            raise ModuleNotFoundError(message) from error
        self.known = None if content else frozenset(words(language)["function"].split())
        rows = [
            (place, item, features(item.options, self.known)) for place, item in enumerate(items)
        ]
        self._vectors = DictVectorizer(sparse=False)
        self._seen = self._vectors.fit_transform(
            [one for *_, some in rows for one in some.values()]
        )
        self._best = np.array([name in item.best for _, item, some in rows for name in some])
        self._item = np.array([place for place, _, some in rows for _ in some])
        self._module = np.array([item.module for item in items])

    def without(self, module: str, draw: np.random.Generator | None = None) -> Guesser:
        """Learn from all other modules.

        Parameters
        ----------
        module
            What it has never seen.
        draw
            Who draws as many nodes again, some of them twice: a reader with another memory.

        Returns
        -------
        Guesser
            Who can be tried on that module.
        """
        from sklearn.linear_model import LogisticRegression

        (places,) = np.nonzero(self._module != module)
        times = np.bincount(
            places if draw is None else draw.choice(places, len(places)),
            minlength=len(self._module),
        )[self._item]
        seen, best = self._seen[times > 0], self._best[times > 0]
        if best.all() or not best.any():
            return Guesser({}, self.known)
        fit = LogisticRegression(C=_BELIEF, fit_intercept=False, class_weight="balanced")
        fit.fit(seen, best, sample_weight=times[times > 0])
        names = self._vectors.feature_names_
        return Guesser(dict(zip(names, map(float, fit.coef_[0]), strict=True)), self.known)


def features(options: Mapping[str, str], known: frozenset[str] | None = None) -> Features:
    """Return for each option how it differs from the mean of all.

    Parameters
    ----------
    options
        Texts by id.
    known
        The only words that are looked at; None for all.

    Returns
    -------
    dict of dict
        Words, marks, place and length.

    Examples
    --------
    >>> features({"go": "Go.", "stay": "Stay."})["go"]["“stay”"]
    -0.5
    """
    texts = list(options.values())
    longest = max(map(len, texts))
    counted = [
        {f"place {place}": 1.0, "length": 5 * len(text) / longest, "longest": len(text) == longest}
        for place, text in enumerate(texts, 1)
    ]
    for one, text in zip(counted, texts, strict=True):
        for token in _TOKEN.findall(text.lower()):
            if known is None or token in known or not token.isalnum():
                one[f"“{token}”"] = one.get(f"“{token}”", 0) + 1
    keys = sorted({key for one in counted for key in one})
    means = {key: sum(one.get(key, 0) for one in counted) / len(counted) for key in keys}
    return {
        name: {key: one.get(key, 0) - means[key] for key in keys}
        for name, one in zip(options, counted, strict=True)
    }
