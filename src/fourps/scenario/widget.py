"""A scenario in a notebook."""

from __future__ import annotations

import base64
import secrets
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

import fourps.course.world
from fourps.course.files import content_root
from fourps.course.mime import with_reference
from fourps.course.words import words
from fourps.front import style, widget_module
from fourps.scenario.engine import PathError, replay
from fourps.scenario.player import said, spec, summary

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fourps.scenario.model import Scenario


def _with_pictures(scenario: Scenario, labels: Mapping[str, str]) -> dict[str, Any]:
    """Return the player's data with each drawing in it: a notebook has no folder of pictures."""
    book = content_root() / "book"
    world, _ = fourps.course.world.load(book / "world.yaml")
    data = spec(scenario, labels, world=world)

    def drawn(name: str) -> str:
        svg = (book / "drawings" / f"{name}.svg").read_bytes()
        return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode('ascii')}"

    for name, person in data["people"].items():
        person["face"] = {"src": drawn(name), "along": 0}
    for name, place in data["places"].items():
        if (book / "drawings" / "places" / f"{name}.svg").exists():
            place["drawing"] = drawn(f"places/{name}")
    return data


class RefusedPathError(PathError, traitlets.TraitError):
    """A path that is not possible; the traits go back to what they were."""


class ScenarioWidget(anywidget.AnyWidget):
    """A scenario to play in JupyterLab.

    Parameters
    ----------
    scenario
        What to play.
    labels
        The printed label of each citation key.
    reference
        What `fourps.play` was called with; a static page reads the scenario again from it.
    language
        A code such as ``fr``.
    say
        Gives a text of the scenario in that language.
    """

    _esm = widget_module("scenario")
    _css = style()
    spec = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    level = traitlets.Int(3).tag(sync=True)
    seed = traitlets.Int().tag(sync=True)
    """Decides the order of the options; another one for each attempt."""
    path = traitlets.List(traitlets.Unicode()).tag(sync=True)
    """The choices taken, as a list of ids. Set it to move the player."""
    attempt = traitlets.Dict().tag(sync=True)
    """Where the path leads: node, values, scores, open and repaired errors, ending, bands and
    decision record. Set it to an earlier attempt to go back there."""

    def __init__(
        self,
        scenario: Scenario,
        labels: Mapping[str, str],
        reference: str,
        language: str = "en",
        *,
        say: Callable[[str], str] = str,
    ) -> None:
        self._scenario = scenario
        self._reference = reference
        data = said(_with_pictures(scenario, labels), say)
        # the search behind the player's data is not made a second time
        self._ranges = {
            name: (competency["range"][0], competency["range"][1])
            for name, competency in data["competencies"].items()
        }
        super().__init__(
            spec=data,
            words=words(language),
            seed=secrets.randbelow(2**31),
            attempt=summary(replay(scenario, []), self._ranges),
        )

    def _play(self, path: Any) -> dict[str, Any]:
        try:
            return summary(replay(self._scenario, path), self._ranges)
        except PathError as error:
            raise RefusedPathError(str(error)) from error

    @traitlets.validate("path")
    def _allow_path(self, proposal: Any) -> list[str]:
        return list(self._play(proposal["value"])["path"])

    @traitlets.validate("attempt")
    def _allow_attempt(self, proposal: Any) -> dict[str, Any]:
        # an attempt is what its path leads to, whatever else it says
        return self._play(proposal["value"]["path"])

    @traitlets.observe("path")
    def _follow_path(self, change: Any) -> None:
        self.attempt = self._play(change["new"])

    @traitlets.observe("attempt")
    def _follow_attempt(self, change: Any) -> None:
        self.path = change["new"]["path"]

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return with_reference(super()._repr_mimebundle_(**options), "scenario", self._reference)
