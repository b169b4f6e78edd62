"""A figure: its choices and question, what is drawn for each choice, and the table behind it."""

from __future__ import annotations

import hashlib
import itertools
import json
import math
import re
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, Literal

from fourps.data.store import LABEL
from fourps.lab.sentence import in_markup, listed, number, said, sentence, word
from fourps.lab.style import settings, slim_svg
from fourps.lab.table import Grid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from matplotlib.figure import Figure as Drawing

    from fourps.lab.table import Table


FEWEST = 2  # with one value there is nothing to choose


@dataclass(frozen=True)
class Control:
    """One control of a figure."""

    name: str
    """The parameter of the plot that it sets."""
    label: str
    """What readers see."""
    options: tuple[Any, ...]
    """What can be chosen, in order."""

    @property
    def kind(self) -> Literal["range", "select"]:
        """A slider for numbers, a list for anything else."""
        return "range" if all(_is_number(value) for value in self.options) else "select"

    @property
    def shown(self) -> list[str]:
        """The options as readers see them."""
        return [word(_say(option)) for option in self.options]


def _is_number(value: Any) -> bool:
    # NumPy registers its numbers there too
    return isinstance(value, Real) and not isinstance(value, bool)


def _say(value: Any) -> str:
    """Write a value as readers see it.

    Examples
    --------
    >>> _say(2030), _say(0.10), _say(5.0), _say("North")
    ('2030', '0.1', '5', 'North')
    """
    return f"{value:.10g}" if _is_number(value) and not isinstance(value, Integral) else str(value)


def controls(choices: Mapping[str, Iterable[Any]], labels: Mapping[str, str]) -> list[Control]:
    """Read the controls from the keywords of `fourps.lab.explore`, in their order.

    Parameters
    ----------
    choices
        The values of each control, by name.
    labels
        Labels by name; without one, the name itself is the label.

    Raises
    ------
    TypeError
        If a control is one text in place of a list.
    ValueError
        If there is no control, one has fewer than two values or one value twice, or a label
        names no control.

    Examples
    --------
    >>> controls({"min_size": [3, 5]}, {})
    [Control(name='min_size', label='Min size', options=(3, 5))]
    """
    if not choices:
        raise ValueError(
            'explore() needs at least one control, for example region=["North", "South"].'
        )
    if unknown := sorted(set(labels) - set(choices)):
        raise ValueError(f"labels names {', '.join(unknown)}, which is no control of this figure.")
    result = []
    for name, values in choices.items():
        if isinstance(values, str):
            raise TypeError(f"{name}={values!r}: expected a list of values, not one text.")
        label = labels.get(name) or name.replace("_", " ").capitalize()
        control = Control(name, label, tuple(values))
        if len(control.options) < FEWEST:
            raise ValueError(f"{name} has {len(control.options)} values: give at least {FEWEST}.")
        if len(set(control.shown)) < len(control.shown):
            raise ValueError(f"{name} has a value twice: {', '.join(control.shown)}.")
        result.append(control)
    return result


def places(controls: Sequence[Control], values: Mapping[str, Any]) -> tuple[int, ...]:
    """Return the place of each control's value; of one that is not named, the first.

    Raises
    ------
    ValueError
        If a value is none of its control's, or belongs to no control.

    Examples
    --------
    >>> places(controls({"a": "x y".split(), "b": [1, 2]}, {}), {"b": 2})
    (0, 1)
    """
    known = {control.name: control.options for control in controls}
    for name, value in values.items():
        if value not in known.get(name, ()):
            raise ValueError(f"first has {name}={value!r}, which cannot be chosen in this figure.")
    return tuple(
        control.options.index(values[control.name]) if control.name in values else 0
        for control in controls
    )


def combinations(controls: Sequence[Control]) -> Iterator[tuple[int, ...]]:
    """Yield every choice as places in each control's values; the last control moves first.

    Examples
    --------
    >>> list(combinations(controls({"a": "x y".split(), "b": [1, 2]}, {})))
    [(0, 0), (0, 1), (1, 0), (1, 1)]
    """
    return itertools.product(*(range(len(control.options)) for control in controls))


@dataclass(frozen=True)
class Guess:
    """A guess that a reader may make before a figure shows its point.

    Parameters
    ----------
    ask
        The question.
    options
        What may be expected.
    told
        What the figure shows, in a sentence; it stands above the figure then.

    Examples
    --------
    >>> Guess("How many of the six stay?", ["none", "two", "all"], "Two of six stay.").options
    ['none', 'two', 'all']
    """

    ask: str
    options: list[str]
    told: str

    def __post_init__(self) -> None:
        if len(set(self.options)) < max(FEWEST, len(self.options)):
            raise ValueError(f"The question {self.ask!r} needs two options or more, each once.")


MOST_FRAMES = 60
_SPACES = re.compile(r"[ \t\n]+")
# what `fourps.lab.style` and `fourps.lab.table` write: the text that an element begins with
_TEXT = re.compile(r"(<(?:text|tspan|caption|th|td|span)\b[^>]*>)([^<]*)")


@dataclass(frozen=True)
class Frame:
    """What one choice shows: a drawing, or a table in XHTML, and the same in words.

    The scale says from where to where each axis of numbers runs.
    """

    svg: str
    alt: str
    scale: str = ""


