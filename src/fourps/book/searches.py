"""What the search of a scenario came to, remembered."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from fourps.book.code_hash import code_hash
from fourps.book.remembered import remembered
from fourps.course.source import Remark
from fourps.scenario.findings import Searched, searched

if TYPE_CHECKING:
    from pathlib import Path

    from fourps.scenario.model import Scenario

_CODE = searched.__module__


def searches_with() -> str:
    """Return a hash of the code that searches."""
    return code_hash(_CODE)


def search(cache: Path, scenario: Scenario) -> Searched | None:
    """Search a scenario, unless it was searched before; None if there are too many states.

    Parameters
    ----------
    cache
        The folder of what is remembered.
    scenario
        What to search.
    """

    def make() -> dict[str, Any] | None:
        found = searched(scenario)
        return found and found._asdict()

    # all of the scenario, and the code that looks at it
    text = searches_with() + scenario.model_dump_json()
    of = hashlib.sha256(text.encode()).hexdigest()
    made = remembered(cache / "searches" / scenario.id, of, make)
    return made and _read(**made)


def _read(remarks: list[Any], ranges: dict[str, Any], states: int) -> Searched:
    found = [Remark(name, tuple(loc), message) for name, loc, message in remarks]
    return Searched(found, {name: (low, high) for name, (low, high) in ranges.items()}, states)
