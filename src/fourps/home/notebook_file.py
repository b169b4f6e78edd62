"""Read a notebook that somebody else wrote."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import nbformat

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 20_000_000
_MB = 1_000_000


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
            raise NotebookFileError(
                f"{path} has {size / _MB:.0f} MB; 20 MB is the most. In JupyterLab choose Edit, "
                "Clear Outputs of All Cells, save it, and try again."
            )
        data = path.read_bytes()
    except OSError as error:
        raise NotebookFileError(f"{path} cannot be read: {error.strerror}.") from error
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
            notebook: Any = nbformat.reads(data.decode("utf-8"), as_version=nbformat.NO_CONVERT)
            if notebook.nbformat == nbformat.v4.nbformat:
                nbformat.validate(notebook)
                return notebook
    except (UnicodeDecodeError, nbformat.reader.NotJSONError, RecursionError) as error:
        raise NotebookFileError(f"{name} is no notebook: it is not valid JSON.") from error
    # a hostile document may break the library's own reading in ways that it does not name
    except Exception as error:
        raise NotebookFileError(f"{name} is no notebook that can be read.") from error
    raise NotebookFileError(f"{name} has an old format. Open it in JupyterLab and save it again.")


def dump(notebook: Any) -> bytes:
    """Return a notebook as bytes, the same each time."""
    text: str = nbformat.writes(notebook, version=nbformat.NO_CONVERT)
    return f"{text}\n".encode()
