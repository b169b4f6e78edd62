"""Whether time goes forward along every way through a scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fourps.scenario.model import Scenario


from fourps.scenario.story_time import _BEGINNING, Moment, read


def backwards(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Yield once each node that comes earlier than what was reached before it, and the node before.

    Parameters
    ----------
    scenario
        Any scenario; nodes without a time are passed through.

    Examples
    --------
    >>> from pathlib import Path
    >>> from fourps.course.files import find
    >>> from fourps.scenario.model import load
    >>> list(backwards(load(find("protection", "scenario.yaml", Path()))[0]))
    []
    """
    nodes = scenario.nodes
    reached = {scenario.start: _at(nodes[scenario.start].time, _BEGINNING)}
    ahead, named = [scenario.start], set()
    while ahead:
        name = ahead.pop()
        for to in dict.fromkeys(choice.to for choice in nodes[name].choices.values()):
            if to not in nodes:
                continue
            now = _at(nodes[to].time, reached[name])
            if now < reached[name]:
                if to not in named:
                    named.add(to)
                    yield to, name
                continue
            # only what is later than before can show more: so a loop comes to an end
            if to not in reached or now > reached[to]:
                reached[to] = now
                ahead.append(to)


def _at(time: str | None, before: Moment) -> Moment:
    return read(time, before) if time else before
