"""``fourps grade key``, ``record`` and ``verify``: signed records of completion."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fourps.cli.grade_options import MISSING, Course, Root
from fourps.cli.printing import course as find_course
from fourps.cli.printing import errors, fail, out, printable
from fourps.course.problem import BrokenSourceError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from fourps.grading.certificate.revoked import RevokedList

KEYS = "keys"
_PROVES = (
    "This proves that whoever has that key issued the record, and nothing more. It is no "
    "accreditation, and qualifies nobody to identify or interview a trafficked person."
)


def grade_key(
    *,
    passphrase: Annotated[
        bool, typer.Option("--passphrase", help="Ask for a passphrase that locks the key.")
    ] = False,
    course: Course = Path("autograder"),
) -> None:
    """Make the key that signs records of completion. Example: fourps grade key --passphrase."""
    try:
        from fourps.grading.certificate import revoked
        from fourps.grading.certificate.keys import PRIVATE, PUBLIC, KeyFileError, fingerprint
        from fourps.grading.certificate.new_keys import make
    except ImportError as error:
        raise fail(MISSING.format(error)) from error
    lock = (
        typer.prompt("Passphrase", hide_input=True, confirmation_prompt=True) if passphrase else ""
    )
    try:
        key = make(course / KEYS, lock)
    except (KeyFileError, OSError) as error:
        raise fail(error) from error
    for line in (
        f"{course / KEYS / PRIVATE} signs records. Nobody else may have it; keep a copy.",
        f"{course / KEYS / PUBLIC} checks them. Publish it where people know that it is yours.",
        f"{course / KEYS / revoked.FILE} lists those that you revoke. Publish it beside that.",
        f"Fingerprint: {fingerprint(key)}",
    ):
        out.print(line, markup=False, highlight=False)


def grade_record(
    learners: Annotated[
        list[str] | None,
        typer.Argument(metavar="[LEARNER]...", help="Who; by default everybody."),
    ] = None,
    *,
    issuer: Annotated[str, typer.Option(help="The organisation that issues the records.")],
    marked_by: Annotated[str, typer.Option(help="Who marked the written tasks; it stands there.")],
    module: Annotated[
        list[str] | None,
        typer.Option(help="Only this module; may be given again.", show_default=False),
    ] = None,
    names: Annotated[
        Path | None,
        typer.Option(help="CSV with learner and name, of those who want it.", show_default=False),
    ] = None,
    language: Annotated[str, typer.Option(help="Of the records: en or fr.")] = "en",
    to: Annotated[
        Path | None,
        typer.Option(help="The folder to write into.", show_default="records in the course"),
    ] = None,
    key: Annotated[Path | None, typer.Option(help="The private key.", show_default=False)] = None,
    course: Course = Path("autograder"),
    root: Root = None,
) -> None:
    """Write signed records of completion. Example: fourps grade record --issuer A --marked-by B.

    Only marks in the gradebook count, and only where a person has marked every written task.
    An untouched one has 0 by itself, which is no marking: enter the 0.
    """
    try:
        from fourps.grading.certificate.issue import issue
        from fourps.grading.certificate.keys import PRIVATE, KeyFileError
        from fourps.grading.certificate.order import IssueError, Order, read_names
        from fourps.grading.clock import today
        from fourps.grading.gradebook.opening import NoGradebookError
        from fourps.grading.gradebook.settings import NoCourseError
    except ImportError as error:
        raise fail(MISSING.format(error)) from error
    try:
        path = key or course / KEYS / PRIVATE
        private = _unlocked(path)
        order = Order(
            issuer,
            marked_by,
            today(),
            keys=path.parent,
            out=to or course / "records",
            learners=learners or (),
            modules=module or (),
            names=read_names(names) if names else {},
            language=language,
        )
        with errors.status("Writing records ..."):
            done = issue(course, find_course(root), private, order)
    except (
        IssueError,
        KeyFileError,
        NoGradebookError,
        NoCourseError,
        BrokenSourceError,
        OSError,
    ) as error:
        raise fail(error) from error
    for line in done.remarks:
        errors.print(printable(line), markup=False, highlight=False)
    for path in done.written:
        out.print(str(path), markup=False, highlight=False)
    if done.stopped:
        raise fail(done.stopped)
    if not done.written:
        raise fail("No record was written.")
    if done.refused:
        raise typer.Exit(1)


def grade_revoke(
    who: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[LEARNER|NUMBER]...",
            help="Whose records, or which; with none the list is signed anew, with today's date.",
        ),
    ] = None,
    *,
    reason: Annotated[
        str, typer.Option(help="Why; it stands in the list, for everybody to read.")
    ] = "",
    key: Annotated[Path | None, typer.Option(help="The private key.", show_default=False)] = None,
    course: Course = Path("autograder"),
) -> None:
    """Revoke records of completion. Example: fourps grade revoke ada --reason "Issued in error".

    Writes the signed list that is published beside the public key, and that `verify` reads. It has
    numbers of records, and neither ids nor names.
    """
    try:
        from fourps.grading.certificate import revoked
        from fourps.grading.certificate.issued import RevokeError, revoke
        from fourps.grading.certificate.keys import PRIVATE, KeyFileError
    except ImportError as error:
        raise fail(MISSING.format(error)) from error
    path = key or course / KEYS / PRIVATE
    try:
        now = datetime.now(UTC)
        made = revoke(path.parent, _unlocked(path), who or (), reason, now)
    except (RevokeError, revoked.RevokedListError, KeyFileError, OSError) as error:
        raise fail(error) from error
    out.print(
        f"{path.parent / revoked.FILE}: list {made.number}, {len(made.records)} revoked. "
        "Publish it beside the public key.",
        markup=False,
        highlight=False,
    )


def grade_verify(
    file: Annotated[Path, typer.Argument(help="A record: HTML, PDF or its signed line.")],
    key: Annotated[Path, typer.Option(help="The issuer's public key, from a place you trust.")],
    revoked: Annotated[
        Path | None,
        typer.Option(
            help="The issuer's list of revoked records.",
            show_default="record-revoked.jws beside the key",
        ),
    ] = None,
) -> None:
    """Check a record of completion. Example: fourps grade verify a.pdf --key key.pub.pem.

    Ends with 1 if anything was changed, another key signed it or it was revoked.
    """
    try:
        from fourps.grading.certificate import revoked as lists
        from fourps.grading.certificate.keys import KeyFileError, fingerprint, public
        from fourps.grading.certificate.statement import RecordFileError, verify
        from fourps.grading.certificate.wording import JOINERS
    except ImportError as error:
        raise fail(MISSING.format(error)) from error
    try:
        holder = public(key)
        stated = verify(file.read_bytes(), holder, fingerprint(holder))
        if revoked and not revoked.exists():
            raise fail(f"There is no list {revoked}.")
        path = revoked or key.with_name(lists.FILE)
        seen = Path(typer.get_app_dir("fourps")) / "revoked"
        known = lists.newest(path, holder, seen)
    except RecordFileError as error:
        raise fail(f"{file.name} is not valid: {error}") from error
    except (KeyFileError, lists.RevokedListError, OSError) as error:
        raise fail(error) from error
    try:
        lists.remember(path, holder, seen)
    except OSError as error:
        errors.print(f"{seen} cannot keep this list: {error.strerror}.", markup=False)
    if known and (gone := known.of(stated.number)):
        raise fail(f"{file.name} was revoked on {gone.day.isoformat()}: {gone.reason}")
    modules = ", ".join(f"{one.title} ({one.way})" for one in stated.modules)
    for line in (
        f"Valid: signed with the key {stated.key}.",
        f"Number: {stated.number}",
        f"Issued by: {stated.issuer}, {stated.issued.isoformat()}",
        f"For: {stated.holder} (id {stated.learner})",
        f"Marked by: {stated.marker}, on {stated.marked.isoformat()} at the latest",
        f"Course: {stated.course} {stated.version}; {stated.hours:g} hours planned",
        f"Completed: {modules}",
        _not_revoked(known),
        _PROVES,
    ):
        # what a stranger signed may hold what a terminal obeys
        safe = "".join(one if one.isprintable() or one in JOINERS else "?" for one in line)
        out.print(safe, markup=False, highlight=False)


def _not_revoked(known: RevokedList | None) -> str:
    if known is None:
        return (
            "No list of revoked records was found beside the key. Ask the issuer for the newest: "
            "this one may have been revoked."
        )
    days = max(0, (datetime.now(UTC) - known.signed).days)
    return (
        f"Not revoked in list {known.number} of {known.signed:%Y-%m-%d}, "
        f"{days} day{'s' * (days != 1)} old. "
        "The issuer may have a newer one."
    )


def _unlocked(path: Path) -> Ed25519PrivateKey:
    from fourps.grading.certificate.keys import LockedKeyError, private

    try:
        return private(path)
    except LockedKeyError:
        return private(path, typer.prompt("Passphrase", hide_input=True))
