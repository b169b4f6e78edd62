"""Somebody who is in Moodle's grading worksheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True)
class Participant:
    """A line of the worksheet."""

    row: int
    """Its number, from 0."""
    number: str
    """Moodle's number of this person in this assignment."""
    name: str
    email: str
    person: str
    """Full name, e-mail address and ID number; empty where the worksheet has none. An address or ID
    number is also empty if another line has it too, since it would make two people one."""
    time: datetime | None
    """When the work was handed in, in UTC; none if it was not, or cannot be read."""
    remark: str
    """What is wrong with that time."""
