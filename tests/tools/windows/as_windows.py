"""What Windows does otherwise, for our modules in an interpreter on Linux.

`become` gives the modules of both houses and of nbgrader, and nobody else, a ``sys`` that says
``win32``, modules that are missing there, and ``os``, ``signal``, ``socket`` and ``subprocess``
without what they lack there. In the folder that it is told, files are as on Windows: what names
there are, and what cannot be renamed, removed or written while it is open or read-only. Whatever
our commands start in their turn becomes the same, by ``sitecustomize.py`` beside this file.

What it cannot show: backslashes and drives in paths, the console, how Windows starts programs, the
wheels of libraries for Windows, and what another process has open.
"""

from __future__ import annotations

import builtins
import errno
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

# where Windows' rules for files hold
FOLDER = "AS_WINDOWS"
HOUSES = ("fourps", "nbseal", "nbgrader")
MISSING = {
    *("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "posix", "pyseccomp"),
}
_NO_OS = """
    chown chroot confstr copy_file_range ctermid eventfd fchdir fchmod fchown fdatasync fork forkpty
    fpathconf fstatvfs getegid geteuid getgid getgrouplist getgroups getloadavg getpgid getpgrp
    getpriority getresgid getresuid getsid getuid getxattr initgroups killpg lchown listxattr lockf
    login_tty major makedev memfd_create minor mkfifo mknod nice openpty pathconf pidfd_open pipe2
    posix_fadvise posix_fallocate posix_spawn posix_spawnp pread preadv ptsname pwrite pwritev readv
    register_at_fork removexattr sched_getaffinity sched_setaffinity sched_yield sendfile
    set_blocking setegid seteuid setgid setgroups setpgid setpriority setregid setresgid setresuid
    setreuid setsid setuid setxattr splice statvfs sync sysconf tcgetpgrp tcsetpgrp uname unshare
    wait wait3 wait4 waitid writev WNOHANG WIFEXITED WIFSIGNALED WEXITSTATUS WTERMSIG O_NOFOLLOW
    O_DIRECTORY O_CLOEXEC O_NONBLOCK O_SYNC O_NOCTTY RTLD_NOW
"""
# all but these
_SIGNALS = {"SIGABRT", "SIGFPE", "SIGILL", "SIGINT", "SIGSEGV", "SIGTERM"}
_SIGNALS |= {"SIG_DFL", "SIG_IGN", "Signals"}
_NO_SIGNAL = """
    alarm getitimer setitimer pause pthread_kill pthread_sigmask sigpending sigwait siginterrupt
    sigwaitinfo sigtimedwait ITIMER_REAL ITIMER_VIRTUAL ITIMER_PROF
"""
_NO_SOCKET = "AF_UNIX AF_PACKET AF_NETLINK AF_VSOCK send_fds recv_fds CMSG_LEN SCM_RIGHTS"


class _Lacking(ModuleType):
    """A module without some of its names; what is set goes into the real one."""

    def __init__(self, real: ModuleType, names: set[str], **other: object) -> None:
        super().__init__(real.__name__, real.__doc__)
        vars(self).update(other, _real=real, _names=names)

    def __getattr__(self, name: str):
        if name in self._names:
            raise AttributeError(f"module {self._real.__name__!r} has no attribute {name!r}")
        return getattr(self._real, name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self._real, name, value)

    def __dir__(self) -> list[str]:
        return sorted({*dir(self._real)} - self._names)


class _Popen(subprocess.Popen):
    def __init__(self, *words: object, **how: object) -> None:
        for name in ("preexec_fn", "pass_fds"):
            if how.get(name):
                raise ValueError(f"{name} is not supported on Windows platforms")
        # it is taken there, and means nothing
        how.pop("start_new_session", None)
        super().__init__(*words, **how)


def _socketpair(*_: object) -> tuple[socket.socket, socket.socket]:
    """Connect two sockets as Windows does, which has no pairs."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        one = socket.create_connection(listening.getsockname())
        return one, listening.accept()[0]


def _denied(*_: object, **__: object) -> None:
    raise OSError(errno.EPERM, "A required privilege is not held by the client")


def _modules() -> dict[str, ModuleType]:
    signals = {name for name in dir(signal) if name.startswith("SIG")} - _SIGNALS
    return {
        "sys": _Lacking(sys, set(), platform="win32"),
        "os": _Lacking(os, {*_NO_OS.split()}, symlink=_denied),
        "signal": _Lacking(signal, signals | {*_NO_SIGNAL.split()}),
        "socket": _Lacking(socket, {*_NO_SOCKET.split()}, socketpair=_socketpair),
        "subprocess": _Lacking(subprocess, set(), Popen=_Popen),
    }


def become() -> None:
    """Have our modules that are imported from now on see Windows."""
    modules, find = _modules(), builtins.__import__

    # as the language names them
    def load(name, globals=None, locals=None, fromlist=(), level=0):  # noqa: A002
        found = find(name, globals, locals, fromlist, level)
        house = ((globals or {}).get("__name__") or "").partition(".")[0]
        if level or house not in HOUSES:
            return found
        if name in MISSING:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        # of a part, such as os.path, the whole is asked for unless names are wanted of it
        return found if fromlist and "." in name else modules.get(name.partition(".")[0], found)

    builtins.__import__ = load
    if folder := os.environ.get(FOLDER):
        _files(Path(folder).resolve())


def _files(root: Path) -> None:
    """Have the files of a folder follow Windows' rules."""
    rules = _Rules(root)
    sys.addaudithook(rules.heard)
    rename, chmod = os.rename, os.chmod

    def renamed(source, target, **more):
        if (path := rules.inside(target)) and os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, "the file exists already", str(path))
        rename(source, target, **more)

    def marked(path, mode, **more):
        place = rules.inside(path)
        if place is None:
            chmod(path, mode, **more)
        # there is nothing but the mark of what is read-only, which folders ignore
        elif not place.is_dir():
            now = stat.S_IMODE(place.stat().st_mode)
            chmod(path, now | 0o200 if mode & stat.S_IWRITE else now & ~0o222)

    os.rename, os.chmod = renamed, marked
    # what Windows has of shutil
    shutil._use_fd_functions = False


