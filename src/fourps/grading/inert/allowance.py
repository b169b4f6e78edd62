"""What one notebook may still cost whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Allowance:
    """Characters and effort that are left for one notebook.

    One output that is long, or Markdown that is slow to read, harms nobody. Hundreds of them would
    stop a page for minutes, and with it whoever comes after that learner.

    Examples
    --------
    >>> left = Allowance(markup=10)
    >>> left.take("markup", 8), left.take("markup", 8), left.take("markup", 2)
    (True, False, True)
    """

    markup: int = 2_000_000
    """Characters of HTML and of drawings."""
    text: int = 2_000_000
    """Characters of plain text."""
    effort: int = 120_000_000
    """Steps of reading Markdown; see `fourps.grading.inert.markdown.effort`."""
    formulas: int = 50_000
    """Characters of formulas."""
    drawing: float = 250_000
    """What drawings cost; see `fourps.grading.inert.drawing_cost`."""
    parts: dict[str, list[Any]] = field(default_factory=dict)
    """Of the drawings so far, by id: whatever comes later on the page may copy them."""

    def take(self, kind: str, size: float) -> bool:
        """Say whether so much is left, and take it if so."""
        left = getattr(self, kind)
        if size <= left:
            setattr(self, kind, left - size)
        return bool(size <= left)
