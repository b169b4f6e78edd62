"""Whether each rule of the course is taught, practised and assessed where its table says so.

And whether it is told in one way: each part that teaches it says what the table asks for, and no
text of the course says what the table forbids.
"""

from __future__ import annotations

import re
from functools import reduce
from operator import getitem
from typing import TYPE_CHECKING, Any

from fourps.check.gathered import texts
from fourps.course.problem import Problem
from fourps.course.source import Remark, problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from fourps.check.gathered import Gathered
    from fourps.course.source import Loc, Source
    from fourps.course.world import Rules

_AID = "aid.md"
# what is said of a rule without any, and what to do
_KINDS = {
    "taught": ("untaught", "name the part of a lesson or job aid that teaches it"),
    "practised": ("unpractised", "name a node of a scenario in which it is kept or broken"),
    "assessed": ("unassessed", "name a question, or a cell of an exercise, that asks for it"),
}


def check(rules: Rules, gathered: Gathered) -> Iterator[Remark]:
    """Yield what is missing of a rule, and each name that leads nowhere.

    The names are ``untaught``, ``unpractised``, ``unassessed``, ``broken-rule``, ``unsaid`` for a
    part that does not say what the rule says, and ``unmarked`` for one that teaches law or policy
    and has no mark where a host's own line is shown.

    Parameters
    ----------
    rules
        The table.
    gathered
        What the course has, after all modules were looked at.
    """
    for name, rule in rules.rules.items():
        for field, (missing, to_do) in _KINDS.items():
            places = getattr(rule, field)
            if not places:
                yield Remark(missing, ("rules", name), f"it is {missing}: {to_do}")
            for number, place in enumerate(places):
                loc = ("rules", name, field, number)
                if not _is_there(field, place, gathered):
                    message = f"'{place}' is not there: rename it here, or {to_do}"
                    yield Remark("broken-rule", loc, message)
                elif field == "taught" and rule.says and not _says(rule.says, place, gathered):
                    message = (
                        f"'{place}' does not say '{rule.says}': let it say so, or drop it here"
                    )
                    yield Remark("unsaid", loc, message)
                elif field == "taught" and rule.kind != "advice":
                    yield from _unmarked(name, place, loc, gathered)


def _unmarked(name: str, place: str, loc: Loc, gathered: Gathered) -> Iterator[Remark]:
    page, _, part = place.partition("#")
    if page.endswith(_AID):
        return
    read = gathered.read(gathered.root / page)
    heading = read.headings[part]
    if not any(mark.rule == name and heading in mark.headings for mark in read.rule_marks):
        message = f"'{place}' has no mark: put '% rule: {name}' below the paragraph that states it"
        yield Remark("unmarked", loc, message)


def marks(rules: Rules, gathered: Gathered, pages: Iterable[Path]) -> Iterator[Problem]:
    """Yield each mark of a rule, on a page or beside a reason, that should not be there.

    The name is ``broken-mark``: no rule has that id, or it is advice, or the page is a job aid.

    Parameters
    ----------
    rules
        The table.
    gathered
        What the course has: its scenarios and quizzes are searched.
    pages
        The pages that are searched.
    """
    for path in pages:
        for mark in gathered.read(path).rule_marks:
            wrong = _wrong(mark.rule, rules)
            if path.name == _AID:
                wrong = "a job aid has lines of its own place: take this mark out"
            if wrong:
                yield Problem(path, mark.line, "broken-mark", "", wrong)
    for source in gathered.sources_of.values():
        named = ((loc, wrong) for loc, name in _named(source) if (wrong := _wrong(name, rules)))
        yield from problems(source, (Remark("broken-mark", loc, wrong) for loc, wrong in named))


def _wrong(name: str, rules: Rules) -> str:
    if name not in rules.rules:
        return f"book/rules.yaml has no rule '{name}'"
    if rules.rules[name].kind == "advice":
        return f"'{name}' is advice on safety, which no host overrides: take this mark out"
    return ""


def _named(source: Source) -> Iterator[tuple[Loc, str]]:
    """Yield the rules that reasons of a scenario or quiz state."""
    for loc in source.lines:
        # a variable or an option may have this name as well
        if loc[-1:] == ("rule",) and (loc[0], len(loc)) in (("nodes", 5), ("questions", 3)):
            names: Any = reduce(getitem, loc, source.data)
            yield from ((loc, name) for name in ([names] if isinstance(names, str) else names))


def contradictions(rules: Rules, gathered: Gathered, pages: Iterable[Path]) -> Iterator[Problem]:
    """Yield each text that tells a rule in another way than the table does.

    The name is ``contradicts-rule``.

    Parameters
    ----------
    rules
        The table.
    gathered
        What the course has: its scenarios and quizzes are searched.
    pages
        The pages that are searched.
    """
    forbidden = [
        (
            re.compile(pattern, re.IGNORECASE),
            f"book/rules.yaml tells the rule '{name}' in another way: say it as it stands there",
        )
        for name, rule in rules.rules.items()
        for pattern in rule.never
    ]
    for path in pages:
        page = gathered.read(path)
        for block in page.blocks:
            if block.kind != "code" and "contradicts-rule" not in block.silenced:
                for message in _found(forbidden, block.prose):
                    yield page.problem(block, "contradicts-rule", message)
    for source in gathered.sources_of.values():
        yield from problems(
            source,
            (
                Remark("contradicts-rule", loc, message)
                for loc, text in texts(source)
                for message in _found(forbidden, text)
            ),
        )


def _found(forbidden: list[tuple[re.Pattern[str], str]], text: str) -> Iterator[str]:
    line = " ".join(text.split())
    for pattern, message in forbidden:
        if match := pattern.search(line):
            yield f"'{match[0]}': {message}"


def _says(pattern: str, place: str, gathered: Gathered) -> bool:
    """Return whether a part of a page says something, in any of its blocks."""
    name, _, part = place.partition("#")
    page = gathered.read(gathered.root / name)
    heading = page.headings[part]
    return any(
        re.search(pattern, " ".join(block.prose.split()), re.IGNORECASE)
        for block in page.blocks
        if not part or heading in block.headings
    )


def _is_there(field: str, place: str, gathered: Gathered) -> bool:
    if field == "practised":
        return place in gathered.situations
    if field == "assessed" and place in gathered.questions:
        return True
    name, _, part = place.partition("#")
    path = gathered.root / name
    if not (name.endswith(".md") and path.is_file()):
        return False
    page = gathered.read(path)
    # a part is a heading, or in an exercise a cell
    return part in page.headings or bool(
        re.search(rf'\bgrade_id"?: "?{re.escape(part)}["\n]', page.text)
    )
