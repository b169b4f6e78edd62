"""Whether the lines that a host fills in are those that stand on the pages, and what it has in."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from fourps.course.local import open_lines
from fourps.course.source import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fourps.check.gathered import Gathered
    from fourps.course.local import Lines, Local
    from fourps.course.problem import Problem
    from fourps.course.world import Rules

# pages with lines, besides those that are named
_AIDS = "modules/*/aid.md"


def check(lines: Lines, gathered: Gathered) -> Iterator[Remark]:
    """Yield each line that no page has: the name is ``broken-line``.

    Parameters
    ----------
    lines
        The table.
    gathered
        What the course has.
    """
    for name, named in lines.pages.items():
        path = gathered.root / name
        there = [block.text for block in open_lines(gathered.read(path))] if path.is_file() else []
        for line in named:
            if line not in there:
                near = difflib.get_close_matches(line, there, n=1)
                hint = f"; did it become '{near[0]}'?" if near else ": take it out, or mend it"
                message = f"{name} has no line '{line}' to fill in{hint}"
                yield Remark("broken-line", ("pages", name, line), message)


def unnamed(lines: Lines, gathered: Gathered) -> Iterator[Problem]:
    """Yield each line of a named page, or of a job aid, that the table lacks: ``unnamed-line``."""
    aids = (path.relative_to(gathered.root).as_posix() for path in gathered.root.glob(_AIDS))
    for name in sorted({*lines.pages, *aids}):
        if not (path := gathered.root / name).is_file():
            continue
        page = gathered.read(path)
        for block in open_lines(page):
            if block.text not in lines.pages.get(name, {}):
                message = (
                    f"book/lines.yaml does not name the line '{block.text}': give it the id of its "
                    "answer, or none if it belongs to the reader or to a case"
                )
                yield page.problem(block, "unnamed-line", message)


def filled(local: Local, lines: Lines, rules: Rules) -> Iterator[Remark]:
    """Yield what ``book/local.yaml`` answers that nobody asks: the name is ``unasked``."""
    asked = {
        "lines": set(lines.ids),
        "rules": {name for name, rule in rules.rules.items() if rule.kind != "advice"},
    }
    for field, known in asked.items():
        for name in getattr(local, field):
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                hint = f"did you mean '{near[0]}'?" if near else "advice on safety has no line"
                where = "lines" if field == "lines" else "rules"
                message = f"book/{where}.yaml asks for no '{name}': {hint}"
                yield Remark("unasked", (field, name), message)
