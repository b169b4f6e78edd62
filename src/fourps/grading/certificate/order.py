"""What is to be issued, and the names that go on it."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nbseal.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from pathlib import Path


class IssueError(UserError):
    """Nothing can be issued; the message says what to do."""


@dataclass(frozen=True)
class Order:
    """What is to be issued, and where it goes."""

    issuer: str
    """The organisation that issues the records."""
    marker: str
    """Who marked the written tasks; nbgrader does not know."""
    day: date
    """The date on them."""
    keys: Path
    """The folder where it is noted which records the key signed."""
    out: Path
    """Where ``<learner>.html`` and ``<learner>.pdf`` go, the id written as `file_name` does."""
    learners: Collection[str] = ()
    modules: Collection[str] = ()
    """Who and what; by default everybody and everything."""
    names: Mapping[str, str] = field(default_factory=dict)
    """The names of those who want theirs on the record, by id."""
    language: str = "en"
    """Of the records."""


def read_names(path: Path) -> dict[str, str]:
    """Read the names of those who want theirs on a record.

    Parameters
    ----------
    path
        A CSV file with the columns ``learner`` and ``name``.

    Raises
    ------
    IssueError
        If it is no such file.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return {row["learner"].strip(): row["name"].strip() for row in csv.DictReader(file)}
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, AttributeError) as error:
        raise IssueError(
            f"{path} is no CSV file (UTF-8) with the columns learner and name."
        ) from error
