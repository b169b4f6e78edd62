"""What need not be found out again, by another language or by the next build."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nbseal.base.whole_files import in_turn, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def remembered(folder: Path, of: str, make: Callable[[], Any]) -> Any:
    """Return plain values that were made before, or make them; of several who ask, one makes them.

    Parameters
    ----------
    folder
        Of this one thing; what was remembered last takes the place of what was before.
    of
        All that it is made from.
    make
        Makes it; None is not remembered.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> folder = Path(tempfile.mkdtemp()) / "sums"
    >>> remembered(folder, "1 + 1", lambda: 2)
    2
    >>> remembered(folder, "1 + 1", lambda: 3), remembered(folder, "1 + 2", lambda: 3)
    (2, 3)
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "made.json"
    with in_turn(folder):
        kept = _read(path)
        if kept.get("of") == of:
            return kept["made"]
        made = make()
        if made is not None:
            write_whole(path, json.dumps({"of": of, "made": made}).encode())
    return made


def _read(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_bytes()))
    except (FileNotFoundError, ValueError, TypeError):
        # what a full disk or another program left there is made again
        return {}
