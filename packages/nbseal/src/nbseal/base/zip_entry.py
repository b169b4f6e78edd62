"""Entries of zip files: what is wrong with a stranger's, and its bytes; and how we pack ours."""

from __future__ import annotations

import io
import lzma
import re
import stat
import struct
import warnings
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from nbseal.base.errors import RefusedError
from nbseal.base.from_outside import shown
from nbseal.base.notebook_file import LARGEST

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

# what packs more tightly than this is no notebook
RATIO = 200
_SMALL = 1_000_000
_CHUNK = 1 << 16
_ENCRYPTED = 0x1
# the oldest day that a zip can name
_DATE = (1980, 1, 1, 0, 0, 0)
# what zipfile raises on documents that were broken by chance or on purpose
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)


class EntryError(RefusedError):
    """An entry that is refused; the message says which and why."""


def trouble(entry: zipfile.ZipInfo) -> EntryError | None:
    """Say what is wrong with an entry, as far as its name and header tell.

    Examples
    --------
    >>> trouble(zipfile.ZipInfo("../exercise.ipynb"))
    EntryError('the name ../exercise.ipynb leads out of the folder; refused.')
    """
    name = entry.filename
    outside = PurePosixPath(name).is_absolute() or re.match(r"[A-Za-z]:", name)
    if outside or "\\" in name or ".." in PurePosixPath(name).parts:
        return EntryError(f"the name {shown(name)} leads out of the folder; refused.")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return EntryError(f"{shown(name)} is a symbolic link; refused.")
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return EntryError(f"{shown(name)} is no ordinary file; refused.")
    if entry.flag_bits & _ENCRYPTED:
        return EntryError(f"{shown(name)} is encrypted; pack it again without a password.")
    if entry.file_size > LARGEST:
        return EntryError(
            f"{shown(name)} is over 20 MB when unpacked; refused.", noted="refused-large"
        )
    if entry.file_size > _SMALL and entry.file_size > RATIO * entry.compress_size:
        return EntryError(f"{shown(name)} is packed more tightly than any notebook is; refused.")
    return None


def unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Unpack an entry, and stop when there is more than it says.

    Raises
    ------
    EntryError
        If it is larger than it says, or lies where another entry does.
    """
    data = bytearray()
    with warnings.catch_warnings():
        # from Python 3.12 on zipfile only warns of it, and reads on
        warnings.simplefilter("error", UserWarning)
        try:
            file = archive.open(entry)
        except UserWarning as error:
            raise EntryError(
                f"{shown(entry.filename)} lies where another entry does; refused."
            ) from error
    with file:
        while chunk := file.read(_CHUNK):
            data += chunk
            if len(data) > entry.file_size:
                raise EntryError(f"{shown(entry.filename)} is larger than it says; refused.")
    return bytes(data)


def pack(files: Iterable[tuple[str, bytes]], stored: Container[str] = ()) -> bytes:
    """Return a zip of files: the same names and contents give the same bytes, whenever and where.

    Parameters
    ----------
    files
        Name and content of each, in the order of the zip.
    stored
        Names of files that are not compressed.

    Examples
    --------
    >>> pack([("a.txt", b"a")]) == pack([("a.txt", b"a")])
    True
    >>> b"aaaaaaaa" in pack([("a.txt", b"aaaaaaaa")], stored=("a.txt",))
    True
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, _DATE)
            if name not in stored:
                entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # on every system, so that the bytes are the same
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, data)
    return buffer.getvalue()
