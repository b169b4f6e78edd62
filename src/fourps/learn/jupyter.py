"""What the notebooks need on this machine, and how JupyterLab is started on them."""

from __future__ import annotations

import os
import shutil
import sys
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from fourps.course.mime import LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

OLDEST_PYTHON = (3, 11)
_CONFIGURATION = Path(__file__).parent / "config"
_ADVICE = "install the course again: in the project's folder, pip install --force-reinstall ."


class Need(NamedTuple):
    """One thing that the notebooks need."""

    what: str
    """What was looked at, with its version or place."""
    mend: str = ""
    """What to do; empty if all is well."""


def check(folder: Path, python: tuple[int, ...] = sys.version_info[:3]) -> list[Need]:
    """Look for everything that the notebooks need; what has `Need.mend` is missing.

    Parameters
    ----------
    folder
        Where they are, or will be.
    python
        The version of Python.

    Examples
    --------
    >>> import tempfile
    >>> [one.what for one in check(Path(tempfile.mkdtemp()), (3, 9)) if one.mend]
    ['Python 3.9']
    """
    return [_python(python), *_packages(), _kernel(), _folder(folder)]


def _python(found: tuple[int, ...]) -> Need:
    wanted = ".".join(map(str, OLDEST_PYTHON))
    mend = "" if found >= OLDEST_PYTHON else f"install Python {wanted} or newer"
    return Need(f"Python {'.'.join(map(str, found))}", mend)


def _packages() -> Iterator[Need]:
    for line in requires("fourps") or []:
        requirement = Requirement(line)
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        yield package(requirement.name, str(requirement.specifier))


def package(name: str, wanted: str = "") -> Need:
    """Look for a package.

    Examples
    --------
    >>> package("fourps").mend
    ''
    >>> package("no-such-package", ">=1")
    Need(what='no-such-package', mend="it is missing: pip install 'no-such-package>=1'")
    """
    shown = "JupyterLab" if name == "jupyterlab" else name
    command = f"pip install '{name}{wanted}'"
    try:
        found = version(name)
    except PackageNotFoundError:
        return Need(shown, f"it is missing: {command}")
    if not SpecifierSet(wanted).contains(found, prereleases=True):
        return Need(f"{shown} {found}", f"it is too old: {command}")
    return Need(f"{shown} {found}")


def _kernel() -> Need:
    try:
        from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
    except ImportError:
        return Need("kernel python3", _ADVICE)
    try:
        spec = KernelSpecManager().get_kernel_spec("python3")
    except NoSuchKernel:
        return Need("kernel python3", "it is missing: pip install ipykernel")
    if not shutil.which(spec.argv[0]):
        mend = f"it starts {spec.argv[0]}, which is not there: python -m ipykernel install --user"
        return Need("kernel python3", mend)
    return Need("kernel python3")


def _folder(folder: Path) -> Need:
    there = folder.absolute()
    while not there.exists():
        there = there.parent
    if not there.is_dir():
        return Need(f"folder {folder}", f"{there} is a file; name another folder")
    if not os.access(there, os.W_OK | os.X_OK):
        return Need(f"folder {folder}", f"you may not write in {there}; name another folder")
    return Need(f"folder {folder}")


def command(folder: Path, page: str, options: Sequence[str] = ()) -> list[str]:
    """Return the command that opens JupyterLab on a page.

    Parameters
    ----------
    folder
        The learner's folder.
    page
        The path within it of the notebook that is opened.
    options
        More options for JupyterLab.

    Examples
    --------
    >>> command(Path("four-ps"), "book/welcome.ipynb")[-1]
    '--LabApp.default_url=/lab/tree/book/welcome.ipynb'
    """
    return [
        sys.executable,
        "-m",
        "jupyterlab",
        *options,
        f"--ServerApp.root_dir={folder.absolute()}",
        f"--LabApp.default_url=/lab/tree/{quote(page)}",
    ]


def environment(base: Mapping[str, str], language: str = "en") -> dict[str, str]:
    """Return the environment in which JupyterLab asks no other host for news or updates.

    The learner's own settings count all the same.

    Parameters
    ----------
    base
        What is there already.
    language
        Of the notebooks: kernels say their messages in it.

    Examples
    --------
    >>> environment({})["JUPYTER_CONFIG_PATH"].endswith("config")
    True
    """
    paths = [str(_CONFIGURATION), *filter(None, [base.get("JUPYTER_CONFIG_PATH")])]
    # programs that belong to this Python, also where its environment was not activated
    programs = [str(Path(sys.executable).parent), *filter(None, [base.get("PATH")])]
    return {
        **base,
        "JUPYTER_CONFIG_PATH": os.pathsep.join(paths),
        "PATH": os.pathsep.join(programs),
        LANGUAGE: language,
    }
