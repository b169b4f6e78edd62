"""Remarks about a source file, which its author may silence by name where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fourps.course.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fourps.course.source import Loc, Source


class Remark(NamedTuple):
    """Something to look at."""

    name: str
    """Stable name."""
    loc: Loc
    """Where it stands."""
    message: str
    """What was found and what to do."""


def problems(source: Source, remarks: Iterable[Remark]) -> list[Problem]:
    """Turn remarks into problems in the order of the file, leaving out those that are silenced.

    A mapping that encloses the place and has a list ``silence`` with the remark's name silences it.

    Parameters
    ----------
    source
        The file.
    remarks
        About the file.
    """
    return sorted(
        Problem(
            source.path, source.line(one.loc), one.name, ".".join(map(str, one.loc)), one.message
        )
        for one in remarks
        if one.name not in _silenced(source.data, one.loc)
    )


def _silenced(data: object, loc: Loc) -> set[str]:
    names: set[str] = set()
    for part in (*loc, None):
        if isinstance(data, dict):
            names.update(data.get("silence") or [])
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int):
            data = data[part]
    return names
