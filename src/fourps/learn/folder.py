"""The learner's folder: newer releases come in, and the learner's work is never overwritten.

``.fourps.json`` remembers, for every file, the hash of each content that was ever released under
its name. A file with such a content was not touched and may be replaced; any other is the
learner's. The hashes are written before the files, so that a crash in between loses nothing.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path  # noqa: TC003 - the dataclass is documented by it
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import ValidationError

from fourps.course.english.exercises import HANDING_IN
from fourps.course.source import Strict
from nbseal.base.errors import UserError
from nbseal.base.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable

MANIFEST = ".fourps.json"


class FolderError(UserError):
    """A folder that cannot be used; the message says what to do."""

    texts = HANDING_IN


class KnownFile(Strict):
    """What was released under one name."""

    released: list[str] = []
    """The `digest` of each content."""
    offered: str = ""
    """That of the newest one that the learner was given, here or beside."""


class FolderManifest(Strict):
    """The document ``.fourps.json``."""

    format: Literal[1] = 1
    language: str = "en"
    """Of the notebooks that were written last."""
    files: dict[str, KnownFile] = {}


class Change(NamedTuple):
    """What became of one file."""

    path: str
    """Where its content is now, within the folder."""
    what: Literal["new", "updated", "beside", "same"]
    """``new``, ``updated``, ``beside`` (the learner's own file was left alone) or ``same``."""


def update(
    folder: Path, files: Iterable[tuple[str, bytes]], release: str, language: str = "en"
) -> list[Change]:
    """Bring a folder to a release, and return one change for each file.

    Parameters
    ----------
    folder
        It is made if it is missing.
    files
        The path within the folder and the content of each.
    release
        Names what is put beside a learner's file.
    language
        Of the notebooks.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = update(folder, [("a.ipynb", b"one")], "0.1.0")
    >>> _ = (folder / "a.ipynb").write_text("mine")
    >>> update(folder, [("a.ipynb", b"two")], "0.2.0")
    [Change(path='a (release 0.2.0).ipynb', what='beside')]
    >>> (folder / "a.ipynb").read_text()
    'mine'
    """
    contents = dict(files)
    known = _read(folder).files
    changes = {name: _plan(folder, name, data, known, release) for name, data in contents.items()}
    remembered = dict(known)
    for name, data in contents.items():
        for target in {name, changes[name].path}:
            remembered[target] = _add(remembered.get(target, KnownFile()), digest(data))
    _write(folder, language, remembered)
    for name, change in changes.items():
        if change.what != "same":
            write_whole(folder / change.path, contents[name])
    for name, data in contents.items():
        offered = {"offered": digest(data)}
        remembered[name] = remembered[name].model_copy(update=offered)
    _write(folder, language, remembered)
    return list(changes.values())


def _plan(
    folder: Path, name: str, data: bytes, known: dict[str, KnownFile], release: str
) -> Change:
    """Decide where a content goes."""
    path = folder / name
    if path.is_dir():
        raise FolderError.of("folder-taken", path=path)
    if not path.exists():
        return Change(name, "new")
    current = digest(path.read_bytes())
    before = known.get(name, KnownFile())
    if current == digest(data):
        return Change(name, "same")
    if current in before.released:
        return Change(name, "updated")
    if before.offered == digest(data):
        return Change(name, "same")
    stem, _, suffix = name.rpartition(".")
    number = 1
    while True:
        again = f", {number}" if number > 1 else ""
        beside = f"{stem} (release {release}{again}).{suffix}"
        other = folder / beside
        if not other.exists() or digest(other.read_bytes()) in (
            *known.get(beside, KnownFile()).released,
            digest(data),
        ):
            return Change(beside, "beside")
        number += 1


def _add(known: KnownFile, digest: str) -> KnownFile:
    released = [*known.released, *([] if digest in known.released else [digest])]
    return known.model_copy(update={"released": released})


def digest(data: bytes) -> str:
    r"""Return the SHA-256 of what somebody wrote in a notebook.

    JupyterLab saves a notebook that was only opened or run with other metadata, outputs and
    perhaps an empty cell: they are nobody's work. Any other file counts with all its bytes.

    Examples
    --------
    >>> first = b'{"cells": [{"cell_type": "code", "source": "1 + 1", "outputs": []}]}'
    >>> other = b'{"cells": [{"cell_type": "code", "source": ["1 + 1"], "outputs": [2]}]}'
    >>> digest(first) == digest(other)
    True
    """
    try:
        cells = [
            [cell["cell_type"], "".join(cell["source"]), cell.get("attachments")]
            for cell in json.loads(data)["cells"]
        ]
        written = [cell for cell in cells if cell[1].strip() or cell[2]]
        data = json.dumps(written, sort_keys=True).encode()
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        pass
    return hashlib.sha256(data).hexdigest()


def language_of(folder: Path) -> str:
    """Return the language of a folder's notebooks; English, if there are none.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = update(folder, [("a.ipynb", b"un")], "0.1.0", "fr")
    >>> language_of(folder), language_of(folder / "other")
    ('fr', 'en')
    """
    return _read(folder).language


def _read(folder: Path) -> FolderManifest:
    path = folder / MANIFEST
    if not path.exists():
        return FolderManifest()
    try:
        return FolderManifest.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise FolderError.of("folder-notes", path=path) from error


def _write(folder: Path, language: str, files: dict[str, KnownFile]) -> None:
    manifest = FolderManifest(language=language, files=dict(sorted(files.items())))
    write_whole(folder / MANIFEST, f"{manifest.model_dump_json(indent=1)}\n".encode())
