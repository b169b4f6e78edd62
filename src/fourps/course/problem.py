"""Problems of a source file, and how each is said."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 - doctest reads the annotations

from nbseal.base.errors import UserError


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend, where it stands.

    Examples
    --------
    >>> print(Problem(Path("scenario.yaml"), 4, "shape", "nodes.a", "this key is missing"))
    scenario.yaml:4: [shape] nodes.a: this key is missing
    """

    path: Path
    """The file."""
    line: int
    """1-based line."""
    name: str
    """Stable name, such as ``unreachable-node``; ``silence: [name]`` beside it silences a
    finding."""
    field: str
    """Dotted path of the field within the file; empty for the file itself."""
    message: str
    """What was found, what was expected, what to do."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.body}"

    @property
    def body(self) -> str:
        """The sentence without the place, for tools that print the place themselves."""
        where = f"{self.field}: " if self.field else ""
        return f"[{self.name}] {where}{self.message}"


class BrokenSourceError(UserError):
    """A source file that cannot be used.

    Attributes
    ----------
    problems
        All that is wrong with it, as far as could be seen.
    """

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
