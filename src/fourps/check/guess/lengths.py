"""Where the length of translated options gives an answer away; of English the files are asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from fourps.course.remark import Remark, problems
from fourps.quiz.findings import LONGEST_RIGHT
from fourps.quiz.findings import Finding as InQuiz
from fourps.scenario.findings import UNEVEN
from fourps.scenario.findings import Finding as InScenario

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from fourps.check.guess.items import Item
    from fourps.course.problem import Problem
    from fourps.course.source import Source


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
    for path, some in remarks.items():
        yield from problems(sources[path], some)
