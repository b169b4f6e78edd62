"""Records that a learner can carry away: those of decisions, and the document that a device keeps.

A decision record is one short line, ``fourps1:card-desk:1a2b3c4d:0213:mp``: format, id of the
scenario or quiz, version, moves, two check characters. Each move is one character, the position of
the option among the sorted ids of its siblings, so that reordering or rewording changes nothing.
``front/record.js`` writes and reads the same.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, NamedTuple, Self

from nbseal.base.errors import UserError

FORMAT = "fourps1"
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_PARTS = 5
# why a line cannot be replayed
REFUSALS = {
    "record-foreign": "This is not a decision record. A record looks like {example}",
    "record-other": "This record belongs to '{theirs}', not to '{ours}'.",
    "record-damaged": "This record was damaged on its way. Copy the whole line again.",
    "record-version": "This record was made with version {theirs}; here is version {ours}. The "
    "choices have changed since, so it cannot be replayed.",
    "record-step": "Step {step} of this record is not a choice of this scenario.",
    "record-answer": "This record contains an answer that this quiz does not have.",
    "record-unknown": "The course has no scenario or quiz of this name.",
}


class RecordError(UserError, ValueError):
    """A record that cannot be used; the message is meant for the learner."""

    texts = REFUSALS


class Record(NamedTuple):
    """A decision record, taken apart.

    Examples
    --------
    >>> str(Record("card-desk", "1a2b3c4d", "0213"))
    'fourps1:card-desk:1a2b3c4d:0213:mp'
    >>> Record.parse("fourps1:card-desk:1a2b3c4d:0213:mp").moves
    '0213'
    """

    id: str
    """The scenario's or quiz's id."""
    version: str
    """Its version when it was played."""
    moves: str
    """One character a move; its meaning belongs to the scenario or quiz."""

    @property
    def body(self) -> str:
        """The line without its check characters."""
        return ":".join((FORMAT, *self))

    def __str__(self) -> str:
        return f"{self.body}:{checksum(self.body)}"

    @classmethod
    def parse(cls, line: str | Self) -> Self:
        """Read a record into its parts.

        Parameters
        ----------
        line
            What the learner pasted; spaces around it do not matter. What was read stays as it is.

        Raises
        ------
        RecordError
            If it is no record, or was changed on its way.
        """
        if not isinstance(line, str):
            return line
        parts = line.strip().split(":")
        if parts[0] != FORMAT or len(parts) != _PARTS:
            example = cls("card-desk", "1a2b3c4d", "0213")
            raise RecordError.of("record-foreign", example=example)
        record = cls(*parts[1:-1])
        if checksum(record.body) != parts[-1]:
            raise RecordError.of("record-damaged")
        return record

    def require(self, identifier: str, version: str) -> None:
        """Check that the record belongs to this scenario or quiz.

        Raises
        ------
        RecordError
            If it belongs to another one, or to another version.
        """
        if self.id != identifier:
            raise RecordError.of("record-other", theirs=self.id, ours=identifier)
        if self.version != version:
            raise RecordError.of("record-version", theirs=self.version, ours=version)


def version_of(structure: dict[str, Any]) -> str:
    """Return the version of a scenario or quiz by what records of it rest on.

    Examples
    --------
    >>> version_of({"id": "a", "test": True}) == version_of({"test": True, "id": "a"})
    True
    """
    text = json.dumps(structure, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:8]


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
