"""Reasons as the gradebook keeps them: JSON in one line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nbseal.base.errors import Reason
from nbseal.base.notebook_file import REFUSALS

from fourps.grading.reasons import TEXTS as UNGRADED

if TYPE_CHECKING:
    from collections.abc import Iterable

_TEXTS = UNGRADED | REFUSALS


def dump(reasons: Iterable[Reason]) -> str:
    """Return reasons as they are kept.

    Examples
    --------
    >>> from fourps.grading.reasons import because
    >>> kept = dump([because("ended", status=3).of_notebook("ps1")])
    >>> kept
    '[{"key": "ungraded-ended", "values": {"status": 3}, "notebook": "ps1"}]'
    >>> print(*load(kept))
    ps1: It ended its own process, with status 3.
    """
    kept = [_plain(reason) for reason in reasons]
    return json.dumps(kept) if kept else ""


def load(text: str) -> tuple[Reason, ...]:
    """Return reasons from how they are kept; what is kept in no such way is quoted."""
    try:
        return tuple(_reason(**one) for one in json.loads(text))
    except (ValueError, TypeError):
        return (Reason.quoted(text.strip()),) if text.strip() else ()


def _plain(reason: Reason) -> dict[str, Any]:
    about = {"key": reason.key, "values": dict(reason.values)}
    return about | ({"notebook": reason.notebook} if reason.notebook else {})


def _reason(key: str, values: dict[str, Any], notebook: str = "") -> Reason:
    try:
        reason = Reason.of(_TEXTS, key, **values)
        str(reason)
    except KeyError:
        # of a newer release
        reason = Reason.quoted(", ".join(map(str, values.values())) or key)
    return reason.of_notebook(notebook)
