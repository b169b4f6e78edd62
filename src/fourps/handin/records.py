"""Whether records that came with a hand-in can be replayed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.play_record import Record, RecordError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fourps.handin.players import Players


def check_records(lines: Iterable[str], known: Players) -> tuple[list[str], list[str]]:
    """Replay records; return each once, and a sentence for each that cannot be replayed.

    Parameters
    ----------
    lines
        What the learner copied.
    known
        The scenarios and quizzes of the course that they should belong to.
    """
    accepted: list[str] = []
    refused: list[str] = []
    for line in lines:
        name = "One record"
        try:
            record = Record.parse(line)
            name = f"The record of '{record.id}'"
            known.replay(record)
        except RecordError as error:
            refused.append(f"{name} is left out. {error}")
        else:
            accepted.append(str(record))
    return list(dict.fromkeys(accepted)), refused
