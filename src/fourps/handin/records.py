"""Whether records that came with a hand-in can be replayed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.course.english import EXERCISES
from fourps.play_record import Record, RecordError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fourps.handin.players import Players


def check_records(
    lines: Iterable[str], known: Players, words: Mapping[str, str] = EXERCISES
) -> tuple[list[str], list[str]]:
    """Replay records; return each once, and a sentence for each that cannot be replayed.

    Parameters
    ----------
    lines
        What the learner copied.
    known
        The scenarios and quizzes of the course that they should belong to.
    words
        Of the learner's language.
    """
    accepted: list[str] = []
    refused: list[str] = []
    for line in lines:
        said, about = "record-left-out", ""
        try:
            record = Record.parse(line)
            said, about = "record-of-left-out", record.id
            known.replay(record)
        except RecordError as error:
            refused.append(words[said].format(id=about, why=error.reason.said(words)))
        else:
            accepted.append(str(record))
    return list(dict.fromkeys(accepted)), refused
