"""One who guesses by words: it has seen the options of all other modules, and no scene.

What it looks at is how an option differs from those beside it, so that no topic gives a node away.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from fourps.check.guess.habits import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fourps.check.guess.items import Item

    Features = dict[str, dict[str, float]]

_TOKEN = re.compile(r"[^\W_]+|[^\w\s]")
# With few examples, little is believed of a single word.
_BELIEF = 0.3
_REASONS = 4


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
        """Return how much each option looks like a best one.

        Examples
        --------
        >>> Guesser({"“now”": 2.0}).marks({"go": "Go now.", "stay": "Stay."})
        {'go': 1.0, 'stay': -1.0}
        """
        return {name: sum(weights.values()) for name, weights in self._weighed(options).items()}

    def reasons(self, options: Mapping[str, str], name: str) -> list[str]:
        """Return the few things that speak most for an option, the heaviest first.

        Examples
        --------
        >>> two = {"go": "Go now.", "stay": "Stay."}
        >>> Guesser({"“now”": 2.0, "“stay”": -0.8}).reasons(two, "go")
        ['“now” +1.0', 'no “stay” +0.4']
        """
        weighed = self._weighed(options)[name]
        differs = features(options, self.known)[name]
        heavy = sorted((key for key in weighed if weighed[key] > 0), key=lambda key: -weighed[key])
        return [
            f"{key if differs[key] > 0 else f'no {key}'} {weighed[key]:+.1f}"
            for key in heavy[:_REASONS]
        ]

    def _weighed(self, options: Mapping[str, str]) -> Features:
        return {
            name: {key: self.weights.get(key, 0) * value for key, value in counts.items()}
            for name, counts in features(options, self.known).items()
        }


def learn(items: Sequence[Item], language: str = "en", *, content: bool) -> dict[str, Guesser]:
    """Return for each module a logistic regression over the options of all others.

    Parameters
    ----------
    items
        All that can be seen.
    language
        Whose function words are left when content is taken away.
    content
        Whether it sees every word, or function words, punctuation, length and place only.

    Examples
    --------
    >>> from pathlib import Path
    >>> from fourps.check.guess.items import Item
    >>> two = {"go": "Go now.", "stay": "Stay."}
    >>> about = Path("quiz.yaml"), 1, "questions.q", two, {"go"}
    >>> items = [Item("questions", module, *about) for module in ("ferry", "market")]
    >>> guesser = learn(items, content=True)["market"]
    >>> guesser.weights["“now”"] > 0 > guesser.weights["“stay”"]
    True
    """
    known = None if content else frozenset(words(language)["function"].split())
    names = DictVectorizer()
    seen = [features(item.options, known) for item in items]
    options = names.fit_transform([option for item in seen for option in item.values()])
    best = np.array([name in item.best for item in items for name in item.options])
    module = np.repeat([item.module for item in items], [len(item.options) for item in items])
    guessers: dict[str, Guesser] = {}
    for name in sorted({*module}):
        elsewhere = module != name
        weights: dict[str, float] = {}
        if elsewhere.any():
            fit = LogisticRegression(C=_BELIEF, fit_intercept=False, class_weight="balanced")
            fit.fit(options[elsewhere], best[elsewhere])
            weights = dict(zip(names.feature_names_, map(float, fit.coef_[0]), strict=True))
        guessers[str(name)] = Guesser(weights, known)
    return guessers


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
    for counts, text in zip(counted, texts, strict=True):
        for token in _TOKEN.findall(text.lower()):
            if known is None or token in known or not token.isalnum():
                counts[f"“{token}”"] = counts.get(f"“{token}”", 0) + 1
    keys = sorted({key for counts in counted for key in counts})
    means = {key: sum(counts.get(key, 0) for counts in counted) / len(counted) for key in keys}
    return {
        name: {key: counts.get(key, 0) - means[key] for key in keys}
        for name, counts in zip(options, counted, strict=True)
    }