class _Rules:
    def __init__(self, root: Path) -> None:
        self._root = root

    def inside(self, path: object) -> Path | None:
        """Return the place of what lies in the folder."""
        if not isinstance(path, str | bytes | os.PathLike):
            return None
        text = os.fsdecode(path)
        if text.startswith("file:"):
            # as SQLite takes it
            text = unquote(text.removeprefix("file:").partition("?")[0])
        place = Path(os.path.normpath(Path.cwd() / text))
        return place if self._root in place.parents else None

    def heard(self, event: str, words: tuple) -> None:
        """Stop what Windows would not do."""
        if event in ("open", "sqlite3.connect", "os.mkdir", "os.remove") and words:
            if place := self.inside(words[0]):
                self._require_name(place)
                if event == "open":
                    _require_open(place, *words[1:])
                elif event == "os.remove":
                    _require_closed(place, writable=True)
        elif event == "os.rename":
            for place in filter(None, map(self.inside, words[:2])):
                self._require_name(place)
                _require_closed(place)
            if (target := self.inside(words[1])) and (target.is_dir() or _is_read_only(target)):
                _deny(target)

    def _require_name(self, place: Path) -> None:
        from nbseal.base.file_names import is_portable

        folder = self._root
        for part in place.relative_to(self._root).parts:
            if not is_portable(part):
                raise OSError(errno.EINVAL, "the name is not allowed on Windows", str(place))
            if not os.path.lexists(folder / part) and folder.is_dir():
                there = {one.name.casefold() for one in folder.iterdir()}
                if part.casefold() in there:
                    raise OSError(errno.EEXIST, "another name is the same on Windows", str(place))
            folder /= part


def _require_open(place: Path, mode: object = None, flags: int = 0) -> None:
    if flags & os.O_DIRECTORY or (mode is None and place.is_dir()):
        _deny(place)
    if flags & (os.O_WRONLY | os.O_RDWR) and _is_read_only(place):
        _deny(place)


def _require_closed(place: Path, *, writable: bool = False) -> None:
    """Stop if this process has it open, or something in it, or it is marked read-only."""
    if writable and _is_read_only(place):
        _deny(place)
    for number in Path("/proc/self/fd").iterdir():
        try:
            opened = number.readlink()
        # that with which this folder was read
        except OSError:
            continue
        if place in {opened, *opened.parents}:
            _deny(place)


def _is_read_only(place: Path) -> bool:
    return place.is_file() and not place.stat().st_mode & stat.S_IWRITE


def _deny(place: Path) -> None:
    raise PermissionError(errno.EACCES, "Access is denied", str(place))
