"""What of an outcome a module leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.course.remark import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fourps.course.outcomes import Outcomes
    from fourps.outcomes import Coverage


# Verbs of remembering and understanding; all others ask for more than recall.
# Anderson, Krathwohl 2001, the two lower of six levels.
_RECALL = frozenset(
    {"state", "name", "list", "recall", "define", "describe", "explain", "identify", "recognise",
     "summarise", "tell"}
)  # fmt: skip

_DOING = frozenset({"scenario", "auto", "manual"})


def check(outcomes: Outcomes, found: dict[str, Coverage]) -> Iterator[Remark]:
    """Yield each outcome that the module does not carry through.

    The names are ``untaught``, ``unpractised``, ``unassessed`` and ``only-recall``.

    Parameters
    ----------
    outcomes
        The module's outcomes.
    found
        As returned by `gather`.
    """
    for number, outcome in outcomes.outcomes.items():
        loc = ("outcomes", number)
        here = found[number]
        if not here.taught:
            message = f"no section says that it teaches it: *Outcome {number}.* below its heading"
            yield Remark("untaught", loc, message)
        if not here.practised:
            message = f"neither the scenario nor an activity practises it: *Outcome {number}.*"
            yield Remark("unpractised", loc, message)
        for kind in outcome.assessed:
            if kind not in here.assessed:
                message = f"it is to be assessed by {kind}, which leaves it out"
                yield Remark("unassessed", loc, message)
        verb = outcome.text.split()[0].lower()
        if verb not in _RECALL and not _DOING & set(outcome.assessed):
            message = f"'{verb}' asks for more than recall: assess it by scenario, auto or manual"
            yield Remark("only-recall", loc, message)
