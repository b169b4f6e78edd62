"""A disk of a real size: what is done in a process of its own, in which a folder is a small one."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

from apart import apart

_NEW_MOUNTS, _NEW_USER = 0x00020000, 0x10000000
_PRIVATE = 1 << 18 | 1 << 14
_READ_ONLY = 1


def on_a_little_disk(folder: Path, size: int, do, *, read_only=False):
    """Return what a function returns, as JSON has it, while a folder is an empty disk of some bytes."""

    def little(tell) -> None:
        _mount(folder, size, _READ_ONLY if read_only else 0)
        tell(do())

    _, told = apart(little)
    assert told, "it ended with an error; see the error output"
    return told[0]


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
