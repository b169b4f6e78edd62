"""What a learner can carry away: decision records, and the document that a device keeps.

A decision record is one short line, ``fourps1:card-desk:1a2b3c4d:0213:mp``: format, id of the
scenario or quiz, version, moves, two check characters. Each move is one character, the position of
the option among the sorted ids of its siblings, so that reordering or rewording changes nothing.
``front/record.js`` writes and reads the same.
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

FORMAT = "fourps1"
STORAGE_KEY = "fourps"
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_PARTS = 5


class RecordError(ValueError):
    """A record that cannot be used; the message is meant for the learner."""


class Record(NamedTuple):
    """A decision record, taken apart.

    Attributes
    ----------
    id
        The scenario's or quiz's id.
    version
        Its version when it was played.
    moves
        One character a move; its meaning belongs to the scenario or quiz.

    Examples
    --------
    >>> str(Record("card-desk", "1a2b3c4d", "0213"))
    'fourps1:card-desk:1a2b3c4d:0213:mp'
    >>> Record.parse("fourps1:card-desk:1a2b3c4d:0213:mp").moves
    '0213'
    """

    id: str
    version: str
    moves: str

    @property
    def body(self) -> str:
        """The line without its check characters."""
        return ":".join((FORMAT, *self))

    def __str__(self) -> str:
        return f"{self.body}:{checksum(self.body)}"

    @classmethod
    def parse(cls, line: str) -> Self:
        """Read a record.

        Parameters
        ----------
        line
            What the learner pasted; spaces around it do not matter.

        Returns
        -------
        Record
            Its parts.

        Raises
        ------
        RecordError
            If it is no record, or was changed on its way.
        """
        parts = line.strip().split(":")
        if parts[0] != FORMAT or len(parts) != _PARTS:
            example = cls("card-desk", "1a2b3c4d", "0213")
            raise RecordError(f"This is not a decision record. A record looks like {example}")
        record = cls(*parts[1:-1])
        if checksum(record.body) != parts[-1]:
            raise RecordError("This record was damaged on its way. Copy the whole line again.")
        return record

    def require(self, identifier: str, version: str) -> None:
        """Check that the record belongs to this scenario or quiz.

        Raises
        ------
        RecordError
            If it belongs to another one, or to another version.
        """
        if self.id != identifier:
            raise RecordError(f"This record belongs to '{self.id}', not to '{identifier}'.")
        if self.version != version:
            raise RecordError(
                f"This record was made with version {self.version}; here is version {version}. "
                "The choices have changed since, so it cannot be replayed."
            )


def checksum(body: str) -> str:
    """Return two characters that nearly every slip of a single character changes.

    Examples
    --------
    >>> checksum("fourps1:card-desk:1a2b3c4d:0213") == checksum("fourps1:card-desk:1a2b3c4d:0231")
    False
    """
    value = 0
    # 1291 is the largest prime below 36 squared
    for character in body:
        value = (value * 31 + ord(character)) % 1291
    return DIGITS[value // 36] + DIGITS[value % 36]


class KeptAttempt(BaseModel):
    """One finished play or quiz.

    Attributes
    ----------
    kind
        What was finished.
    record
        Its decision record.
    result
        The ending's kind, or ``done`` for a quiz. For show only: the record is what counts.
    at
        The day, as in ``2026-11-24``.
    """

    model_config = ConfigDict(extra="forbid", strict=True)

    kind: Literal["scenario", "quiz"]
    record: str
    result: Literal["safe", "gaps", "repaired", "unsafe", "done"]
    at: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class Kept(BaseModel):
    """The document that a device keeps, once its reader said yes.

    It is JSON under the key ``fourps`` of the browser's localStorage. Nothing is kept without the
    reader's yes; erasing removes the whole document, the yes included.

    Attributes
    ----------
    format
        1. A document with another number is left alone and not read.
    attempts
        Finished plays and quizzes, oldest first.
    stopped
        For each id the record of a play that was stopped half-way.

    Examples
    --------
    >>> kept = Kept()
    >>> kept.stopped["card-desk"] = str(Record("card-desk", "1a2b3c4d", "02"))
    >>> Kept.loads(kept.dumps()) == kept
    True
    """

    model_config = ConfigDict(extra="forbid", strict=True)

    format: Literal[1] = 1
    attempts: list[KeptAttempt] = []
    stopped: dict[str, str] = {}

    @classmethod
    def loads(cls, text: str) -> Self:
        """Read the document.

        Raises
        ------
        RecordError
            If it has another format.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "the document"
            raise RecordError(f"Not a record of this course: {where}: {first['msg']}") from error

    def dumps(self) -> str:
        """Write the document as JSON."""
        return self.model_dump_json()
