"""Uploads: the files of a folder or a zip, read one at a time, and what is refused by name."""

from __future__ import annotations

import io
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from nbseal.base.errors import RefusedError
from nbseal.base.from_outside import shown
from nbseal.base.notebook_file import LARGEST
from nbseal.base.profile import profile
from nbseal.base.zip_entry import BROKEN, EntryError, trouble, unpack
from nbseal.clock import utc
from nbseal.machine import of_this_machine
from nbseal.moodle.file_names import place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import tzinfo

# of a download, and of a zip that a learner made
MOST_ENTRIES, MOST_INSIDE = 100_000, 200
MOST_BYTES, MOST_BYTES_INSIDE = 100_000_000_000, 100_000_000
# endings of what can be a hand-in
KINDS = (".zip", ".ipynb", ".txt")
_UTF8 = 0x800
_DIRECTORY = b"PK\x01\x02"
_LARGEST_PATH = 1_000


class ArchiveError(RefusedError):
    """A zip file that is refused as a whole; the message names it."""


@dataclass(frozen=True)
class Upload:
    """A file that may be a hand-in."""

    parts: tuple[str, ...]
    """Its path in the folder or zip."""
    time: datetime | None
    """When it was last changed, in UTC, as the folder or zip says."""
    read: Callable[[], bytes]
    """Returns its bytes, never more than 20 MB."""

    @property
    def name(self) -> str:
        """The path in one line that can be printed."""
        return shown("/".join(self.parts))

    @property
    def suffix(self) -> str:
        """The ending of the file's name, in small letters."""
        return PurePosixPath(self.parts[-1]).suffix.lower()


@dataclass
class Uploads:
    """All that was handed in at once."""

    files: list[Upload] = field(default_factory=list)
    """In the order of their paths."""
    refused: list[tuple[tuple[str, ...], RefusedError]] = field(default_factory=list)
    """Path of each entry that is not read, and what names it and says why."""
    folders: set[str] = field(default_factory=set)
    """Names of the folders that lie at the top, empty ones too."""

    @property
    def is_handin(self) -> bool:
        """Whether it is a hand-in file of the course's own."""
        manifest = profile().handins.manifest
        return any(upload.parts == (manifest,) for upload in self.files)


@dataclass
class UploadsInZip(Uploads):
    """All that was handed in as a zip."""

    archive: zipfile.ZipFile = field(kw_only=True)
    """The zip, open."""


@contextmanager
def opened(source: Path, zone: tzinfo | None) -> Iterator[Uploads]:
    """Open what was handed in: a folder, a zip or a single file.

    Parameters
    ----------
    source
        The folder or file.
    zone
        Where the clock was that a zip was packed by; by default this computer's.
    """
    if source.is_dir():
        yield in_folder(source)
        return
    if source.suffix.lower() == ".zip":
        with in_zip(source, shown(source.name), zone) as uploads:
            if not uploads.is_handin:
                yield _unwrapped(uploads)
                return
    yield Uploads([_of_file(source)])


def _unwrapped(uploads: Uploads) -> Uploads:
    """Leave out a folder that holds all the rest, as a zip of a folder has it."""
    first = {upload.parts[0] for upload in uploads.files}
    deep = all(len(upload.parts) > 1 for upload in uploads.files)
    if len(first) != 1 or not deep or len(uploads.files) == 1 or place(tuple(first)):
        return uploads
    files = [replace(upload, parts=upload.parts[1:]) for upload in uploads.files]
    return Uploads(files, [(parts[1:] or parts, why) for parts, why in uploads.refused])


def in_folder(folder: Path) -> Uploads:
    """List the files of a folder and of those in it; links and hidden files are never followed.

    Parameters
    ----------
    folder
        What was handed in, from anybody.
    """
    uploads = Uploads()
    for path in sorted(_walk(folder)):
        parts = path.relative_to(folder).parts
        if path.is_dir() and not path.is_symlink():
            uploads.folders.add(parts[0])
        elif path.is_symlink() or not path.is_file():
            why = EntryError(f"{shown('/'.join(parts))}: no ordinary file; left out.")
            uploads.refused.append((parts, why))
        else:
            uploads.files.append(_of_file(path, parts))
    return uploads


