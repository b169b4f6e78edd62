"""``fourps grade key``, ``record``, ``revoke`` and ``verify``: certificates.

What is printed calls a certificate a record of completion, as its paper does.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fourps.cli.printing import Root, find_course
from nbseal.cli.printing import Course, errors, fail, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from fourps.grading.certificate.issue import Issued
    from fourps.grading.certificate.record import Statement
    from fourps.grading.certificate.revocation import RevokedList

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
    from fourps.grading.certificate.new_keys import make_keys
    from fourps.grading.certificate.revocation import LIST
    from fourps.grading.certificate.signature import PRIVATE, PUBLIC, fingerprint

    lock = (
        typer.prompt("Passphrase", hide_input=True, confirmation_prompt=True) if passphrase else ""
    )
    key = make_keys(course / KEYS, lock)
    say(
        f"{course / KEYS / PRIVATE} signs records. Nobody else may have it; keep a copy.",
        f"{course / KEYS / PUBLIC} checks them. Publish it where people know that it is yours.",
        f"{course / KEYS / LIST} lists those that you revoke. Publish it beside that.",
        f"Fingerprint: {fingerprint(key)}",
    )


def grade_record(
    learners: Annotated[
        list[str] | None,
        typer.Argument(metavar="[LEARNER]...", help="Who; by default everybody."),
    ] = None,
    *,
    issuer: Annotated[str, typer.Option(help="The organisation that issues the records.")],
    marked_by: Annotated[str, typer.Option(help="Who marked the written tasks; records say so.")],
    module: Annotated[
        list[str] | None,
        typer.Option(help="Only this module; may be given again.", show_default=False),
    ] = None,
    names: Annotated[
        Path | None,
        typer.Option(help="CSV with learner and name, of those who want it.", show_default=False),
    ] = None,
    language: Annotated[str, typer.Option(help="The records' language: en or fr.")] = "en",
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
    from fourps.grading.certificate.issue import Order, issue, read_names
    from fourps.grading.certificate.signature import PRIVATE
    from nbseal.clock import today

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
    _tell(done)


def _tell(done: Issued) -> None:
    """Print what was written and what was not; end with 1 unless all was."""
    say(*done.remarks, to=errors)
    say(*map(str, done.written))
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
    from fourps.grading.certificate.revocation import LIST, revoke
    from fourps.grading.certificate.signature import PRIVATE

    path = key or course / KEYS / PRIVATE
    now = datetime.now(UTC)
    listed = revoke(path.parent, _unlocked(path), who or (), reason, now)
    say(
        f"{path.parent / LIST}: list {listed.number}, {len(listed.records)} revoked. "
        "Publish it beside the public key."
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
    from fourps.grading.certificate.record import RecordFileError, verify
    from fourps.grading.certificate.revocation import LIST, read_list
    from fourps.grading.certificate.signature import public

    holder = public(key)
    try:
        stated = verify(file.read_bytes(), holder)
    except RecordFileError as error:
        raise fail(f"{file.name} is not valid: {error}") from error
    if revoked and not revoked.exists():
        raise fail(f"There is no list {revoked}.")
    path = revoked or key.with_name(LIST)
    known = read_list(path, holder) if path.exists() else None
    if known and (gone := known.of(stated.number)):
        raise fail(f"{file.name} was revoked on {gone.day.isoformat()}: {gone.reason}")
    say(*_stated(stated), _not_revoked(known), _PROVES)


def _stated(record: Statement) -> Iterator[str]:
    modules = ", ".join(f"{module.title} ({module.way})" for module in record.modules)
    yield f"Valid: signed with the key {record.key}."
    yield f"Number: {record.number}"
    yield f"Issued by: {record.issuer}, {record.issued.isoformat()}"
    yield f"For: {record.holder} (id {record.learner})"
    yield f"Marked by: {record.marker}, on {record.marked.isoformat()} at the latest"
    yield f"Course: {record.course} {record.version}; {record.hours:g} hours planned"
    yield f"Completed: {modules}"


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
    from fourps.grading.certificate.signature import LockedKeyError, private

    try:
        return private(path)
    except LockedKeyError:
        return private(path, typer.prompt("Passphrase", hide_input=True))
