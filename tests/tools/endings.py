"""The ways to the endings of a scenario, and how a reader takes one by keyboard."""

from __future__ import annotations

from collections import deque

from source_line import says_its_source

from fourps.scenario.engine import ending
from fourps.scenario.explore import explore


def _ways(space):
    """Yield each state that can be reached, with a shortest way to it, the nearest first."""
    first = next(iter(space.moves))
    queue, seen = deque([(first, ())]), {first}
    while queue:
        state, path = queue.popleft()
        yield state, path
        for move in space.moves[state]:
            if move.target not in seen:
                seen.add(move.target)
                queue.append((move.target, (*path, move.choice)))


def shortest(scenario):
    """Return a shortest way to each kind of ending."""
    space = explore(scenario)
    found = {}
    for state, path in _ways(space):
        if not space.moves[state]:
            found.setdefault(scenario.endings[ending(scenario, state)].kind, path)
    return found


def way_to(scenario, node):
    """Return a shortest way to a node."""
    return next(path for state, path in _ways(explore(scenario)) if state.node == node)


def play(reader, scenario, path):
    """Play a path by keyboard alone, from the first screen to the last, and through all chapters."""
    for number, choice in enumerate(path):
        assert not number or reader.focused(".fp-heading"), "the focus moves to the new heading"
        reader.press(f"[data-choice='{choice}']")
        assert reader.focused(".fp-heading"), "the focus moves to the feedback's heading"
        assert reader.page.locator(".fp-stake").count() == bool(scenario.choices[choice].tempts)
        if scenario.choices[choice].tempts:
            assert not reader.page.locator(".fp-rationale").count()
            reader.press(".fp-show-why")
        assert reader.page.locator(".fp-rationale").is_visible()
        says_its_source(reader.page, scenario.choices[choice].source)
        reader.press(".fp-next")
        if (node := scenario.nodes.get(scenario.choices[choice].to)) and node.chapter:
            assert not reader.page.locator(".fp-choice").count()
            assert reader.focused(".fp-heading"), "the focus moves to the heading of the chapter"
            reader.press(".fp-next")
