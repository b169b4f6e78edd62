"""Whether a few documents carry too much of what choices and questions rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.course.problem import Problem

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator
    from pathlib import Path

_MOST = 3  # documents
_SHARE = 20  # percent
_ENOUGH = 40  # citations: a small course has few documents


def check(citations: Counter[str], path: Path) -> Iterator[Problem]:
    """Yield ``few-sources`` if three documents have more than a fifth of all citations.

    Parameters
    ----------
    citations
        How often choices and questions cite each document.
    path
        The bibliography.

    Examples
    --------
    >>> from collections import Counter
    >>> from pathlib import Path
    >>> many = Counter("abcdefghijklmnopqrstuvwxyz" + 9 * "a" + 5 * "d")
    >>> [one.name for one in check(many, Path("references.bib"))]
    ['few-sources']
    """
    every = citations.total()
    top = citations.most_common(_MOST)
    share = round(100 * sum(times for _, times in top) / max(every, 1))
    if every >= _ENOUGH and share > _SHARE:
        names = ", ".join(f"{name} {times}" for name, times in top)
        message = (
            f"{share} % of the {every} citations of choices and questions are {names}: let three "
            f"documents have {_SHARE} % at most, and leave `source` out where none decides"
        )
        yield Problem(path, 1, "few-sources", "", message)
