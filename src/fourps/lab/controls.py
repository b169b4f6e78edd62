"""What a reader can change in a figure, and what they are asked before they see it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, Literal

from fourps.lab.sentence import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


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
