"""Read a notebook that somebody else wrote."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import nbformat

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 20_000_000
_MB = 1_000_000
# the report on a cohort says them in other languages
REFUSALS = {
    "large": "{path} has {size} MB; 20 MB is the most. In JupyterLab choose Edit, Clear Outputs of "
    "All Cells, save it, and try again.",
    "closed": "{path} cannot be read: {why}.",
    "json": "{path} is no notebook: it is not valid JSON.",
    "strange": "{path} is no notebook that can be read.",
    "old": "{path} has an old format. Open it in JupyterLab and save it again.",
}


class NotebookFileError(ValueError):
    """A file that is no usable notebook; the message says what to do."""


def load(path: Path) -> Any:
    """Read a notebook from a file.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    NotebookNode
        A valid notebook (nbformat 4).

    Raises
    ------
    NotebookFileError
        If it is missing, over 20 MB, no JSON or no notebook.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise NotebookFileError(REFUSALS["large"].format(path=path, size=round(size / _MB)))
        data = path.read_bytes()
    except OSError as error:
        why = REFUSALS["closed"].format(path=path, why=error.strerror)
        raise NotebookFileError(why) from error
    return parse(data, str(path))


def parse(data: bytes, name: str) -> Any:
    """Read a notebook from its bytes.

    Examples
    --------
    >>> parse(b"{", "mine.ipynb")
    Traceback (most recent call last):
    fourps.home.notebook_file.NotebookFileError: mine.ipynb is no notebook: it is not valid JSON.
    """
    try:
        with warnings.catch_warnings():
            # the library mends missing and repeated ids, and says so
            warnings.simplefilter("ignore")
            # editors on Windows put a mark before the first letter
            text = data.decode("utf-8-sig")
            notebook: Any = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
            if notebook.nbformat == nbformat.v4.nbformat:
                nbformat.validate(notebook)
                return notebook
    except (UnicodeDecodeError, nbformat.reader.NotJSONError, RecursionError) as error:
        raise NotebookFileError(REFUSALS["json"].format(path=name)) from error
    # a hostile document may break the library's own reading in ways that it does not name
    except Exception as error:
        raise NotebookFileError(REFUSALS["strange"].format(path=name)) from error
    raise NotebookFileError(REFUSALS["old"].format(path=name))


def dump(notebook: Any) -> bytes:
    """Return a notebook as bytes, the same each time."""
    text: str = nbformat.writes(notebook, version=nbformat.NO_CONVERT)
    return f"{text}\n".encode()
