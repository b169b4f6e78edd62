"""Issue records to those who have completed exercises."""

from __future__ import annotations

import csv
import secrets
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import quote

from pydantic import ValidationError

from fourps.course.error import FourpsError
from fourps.course.outcomes import load as load_outcomes
from fourps.course.words import languages
from fourps.grading.certificate.criteria import hours, way
from fourps.grading.certificate.first_seen import seen
from fourps.grading.certificate.issued import note
from fourps.grading.certificate.keys import fingerprint
from fourps.grading.certificate.pdf import CannotPrintError, pdf
from fourps.grading.certificate.statement import Completed, Statement
from fourps.grading.certificate.web_page import page
from fourps.grading.gradebook.marks import read_marks
from fourps.grading.gradebook.opening import gradebook
from fourps.grading.machine import stopped, stops_all
from fourps.grading.time_limit import in_time
from fourps.whole_files import remove, write_whole

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from fourps.grading.gradebook.marks import Marks

COURSE = "Four Ps"
# bytes of a file's name that every system has, with room for what is added
_LONGEST = 200


class IssueError(FourpsError):
    """Nothing can be issued; the message says what to do."""


@dataclass
class Issued:
    """What was issued.

    Attributes
    ----------
    written
        The files.
    remarks
        One line for each learner without a record, and each record without a PDF.
    refused
        Learners who should have a record, and for whom none could be made.
    stopped
        Why nothing more could be written, such as a full disk; empty if all was.
    """

    written: list[Path] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    stopped: str = ""


def issue(
    course: Path,
    root: Path,
    key: Ed25519PrivateKey,
    *,
    keys: Path,
    issuer: str,
    marker: str,
    day: date,
    out: Path,
    learners: Collection[str] = (),
    modules: Collection[str] = (),
    names: dict[str, str] | None = None,
    language: str = "en",
) -> Issued:
    """Write records of what learners have completed, as page and as PDF.

    Only marks of the gradebook count, and only where a person has marked every written task.

    Parameters
    ----------
    course
        nbgrader's folder.
    root
        The folder of the course, which knows the modules.
    key
        The issuer's private key.
    keys
        The folder where it is noted which records the key signed.
    issuer
        The organisation that issues the records.
    marker
        Who marked the written tasks; nbgrader does not know.
    day
        The date on them.
    out
        Where ``<learner>.html`` and ``<learner>.pdf`` go, the id written as `file_name` does.
    learners, modules
        Who and what; by default everybody and everything.
    names
        The names of those who want theirs on the record, by id.
    language
        Of the records.

    Returns
    -------
    Issued
        The files, and who has no record and why.

    Raises
    ------
    IssueError
        If a learner, module or language is unknown, or the issuer or marker is empty.
    NoGradebookError
        If there is no gradebook.
    """
    _refuse_unknown("language", [language], languages())
    titles = {
        path.parent.name: load_outcomes(path)[0].title
        for path in sorted(root.glob("modules/*/outcomes.yaml"))
    }
    _refuse_unknown("module", modules, titles)
    if not issuer.strip():
        raise IssueError("Say which organisation issues the records: --issuer NAME.")
    if not marker.strip():
        raise IssueError("Say who marked the written tasks: --marked-by NAME.")
    with gradebook(course) as book:
        marks = [one for one in read_marks(book) if one.assignment in (modules or titles)]
        people = {one.id for one in book.students}
    _refuse_unknown("learner", learners, people)
    marked = seen(course, marks, day)

    def state(learner: str, mine: dict[str, Marks]) -> Statement | None:
        completed = [
            Completed(
                id=name, title=title, way=found, hours=hours(name), marked=marked[name, learner]
            )
            for name, title in titles.items()
            if name in mine and (found := way(mine[name]))
        ]
        if not completed:
            return None
        return Statement(
            number=secrets.token_hex(8),
            course=COURSE,
            version=version("fourps"),
            language=language,
            issuer=issuer.strip(),
            issued=day,
            learner=learner,
            name=(names or {}).get(learner, ""),
            marker=marker.strip(),
            modules=completed,
            whole=len(completed) == len(titles),
            key=fingerprint(key.public_key()),
            document="0" * 64,
        )

    done = Issued()
    for learner in sorted(learners or {one.learner for one in marks}):
        mine = {one.assignment: one for one in marks if one.learner == learner}
        done.remarks += _waiting(learner, mine)
        before = len(done.written)
        try:
            with in_time():
                _refuse_broken(mine)
                if statement := state(learner, mine):
                    _write(out / file_name(learner), statement, key, keys, done)
                else:
                    done.remarks.append(f"{learner}: no exercise is completed; no record.")
        # whatever is wrong with one, the others get theirs
        except Exception as error:  # noqa: BLE001
            if stops_all(error):
                done.stopped = stopped(error)
                break
            done.refused.append(learner)
            left = [f"only {one.name} was written" for one in done.written[before:]]
            done.remarks.append(f"{learner}: {_why(error)}; {(left or ['no record'])[0]}.")
    return done


def _refuse_broken(mine: dict[str, Marks]) -> None:
    """Refuse marks of which a part cannot be read: the rest would say something else."""
    for name, one in mine.items():
        if one.trouble:
            raise ValueError(f"{name} cannot be read, since {one.trouble}")


def file_name(learner: str) -> str:
    """Return the name of a learner's files, without its ending; no two learners share one.

    Raises
    ------
    ValueError
        If it would be longer than the name of a file may be.

    Examples
    --------
    >>> file_name("Zoë O'Neil"), file_name("mary@uni.org"), file_name("../50%")
    ("Zoë O'Neil", 'mary@uni.org', '%2E.%2F50%25')
    """
    name = "".join(
        one if one.isalnum() or one in " _-@'+,." else quote(one, safe="") for one in learner
    )
    if name.startswith("."):
        name = f"%2E{name[1:]}"
    if len(name.encode()) > _LONGEST:
        raise ValueError("the id is too long for the name of a file")
    return name


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


def _why(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"the {first['loc'][0]} should {first['msg'].removeprefix('String should ')}"
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__


def _waiting(learner: str, mine: dict[str, Marks]) -> list[str]:
    return [
        f"{learner}: {name} is not counted, since nobody has marked {', '.join(one.unmarked)}."
        for name, one in mine.items()
        if one.unmarked
    ]


def _write(
    place: Path, statement: Statement, key: Ed25519PrivateKey, keys: Path, done: Issued
) -> None:
    note(keys, statement)
    # ids may hold dots, so no suffix is replaced
    path = place.with_name(f"{place.name}.html")
    write_whole(path, page(statement, key))
    done.written.append(path)
    path = place.with_name(f"{place.name}.pdf")
    try:
        data = pdf(statement, key)
    except CannotPrintError as error:
        # an older one would say something else than the page
        remove(path)
        done.remarks.append(f"{statement.learner}: {error}")
        return
    write_whole(path, data)
    done.written.append(path)


def _refuse_unknown(kind: str, asked: Collection[str], known: Collection[str]) -> None:
    for one in asked:
        if one not in known:
            raise IssueError(f"There is no {kind} '{one}'. There are: {', '.join(sorted(known))}.")
