"""Issue records to those who have completed exercises."""

from __future__ import annotations

import csv
import secrets
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import quote

from pydantic import ValidationError

from fourps.course.outcomes import load as load_outcomes
from fourps.course.words import languages
from fourps.grading.certificate.completion import hours, way
from fourps.grading.certificate.document import CannotPrintError, page, pdf
from fourps.grading.certificate.record import Completed, Statement
from fourps.grading.certificate.revocation import note
from fourps.grading.certificate.signature import fingerprint
from nbseal.base.errors import UserError
from nbseal.base.file_names import is_portable
from nbseal.base.whole_files import remove, write_whole
from nbseal.gradebook.marks import read_marks
from nbseal.gradebook.opening import gradebook, learners
from nbseal.machine import stopped, stops_all
from nbseal.time_limit import in_time

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from fourps.course.files import CourseRoot
    from nbseal.gradebook.marks import Marks
    from nbseal.gradebook.settings import CourseFolder


COURSE = "Four Ps"
# bytes of a file's name that every system has, with room for what is added
_LONGEST = 200


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


@dataclass
class Issued:
    """What was issued."""

    written: list[Path] = field(default_factory=list)
    """The files."""
    remarks: list[str] = field(default_factory=list)
    """One line for each learner without a record, and each record without a PDF."""
    refused: list[str] = field(default_factory=list)
    """Learners who should have a record, and for whom none could be made."""
    stopped: str = ""
    """Why nothing more could be written, such as a full disk; empty if all was."""


def issue(course: CourseFolder, root: CourseRoot, key: Ed25519PrivateKey, order: Order) -> Issued:
    """Write records of what learners have completed, as page and as PDF.

    Only marks of the gradebook count, and only where a person has marked every written task.

    Parameters
    ----------
    key
        The issuer's private key.
    order
        What is to be issued.

    Raises
    ------
    IssueError
        If a learner, module or language is unknown, or the issuer or marker is empty.
    """
    _refuse_unknown("language", [order.language], languages())
    titles = {
        path.parent.name: load_outcomes(path)[0].title
        for path in sorted(root.glob("modules/*/outcomes.yaml"))
    }
    _refuse_unknown("module", order.modules, titles)
    if not order.issuer.strip():
        raise IssueError("Say which organisation issues the records: --issuer NAME.")
    if not order.marker.strip():
        raise IssueError("Say who marked the written tasks: --marked-by NAME.")
    with gradebook(course) as book:
        marks = [mine for mine in read_marks(book) if mine.assignment in (order.modules or titles)]
        known = learners(book.db)
    _refuse_unknown("learner", order.learners, known)
    issuing = _Issuing(key, order, titles)
    for learner in sorted(order.learners or {mine.learner for mine in marks}):
        try:
            issuing.issue(
                {mine.assignment: mine for mine in marks if mine.learner == learner}, learner
            )
        except OSError as error:
            issuing.done.stopped = stopped(error)
            break
    return issuing.done


class _Issuing:
    """Issues records, one learner after the other."""

    def __init__(self, key: Ed25519PrivateKey, order: Order, titles: dict[str, str]) -> None:
        self._key = key
        self._order = order
        self._titles = titles
        self.done = Issued()

    def issue(self, mine: dict[str, Marks], learner: str) -> None:
        """Issue one learner's record; raise only what would stop those of all others too."""
        done = self.done
        done.remarks += [
            f"{learner}: {name} is not counted, since nobody has marked {unmarked}."
            for name, marks in mine.items()
            if (unmarked := ", ".join(marks.unmarked))
        ]
        before = len(done.written)
        try:
            with in_time():
                _refuse_broken(mine)
                if completed := self._completed(mine):
                    self._write(self._statement(learner, completed))
                else:
                    done.remarks.append(f"{learner}: no exercise is completed; no record.")
        # whatever is wrong with one, the others get theirs
        except Exception as error:
            if stops_all(error):
                raise
            done.refused.append(learner)
            left = [f"only {path.name} was written" for path in done.written[before:]]
            done.remarks.append(f"{learner}: {_why(error)}; {(left or ['no record'])[0]}.")

    def _completed(self, mine: dict[str, Marks]) -> list[Completed]:
        # nbgrader keeps no time of marks: they are there today
        day = self._order.day
        return [
            Completed(id=name, title=title, way=done, hours=hours(name), marked=day)
            for name, title in self._titles.items()
            if name in mine and (done := way(mine[name]))
        ]

    def _statement(self, learner: str, completed: list[Completed]) -> Statement:
        order = self._order
        return Statement(
            number=secrets.token_hex(8),
            course=COURSE,
            version=version("fourps"),
            language=order.language,
            issuer=order.issuer.strip(),
            issued=order.day,
            learner=learner,
            name=order.names.get(learner, ""),
            marker=order.marker.strip(),
            modules=completed,
            whole=len(completed) == len(self._titles),
            key=fingerprint(self._key.public_key()),
            document="0" * 64,
        )

    def _write(self, statement: Statement) -> None:
        note(self._order.keys, statement)
        # ids may hold dots, so no suffix is replaced
        stem = file_name(statement.learner)
        html, paper = (self._order.out / f"{stem}.{kind}" for kind in ("html", "pdf"))
        self._keep(html, page(statement, self._key))
        try:
            data = pdf(statement, self._key)
        except CannotPrintError as error:
            # an older one would say something else than the page
            remove(paper)
            self.done.remarks.append(f"{statement.learner}: {error}")
        else:
            self._keep(paper, data)

    def _keep(self, path: Path, data: bytes) -> None:
        write_whole(path, data)
        self.done.written.append(path)


def _refuse_broken(mine: dict[str, Marks]) -> None:
    """Refuse marks of which a part cannot be read: the rest would say something else."""
    for name, marks in mine.items():
        if marks.trouble:
            raise ValueError(f"{name} cannot be read, since {marks.trouble}")


def file_name(learner: str) -> str:
    """Return the name of a learner's files, without its ending; no two learners share one.

    Raises
    ------
    ValueError
        If it would be longer than the name of a file may be.

    Examples
    --------
    >>> file_name("Zoë O'Neil"), file_name("mary@uni.org"), file_name("../50%"), file_name("con")
    ("Zoë O'Neil", 'mary@uni.org', '%2E.%2F50%25', '%63on')
    """
    name = "".join(
        letter if letter.isalnum() or letter in " _-@'+,." else quote(letter, safe="")
        for letter in learner
    )
    # Windows keeps some names for itself, whatever their ending
    if name and (name.startswith(".") or not is_portable(f"{name[:_LONGEST]}.html")):
        name = f"%{ord(name[0]):02X}{name[1:]}"
    if len(name.encode()) > _LONGEST:
        raise ValueError("the id is too long for the name of a file")
    return name


def _why(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"the {first['loc'][0]} should {first['msg'].removeprefix('String should ')}"
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__


def _refuse_unknown(kind: str, asked: Collection[str], known: Collection[str]) -> None:
    for name in asked:
        if name not in known:
            raise IssueError(f"There is no {kind} '{name}'. There are: {', '.join(sorted(known))}.")
