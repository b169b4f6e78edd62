"""What the search of a scenario came to: remembered for other languages, and for the next build."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fourps.book.code_hash import code_hash
from fourps.course.remark import Remark
from fourps.scenario.findings import Searched, searched
from fourps.whole_files import in_turn, write_whole

if TYPE_CHECKING:
    from fourps.scenario.model import Scenario

# beside what cells printed
FOLDER = "searches"
_CODE = searched.__module__


def search(cache: Path, scenario: Scenario) -> Searched | None:
    """Search a scenario, unless it was searched before; None if there are too many states.

    Parameters
    ----------
    cache
        The folder of what is remembered between builds.
    scenario
        What to search.
    """
    folder = Path(cache, FOLDER, scenario.id)
    folder.mkdir(parents=True, exist_ok=True)
    path, known = folder / "found.json", _known(scenario)
    # of languages that are built side by side, one searches
    with in_turn(folder):
        kept = json.loads(path.read_bytes()) if path.is_file() else {}
        if kept.get("of") == known:
            return _read(kept)
        found = searched(scenario)
        if found:
            write_whole(path, json.dumps({"of": known, **found._asdict()}).encode())
    return found


def _known(scenario: Scenario) -> str:
    """Return what a search is known by: all of the scenario, and the code that looks at it."""
    made_from = code_hash(_CODE) + scenario.model_dump_json()
    return hashlib.sha256(made_from.encode()).hexdigest()


def _read(kept: dict[str, Any]) -> Searched:
    remarks = [Remark(name, tuple(loc), text) for name, loc, text in kept["remarks"]]
    ranges = {name: (low, high) for name, (low, high) in kept["ranges"].items()}
    return Searched(remarks, ranges, kept["states"])
