"""The key of an exercise as data: how many points each answer of part 1 earns, and why.

The hidden tests say it in Python. They are run once, with functions that record what they are asked
in place of those that mark, so that the key is what the tests do, in their own order of steps:
`front/answerscore.js` takes the same steps over an answer, and comes to the same points.
"""

from __future__ import annotations

import builtins
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import fourps.exercise
from fourps.exercise.fields import field_of
from nbseal.base.cells import grade_id
from nbseal.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from fourps.exercise.fields import Declared

_ROOM = "fourps.exercise"
# what names the fields of an answer, and works nothing out
_KINDS = ("NUMBER", "WEEKDAY_TIME", "WHOLE", "several")


class UnrecordableError(UserError):
    """A hidden test of part 1 that no browser could do; the message says which."""


class TaskKey(NamedTuple):
    """What the check of one task does."""

    checks: list[list[Any]]
    """What it says of the shape, in its order: a kind, the answer, and what may be answered."""
    share: Any
    """The steps to the share of the points, as lists: a step, and what it is done with."""
    most: float
    """The points of the task."""
    hint: str
    """What is said where they are not whole; in English."""


class Recorded:
    """A value that a hidden test works with, as the steps that lead to it.

    It adds and multiplies, and refuses all else: whoever asks whether it is large, or how long,
    would be answered by no answer of a learner.

    Examples
    --------
    >>> answer = Recorded("answer")
    >>> (0.5 * answer + 1).steps
    ['+', ['*', 0.5, ['answer']], 1]
    >>> if answer:
    ...     pass
    Traceback (most recent call last):
    TypeError: it asks whether something is true that depends on an answer
    """

    def __init__(self, *steps: Any) -> None:
        self.steps: list[Any] = [_steps(step) for step in steps]

    def __add__(self, other: Any) -> Recorded:
        return Recorded("+", self, other)

    def __radd__(self, other: Any) -> Recorded:
        return Recorded("+", other, self)

    def __sub__(self, other: Any) -> Recorded:
        return Recorded("-", self, other)

    def __rsub__(self, other: Any) -> Recorded:
        return Recorded("-", other, self)

    def __mul__(self, other: Any) -> Recorded:
        return Recorded("*", self, other)

    def __rmul__(self, other: Any) -> Recorded:
        return Recorded("*", other, self)

    def __truediv__(self, other: Any) -> Recorded:
        return Recorded("/", self, other)

    def __bool__(self) -> NoReturn:
        raise TypeError("it asks whether something is true that depends on an answer")

    def __eq__(self, _other: object) -> NoReturn:
        raise TypeError("it compares an answer by itself; same() does")

    __hash__ = None  # type: ignore[assignment] # nor may it be looked up


def _steps(value: Any) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, Recorded):
        return value.steps
    if isinstance(value, dict):
        return {key: _steps(one) for key, one in value.items()}
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return [_steps(one) for one in value]


class _Recording:
    """Stands for `fourps.exercise` while the check of one task runs."""

    def __init__(self) -> None:
        self.checks: list[list[Any]] = []
        self.points: list[tuple[Any, float, str]] = []

    def functions(self) -> dict[str, Callable[..., Any]]:
        """Return what a check may import, by name."""
        return {
            "check_sorting": lambda answer, items, kinds: self._shape(
                "sorting", answer, [*items], [*kinds]
            ),
            "check_choice": lambda answer, options: self._shape("choice", answer, [*options]),
            "check_order": lambda answer, steps: self._shape("order", answer, [*steps]),
            "check_fields": self._fields,
            "sorting": lambda answer, right, kinds: Recorded("sorting", answer, right, [*kinds]),
            "choice": lambda answer, right, options: Recorded(
                "choice", answer, [*right], [*options]
            ),
            "safe_order": _order,
            "same": lambda answer, expected: Recorded("same", answer, expected),
            "points": self._points,
        }

    def key(self, most: float) -> TaskKey:
        """Return what was recorded of a cell that gives some points."""
        given = [maximum for _, maximum, _ in self.points]
        if given != [most]:
            raise ValueError(f"points() is to be called once, with the cell's {most:g}: {given}")
        ((share, _, hint),) = self.points
        return TaskKey(self.checks, share, most, hint)

    def _shape(self, kind: str, answer: Any, *allowed: Any) -> None:
        self.checks.append([kind, _steps(answer), *allowed])

    def _fields(self, answer: Any, /, **fields: Declared) -> dict[str, Recorded]:
        number = len(self.checks)
        kinds = {label: [*field_of(declared)] for label, declared in fields.items()}
        self._shape("fields", answer, _steps(kinds))
        return {label: Recorded("field", number, label) for label in fields}

    def _points(self, share: Any, maximum: float, hint: str = "") -> None:
        self.points.append((_steps(share), maximum, hint))


