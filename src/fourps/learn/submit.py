"""Pack a hand-in file from a learner's notebook."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fourps.exercise.messages import messages
from fourps.handin.handin_file import (
    HandIn,
    HandInError,
    Manifest,
    parse_handin,
    read_handin,
    write_handin,
)
from fourps.handin.records import Players, check_records, players
from fourps.handin.released_exercise import (
    KEY,
    LANGUAGE_KEY,
    counting,
    language_of,
    marks,
    read,
    turned,
)
from fourps.learn.about_exercise import beside, titled
from nbseal.base.errors import UserError
from nbseal.base.notebook_file import KERNEL, dump, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

# what a learner's tools write into cells may name the machine; these do not
_KEPT_METADATA = ("nbgrader", "tags", "deletable", "editable")


class SubmitError(UserError):
    """Nothing could be packed; the message says why."""


@dataclass
class Packed:
    """A hand-in, and what the learner should know about it."""

    handin: HandIn
    """What is in it."""
    data: bytes
    """The file's content."""
    title: str
    """What the exercise is called."""
    words: Mapping[str, str]
    """Both of the language in which the learner is told of it."""
    remarks: list[str] = field(default_factory=list)
    """One line for each cell that is missing or doubled, each module beside the notebook that it
    imports, and each record that was refused."""


def pack(
    path: Path, learner: str, records: Iterable[str], root: Path, language: str = ""
) -> Packed:
    """Pack a notebook and the records that the learner chose to give.

    Cells that are missing and records that are refused are named in its remarks; the rest is in it.

    Parameters
    ----------
    path
        The learner's notebook; it stays as it is.
    learner
        The id that the learner gives, or a `pseudonym`.
    records
        Decision and quiz records.
    root
        The course that they should belong to.
    language
        Of what is said; by default the notebook's.

    Raises
    ------
    SubmitError
        If none of the exercise's graded cells is left, or the hand-in would be over 20 MB.
    """
    notebook = load(path)
    release = read(notebook)
    language = language or language_of(notebook)
    title = titled(release.exercise, root, language)
    words = messages(language)
    counts, remarks = counting(notebook, release, words)
    for place, cell in enumerate(notebook.cells):
        if counts.get(marks(cell).get("grade_id", ""), place) != place:
            # a copied cell has the marks of the one it is a copy of
            del cell.metadata["nbgrader"]
    remarks += turned(notebook, release, counts, words)
    present = {marks(cell)["grade_id"] for cell in notebook.cells if marks(cell)}
    expected = [cell for cell in release.cells if cell.graded]
    missing = [cell for cell in expected if cell.grade_id not in present]
    if missing == expected:
        about = {"count": len(expected), "exercise": title, "file": path.name}
        raise SubmitError(words["nothing-left"].format(**about))
    remarks += [words["cell-missing"].format(cell=cell.called(words, language)) for cell in missing]
    records = list(records)
    # reading the course takes a moment, and most hand-ins come without records
    known = players(root) if records else Players({}, {})
    accepted, refused = check_records(records, known, words)
    data = dump(without_traces(notebook))
    manifest = Manifest(
        exercise=release.exercise,
        release=release.release,
        learner=learner,
        records=accepted,
        sha256=hashlib.sha256(data).hexdigest(),
    )
    packed = write_handin(HandIn(manifest, data))
    try:
        # whoever collects reads it in the same way
        handin = parse_handin(packed, path.name)
    except HandInError as error:
        raise SubmitError(str(error)) from error
    return Packed(
        handin, packed, title, words, [*remarks, *beside(notebook, path.parent, words), *refused]
    )


def may_replace(path: Path) -> bool:
    """Say whether a hand-in may be written here: there is nothing yet, or an older hand-in."""
    if not path.exists():
        return True
    try:
        read_handin(path)
    except HandInError:
        return False
    return True


def without_traces(notebook: Any) -> Any:
    """Return a notebook without whatever could name the learner's machine.

    Outputs go, since the grader runs the notebook again; so does all metadata that the exercise
    did not come with.
    """
    for cell in notebook.cells:
        cell.metadata = {key: cell.metadata[key] for key in _KEPT_METADATA if key in cell.metadata}
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    language = language_of(notebook)
    notebook.metadata = {
        "kernelspec": KERNEL,
        "language_info": {"name": "python"},
        KEY: notebook.metadata[KEY],
        **({} if language == "en" else {LANGUAGE_KEY: language}),
    }
    return notebook
