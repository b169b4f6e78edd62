"""``zimwriterfs`` of Debian's package zim-tools, which writes a folder into a ZIM.

It takes files in the order in which the file system lists them, names today as the day, and gives
the file and both of its indexes random numbers. Here all of that is settled: the same files give
the same bytes. (libzim's own binding for Python is under the GPL.)
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import struct
import subprocess
import tempfile
import time
from datetime import UTC, datetime
from datetime import time as clock
from pathlib import Path
from typing import TYPE_CHECKING

from nbseal.base.errors import UserError
from nbseal.base.from_outside import LINE, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

PROGRAM = "zimwriterfs"
_LIMIT = 300  # seconds
# where a header has the number of the file, and where it says that the checksum stands
_NUMBER, _CHECKSUM = slice(8, 24), 72
# the number of an index follows its sign and the version of its format
_INDEX = re.compile(rb"\x0f\rXapian Glass..", re.DOTALL)


class ZimError(UserError):
    """No ZIM was written; the message says what to do."""


def find_program() -> str:
    """Return the path of the program; ZimError says that it is not here."""
    path = shutil.which(PROGRAM)
    if path:
        return path
    raise ZimError(
        f"A ZIM is written by {PROGRAM}, which is not on PATH. On Debian or Ubuntu: "
        "apt-get install zim-tools"
    )


def zim(program: str, files: Mapping[str, bytes], about: Mapping[str, str], day: date) -> bytes:
    """Return files as a ZIM; ZimError says why there is none.

    Parameters
    ----------
    program
        As `find_program` returns it.
    files
        Each under the address that it has in the ZIM.
    about
        The program's options, without dashes: ``zimwriterfs --help`` names them.
    day
        The day that the ZIM bears.
    """
    with _listed_in_order() as folder:
        pages, zone, made = folder / "pages", folder / "zone", folder / "made.zim"
        _lay_out(files, pages)
        zone.write_bytes(_zone(day))
        options = [f"--{option}={text}" for option, text in about.items()]
        # several threads would number the pages of the index by chance
        _run([program, "--threads=1", *options, str(pages), str(made)], zone)
        return settled(made.read_bytes())


@contextlib.contextmanager
def _listed_in_order() -> Iterator[Path]:
    """Give a folder that is listed by when its files were made, where the system has such a one.

    Another file system may list them by hashes of its own: then other machines give other bytes.
    """
    memory = Path("/dev/shm")  # noqa: S108 - the folder made in it has a random name
    place = memory if os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="fourps-zim-", dir=place) as folder:
        # the program refuses a folder that is reached through a link
        yield Path(folder).resolve()


def _lay_out(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files into a new folder, so that they are listed in order."""
    folder.mkdir()
    for name in sorted(files, reverse=_newest_first(folder)):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[name])


def _newest_first(folder: Path) -> bool:
    """Whether this system lists what was made last first: versions of Linux differ."""
    probes = [folder / "first", folder / "second"]
    for probe in probes:
        probe.touch()
    with os.scandir(folder) as listed:
        newest_first = next(listed).name == "second"
    for probe in probes:
        probe.unlink()
    return newest_first


def _zone(day: date) -> bytes:
    """Return a time zone in which it is now noon of a day: no option of the program says the day.

    Examples
    --------
    >>> from datetime import date
    >>> _zone(date(2026, 12, 1))[:4]
    b'TZif'
    """
    noon = datetime.combine(day, clock(12), UTC).timestamp()
    # in it there is one kind of time, whose name has four bytes
    counts = struct.pack(">4s16x6L", b"TZif", 0, 0, 0, 0, 1, 4)
    return counts + struct.pack(">lBB4s", int(noon - time.time()), 0, 0, b"DAY")


def _run(command: list[str], zone: Path) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - a program on PATH; no shell
            command,
            env={**os.environ, "TZ": f":{zone}"},
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ZimError(f"{command[0]} did not finish in {_LIMIT} s.") from error
    if done.returncode:
        raise ZimError(f"{command[0]} wrote no ZIM: {shown(done.stderr.strip()[-LINE:], LINE)}")


def settled(data: bytes) -> bytes:
    r"""Return a ZIM whose random numbers follow from all else in it, with its checksum made again.

    Examples
    --------
    >>> ends = bytes(48) + struct.pack("<Q", 80) + b"checksum" * 2
    >>> one, other = (b"ZIM\x04\x06\x00\x02\x00" + number * 16 + ends for number in (b"1", b"2"))
    >>> settled(one) == settled(other)
    True
    """
    made = bytearray(data)
    (end,) = struct.unpack_from("<Q", made, _CHECKSUM)
    numbers = [_NUMBER, *(slice(sign.end(), sign.end() + 16) for sign in _INDEX.finditer(made))]
    for number in numbers:
        made[number] = bytes(16)
    known = hashlib.sha256(made[:end]).digest()[:16]
    for number in numbers:
        made[number] = known
    # it holds against accidents: Kiwix asks whether a copy is whole
    made[end:] = hashlib.md5(made[:end], usedforsecurity=False).digest()
    return bytes(made)