def _order(
    answer: Any, before: Mapping[str, Iterable[str]], critical: Iterable[tuple[str, str]] = ()
) -> Recorded:
    earlier = {step: [*steps] for step, steps in before.items()}
    return Recorded("order", answer, earlier, [[*pair] for pair in critical])


def _least(*values: Any) -> Any:
    return _one_of("min", values)


def _largest(*values: Any) -> Any:
    return _one_of("max", values)


def _one_of(name: str, values: tuple[Any, ...]) -> Any:
    of = [*values[0]] if len(values) == 1 else [*values]
    if any(isinstance(one, Recorded) for one in of):
        return Recorded(name, *of)
    return getattr(builtins, name)(of)


def key(exercise: Any, name: str) -> dict[str, TaskKey]:
    """Return the key of part 1 of an exercise, by the name of the answer's cell.

    Parameters
    ----------
    exercise
        The notebook, with its solutions and hidden tests.
    name
        What a message calls it: its file.

    Raises
    ------
    UnrecordableError
        If a hidden test does what cannot be recorded.
    """
    return {
        answer: _task(check, names, f"{name}: {grade_id(check)}")
        for answer, names, check in _part_1(exercise)
    }


def _part_1(exercise: Any) -> Iterator[tuple[str, list[str], Any]]:
    """Yield the name of each answer's cell that earns points, what it binds, and its check."""
    answer, names = "", [""]
    for cell in exercise.cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("solution") and about.get("grade"):
            # what is written begins part 2
            return
        if about.get("solution"):
            answer, names = grade_id(cell), _bound(cell.source)
        elif about.get("grade") and about["points"]:
            yield answer, names, cell


def _bound(source: str) -> list[str]:
    space: dict[str, Any] = {}
    exec(source, space)  # noqa: S102 - our own solution
    return [name for name, value in space.items() if isinstance(value, str)]


def _task(check: Any, names: list[str], where: str) -> TaskKey:
    recording = _Recording()
    try:
        space = _space(recording.functions()) | {name: Recorded("answer") for name in names}
        exec(check.source, space)  # noqa: S102 - our own hidden test
        return recording.key(check.metadata.nbgrader.points)
    # it is a program, and may stop with anything
    except Exception as error:
        raise UnrecordableError(
            f"{where}: the check cannot be recorded for the marking desk of a release: {error}. "
            "Part 1 may use sorting, choice, safe_order, same and check_fields of fourps.exercise, "
            "+, -, *, /, sum, min and max, and ends with one points()."
        ) from error


def _space(functions: Mapping[str, Any]) -> dict[str, Any]:
    """Return the names of a check, which imports what records in place of what marks."""
    kinds = {name: getattr(fourps.exercise, name) for name in _KINDS}
    recording = SimpleNamespace(**kinds, **functions)

    def load(name: str, *others: Any) -> Any:
        return recording if name == _ROOM else builtins.__import__(name, *others)

    return {
        "__builtins__": {**vars(builtins), "__import__": load},
        "min": _least,
        "max": _largest,
    }
