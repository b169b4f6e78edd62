"""Collect hand-ins into nbgrader's folder, one learner's trouble never stopping the others."""

from __future__ import annotations

import contextlib
import re
import unicodedata
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path  # noqa: TC003 - doctest reads the annotations
from typing import TYPE_CHECKING, Any, NamedTuple

import nbformat

from fourps.grading.command import NbgraderError, nbgrader
from fourps.grading.release import NOTEBOOK
from fourps.grading.restore import restore
from fourps.home.files import write_whole
from fourps.home.handin import MANIFEST, HandInError, Manifest, is_learner, read_handin
from fourps.home.notebook_file import NotebookFileError, dump, load, parse
from fourps.home.released import NotAnExerciseError
from fourps.home.released import read as read_release
from fourps.home.submit import check_records

if TYPE_CHECKING:
    from collections.abc import Callable

_LARGEST_MANIFEST = 1_000_000


class CollectError(Exception):
    """Nothing can be collected at all; the message says what to do."""


@dataclass
class Collection:
    """What was collected.

    Attributes
    ----------
    taken
        Learner and module of each hand-in.
    remarks
        One line for each file or learner that something is to be said about.
    """

    taken: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class _Found(NamedTuple):
    """One file, read and not yet written."""

    path: Path
    learner: str
    module: str
    notebook: Any
    time: datetime
    records: list[str]


def collect(
    folder: Path, course: Path, root: Path, progress: Callable[[int, int], None] | None = None
) -> Collection:
    """Take hand-ins from a folder into ``submitted/<learner>/<module>/``.

    The folder holds hand-in files (zip) or plain notebooks. A notebook's learner is named by the
    file, or by the folder that it lies in. The newest of several is taken. When a hand-in was made
    is the time of its file.

    Parameters
    ----------
    folder
        What was handed in, from anybody.
    course
        nbgrader's folder, in which exercises were released.
    root
        The folder of the course, whose scenarios and quizzes the records are checked against.
    progress
        Called with the number of files done and how many there are.

    Returns
    -------
    Collection
        What was taken, and what is wrong with the rest.

    Raises
    ------
    CollectError
        If the folder does not exist, or no exercise was released in the course.
    """
    if not folder.is_dir():
        raise CollectError(f"There is no folder {folder}.")
    released = {
        path.parent.name: nbformat.read(path, as_version=4)
        for path in sorted(course.glob(f"release/*/{NOTEBOOK}"))
    }
    if not released:
        raise CollectError(
            f"No exercise was released in {course}. Run: fourps grade release --course {course}"
        )
    collection = Collection()
    newest: dict[tuple[str, str], _Found] = {}
    files = _files(folder, course, collection)
    for number, (path, owner) in enumerate(files):
        if progress:
            progress(number, len(files))
        try:
            found = _read(path, owner, released, root, collection)
        except (HandInError, NotebookFileError, NotAnExerciseError) as error:
            said = str(error)
            collection.remarks.append(said if path.name in said else f"{path.name}: {said}")
            _enter(_learner(path, owner), course, collection)
            continue
        key = (found.learner, found.module)
        other = newest.get(key)
        if other:
            older, newer = sorted((other, found), key=lambda one: one.time)
            collection.remarks.append(
                f"{found.learner}: handed in twice; {newer.path.name} is newer than "
                f"{older.path.name} and is taken."
            )
            found = newer
        newest[key] = found
    for (learner, module), found in sorted(newest.items()):
        _write(course / "submitted" / learner / module, found, released[module], collection)
        collection.taken.append((learner, module))
    return collection


def _files(folder: Path, course: Path, collection: Collection) -> list[tuple[Path, str]]:
    """Return the files that may be hand-ins, each with the name of its folder, if it has one."""
    files: list[tuple[Path, str]] = []
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith("."):
            continue
        inside = sorted(entry.iterdir()) if entry.is_dir() and not entry.is_symlink() else None
        candidates = [path for path in inside or [entry] if path.suffix in (".zip", ".ipynb")]
        usable = [path for path in candidates if path.is_file() and not path.is_symlink()]
        files += [(path, entry.name if inside is not None else "") for path in usable]
        if not usable:
            what = "neither a hand-in (zip) nor a notebook; left out"
            said = what if inside is None else "there is no notebook in this folder"
            collection.remarks.append(f"{_shown(entry.name)}: {said}.")
            if inside is not None:
                _enter(_identifier(entry.name), course, collection)
    return files


def _read(
    path: Path, owner: str, released: dict[str, Any], root: Path, collection: Collection
) -> _Found:
    records: list[str] = []
    if path.suffix == ".zip":
        handin = read_handin(path)
        learner, module = handin.manifest.learner, handin.manifest.exercise
        release = handin.manifest.release
        notebook = parse(handin.notebook, path.name)
        records, refused = check_records(handin.manifest.records, root)
        collection.remarks += [f"{learner}: {line}" for line in refused]
    else:
        notebook = load(path)
        about = read_release(notebook)
        learner, module, release = _learner(path, owner), about.exercise, about.release
    if not is_learner(learner):
        raise HandInError(f"{_shown(path.name)}: give the file a name of letters and numbers.")
    if module not in released:
        raise HandInError(
            f"{_shown(path.name)}: the exercise '{module}' was not released in this course."
        )
    if release != version("fourps"):
        collection.remarks.append(
            f"{learner}: made with release {release} of the course; here is {version('fourps')}."
        )
    time = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return _Found(path, learner, module, notebook, time, records)


def _write(place: Path, found: _Found, released: Any, collection: Collection) -> None:
    missing = restore(found.notebook, released)
    if missing:
        collection.remarks.append(
            f"{found.learner}: cells were deleted and are put back as released: "
            f"{', '.join(missing)}."
        )
    write_whole(place / NOTEBOOK, dump(found.notebook))
    write_whole(place / "records.txt", "".join(f"{one}\n" for one in found.records).encode())
    # last, since nbgrader grades again when it is newer
    write_whole(place / "timestamp.txt", f"{found.time:%Y-%m-%d %H:%M:%S} UTC\n".encode())


def _learner(path: Path, owner: str) -> str:
    """Return whose a file is, or nothing: a hand-in says it, a notebook is named after it."""
    if path.suffix == ".zip":
        with (
            contextlib.suppress(OSError, ValueError, zipfile.BadZipFile, RuntimeError, KeyError),
            zipfile.ZipFile(path) as archive,
            archive.open(MANIFEST) as file,
        ):
            return Manifest.model_validate_json(file.read(_LARGEST_MANIFEST)).learner
        return ""
    return _identifier(owner or path.stem)


def _identifier(name: str) -> str:
    """Return a name of a file or folder as an id can be.

    Examples
    --------
    >>> _identifier("Zoë Brown (2)"), _identifier("../")
    ('Zoe-Brown-2', '')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", plain).strip("-._")[:64]


def _enter(learner: str, course: Path, collection: Collection) -> None:
    """Enter a learner whose hand-in cannot be graded, so that the export has a line with 0."""
    if not is_learner(learner):
        return
    try:
        nbgrader(course, "db", "student", "add", learner)
    except NbgraderError as error:
        collection.remarks.append(f"{learner}: {error}")


def _shown(name: str) -> str:
    return "".join(one if one.isprintable() else "?" for one in name)[:80]
