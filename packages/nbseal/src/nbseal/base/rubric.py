"""How one written task is marked: criteria with levels, a cap, and samples to agree on first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LEVELS = (3, 2, 1, 0)
"""The points of a criterion, in the order in which a rubric describes them."""


@dataclass(frozen=True)
class Criterion:
    """One thing that a text is marked by."""

    key: str
    """Such as ``A``."""
    name: str
    levels: tuple[str, ...]
    """What earns 3, 2, 1 and 0 points."""


@dataclass(frozen=True)
class Sample:
    """A text with the marks that the rubric gives it."""

    title: str
    text: str
    """In Markdown."""
    scores: tuple[int, ...]
    """Of each criterion."""
    points: int
    """Of the whole, which a cap may have made fewer."""
    why: str
    """In Markdown."""


@dataclass(frozen=True)
class Rubric:
    """How one task is marked, in one language. All texts are Markdown.

    Examples
    --------
    >>> levels = ("all", "most", "some", "none")
    >>> two = (Criterion("A", "Clear", levels), Criterion("B", "Kind", levels))
    >>> rubric = Rubric("Task 10", two, cap=2)
    >>> rubric.most, rubric.points([3, 1]), rubric.points([3, 1], cap=True)
    (6, 4, 2)
    """

    title: str
    criteria: tuple[Criterion, ...]
    cap: int | None = None
    """The most that a text gets which could do harm; None if there is no such rule."""
    cap_text: str = ""
    """When it applies."""
    notes: str = ""
    """What else there is to know of the task."""
    samples: tuple[Sample, ...] = ()
    before: str = ""
    """What to know before one marks."""
    stop: str = ""
    """What to do where a text tells a real case."""

    @property
    def most(self) -> int:
        """The points that can be earned."""
        return LEVELS[0] * len(self.criteria)

    def points(self, scores: Sequence[float], *, cap: bool = False) -> float:
        """Return the points of a text, from those of each criterion."""
        return min(sum(scores), self.cap) if cap and self.cap is not None else sum(scores)

    def drawn(self, html: Callable[[str], str], line: Callable[[str], str]) -> dict[str, Any]:
        """Return it as the desk shows the task, wherever the desk stands.

        Parameters
        ----------
        html, line
            What draws Markdown: as blocks, and as one line without tags around it.
        """
        return {
            "title": self.title,
            "criteria": [
                {"key": one.key, "name": line(one.name), "levels": [*map(line, one.levels)]}
                for one in self.criteria
            ],
            "cap": self.cap and {"points": self.cap, "html": line(self.cap_text)},
            "most": self.most,
            "samples": [
                {"title": one.title, "scores": one.scores, "points": one.points}
                | {"html": html(one.text), "why": html(one.why)}
                for one in self.samples
            ],
            "notes": html(self.notes),
        }
