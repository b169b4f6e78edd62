"""The one page of feedback that a learner gets: all of it comes from one object of plain data.

``feedbackpage.js`` makes the same bytes of the same data in a browser; ``feedback_page.html`` is
the template of both. What stands in braces there is

- ``{{name}}``, a value, as text that does nothing;
- ``{{:key}}``, one of the words, with its own places filled;
- ``{{#name}}`` ... ``{{/name}}``, for each entry of a list, or once if there is a value;
- ``{{^name}}`` ... ``{{/name}}``, if there is none.
"""

from __future__ import annotations

import html
import math
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST = 100_000
# code points of each answer and of what each check says: the first with which the page has room
_LENGTHS = (8000, 4000, 2000, 1000, 500, 250, 100)
_PART = re.compile(r"\{\{([#^])([\w-]+)\}\}\n?(.*?)\{\{/\2\}\}\n?|\{\{(:?)([\w-]+)\}\}", re.DOTALL)
_PLACE = re.compile(r"\{(\w+)\}")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# what no page may hold; a line break and a tab stay
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class CriterionData(TypedDict):
    """What a criterion brought."""

    name: str
    points: float
    most: float
    line: str
    """What the rubric says of so many points; empty where it may not be told yet."""


class CapData(TypedDict):
    """What a text can have at most that could do harm."""

    most: float
    line: str
    """When it applies; empty where that may not be told yet."""


class ReadingData(TypedDict):
    """What to read again."""

    name: str
    address: str
    """Empty where it is not known."""


class TaskData(TypedDict):
    """A task."""

    title: str
    state: Literal["marked", "waits", "stopped"]
    """What is ``stopped`` shows nothing but that a person will speak with the learner."""
    points: float
    most: float
    corrected: bool
    """Whether a person gave other points than the checks."""
    criteria: list[CriterionData]
    cap: CapData | None
    comment: str
    check: str
    """What the checks said."""
    read: list[ReadingData]
    """Shown where points are lost."""
    answer: str
    code: bool
    """Whether the answer is a program."""


class PartData(TypedDict):
    """Points that count by themselves."""

    name: str
    points: float
    most: float


class FeedbackData(TypedDict):
    """All that a page says, as JSON has it."""

    language: str
    words: Mapping[str, str]
    """`nbseal.base.words.PAGE` in this language."""
    title: str
    learner: str
    points: float
    most: float
    late: float
    """What lateness took off."""
    parts: list[PartData]
    notes: list[str]
    """Sentences below the points."""
    troubles: list[str]
    """Why not all could be marked."""
    notebooks: list[str]
    """Pages beside this one."""
    tasks: list[TaskData]


def page(data: FeedbackData) -> str:
    """Return the page; where it would be too long, answers and what checks said are shortened.

    Parameters
    ----------
    data
        Whatever a text in it says, the page shows it and does nothing else.
    """
    words = data["words"]
    text = ""
    for length in _LENGTHS:
        text = _filled(_template(), _view(data, length), words)
        if len(text.encode()) <= MOST:
            break
    return text


@cache
def _template() -> str:
    return Path(__file__).with_suffix(".html").read_text("utf-8")


def _view(data: FeedbackData, length: int) -> dict[str, Any]:
    """Return what the template asks for."""
    tasks = [_task(task, length) for task in data["tasks"]]
    return {
        **data,
        "score": data["late"],
        "titles": "; ".join(task["title"] for task in tasks if not task["marked"]),
        "has-troubles": bool(data["troubles"]),
        "notebooks": [{"name": name} for name in data["notebooks"]],
        "tasks": tasks,
    }


def _task(task: TaskData, length: int) -> dict[str, Any]:
    answer, check = _clean(task["answer"]), _clean(task["check"])
    return {
        **task,
        **{state: state == task["state"] for state in ("marked", "waits", "stopped")},
        "has-criteria": bool(task["criteria"]),
        "cap": [task["cap"]] if task["cap"] else [],
        "reads": bool(task["read"]) and task["points"] < task["most"],
        "answer": answer[:length],
        "answer-cut": len(answer) > length,
        "check": check[:length],
        "check-cut": len(check) > length,
    }


def _filled(template: str, values: Mapping[str, Any], words: Mapping[str, str]) -> str:
    def fill(match: re.Match[str]) -> str:
        kind, name, inner, says, place = match.groups()
        if place:
            text = _said(words[place], values, words) if says else _shown(values[place], words)
            return html.escape(text)
        value = values[name]
        entries = value if isinstance(value, list) else [{}] if value else []
        if kind == "^":
            return "" if entries else _filled(inner, values, words)
        every = (entry if isinstance(entry, dict) else {"item": entry} for entry in entries)
        return "".join(_filled(inner, {**values, **entry}, words) for entry in every)

    return _PART.sub(fill, template)


def _said(sentence: str, values: Mapping[str, Any], words: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda match: _shown(values[match[1]], words), sentence)


def _shown(value: str | float, words: Mapping[str, str]) -> str:
    """Return a text, or a number with two decimals at most."""
    if isinstance(value, str):
        return _clean(value)
    # the same steps as in a browser, so that both round alike
    hundredths = math.floor(value * 100 + 0.5)
    whole, rest = divmod(abs(hundredths), 100)
    decimals = f"{rest:02d}".rstrip("0")
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{whole}{words['feedback-decimal']}{decimals}" if decimals else f"{sign}{whole}"


def _clean(text: str) -> str:
    """Return a text as a page can hold it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("\ufffd", _SURROGATE.sub("?", lines))