@dataclass
class Figure:
    """A figure before anything of it is drawn; `explore` makes one."""

    plot: Callable[..., Any]
    """Takes one value of each control and returns a Matplotlib figure and its alt text."""
    controls: list[Control]
    """What can be chosen."""
    caption: str
    """A short title."""
    table: Table
    """The numbers behind the figure."""
    label: str = ""
    """What the data are: SYNTHETIC, for example."""
    first: tuple[int, ...] = ()
    """The places of the choice that is shown first."""
    guess: Guess | None = None
    """What readers are asked before they see it."""
    _drawn: dict[tuple[int, ...], Frame] = field(default_factory=dict, repr=False)

    @cached_property
    def prefix(self) -> str:
        """What every id in this figure's drawings begins with."""
        names = [self.caption, *(control.name for control in self.controls)]
        return f"fp{hashlib.sha256(json.dumps(names).encode()).hexdigest()[:6]}-"

    def values(self, choice: Iterable[int]) -> dict[str, Any]:
        """Return the value of each control for a choice of places."""
        return {
            control.name: control.options[place]
            for control, place in zip(self.controls, choice, strict=True)
        }

    def frame(self, choice: Iterable[int]) -> Frame:
        """Draw one choice, or return what was drawn of it before."""
        key = tuple(choice)
        if key not in self._drawn:
            self._drawn[key] = self._draw(self.values(key))
        return self._drawn[key]

    def _draw(self, values: dict[str, Any]) -> Frame:
        from matplotlib import figure as drawing
        from matplotlib import pyplot as plt

        with plt.rc_context(settings()):
            result = self.plot(**values)
            match result:
                case (drawing.Figure() as drawn, str(alt)) if alt.strip():
                    svg = slim_svg(drawn, self.prefix)
                    # an open one would be shown again under the cell
                    plt.close(drawn)
                    return Frame(_said(svg), _one_line(alt), _scale(drawn))
                case (Grid() as table, str(alt)) if alt.strip():
                    return Frame(_said(table.html()), _one_line(alt))
        raise TypeError(
            f"The plot of the figure '{self.caption}' returned {_kind(result)} for "
            f"{_args(values)}: expected a Matplotlib figure and its alt text, as in "
            "`return figure, alt`."
        )

    @property
    def said(self) -> str:
        """The label, if the drawing shows it itself; a caption need not say it again."""
        shown = self.frame(self.first).svg
        labels = (escape(word(label), quote=False) for label in (self.label, LABEL))
        return next((label for label in labels if label and label in shown), "")

    def frames(self) -> list[Frame]:
        """Draw every choice, as a page without a kernel needs it, in the order of `combinations`.

        Raises
        ------
        ValueError
            If there are more than 60, or two that differ and read the same.
        """
        count = math.prod(len(control.options) for control in self.controls)
        if count > MOST_FRAMES:
            product = " x ".join(
                f"{len(control.options)} {control.name}" for control in self.controls
            )
            raise ValueError(
                f"The figure '{self.caption}' has {count} views ({product}); a page carries at "
                f"most {MOST_FRAMES}. Give a control fewer values, or make two figures of it."
            )
        seen: dict[str, tuple[str, str]] = {}
        for choice in combinations(self.controls):
            frame, here = self.frame(choice), _args(self.values(choice))
            svg, there = seen.setdefault(frame.alt, (frame.svg, here))
            if svg != frame.svg:
                raise ValueError(
                    f"The figure '{self.caption}' looks different for {here} and for {there}, and "
                    f"its alt text is the same: {frame.alt!r}. Say in it what is shown."
                )
        return [self.frame(choice) for choice in combinations(self.controls)]


def _said(drawing: str) -> str:
    """Return a drawing or table in which what its plot did not say is in the reader's language."""
    return _TEXT.sub(lambda match: match[1] + in_markup(match[2]), drawing)


def _one_line(alt: str) -> str:
    # a space that never breaks is none to be tidied
    return word(_SPACES.sub(" ", alt).strip())


def _scale(drawn: Drawing) -> str:
    """Say from where to where the scales of numbers run; names and years are none.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> figure = Figure()
    >>> axes = figure.subplots()
    >>> _ = axes.set(xticks=[1, 2], ylim=(0, 1200))
    >>> _scale(figure)
    '0 to 1,200'
    """
    from matplotlib.category import StrCategoryLocator
    from matplotlib.ticker import FixedLocator, NullLocator

    named = (FixedLocator, NullLocator, StrCategoryLocator)
    scales = [
        limits
        for axes in drawn.axes
        for axis, limits in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, axes.get_ylim()))
        if not isinstance(axis.get_major_locator(), named)
    ]
    return listed(
        sentence("{low} to {high}", low=number(low), high=number(high)) for low, high in scales
    )


def _args(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in values.items())


def _kind(result: Any) -> str:
    if isinstance(result, tuple):
        return f"({', '.join(map(_kind, result))})"
    return repr(result) if isinstance(result, str) else type(result).__name__


def spec(figure: Figure) -> dict[str, Any]:
    """Return a figure as ``Figure`` in ``front/explore.js`` describes it, with no drawing in it."""
    label = word(figure.label) or figure.said
    caption = labelled = word(figure.caption)
    if label and label not in caption:
        labelled = said(f"{caption} ({label})")
    result: dict[str, Any] = {
        "caption": caption if figure.said else labelled,
        "controls": [
            {
                "name": control.name,
                "kind": control.kind,
                "label": word(control.label),
                "options": control.shown,
            }
            for control in figure.controls
        ],
        "first": list(figure.first),
        "table": {"caption": labelled, "columns": figure.table.columns, "rows": figure.table.rows},
    }
    if guess := figure.guess:
        options = list(map(word, guess.options))
        result["guess"] = {"ask": word(guess.ask), "options": options, "told": word(guess.told)}
    return result
