"""Moodle's grading worksheet: who took part, when they handed in, and where grades go."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from nbseal.base.errors import UserError
from nbseal.base.handins import is_learner
from nbseal.moodle.csv_fields import CsvFile, TableError
from nbseal.moodle.dates import DateError, read_date
from nbseal.moodle.learners import Participant, by_number

if TYPE_CHECKING:
    from datetime import tzinfo
    from pathlib import Path

# how each column is headed in Moodle's English and French
COLUMNS = {
    "identifier": ("identifier", "identifiant"),
    "name": ("full name", "nom complet"),
    "email": ("email address", "email", "adresse de courriel", "adresse e-mail", "courriel"),
    "number": ("id number", "numéro d'identification"),
    "grade": ("grade", "note"),
    "maximum": ("maximum grade", "note maximale"),
    "changeable": ("grade can be changed", "la note peut être modifiée"),
    "submitted": ("last modified (submission)", "dernière modification (travail remis)"),
    "comments": ("feedback comments", "feedback par commentaires", "commentaires de feedback"),
}
_LARGEST = 50_000_000


class WorksheetError(UserError, ValueError):
    """A file that is no grading worksheet; the message names it and says what to do."""


class Worksheet:
    """Moodle's grading worksheet.

    Parameters
    ----------
    path
        The CSV file that "Download grading worksheet" gave.
    zone
        Where Moodle's clock is; by default this computer's.

    Attributes
    ----------
    path
        The CSV file.
    table
        What is in it.
    people
        One for each line.
    shared
        A sentence for each ID number and address that several lines have.

    Raises
    ------
    WorksheetError
        If it is no worksheet, or names a participant twice.
    """

    def __init__(self, path: Path, zone: tzinfo | None = None) -> None:
        self.path = path
        try:
            if path.stat().st_size > _LARGEST:
                raise WorksheetError(f"{path}: over 50 MB; this is no grading worksheet.")
            self.table = CsvFile(path.read_bytes())
        except OSError as error:
            raise WorksheetError(f"{path} cannot be read: {error.strerror}.") from error
        except TableError as error:
            raise WorksheetError(f"{path}: {error}.") from error
        headed = {_plain(name): at for at, name in enumerate(self.table.header)}
        self._places = {
            key: next((headed[name] for name in names if name in headed), None)
            for key, names in COLUMNS.items()
        }
        self.column("identifier")
        self.people = [self._participant(row, zone) for row in range(len(self.table))]
        numbers = [person.number for person in self.people]
        if len(set(numbers)) != len(numbers):
            twice = next(number for number in numbers if numbers.count(number) > 1)
            raise WorksheetError(f"{path}: participant {twice} is in it twice.")
        self.shared: list[str] = []
        # an ID number can be what another line gets of whom no more than the number is known
        self._tell_apart("person", {by_number(number): [row] for row, number in enumerate(numbers)})
        self._tell_apart("email", {})

    def column(self, key: str) -> int:
        """Return the place of a column.

        Raises
        ------
        WorksheetError
            If the worksheet has none.
        """
        place = self._places[key]
        if place is None:
            raise WorksheetError(
                f"{self.path}:1: there is no column '{COLUMNS[key][0].capitalize()}' (in English "
                "or French). Download the grading worksheet from Moodle again, in one of them."
            )
        return place

    def text(self, row: int, key: str) -> str:
        """Return a field; empty where the worksheet has no such column."""
        place = self._places[key]
        return "" if place is None else self.table.get(row, place).strip()

    def _tell_apart(self, key: Literal["person", "email"], taken: dict[str, list[int]]) -> None:
        """Take away what several lines have: one learner's work and grade would be everybody's."""
        called, usable = {
            "person": ("ID number", is_learner),
            "email": ("e-mail address", lambda text: "@" in text),
        }[key]
        # where names of folders do not keep capitals apart, ids that differ in them are one
        values = [getattr(person, key).casefold() for person in self.people]
        rows = defaultdict(set, {text: set(mine) for text, mine in taken.items()})
        for row, text in enumerate(values):
            rows[text].add(row)
        for text, several in rows.items():
            if len(several) == 1 or not usable(text):
                continue
            lines = ", ".join(str(row + 2) for row in sorted(several))
            self.shared.append(
                f"{self.path}: lines {lines} have one {called}. It is used for none of them, "
                "since it does not tell these people apart; correct it in Moodle."
            )
            for row in several:
                if values[row] == text:
                    changed: dict[str, Any] = {key: ""}
                    self.people[row] = replace(self.people[row], **changed)

    def _participant(self, row: int, zone: tzinfo | None) -> Participant:
        match = re.search(r"([0-9]{1,18})\s*$", self.text(row, "identifier"))
        if not match:
            raise WorksheetError(
                f"{self.path}:{row + 2}: the identifier is not like 'Participant 123456'."
            )
        time, remark = None, ""
        try:
            time = read_date(self.text(row, "submitted"), zone)
        except DateError as error:
            remark = f"{error}; no late penalty"
        name, email, person = (self.text(row, key) for key in ("name", "email", "number"))
        return Participant(row, match[1], name, email, person, time, remark)


def _plain(name: str) -> str:
    return name.strip().casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
