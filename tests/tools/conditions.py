"""A function under hard conditions: in a process of its own, where a folder is closed or a small disk; two at once."""

from __future__ import annotations

import ctypes
import json
import os
import traceback
from pathlib import Path
from threading import Event, Thread

from nbseal.base.whole_files import write_private

_SECUREBITS, _ROOT_IS_NOBODY = 28, 0b11
_VERSION = 0x20080522
_NEW_MOUNTS, _NEW_USER = 0x00020000, 0x10000000
_PRIVATE = 1 << 18 | 1 << 14
_READ_ONLY = 1


def apart(do):
    """Call a function in a process of its own.

    Parameters
    ----------
    do
        The function. It gets one that tells this process a value, as JSON has it, and returns the
        status of the process, or None where all is well.

    Returns
    -------
    tuple
        How the process ended, as `subprocess` has it, and what it told.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        status = 70
        try:
            os.close(reading)
            told = os.fdopen(writing, "w", encoding="utf-8", buffering=1)
            status = do(lambda value: told.write(json.dumps(value) + "\n")) or 0
        except BaseException:  # noqa: BLE001 - it is a process of its own
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as told:
        lines = [json.loads(line) for line in told]
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), lines


def in_closed(folder: Path, do):
    """Return what a function returns, as JSON has it, while nobody may write into a folder."""
    mode = folder.stat().st_mode
    folder.chmod(0o555)
    try:
        return _after(_give_up_rights, do)
    finally:
        folder.chmod(mode)


def on_a_little_disk(folder: Path, size: int, do, *, read_only=False):
    """Return what a function returns, as JSON has it, while a folder is an empty disk of some bytes."""
    return _after(lambda: _mount(folder, size, _READ_ONLY if read_only else 0), do)


def at_once(monkeypatch, module, first, second):
    """Run two functions at once, the second while the first is about to write, and return what each gave.

    Parameters
    ----------
    module
        What writes the file, by its own ``write_private``.
    first
        Is held back where it writes first, for as long as the second may get further.
    second
        Begins there.
    """
    writes = Event()
    given = {}

    def slowly(path, data):
        if not writes.is_set():
            writes.set()
            other.join(0.2)
        write_private(path, data)

    monkeypatch.setattr(module, "write_private", slowly)
    begun = Thread(target=lambda: given.update(first=first()))
    other = Thread(target=lambda: writes.wait(60) and given.update(second=second()))
    other.start()
    begun.start()
    for thread in (begun, other):
        thread.join(60)
    return given["first"], given["second"]


def _after(begin, do):
    """Return what a function returns in a process of its own, which begins with another."""

    def both(tell) -> None:
        begin()
        tell(do())

    _, values = apart(both)
    assert values, "it ended with an error; see the error output"
    return values[0]


def _give_up_rights() -> None:
    """Have the rights of files count for root too, and for what this process starts."""
    if os.geteuid():
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_VERSION, 0)
    nothing = (ctypes.c_uint32 * 6)()
    for call in (
        lambda: libc.prctl(_SECUREBITS, _ROOT_IS_NOBODY, 0, 0, 0),
        lambda: libc.capset(header, nothing),
    ):
        if call():
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _mount(folder: Path, size: int, flags: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.geteuid(), os.getegid()

    def call(name, *words):
        if getattr(libc, name)(*words):
            number = ctypes.get_errno()
            raise OSError(number, f"{name}: {os.strerror(number)}")

    # whoever is not root mounts as root of a name space
    call("unshare", _NEW_MOUNTS | (_NEW_USER if user else 0))
    if user:
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{user} {user} 1"),
            ("gid_map", f"{group} {group} 1"),
        ):
            Path(f"/proc/self/{name}").write_text(text, "ascii")
    call("mount", None, b"/", None, _PRIVATE, None)
    call("mount", b"little", os.fsencode(folder), b"tmpfs", flags, b"size=%d" % size)
