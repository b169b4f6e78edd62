"""An explorable figure in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from fourps.course.words import words
from fourps.front import style, widget_module
from fourps.lab.frames import spec
from fourps.lab.sentence import reader

if TYPE_CHECKING:
    from fourps.lab.frames import Figure


class FigureWidget(anywidget.AnyWidget):
    """A figure in JupyterLab, drawn as choices are made.

    Parameters
    ----------
    figure
        What to draw.
    """

    _esm = widget_module("explore")
    _css = style()
    spec = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    choice = traitlets.List(traitlets.Int()).tag(sync=True)
    """For each control the place of the value chosen, from 0. Set it to change the figure."""
    frame = traitlets.Dict().tag(sync=True)
    """What that choice shows: ``svg`` and ``alt``, or the ``problem`` that kept it from being
    drawn."""

    def __init__(self, figure: Figure) -> None:
        self._figure = figure
        first = list(figure.first)
        super().__init__(
            spec=spec(figure), words=words(reader().language), choice=first, frame=self._draw(first)
        )

    @property
    def value(self) -> dict[str, Any]:
        """The value of each control."""
        return self._figure.values(self.choice)

    @value.setter
    def value(self, value: dict[str, Any]) -> None:
        chosen = self.value | value
        controls = self._figure.controls
        self.choice = [control.options.index(chosen[control.name]) for control in controls]

    @traitlets.validate("choice")
    def _allow(self, proposal: Any) -> list[int]:
        choice = list(proposal["value"])
        sizes = [len(control.options) for control in self._figure.controls]
        if len(choice) != len(sizes) or not all(
            0 <= place < size for place, size in zip(choice, sizes, strict=True)
        ):
            raise traitlets.TraitError(f"{choice} is no choice: expected places below {sizes}.")
        return choice

    @traitlets.observe("choice")
    def _follow(self, change: Any) -> None:
        try:
            self.frame = self._draw(change["new"])
        # raised from a message, any error would end in a log that no reader sees
        except Exception as error:  # noqa: BLE001
            self.frame = {"choice": change["new"], "problem": f"{type(error).__name__}: {error}"}

    def _draw(self, choice: list[int]) -> dict[str, Any]:
        frame = self._figure.frame(choice)
        return {"choice": choice, "svg": frame.svg, "alt": frame.alt, "scale": frame.scale}
