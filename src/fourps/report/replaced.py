"""What learners answered and played, with some of it replaced by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.play_record import RecordError
from fourps.quiz.marking import QuizAttempt
from fourps.report import chance
from fourps.report.chance import luck
from fourps.scenario.engine import Attempt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fourps.handin.players import Players


def replaced_answers(
    name: str, lines: Mapping[str, str], known: Players, secret: bytes
) -> list[QuizAttempt]:
    """Return what learners answered, each with the same chance in whatever table it counts."""
    return [
        chance.answers(one, luck(secret, name, who, line))
        for who, line in lines.items()
        if isinstance(one := _replayed(known, line), QuizAttempt)
    ]


def replaced_plays(
    name: str, lines: Mapping[str, str], known: Players, secret: bytes
) -> list[Attempt]:
    """Return what learners chose in a scenario, in the same way."""
    return [
        chance.play(one, luck(secret, name, who, line))
        for who, line in lines.items()
        if isinstance(one := _replayed(known, line), Attempt)
    ]


def _replayed(known: Players, line: str) -> Attempt | QuizAttempt | None:
    try:
        return known.replay(line)
    except RecordError:
        # of a version that the course has no more
        return None