def _of_file(path: Path, parts: tuple[str, ...] = ()) -> Upload:
    time = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Upload(parts or (path.name,), time, partial(_bytes, path))


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > LARGEST:
        raise EntryError("over 20 MB; refused.", noted="refused-large")
    return path.read_bytes()


@contextmanager
def in_zip(file: Path | bytes, name: str, zone: tzinfo | None = None) -> Iterator[UploadsInZip]:
    """List the files of a zip, which stays open: each is unpacked, alone, when it is read.

    Entries whose names lead out of the folder or are not UTF-8, links and special files, encrypted,
    oversize, too tightly packed and repeated ones are refused by name.

    Parameters
    ----------
    file
        A file, which may be large, or the bytes of a small zip that lay in another.
    name
        What it is called in messages.
    zone
        Where the clock was that it was packed by; by default this computer's.

    Raises
    ------
    ArchiveError
        If it is no whole zip file, or has too many entries or bytes.
    """
    inside = isinstance(file, bytes)
    most, most_bytes = (MOST_INSIDE, MOST_BYTES_INSIDE) if inside else (MOST_ENTRIES, MOST_BYTES)
    # before the library makes an object of each entry
    if isinstance(file, bytes) and file.count(_DIRECTORY) > most:
        raise ArchiveError(f"{name}: over {most} entries; refused.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(file) if isinstance(file, bytes) else file)
    except BROKEN as error:
        if of_this_machine(error):
            raise
        raise ArchiveError(f"{name}: it is not a whole zip file.") from error
    with archive:
        entries = archive.infolist()
        if len(entries) > most:
            raise ArchiveError(f"{name}: over {most} entries; refused.")
        if sum(entry.file_size for entry in entries) > most_bytes:
            raise ArchiveError(f"{name}: over {most_bytes // 10**6} MB when unpacked; refused.")
        yield _sort(archive, name, zone)


def _sort(archive: zipfile.ZipFile, name: str, zone: tzinfo | None) -> UploadsInZip:
    uploads = UploadsInZip(archive=archive)
    seen: set[str] = set()
    for entry in archive.infolist():
        parts = PurePosixPath(entry.filename).parts
        if not parts or any(map(_is_hidden, parts)):
            continue
        if entry.is_dir():
            uploads.folders.add(parts[0])
            continue
        why = trouble(entry)
        called = shown(entry.filename)
        if not entry.flag_bits & _UTF8 and not entry.orig_filename.isascii():
            why = EntryError(f"the name {called} is not UTF-8; give it plain letters.")
        if len(entry.filename) > _LARGEST_PATH:
            why = EntryError(f"the name {called} is too long; refused.")
        if entry.filename in seen:
            why = EntryError(f"{called} is in it twice; the first is taken.")
        seen.add(entry.filename)
        if why:
            uploads.refused.append((parts, EntryError(f"{name}: {why}", noted=why.noted)))
        else:
            read = partial(unpack, archive, entry)
            uploads.files.append(Upload(parts, _time(entry, zone), read))
    uploads.files.sort(key=lambda upload: upload.parts)
    return uploads


def _time(entry: zipfile.ZipInfo, zone: tzinfo | None) -> datetime | None:
    try:
        return utc(datetime(*entry.date_time), zone)  # noqa: DTZ001 - a zip's clock has no zone
    except (ValueError, OverflowError):
        return None


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if _is_hidden(path.name):
            continue
        yield path
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)


def _is_hidden(part: str) -> bool:
    """Say whether a file or folder is a program's own, and nobody's work."""
    if part == "__MACOSX":
        return True
    if not part.startswith(".") or part == "..":
        return False
    # Moodle writes ". Suharto" of somebody with one name; macOS puts "._" before what it keeps of
    # a file, and a dot alone before a number is such a name again
    return not place((part,)) or bool(place((part.removeprefix("._"),)) and part.startswith("._"))
