"""The outcomes of a module: what a learner will be able to do, and how each is assessed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping  # noqa: TC003 - read at run time by dataclass
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field

from fourps.course.source import Identifier, Remark, Source, Strict, Text
from fourps.course.world import World  # noqa: TC001 - read at run time by dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from fourps.course.source import Loc

Assessment = Literal["quiz", "scenario", "auto", "manual"]
_LINE = re.compile(
    r"\*(?P<core>Core route\.)?\s*(?:Outcomes?\s+(?P<numbers>[\d.,\sand]+?)\.)?\s*\*"
)
_NUMBER = re.compile(r"\d+\.\d+")


class Outcome(Strict):
    """One thing that a learner will be able to do."""

    text: Text
    assessed: Annotated[list[Assessment], Field(min_length=1)]


class Outcomes(Strict):
    """The outcomes of a module, keyed by their numbers as text (``"3.1"``)."""

    module: Identifier
    title: Text
    outcomes: Annotated[dict[Text, Outcome], Field(min_length=1)]


@dataclass(frozen=True)
class Known:
    """The names that a scenario or quiz may refer to; None means that they are not checked.

    ``elsewhere`` holds the outcomes of other modules, which a quiz may come back to; ``world`` the
    places and people of the course.
    """

    sources: Collection[str] | None = None
    objectives: Collection[str] | None = None
    elsewhere: Collection[str] | None = None
    world: World | None = None

    @classmethod
    def of(
        cls,
        module: str,
        every: Mapping[str, set[str]],
        sources: Collection[str] | None,
        world: World | None = None,
    ) -> Self:
        """Return what one module's files may refer to, from the outcomes of all modules."""
        others: set[str] = set().union(*(every[name] for name in every if name != module))
        return cls(sources, every.get(module), others, world)

    def unknown(
        self, objectives: Iterable[str], sources: Iterable[tuple[Loc, Iterable[str]]]
    ) -> Iterator[Remark]:
        """Yield each objective of a file, and each source where it stands, that is unknown."""
        if self.objectives is not None:
            for index, objective in enumerate(objectives):
                if objective not in self.objectives:
                    message = f"'{objective}' is not in outcomes.yaml"
                    yield Remark("unknown-objective", ("objectives", index), message)
        if self.sources is not None:
            for loc, keys in sources:
                for missing in sorted({*keys} - {*self.sources}):
                    message = f"'{missing}' is not a key of references.bib"
                    yield Remark("unknown-source", (*loc, "source"), message)


def load(path: Path) -> tuple[Outcomes, Source]:
    """Read a module's outcomes.

    Parameters
    ----------
    path
        An ``outcomes.yaml``.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> outcomes, _ = load(content_root() / "modules" / "protection" / "outcomes.yaml")
    >>> sorted(outcomes.outcomes)[0]
    '3.1'
    """
    return Source.load(path, Outcomes)


def core(text: str) -> bool:
    """Say whether a paragraph marks a section of the core route, as ``*Core route. Outcome 3.1.*``.

    Examples
    --------
    >>> core("*Core route. Outcome 3.1.*"), core("*Outcome 3.1.*")
    (True, False)
    """
    match = _LINE.fullmatch(text.strip())
    return bool(match and match["core"])


def marked(text: str) -> list[str]:
    """Return the outcomes that a paragraph names, as ``*Outcome 3.6.*``; none for other lines.

    Examples
    --------
    >>> marked("*Core route. Outcomes 3.1 and 3.2.*"), marked("Outcome 3.1 is hard.")
    (['3.1', '3.2'], [])
    """
    match = _LINE.fullmatch(text.strip())
    return _NUMBER.findall(match["numbers"] or "") if match else []
