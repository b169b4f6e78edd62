"""A scenario as its player reads it (``Scenario`` in ``front/engine.js``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fourps.course.inline import curly
from fourps.scenario.engine import bands, encode
from fourps.scenario.explore import explore
from fourps.scenario.sittings import left, minutes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fourps.course.world import World
    from fourps.scenario.engine import Attempt
    from fourps.scenario.model import Choice, Node, Scenario, Told

# what readers read; all else is names, numbers and times
_TEXTS = {
    *("title", "chapter", "text", "role", "content_note", "practise", "consequence", "rationale"),
    *("why", "feedback", "answer", "name", "short"),
}

FACILITATOR = "facilitator"
"""What a link to a story ends in, so that its player shows where a group pauses."""


def paragraphs(text: str) -> list[str]:
    """Split a text at its blank lines.

    Examples
    --------
    >>> paragraphs("One\\nline.\\n\\nTwo.\\n")
    ['One line.', 'Two.']
    """
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


def spec(
    scenario: Scenario,
    labels: Mapping[str, str],
    ranges: Mapping[str, tuple[int, int]] | None = None,
    world: World | None = None,
) -> dict[str, Any]:
    """Return everything that a player needs, as plain JSON values: see ``front/engine.js``.

    Parameters
    ----------
    scenario
        What to play.
    labels
        The printed label of each citation key.
    ranges
        Worst and best scores, as `fourps.scenario.findings.searched` returns them, where somebody
        else needs them too.
    world
        Where places and people of the scenario have their names.
    """
    ranges = ranges or explore(scenario).ranges
    longest, (whole, sitting) = left(scenario), minutes(scenario)
    return {
        "id": scenario.id,
        "version": scenario.version,
        "title": scenario.title,
        "minutes": whole,
        "sitting": sitting,
        "role": paragraphs(scenario.role),
        "content_note": " ".join(scenario.content_note.split()),
        "start": scenario.start,
        "competencies": {
            name: competency.model_dump() | {"range": list(ranges[name])}
            for name, competency in scenario.competencies.items()
        },
        "variables": {
            name: variable.model_dump(include={"min", "max", "start"})
            | {"flag": variable.kind == "flag"}
            for name, variable in scenario.variables.items()
        },
        "nodes": {
            name: _node(node, longest[name], labels) for name, node in scenario.nodes.items()
        },
        "endings": [
            {"id": name, "kind": ending.kind, "when": ending.when} | _told(ending)
            for name, ending in scenario.endings.items()
        ],
        **_met(scenario, world),
    }


def _node(node: Node, longest: int, labels: Mapping[str, str]) -> dict[str, Any]:
    some = {
        "pause": node.pause,
        "chapter": node.chapter,
        "so_far": node.so_far and _told(node.so_far),
        "meets": node.meets,
    }
    return {
        "title": node.title,
        "left": longest,
        **{name: value for name, value in some.items() if value},
        "place": node.place or "",
        "time": node.time or "",
        "speaker": node.speaker or "",
        "text": paragraphs(node.text),
        "asides": [
            {"when": aside.when, "text": " ".join(aside.text.split())} for aside in node.asides
        ],
        "choices": {key: _choice(choice, labels) for key, choice in node.choices.items()},
    }


def _told(told: Told) -> dict[str, Any]:
    parts = [
        {"when": part.when, "about": part.about, "text": " ".join(part.text.split())}
        for part in told.parts
    ]
    return {"title": told.title, "text": paragraphs(told.text), "parts": parts}


def _met(scenario: Scenario, world: World | None) -> dict[str, Any]:
    """Return the places and the people of a scenario; a face is added by who can show it.

    Those of another world have no names here: `fourps check` names an unknown one.
    """
    if not world:
        return {"places": {}, "people": {}}
    nodes = scenario.nodes.values()
    places = dict.fromkeys(node.place for node in nodes if node.place in world.places)
    people = dict.fromkeys(node.speaker for node in nodes if node.speaker in world.people)
    return {
        "places": {name: {"name": world.places[name].name} for name in places},
        "people": {
            name: {"name": world.people[name].name, "short": world.people[name].short, "face": ""}
            for name in people
        },
    }


def _choice(choice: Choice, labels: Mapping[str, str]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "text": " ".join(choice.text.split()),
        "consequence": " ".join(choice.consequence.split()),
        "rationale": " ".join(choice.rationale.split()),
        "sources": [{"label": labels.get(key, key)} for key in choice.source],
    }
    more = {"tempts": choice.tempts, "meets": choice.meets, "rule": choice.rule}
    return result | choice.moves | {name: value for name, value in more.items() if value}


def said(spec: Any, say: Callable[[str], str], within: str = "") -> Any:
    """Return a player's data with its texts in another language, and curly quotation marks.

    Parameters
    ----------
    spec
        Of a scenario or quiz.
    say
        Gives a text in that language.
    within
        The key under which it stands in other data.

    Examples
    --------
    >>> said({"id": "go", "text": ["go"], "options": {"go": {"text": "go"}}}, str.upper)
    {'id': 'go', 'text': ['GO'], 'options': {'go': {'text': 'GO'}}}
    """
    if isinstance(spec, dict):
        return {key: said(value, say, key) for key, value in spec.items()}
    if isinstance(spec, list):
        return [said(part, say, within) for part in spec]
    return curly(say(spec)) if isinstance(spec, str) and spec and within in _TEXTS else spec


def summary(attempt: Attempt, ranges: Mapping[str, tuple[int, int]]) -> dict[str, Any]:
    """Return an attempt as the player keeps it (``Attempt`` in ``front/engine.js``).

    Parameters
    ----------
    attempt
        A play.
    ranges
        Lowest and highest score of a whole play, for each competency.
    """
    return {
        "scenario": attempt.scenario.id,
        "version": attempt.version,
        "path": list(attempt.path),
        "node": attempt.state.node,
        "values": attempt.values,
        "scores": dict(attempt.scores),
        "open": list(attempt.state.open),
        "repaired": list(attempt.state.repaired),
        "offered": attempt.offered,
        "ending": attempt.ending,
        "kind": attempt.kind,
        "bands": bands(attempt, ranges) if attempt.ending else {},
        "record": encode(attempt),
    }
