"""The two small languages of a scenario: conditions and times.

Conditions are comparisons only, so that nothing is ever evaluated. A condition is a list of
alternatives; each alternative is a list of tests that must all hold. An empty list always holds.
Both engines, here and in ``front/engine.js``, read this form.
"""

from __future__ import annotations

import operator
import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


OPERATORS: dict[str, Callable[[int, int], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
_TEST = re.compile(r"\s*(==|!=|>=|<=|>|<)\s*(-?\d+)\s*")


class Comparison(NamedTuple):
    """One comparison of a variable with a number (a flag is 0 or 1)."""

    variable: str
    operator: str
    number: int


Condition = tuple[tuple[Comparison, ...], ...]


def parse(raw: Any) -> Condition:
    """Turn the YAML form into a condition, which is a tuple of alternatives.

    Parameters
    ----------
    raw
        A mapping of variable to test, a list of such mappings, or None.

    Raises
    ------
    ValueError
        If it has another form; the message says what was expected.

    Examples
    --------
    >>> [tuple(test) for test in parse({"trust": ">= 2", "said": True})[0]]
    [('trust', '>=', 2), ('said', '==', 1)]
    >>> parse(None)
    ()
    """
    if raw is None:
        return ()
    alternatives = raw if isinstance(raw, list) else [raw]
    if not alternatives or not all(isinstance(part, dict) and part for part in alternatives):
        raise ValueError('expected a mapping such as {trust: ">= 2"}, or a list of such mappings')
    return tuple(
        tuple(_test(str(name), value) for name, value in part.items()) for part in alternatives
    )


def _test(name: str, value: Any) -> Comparison:
    if isinstance(value, bool | int):
        return Comparison(name, "==", int(value))
    match = _TEST.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError(
            f'expected true, false, a number or a comparison such as ">= 2" for '
            f"'{name}', found {value!r}"
        )
    return Comparison(name, match[1], int(match[2]))


def holds(condition: Condition, values: Mapping[str, int]) -> bool:
    """Say whether a condition holds for these values.

    Examples
    --------
    >>> holds(parse([{"trust": ">= 2"}, {"said": True}]), {"trust": 0, "said": 1})
    True
    """
    return not condition or any(
        all(OPERATORS[test.operator](values[test.variable], test.number) for test in alternative)
        for alternative in condition
    )


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# weeks are counted from the beginning of the crisis
_TIME = re.compile(
    rf"week (?P<week>[1-9]\d?)(?:, (?P<day>{'|'.join(DAYS)}))?"
    r"(?:, (?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d))?",
    re.ASCII,
)

Moment = tuple[int, int, int]
BEGINNING: Moment = (0, 0, 0)


def moment(text: str, before: Moment = BEGINNING) -> Moment:
    """Return a time as week, day of the week and minute of the day, to compare it with others.

    Parameters
    ----------
    text
        ``week 16``, ``week 16, 06:40``, ``week 16, Friday`` or ``week 16, Friday, 06:40``.
    before
        What has been reached: the time has the same day and minute where it names none, as long as
        it is still the same week and day.

    Raises
    ------
    ValueError
        If it is no such time.

    Examples
    --------
    >>> moment("week 16, Friday, 06:40")
    (16, 5, 400)
    >>> moment("week 16, 06:50", before=(16, 5, 400))
    (16, 5, 410)
    """
    match = _TIME.fullmatch(text)
    if not match:
        raise ValueError(
            "expected a time such as 'week 16', 'week 16, 06:40' or 'week 16, Friday, 06:40', "
            f"found {text!r}"
        )
    week = int(match["week"])
    day = before[1] if week == before[0] else 0
    if match["day"]:
        day = DAYS.index(match["day"]) + 1
    minute = before[2] if (week, day) == before[:2] else 0
    if match["hour"]:
        minute = 60 * int(match["hour"]) + int(match["minute"])
    return week, day, minute
