"""Records of practice: taken from what a platform exports, and kept for reports. They are no work.

They are kept in one table, ``practice.csv``, by nbgrader's ids. Nothing of them gets into the
gradebook, and no file of a platform is copied.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from nbseal.base.errors import RefusedError, UserError
from nbseal.base.from_outside import shown
from nbseal.base.profile import profile
from nbseal.base.whole_files import in_turn, write_private
from nbseal.collect.exports import rows
from nbseal.collect.persons import Persons
from nbseal.collect.remarks import Collection

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from nbseal.collect.exports import Row
    from nbseal.gradebook.settings import CourseFolder

FILE = "practice.csv"
_HEAD = ["learner", "record"]
_NONE = (
    "{}: there are no records in it. Export the field in which the platform keeps what the course "
    "wrote, such as suspend_data, state or extra_fields."
)
_BEGUN = "{}: nothing in it is finished yet, so there is nothing to keep. Export it again later."
_OTHER = (
    "{}: none of its records can be replayed here: it is the export of another course, or of "
    "another release. Export this course, or install that release."
)
_UNKNOWN = (
    "{}: nobody has handed in under the name that it has, so the records are kept under {}. To "
    "have them beside what somebody handed in, name the column of ID numbers or e-mail addresses "
    "(--id-column NAME), or Moodle's grading worksheet (--worksheet grades.csv)."
)
_NAMELESS = "nothing says whose its records are: export it with a name"


class PracticeError(UserError):
    """The table of practice cannot be used; the message says what to do."""


class _Found(NamedTuple):
    """A record as it was found."""

    day: date
    where: str
    record: str


@dataclass
class Practice:
    """What one export holds.

    Parameters
    ----------
    name
        The file's, for messages.
    persons
        Who is who.
    root
        The folder that records belong to, if not the one that the profile knows.
    """

    name: str
    persons: Persons
    root: Path | None = None
    records: dict[str, list[str]] = field(default_factory=dict)
    """By learner, each that can be replayed once, the oldest first."""
    known_as: dict[str, str] = field(default_factory=dict)
    """The id of each learner, by the pseudonym that was the id while nothing else was known."""
    collection: Collection = field(default_factory=Collection)
    """What is to be said."""
    _found: dict[str, list[_Found]] = field(default_factory=lambda: defaultdict(list))

    def take(self, table: Iterable[Row]) -> None:
        """Take what stands in the rows of an export."""
        empty = begun = 0
        for row in table:
            texts = profile().handins.packed(row.text)
            if row.trouble or (texts and not row.person):
                self._leave_out(row.where, row.trouble or _NAMELESS)
            else:
                found = [self._unpack(row, text) for text in texts]
                empty += not texts
                begun += bool(found) and not any(found)
        self._replay()
        self._say_without(empty, "no records")
        self._say_without(begun, "records, but nothing is finished yet")
        self._say_unknown()
        if not self.records and not self.collection.left:
            why = _OTHER if any(self._found.values()) else _BEGUN if begun else _NONE
            self.collection.stopped = why.format(self.name)

    def _unpack(self, row: Row, text: str) -> int:
        """Take the records of one text, and return how many; -1 if it is left out."""
        try:
            records = profile().handins.unpack(text)
        except RefusedError as error:
            self._leave_out(row.where, str(error))
            return -1
        learner = self.persons.learner(row.person)
        self.known_as[self.persons.pseudonym(row.person)] = learner
        self._found[learner] += [_Found(day, row.where, record) for day, record in records]
        return len(records)

    def _say_without(self, count: int, what: str) -> None:
        if count:
            rows_with = "1 row has" if count == 1 else f"{count} rows have"
            self.collection.say(f"{self.name}: {rows_with} {what}; nothing is kept of it.")

    def _leave_out(self, where: str, why: str) -> None:
        self.collection.left += 1
        self.collection.say(f"{where}: {why}; left out.", self.name)

    def _replay(self) -> None:
        """Keep what can be replayed, and say of each of the rest why not."""
        handins = profile().handins
        every = {one.record: None for found in self._found.values() for one in found}
        good = {*handins.replay(self.root, every)[0]} if every else set()
        for learner, found in self._found.items():
            # the first of somebody's records of one story counts
            found.sort(key=lambda one: one.day)
            for one in found:
                if one.record not in good:
                    for why in handins.replay(self.root, [one.record])[1]:
                        self.collection.say(f"{one.where}: {why}", f"{self.name}, not replayed")
            if records := [one.record for one in found if one.record in good]:
                self.records[learner] = [*dict.fromkeys(records)]

    def _say_unknown(self) -> None:
        """Say who has handed in nothing under the name that the platform has."""
        unknown = [learner for learner in self.records if not self.persons.is_known(learner)]
        if len(unknown) > 1 and len(unknown) == len(self.records):
            self.collection.say(_UNKNOWN.format(self.name, "pseudonyms"))
            return
        for learner in unknown:
            said = _UNKNOWN.format(self._found[learner][0].where, learner)
            self.collection.say(said, f"{self.name}, not known")


def collect_practice(
    source: Path,
    course: CourseFolder,
    root: Path | None = None,
    *,
    column: str = "",
    worksheet: Path | None = None,
) -> Practice:
    """Take the records of an export into ``practice.csv``, beside what is there.

    Nothing is replaced, so the same export, or a later one, may be taken again.

    Parameters
    ----------
    source
        The file that a platform exported.
    root
        The folder that records belong to; by default the one that the profile knows.
    column
        What the column is called that says whose a row is, if that is not plain.
    worksheet
        Moodle's grading worksheet, if exercises were collected with it.

    Raises
    ------
    UserError
        If nothing can be read.
    """
    practice = Practice(shown(source.name), Persons(course, worksheet), root)
    practice.take(rows(source, column))
    if practice.records:
        _keep(course, practice)
    return practice


def read(course: CourseFolder) -> dict[str, list[str]]:
    """Return the records of practice that were taken so far, by learner.

    Raises
    ------
    PracticeError
        If the table was changed into something else.
    """
    path, kept = course / FILE, defaultdict[str, list[str]](list)
    if not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = [*csv.reader(file)]
    for number, row in enumerate(table[1:], 2):
        if table[0] != _HEAD or len(row) != len(_HEAD):
            raise PracticeError(
                f"{path}:{number}: damaged: its first line should be '{','.join(_HEAD)}', and each "
                "other line an id and a record. Put it back from a copy, or delete it and collect "
                "the exports again."
            )
        kept[row[0]].append(row[1])
    return kept


def _keep(course: CourseFolder, practice: Practice) -> None:
    with in_turn(course):
        kept = read(course)
        for pseudonym, learner in practice.known_as.items():
            if pseudonym != learner:
                kept[learner] = [*kept.get(learner, []), *kept.pop(pseudonym, [])]
        for learner, records in practice.records.items():
            kept[learner] = [*dict.fromkeys([*kept.get(learner, []), *records])]
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(_HEAD)
        writer.writerows((name, one) for name in sorted(kept) for one in kept[name])
        write_private(course / FILE, stream.getvalue().encode())
