"""The texts of a scenario or quiz, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fourps.course.source import Loc, Source

_READ = frozenset(
    {"text", "title", "consequence", "rationale", "feedback", "why", "role", "content_note",
     "practise", "answer", "short", "note", "map", "rule"}
)  # fmt: skip


def texts(source: Source) -> Iterator[tuple[Loc, str]]:
    """Yield each text that a reader sees, and where it stands, in the order of the file.

    Parameters
    ----------
    source
        A scenario, a quiz, a table of rules, or the world.
    """
    yield from _texts(source.data, ())


def _texts(data: object, loc: Loc) -> Iterator[tuple[Loc, str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key in _READ and isinstance(value, str):
                yield (*loc, key), value
            else:
                yield from _texts(value, (*loc, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _texts(value, (*loc, index))
