"""The document that a device keeps, as a model: what ``front/kept.js`` has to read and refuse."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from fourps.play_record import Record

# the most that a kept document may hold, in characters: several hundred attempts a module
LIMIT = 1_000_000


def _whole(line: str) -> str:
    Record.parse(line)
    return line


def _day(text: str) -> str:
    date.fromisoformat(text)
    return text


# lower-case words joined by hyphens, and a page as the table of contents names it; no `__proto__`
_Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]

_Page = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*$")]

_Line = Annotated[
    str,
    Field(pattern=r"^fourps1:[a-z0-9-]+:[0-9a-f]{8}:[0-9a-z.~]*:[0-9a-z]{2}$"),
    AfterValidator(_whole),
]

_Question = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$")]

_Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_day)]


class KeptAttempt(BaseModel):
    """One finished play or quiz."""

    model_config = ConfigDict(extra="forbid", strict=True)

    kind: Literal["scenario", "quiz"]
    """What was finished."""
    record: _Line
    """Its decision record."""
    result: Literal["safe", "gaps", "repaired", "unsafe", "done"]
    """The ending's kind, or ``done`` for a quiz. It still says how a play ended when its record
    belongs to an earlier version and cannot be replayed."""
    at: _Day
    """The day, as in ``2026-11-24``."""


class KeptPlace(BaseModel):
    """Where a play or quiz was stopped half-way."""

    model_config = ConfigDict(extra="forbid", strict=True)

    record: _Line
    """The decision record so far."""
    at: _Day
    """The day."""


class Kept(BaseModel):
    """The document, once its reader said yes."""

    model_config = ConfigDict(extra="forbid", strict=True)

    format: Literal[3] = 3
    """3. A document with a higher number is left alone and not read."""
    attempts: list[KeptAttempt] = []
    """Finished plays and quizzes, oldest first."""
    stopped: dict[_Id, KeptPlace] = {}
    """For each id where a play was stopped half-way."""
    read: dict[_Page, _Day] = {}
    """The pages that the reader marked as read, each with the day."""
    asked: dict[_Question, dict[_Day, Literal["first", "second", "shown"]]] = {}
    """Of the questions that came back after a module, by quiz and question: on which day they were
    answered, and whether right at the first try, at the second, or at none."""

    @classmethod
    def loads(cls, text: str) -> Self:
        """Read the document, or raise a ValueError."""
        return cls.model_validate({"format": None, **json.loads(text)})

    def dumps(self) -> str:
        """Write the document as JSON."""
        return self.model_dump_json()
