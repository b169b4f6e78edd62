"""Names of files in the zip that Moodle's "Download all submissions" gives."""

from __future__ import annotations

import re
from typing import NamedTuple

# Moodle itself replaces underscores in names of people, so the first match is always its own
_NAME = re.compile(
    r"(?P<name>.*?)_(?P<participant>[0-9]{1,18})_assignsubmission_(?P<kind>file|onlinetext)"
    r"(?:_(?P<rest>.*))?",
    re.DOTALL,
)
# Windows writes "ada - Copie" in French
_COPY = re.compile(r"(?:\s*\(\d+\)|\s*[-_ ]+copy[-_ ]?\d*|\s+-\s+copie)+$", re.IGNORECASE)


class NameInZip(NamedTuple):
    """Whose a file is, by its place in Moodle's zip."""

    name: str
    """As Moodle shows it; any script, and empty where marking is anonymous."""
    participant: str
    """Moodle's number of this person in this assignment. It differs from one assignment to the
    next."""
    kind: str
    """``file`` for what was uploaded, ``onlinetext`` for what was typed into Moodle."""
    rest: tuple[str, ...]
    """The path that the learner gave."""


def place(parts: tuple[str, ...]) -> NameInZip | None:
    """Read a path in Moodle's zip, with a folder for each learner or flat; None if not of Moodle.

    Only the first part is Moodle's. Whatever a learner calls a file or folder below it is never
    taken for another learner's number.

    Examples
    --------
    >>> place(("Zoé d'Arc_42_assignsubmission_file", "work", "a.ipynb"))
    NameInZip(name="Zoé d'Arc", participant='42', kind='file', rest=('work', 'a.ipynb'))
    >>> place(("Ada B_7_assignsubmission_file_x_8_assignsubmission_file_a.ipynb",)).participant
    '7'
    """
    match = _NAME.fullmatch(parts[0]) if parts else None
    if not match:
        return None
    rest = (match["rest"], *parts[1:]) if match["rest"] else parts[1:]
    return NameInZip(match["name"], match["participant"], match["kind"], rest)


def folder(name: str, participant: str) -> str:
    """Return the folder's name by which Moodle takes a feedback file for a learner.

    Examples
    --------
    >>> folder("Ada_B/C", "7")
    'Ada B C_7_assignsubmission_file'
    """
    plain = "".join(
        letter if letter.isprintable() and letter not in '_/\\:*?"<>|' else " " for letter in name
    )
    return f"{plain.strip('. ') or 'Participant'}_{participant}_assignsubmission_file"


def original(stem: str) -> str:
    """Return a file's name without what browsers and JupyterLab add to copies.

    Examples
    --------
    >>> original("exercise (2)"), original("exercise-Copy1"), original("my_copy_2"), original("a1")
    ('exercise', 'exercise', 'my', 'a1')
    >>> original("ada - Copie (2)"), original("ada - Copy")
    ('ada', 'ada')
    """
    return _COPY.sub("", stem) or stem
