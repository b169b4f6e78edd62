"""The outer seal: what a worker's process sees of this machine, through bubblewrap."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nbseal.base.profile import profile
from nbseal.inside.limits import DISK, PARTS

if TYPE_CHECKING:
    from collections.abc import Iterable

# what libraries need of the system, where it is there
_SYSTEM = (
    "/usr",
    "/etc/fonts",
    "/etc/ssl",
    "/etc/localtime",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
)
_LINKS = ("bin", "sbin", "lib", "lib32", "lib64")
_SMALL = str(16 << 20)
# far above the accounts of people and services
_FIRST_USER = 1_900_000_000
_OPENBLAS = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
# this package
_PACKAGE = Path(__file__).resolve().parents[1]


def user(number: int) -> int:
    """Return one of the spare users that sealed processes of root run as."""
    return _FIRST_USER + number


def command(words: Iterable[str], number: int = 0, hidden: Iterable[str] = ()) -> list[str]:
    """Return the command that runs another one inside the seal.

    Started as root, bubblewrap first makes a view of the machine, since a Python under ``/root`` is
    closed to others; then the process becomes an ordinary user, and from there on all is as it is
    for one: limits on processes count only for them.

    Parameters
    ----------
    words
        The command.
    number
        Which of the spare users it runs as, when root starts it.
    hidden
        Places that are not shown, also where they lie in one that is.
    """
    view = _view(hidden)
    inner = [
        "bwrap",
        "--unshare-all",
        "--new-session",
        *("--uid", "0", "--gid", "0", "--hostname", "seal"),
        # to give each child namespaces of its own; they hold in this namespace only
        *("--cap-add", "CAP_SYS_ADMIN", "--cap-add", "CAP_SETFCAP"),
        *("--proc", "/proc", "--dev", "/dev"),
        # what loading needs; each child has places of its own over these
        *(
            word
            for place in (DISK, *PARTS.values())
            for word in ("--size", _SMALL, "--tmpfs", place)
        ),
        # after them, since a Python may lie under /tmp
        *view,
        *("--remount-ro", "/dev", "--remount-ro", "/"),
        *("--chdir", "/", "--clearenv"),
        *(word for pair in _environment().items() for word in ("--setenv", *pair)),
        "--",
        *words,
    ]
    if os.geteuid():
        return inner
    name = str(user(number))
    return [
        *("bwrap", *view, "--dir", "/tmp", "--dev-bind", "/dev", "/dev"),  # noqa: S108
        *("--bind", "/proc", "/proc", "--remount-ro", "/", "--"),
        *("setpriv", "--reuid", name, "--regid", name, "--clear-groups"),
        *("--inh-caps=-all", "--bounding-set=-all", "--", *inner),
    ]


def _view(hidden: Iterable[str]) -> list[str]:
    words: list[str] = []
    for name in _LINKS:
        path = Path("/", name)
        if path.is_symlink():
            words += ["--symlink", str(path.readlink()), str(path)]
        elif path.is_dir():
            words += ["--ro-bind", str(path), str(path)]
    shown, empty = _shown(), []
    # the deeper one has the last word: what is shown can have a hidden part, and that a shown one
    away = {path for path in _away(hidden) if path.exists() and shown.intersection(path.parents)}
    for path in sorted(shown | away):
        # by itself bubblewrap makes parents that only their owner may enter
        for parent in reversed(path.parents[:-1]):
            words += ["--dir", str(parent)]
        if path in shown:
            words += ["--ro-bind", str(path), str(path)]
        elif path.is_dir():
            words += ["--size", _SMALL, "--tmpfs", str(path)]
            empty += ["--remount-ro", str(path)]
        else:
            words += ["--ro-bind", "/dev/null", str(path)]
    return words + empty


def _shown() -> set[Path]:
    places = [Path(sys.base_prefix), Path(sys.prefix), _PACKAGE, *profile().shown]
    paths = {*map(Path, _SYSTEM), *(place.resolve() for place in places)}
    return {place for place in paths if place.exists()}


def _away(hidden: Iterable[str]) -> set[Path]:
    places = {place.resolve() for place in (*map(Path, hidden), *profile().hidden)}
    # where this package lies in a checkout, what else is there may be a course with its solutions
    return places | ({_PACKAGE.parents[3]} if _PACKAGE.parents[1].name == "nbseal" else set())


def _how() -> str:
    return f"{profile().advice} says how to go on, on this machine or another"


def _environment() -> dict[str, str]:
    home = PARTS["home"]
    return {
        "PATH": f"{sys.prefix}/bin:/usr/bin:/bin",
        "HOME": home,
        "USER": "learner",
        "TMPDIR": PARTS["tmp"],
        "LANG": "C.UTF-8",
        **environment(),
    }


def environment() -> dict[str, str]:
    """Return what a worker's environment holds besides its places."""
    # where OpenBLAS takes a processor for another one, it computes wrongly unless it is told which
    # one it is and how large its caches are
    told = {name: os.environ[name] for name in _OPENBLAS if name in os.environ}
    return told | {
        # notebooks run in English, whatever a facilitator has set; the marker is told a language
        profile().language_variable: "en",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "NBGRADER_EXECUTION": "autograde",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join(map(str, (_PACKAGE.parent, *profile().roots))),
    }


def why_not(*, sealed: bool = True, hidden: Iterable[str] = ()) -> str:
    """Say why nothing can be graded here, and how to go on; nothing if it can.

    Parameters
    ----------
    sealed
        False asks only for what it takes without a seal.
    hidden
        Places that no notebook may see.
    """
    return _asked(sealed) or (_in_the_way(hidden) if sealed else "")


def _in_the_way(hidden: Iterable[str]) -> str:
    for place in sorted(_away(hidden) & _shown()):
        return (
            f"Notebooks need {place}, where Python or a part of it lies, and may not see it, since "
            f"the course lies there too. Move one of them: make Python's environment in a folder "
            f"of its own, such as {place / '.venv'}."
        )
    return ""


@functools.cache
def _asked(sealed: bool) -> str:  # noqa: FBT001 - a cache takes a name given and one left out for two
    if sys.platform == "win32":
        return (
            "Windows cannot run what learners wrote, sealed or not; WSL 2 on it can, or a "
            f"container: {_how()}."
        )
    if not sealed:
        return ""
    if not sys.platform.startswith("linux"):
        return f"Sealed grading needs Linux, and this is {sys.platform}: {_how()}."
    for program in ("bwrap", *(() if os.geteuid() else ("setpriv",))):
        if not shutil.which(program):
            return f"Sealed grading needs the program {program}, which is not installed: {_how()}."
    tried = _probe()
    if tried.returncode < 0:
        # somebody killed it, or the system for want of memory: that says nothing of this machine
        tried = _probe()
    if tried.returncode:
        error = (tried.stderr.strip().splitlines() or ["it says nothing"])[-1]
        for name in ("libseccomp", "pyseccomp"):
            if name in error:
                return f"Sealed grading needs {name}, which cannot be loaded ({error}): {_how()}."
        return f"This machine does not allow sealed grading ({error}): {_how()}."
    return ""


def _probe() -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own words
        command([sys.executable, "-m", "nbseal.inside.child"]),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
