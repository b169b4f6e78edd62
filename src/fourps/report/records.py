"""Read the decision and quiz records that learners handed in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from fourps.play_record import RecordError
from fourps.quiz.marking import QuizAttempt
from nbseal.base.errors import UserError
from nbseal.collect.practice import FILE
from nbseal.machine import brief, stops_all
from nbseal.time_limit import in_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from fourps.handin.records import Players
    from fourps.scenario.engine import Attempt
    from nbseal.base.errors import Reason
    from nbseal.collect.submissions import Submission

NAME = "records.txt"
# a hundred records of the longest quiz are far below this
_LARGEST = 1_000_000


@dataclass
class HandedIn:
    """What was handed in, each learner once for each scenario and quiz."""

    plays: dict[str, dict[str, Attempt]] = field(default_factory=lambda: defaultdict(dict))
    """Finished plays: by scenario, then by learner."""
    answers: dict[str, dict[str, QuizAttempt]] = field(default_factory=lambda: defaultdict(dict))
    """Finished quizzes and tests: by quiz, then by learner."""
    stopped: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """For each scenario or quiz, the number of records that end on the way."""
    learners: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """How many records each learner handed in, those that cannot be read not counted."""
    refused: list[tuple[str, Reason]] = field(default_factory=list)
    """Learner, and why one of their records cannot be read."""
    troubles: list[str] = field(default_factory=list)
    """A line for each learner whose file cannot be read."""


def in_hand_ins(submissions: Iterable[Submission]) -> Iterator[tuple[str, Path]]:
    """Yield learner and file of the records that came with hand-ins.

    Parameters
    ----------
    submissions
        What was handed in.
    """
    for submission in submissions:
        if (submission.folder / NAME).is_file():
            yield submission.student, submission.folder / NAME


def in_folder(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield learner and file of records that were collected in another way.

    Parameters
    ----------
    folder
        Text files with a record on each line. A file, or the folder that it lies in, is named after
        its learner.

    Raises
    ------
    UserError
        If it is a file: that may be an export, in which many have a part.
    """
    if folder.is_file():
        raise UserError(
            f"{folder} is no folder of records. If a platform exported it, take it once with "
            f"fourps grade collect {folder.name}; each report reads it from then on."
        )
    for path in sorted(folder.rglob("*.txt")):
        first = path.relative_to(folder).parts[0]
        yield (path.stem if first == path.name else first), path


def read(
    files: Iterable[tuple[str, Path]],
    known: Players,
    practice: Mapping[str, Iterable[str]] = MappingProxyType({}),
) -> HandedIn:
    """Replay records. The first of a learner's records of one scenario or quiz counts.

    A record that cannot be replayed is named, and the others count. So do those of the others where
    one learner's file cannot be read, or takes too long.

    Parameters
    ----------
    files
        Learner and file.
    known
        The scenarios and quizzes of the course.
    practice
        Records that a platform exported, by learner. They stand behind what was handed in.
    """
    handed = HandedIn()
    seen: set[tuple[str, str]] = set()
    read_from = ((learner, str(path), partial(_lines, path)) for learner, path in files)
    exported = ((learner, FILE, partial(iter, lines)) for learner, lines in practice.items())
    for learner, where, lines in chain(read_from, exported):
        try:
            with in_time():
                for line in lines():
                    if (learner, line) not in seen:
                        seen.add((learner, line))
                        _add(handed, learner, line, known)
        except Exception as error:
            if stops_all(error):
                raise
            handed.troubles.append(f"{learner}: {where} is left out ({brief(error)}).")
    return handed


def _lines(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        text = file.read(_LARGEST).decode("utf-8-sig", "replace")
    return filter(None, map(str.strip, text.splitlines()))


def _add(handed: HandedIn, learner: str, line: str, known: Players) -> None:
    try:
        attempt = known.replay(line)
    except RecordError as error:
        handed.refused.append((learner, error.reason))
        return
    handed.learners[learner] += 1
    if isinstance(attempt, QuizAttempt):
        if attempt.finished:
            handed.answers[attempt.quiz.id].setdefault(learner, attempt)
        else:
            handed.stopped[attempt.quiz.id] += 1
    elif attempt.ending:
        handed.plays[attempt.scenario.id].setdefault(learner, attempt)
    else:
        handed.stopped[attempt.scenario.id] += 1
