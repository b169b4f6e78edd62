"""Whether each rule of the course is taught, practised and assessed where its table says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from fourps.course.remark import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fourps.check.gathered import Gathered
    from fourps.course.rules import Rules


class _Kind(NamedTuple):
    """What a list of a rule holds."""

    missing: str
    to_do: str


_KINDS = {
    "taught": _Kind("untaught", "name the part of a lesson or job aid that teaches it"),
    "practised": _Kind("unpractised", "name a node of a scenario in which it is kept or broken"),
    "assessed": _Kind("unassessed", "name a question, or a cell of an exercise, that asks for it"),
}


def check(rules: Rules, gathered: Gathered) -> Iterator[Remark]:
    """Yield what is missing of a rule, and each name that leads nowhere.

    The names are ``untaught``, ``unpractised``, ``unassessed`` and ``broken-rule``.

    Parameters
    ----------
    rules
        The table.
    gathered
        What the course has, after all modules were looked at.
    """
    for name, rule in rules.rules.items():
        for field, kind in _KINDS.items():
            places = getattr(rule, field)
            if not places:
                yield Remark(kind.missing, ("rules", name), f"it is {kind.missing}: {kind.to_do}")
            for number, place in enumerate(places):
                if not _is_there(field, place, gathered):
                    message = f"'{place}' is not there: rename it here, or {kind.to_do}"
                    yield Remark("broken-rule", ("rules", name, field, number), message)


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
