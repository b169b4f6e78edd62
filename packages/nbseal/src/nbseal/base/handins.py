"""How a course reads its own hand-in files and its own exercises; by itself it has neither."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING, Any, Protocol

from nbseal.base.errors import RefusedError
from nbseal.base.file_names import is_portable

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

LEARNER = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}"
# no vowels and nothing that looks like something else, so that it can be read out
LETTERS = "bcdfghjkmnpqrstvwxz23456789"


class Manifest(Protocol):
    """What a hand-in says about itself. Nobody has vouched for it."""

    exercise: str
    learner: str
    """The id that the learner gave, or a pseudonym."""
    records: list[str]
    """Lines that a report may read; they are never marked."""


class HandIn(Protocol):
    """What was handed in."""

    @property
    def manifest(self) -> Manifest:
        """What it says about itself."""

    @property
    def notebook(self) -> bytes:
        """JSON from a stranger."""


class Answers(Manifest, Protocol):
    """What was handed in as answers alone, and what it says about itself."""

    release: str
    """The version of the course that the answers were given to."""
    language: str
    """In which they were given."""
    answers: dict[str, str]
    """Texts by the ``grade_id`` of their cells."""


class Released(Protocol):
    """What a notebook says of the exercise that it was made from."""

    exercise: str
    release: str
    """The version of the course."""

    def unchanged(self, name: str, source: str) -> bool:
        """Say whether the cell with this ``grade_id`` was released with this source."""


class NotAnExerciseError(RefusedError):
    """A notebook that does not say which exercise of a course it is."""

    noted = "refused-other"


class NotAnswersError(RefusedError):
    """A text file that is no hand-in of the course."""

    noted = "refused-kind"


class Handins:
    """Of a course that has no hand-in files of its own: whatever is handed in is a notebook."""

    manifest: str = ""
    """The entry by which a zip file is known for a hand-in."""
    notebook: str = ""
    """The name in nbgrader of the notebook of an exercise that says itself which one it is."""

    def parse(self, archive: zipfile.ZipFile, name: str) -> HandIn:
        """Read a hand-in file.

        Raises
        ------
        RefusedError
            In one line, which begins with `name`: what is wrong with it.
        """
        raise NotImplementedError

    def parse_manifest(self, data: bytes) -> Manifest:
        """Read what a hand-in says about itself.

        Raises
        ------
        ValueError
            If it says nothing that can be read.
        """
        raise NotImplementedError

    def parse_answers(self, data: bytes, name: str) -> Answers:
        """Read a text file of answers.

        Raises
        ------
        NotAnswersError
            If it is none; by itself a course has none.
        RefusedError
            In one line, which begins with `name`: what is wrong with it.
        """
        del data
        raise NotAnswersError(f"{name}: no file of answers.")

    def released(self, notebook: Any) -> Released | None:
        """Read which exercise a notebook was made from; None if the course writes it into none.

        Raises
        ------
        NotAnExerciseError
            If the course does so, and this notebook does not say it.
        """
        del notebook
        return None

    def packed(self, text: str) -> list[str]:
        """Return what may be records as a platform keeps them, wherever it stands in a text.

        By itself a course keeps none.
        """
        del text
        return []

    def unpack(self, packed: str) -> list[tuple[date, str]]:
        """Return the records of what is finished in such a part, each with its day.

        Raises
        ------
        RefusedError
            In words that end without a full stop: what is wrong with it, and what to do.
        """
        raise NotImplementedError

    def replay(self, root: Path | None, lines: Iterable[str]) -> tuple[list[str], list[str]]:
        """Return the records that can be replayed, and a sentence for each that cannot."""
        raise NotImplementedError


def is_learner(name: str) -> bool:
    """Say whether an id can be used: it becomes the name of a folder, on any system.

    Examples
    --------
    >>> is_learner("kettover-07"), is_learner("../root"), is_learner("nul")
    (True, False, False)
    """
    return re.fullmatch(LEARNER, name) is not None and is_portable(name)


def pseudonym(prefix: str = "learner-", length: int = 8) -> str:
    """Return an id that says nothing about the learner.

    Parameters
    ----------
    prefix
        What it begins with.
    length
        How many letters and digits follow, drawn at random.

    Examples
    --------
    >>> len(pseudonym())
    16
    """
    return prefix + "".join(secrets.choice(LETTERS) for _ in range(length))
