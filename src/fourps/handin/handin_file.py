"""The hand-in file: what a learner gives to a facilitator, and how it is read with care.

A zip with two entries: ``exercise.ipynb``, and ``handin.json`` (format 1), which names the
exercise, the release, the learner's id, the records that the learner chose to give, and the hash
of the notebook.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, ValidationError

from fourps.course.source import Identifier, Strict
from fourps.handin.released_exercise import Release
from nbseal.base.errors import RefusedError
from nbseal.base.from_outside import shown
from nbseal.base.handins import LEARNER
from nbseal.base.notebook_file import LARGEST
from nbseal.base.zip_entry import BROKEN, EntryError, pack, trouble, unpack

if TYPE_CHECKING:
    from pathlib import Path

NOTEBOOK = "exercise.ipynb"
MANIFEST = "handin.json"
Learner = Annotated[str, Field(pattern=f"^{LEARNER}$")]
RecordLine = Annotated[str, Field(pattern=r"^fourps1:[!-~]{1,2000}$")]


class HandInError(RefusedError):
    """A hand-in file that is refused; the message is one line for whoever collects."""


class Manifest(Strict):
    """The document ``handin.json``."""

    format: Literal[1] = 1
    """1."""
    exercise: Identifier
    release: Release
    """The exercise, and the version of the course that it was released with."""
    learner: Learner
    """The id that the learner gave, or a pseudonym."""
    records: Annotated[list[RecordLine], Field(max_length=100)] = []
    """Decision and quiz records. They show practice and are never marked."""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """Of the notebook."""


@dataclass(frozen=True)
class HandIn:
    """What was handed in."""

    manifest: Manifest
    """What it says about itself. Nobody has vouched for it."""
    notebook: bytes
    """The notebook's bytes. They are JSON from a stranger."""


def write_handin(handin: HandIn) -> bytes:
    """Return a hand-in file; the same hand-in gives the same bytes.

    Examples
    --------
    >>> digest = hashlib.sha256(b"{}").hexdigest()
    >>> about = {"exercise": "protection", "release": "0.1.0", "learner": "ada", "sha256": digest}
    >>> handin = HandIn(Manifest(**about), b"{}")
    >>> write_handin(handin) == write_handin(handin)
    True
    """
    manifest = f"{handin.manifest.model_dump_json(indent=1)}\n".encode()
    return pack([(MANIFEST, manifest), (NOTEBOOK, handin.notebook)])


def read_handin(path: Path) -> HandIn:
    """Read a hand-in file, and refuse whatever is not exactly one.

    Nothing is written to disk, and no entry is unpacked beyond 20 MB.

    Parameters
    ----------
    path
        The file, from anybody.

    Raises
    ------
    HandInError
        In one line: what is wrong with it.
    """
    name = shown(path.name)
    try:
        if path.stat().st_size > LARGEST:
            raise HandInError(f"{name}: over 20 MB; refused.", noted="refused-large")
        data = path.read_bytes()
    except OSError as error:
        raise HandInError(f"{name}: cannot be read: {error.strerror}.") from error
    return parse_handin(data, path.name)


def parse_handin(file: bytes | zipfile.ZipFile, name: str) -> HandIn:
    """Read a hand-in file from its bytes, or one that is open, as `read_handin` does.

    Raises
    ------
    HandInError
        In one line, which begins with `name`: what is wrong with it.

    Examples
    --------
    >>> parse_handin(b"PK", "ada.zip")
    Traceback (most recent call last):
    fourps.handin.handin_file.HandInError: ada.zip: no hand-in: it is not a whole zip file.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(file)) if isinstance(file, bytes) else file
        return _read(archive, shown(name))
    except HandInError:
        raise
    except EntryError as error:
        raise HandInError(f"{shown(name)}: {error}", noted=error.noted) from error
    except BROKEN as error:
        raise HandInError(f"{shown(name)}: no hand-in: it is not a whole zip file.") from error


def _read(archive: zipfile.ZipFile, name: str) -> HandIn:
    entries = _entries(archive, name)
    if MANIFEST not in entries:
        raise HandInError(f"{name}: no hand-in: there is no {MANIFEST} in it.")
    manifest = _manifest(unpack(archive, entries[MANIFEST]), name)
    if NOTEBOOK not in entries:
        raise HandInError(f"{name}: there is no notebook ({NOTEBOOK}) in it.")
    notebook = unpack(archive, entries[NOTEBOOK])
    if hashlib.sha256(notebook).hexdigest() != manifest.sha256:
        raise HandInError(f"{name}: the notebook is not the one that was packed.")
    return HandIn(manifest, notebook)


def _entries(archive: zipfile.ZipFile, name: str) -> dict[str, zipfile.ZipInfo]:
    """Return the entries by name, once nothing about their names and sizes is odd."""
    entries: dict[str, zipfile.ZipInfo] = {}
    for entry in archive.infolist():
        if refused := trouble(entry):
            raise refused
        if entry.filename not in (MANIFEST, NOTEBOOK):
            raise HandInError(
                f"{name}: {shown(entry.filename)} does not belong in a hand-in; refused."
            )
        if entry.filename in entries:
            raise HandInError(f"{name}: {entry.filename} is in it twice; refused.")
        entries[entry.filename] = entry
    return entries


def _manifest(data: bytes, name: str) -> Manifest:
    try:
        return Manifest.model_validate_json(data.removeprefix(codecs.BOM_UTF8))
    except (ValidationError, RecursionError) as error:
        where = ""
        if isinstance(error, ValidationError):
            where = ".".join(map(str, error.errors()[0]["loc"]))
        if where == "format":
            raise HandInError(
                f"{name}: another format of hand-in; install the newest course."
            ) from error
        at = f" at {shown(where)}" if where else ""
        raise HandInError(f"{name}: {MANIFEST} is not as it should be{at}.") from error
