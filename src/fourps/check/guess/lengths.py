"""Where the length of translated options gives an answer away; of English the files are asked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fourps.course.problem import Problem
from fourps.quiz.findings import LONGEST_RIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from fourps.check.guess.items import Item


def uneven(items: Iterable[Item]) -> Iterator[Problem]:
    """Yield each node with an option twice as long as another, and each quiz with long right ones.

    Parameters
    ----------
    items
        In the language of the reader.

    Examples
    --------
    >>> from pathlib import Path
    >>> from fourps.check.guess.items import Item
    >>> two = {"go": "Go.", "stay": "Stay here."}
    >>> item = Item("scenarios", "ferry", Path("s.yaml"), 7, "nodes.gate", two, frozenset({"go"}))
    >>> print(*uneven([item]))
    s.yaml:7: [uneven-options] nodes.gate: 'stay' has 10 characters, over twice the 3 of 'go'
    """
    asked: Counter[Path] = Counter()
    longest: Counter[Path] = Counter()
    for item in items:
        ranked = sorted(item.options, key=lambda name: len(item.options[name]))
        few, many = (len(item.options[ranked[place]]) for place in (0, -1))
        if item.kind == "questions":
            asked[item.path] += 1
            longest[item.path] += ranked[-1] in item.best
        elif many > 2 * few:
            message = f"'{ranked[-1]}' has {many} characters, over twice the {few} of '{ranked[0]}'"
            yield Problem(item.path, item.line, "uneven-options", item.place, message)
    for path, times in longest.items():
        if times > LONGEST_RIGHT * asked[path]:
            message = f"a right option is the longest in {times} of {asked[path]} questions"
            yield Problem(path, 1, "longest-right", "questions", message)
