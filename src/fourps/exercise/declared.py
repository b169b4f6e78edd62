"""Read what a check declares of an answer's shape, without running it.

A declared check is a call with literals, such as ``check_order(task_4, "abcdefgh")``. A form
is made of it, and ``front/answershape.js`` says of an answer what the check says.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from fourps.exercise.fields import (
    NUMBER,
    WEEKDAY_TIME,
    WHOLE,
    Field,
    check_fields,
    field_of,
    several,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "NUMBER",
    "WEEKDAY_TIME",
    "WHOLE",
    "Check",
    "Field",
    "UndeclaredError",
    "check_fields",
    "declared",
    "several",
]

_KINDS: dict[str, Literal["sorting", "choice", "order", "fields"]] = {
    "check_sorting": "sorting",
    "check_choice": "choice",
    "check_order": "order",
    "check_fields": "fields",
}
_NAMED = {"WHOLE": WHOLE, "NUMBER": NUMBER, "WEEKDAY_TIME": WEEKDAY_TIME}


class UndeclaredError(ValueError):
    """A check whose kinds or options are no literals; the message says where."""


@dataclass(frozen=True)
class Check:
    """What one call of a check declares of an answer's shape."""

    kind: Literal["sorting", "choice", "order", "fields"]
    """What kind of answer it is."""
    letters: str = ""
    """The letters of what is sorted, chosen or put in order."""
    kinds: tuple[str, ...] = ()
    """The words of a sorting."""
    fields: Mapping[str, Field] = field(default_factory=dict)
    """What fits each field, by its label."""


def declared(source: str) -> list[Check]:
    """Return what a check cell declares, in the order in which it looks.

    Parameters
    ----------
    source
        Of the cell as learners have it; what stands in a source's hidden tests is not read.

    Raises
    ------
    UndeclaredError
        If letters, kinds or fields are no literals.

    Examples
    --------
    >>> declared('check_sorting(task_1, "ab", ["seen", "guess"])')
    [Check(kind='sorting', letters='ab', kinds=('seen', 'guess'), fields={})]
    >>> [check] = declared('given = check_fields(task_9, men=WHOLE, say="AB", all=several("ab"))')
    >>> for label, one in check.fields.items():
    ...     print(label, *one)
    men whole ()
    say letter ('A', 'B')
    all letters ('a', 'b')
    >>> declared("assert type(table) is pd.DataFrame")
    []
    >>> declared('check_choice(task_2, options)')
    Traceback (most recent call last):
    fourps.exercise.declared.UndeclaredError: line 1: write what check_choice takes as a literal ...
    """
    visible = source.partition("### BEGIN HIDDEN TESTS")[0]
    calls = (
        statement.value
        for statement in ast.parse(visible).body
        if isinstance(statement, ast.Expr | ast.Assign) and isinstance(statement.value, ast.Call)
    )
    return [
        _check(call, _KINDS[call.func.id])
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in _KINDS
    ]


def _check(call: ast.Call, kind: Literal["sorting", "choice", "order", "fields"]) -> Check:
    try:
        if kind == "fields":
            fields = {str(given.arg): _field(given.value) for given in call.keywords}
            return Check(kind, fields=fields)
        letters, *kinds = map(ast.literal_eval, call.args[1:])
        return Check(kind, "".join(letters), tuple(*kinds))
    except (TypeError, ValueError) as error:
        message = f"line {call.lineno}: write what check_{kind} takes as a literal text or list"
        raise UndeclaredError(message) from error


def _field(value: ast.expr) -> Field:
    if isinstance(value, ast.Name) and value.id in _NAMED:
        return _NAMED[value.id]
    if isinstance(value, ast.Call) and getattr(value.func, "id", "") == "several":
        return several(*map(ast.literal_eval, value.args))
    return field_of(ast.literal_eval(value))
