"""Read a notebook that somebody else wrote."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Any

from nbseal.base.errors import RefusedError

if TYPE_CHECKING:
    from pathlib import Path

# what runs the notebooks of the course
KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
LARGEST = 20_000_000
# cells, outputs and whatever else has names in it: to read and check each takes time
MOST_PARTS = 30_000
_MB = 1_000_000
# cells have ids since format 4.5
WITH_IDS = 5
_ID = r"[a-zA-Z0-9_-]{1,64}"
_SHARED = {"id", "cell_type", "metadata", "source"}
_OF_A_KIND = {
    "code": {"outputs", "execution_count"},
    "markdown": {"attachments"},
    "raw": {"attachments"},
}
REFUSALS = {
    "notebook-large": "{path} has {size} MB; 20 MB is the most. In JupyterLab choose Edit, Clear "
    "Outputs of All Cells, save it, and try again.",
    "notebook-many": "{path} has {count} cells, outputs and other parts; 30,000 is the most. In "
    "JupyterLab delete empty cells, choose Edit, Clear Outputs of All Cells, save it, and try "
    "again.",
    "notebook-closed": "{path} cannot be read: {why}.",
    "notebook-json": "{path} is no notebook: it is not valid JSON.",
    "notebook-strange": "{path} is no notebook that can be read.",
    "notebook-old": "{path} has an old format. Open it in JupyterLab and save it again.",
}


class NotebookFileError(RefusedError):
    """A file that is no usable notebook; the message says what to do."""

    texts = REFUSALS


def load(path: Path) -> Any:
    """Read a notebook (nbformat 4) from a file.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    NotebookFileError
        If it is missing, over 20 MB, no JSON or no notebook.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise NotebookFileError.of("notebook-large", path=path, size=round(size / _MB))
        data = path.read_bytes()
    except OSError as error:
        raise NotebookFileError.of("notebook-closed", path=path, why=error.strerror) from error
    return parse(data, str(path))


def parse(data: bytes, name: str) -> Any:
    """Read a notebook from its bytes.

    Examples
    --------
    >>> parse(b"{", "mine.ipynb")
    Traceback (most recent call last):
    nbseal.base.notebook_file.NotebookFileError: mine.ipynb is no notebook: it is not valid JSON.
    """
    # it takes long to load, and what runs released cells needs of this file only words
    import nbformat

    try:
        with warnings.catch_warnings():
            # the library mends missing and repeated ids, and says so
            warnings.simplefilter("ignore")
            # editors on Windows put a mark before the first letter
            text = data.decode("utf-8-sig")
            parsed = nbformat.reader.parse_json(text)
            # each part begins with one of these
            if text.count("{") > MOST_PARTS:
                _refuse_many(parsed, name)
            major, minor = nbformat.reader.get_version(parsed)
            if major == nbformat.v4.nbformat:
                notebook: Any = nbformat.v4.to_notebook_json(parsed, minor=minor)
                _mend(notebook)
                # what is not valid the library would search for its best words, for minutes
                validator = nbformat.validator.get_validator(4, notebook.nbformat_minor)
                validator.validate(notebook)
                if len({cell.get("id") for cell in notebook.cells}) < len(notebook.cells):
                    nbformat.validate(notebook)
                return notebook
            nbformat.reader.reads(text)
    except NotebookFileError:
        raise
    except (UnicodeDecodeError, nbformat.reader.NotJSONError, RecursionError) as error:
        raise NotebookFileError.of("notebook-json", path=name) from error
    # a hostile document may break the library's own reading in ways that it does not name
    except Exception as error:
        raise NotebookFileError.of("notebook-strange", path=name) from error
    raise NotebookFileError.of("notebook-old", path=name)


def _refuse_many(parsed: Any, name: str) -> None:
    count = _parts(parsed)
    if count > MOST_PARTS:
        raise NotebookFileError.of("notebook-many", path=name, count=count)


def _parts(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + sum(map(_parts, value.values()))
    return sum(map(_parts, value)) if isinstance(value, list) else 0


def _mend(notebook: Any) -> None:
    """Make a notebook valid where Jupyter and nbgrader read it all the same.

    Some editors write ids and say that it is of the format before them, or leave in a cell what
    only a cell of another kind has.
    """
    for cell in notebook.cells:
        for name in cell.keys() - _SHARED - _OF_A_KIND.get(cell.cell_type, cell.keys()):
            del cell[name]
        if not re.fullmatch(_ID, str(cell.get("id", ""))):
            cell.pop("id", None)
        elif notebook.nbformat_minor < WITH_IDS:
            notebook.nbformat_minor = WITH_IDS
    if notebook.nbformat_minor >= WITH_IDS:
        for number, cell in enumerate(notebook.cells, 1):
            # one that is there twice the library changes
            cell.setdefault("id", f"cell-{number}")


def dump(notebook: Any) -> bytes:
    """Return a notebook as bytes, the same each time."""
    import nbformat

    text: str = nbformat.writes(notebook, version=nbformat.NO_CONVERT)
    return f"{text}\n".encode()
