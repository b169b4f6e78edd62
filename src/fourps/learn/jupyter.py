"""Looks for what the notebooks need on this machine, and starts JupyterLab on them."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from fourps.course.english import EXERCISES
from fourps.course.mime import LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_CONFIGURATION = Path(__file__).parent / "config"


def missing(folder: Path, words: Mapping[str, str] = EXERCISES) -> list[str]:
    """Say in a line each what is missing for the notebooks, and what to do; pip sees to the rest.

    Parameters
    ----------
    folder
        Where they are, or will be.
    words
        Of the learner's language.

    Examples
    --------
    >>> import tempfile
    >>> missing(Path(tempfile.mkdtemp()))
    []
    """
    looked = {
        words["need-kernel"].format(name="python3"): _kernel(words),
        words["need-folder"].format(folder=folder): _folder(folder, words),
    }
    sentence = words["need-mend"]
    return [sentence.format(what=what, mend=mend) for what, mend in looked.items() if mend]


def _kernel(words: Mapping[str, str]) -> str:
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        spec = KernelSpecManager().get_kernel_spec("python3")
    except NoSuchKernel:
        return words["need-missing"].format(command="pip install ipykernel")
    if not shutil.which(spec.argv[0]):
        command = "python -m ipykernel install --user"
        return words["need-program"].format(program=spec.argv[0], command=command)
    return ""


def _folder(folder: Path, words: Mapping[str, str]) -> str:
    there = folder.absolute()
    while not there.exists():
        there = there.parent
    if not there.is_dir():
        return words["need-file"].format(path=there)
    if not os.access(there, os.W_OK | os.X_OK):
        return words["need-closed"].format(path=there)
    return ""


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
