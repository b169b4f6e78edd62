"""Find what a learner can hand in a record of, and say whether a record can be replayed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import fourps.quiz.files
import fourps.quiz.marking
import fourps.quiz.model
import fourps.scenario.engine
import fourps.scenario.model
from fourps.course.english import EXERCISES
from fourps.course.toc import modules
from fourps.play_record import Record, RecordError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fourps.course.files import CourseRoot
    from fourps.quiz.marking import QuizAttempt
    from fourps.quiz.model import Quiz
    from fourps.scenario.engine import Attempt
    from fourps.scenario.model import Scenario

# the forms of the test, in the order in which they are taken
FORMS = ("before", "after", "later")


class Players(NamedTuple):
    """All that a learner can hand in a record of."""

    scenarios: dict[str, Scenario]
    quizzes: dict[str, Quiz]
    """By id, in the order of the course; the three forms of the test stand last."""

    def replay(self, line: str | Record) -> Attempt | QuizAttempt:
        """Replay a record, and return what it records.

        Parameters
        ----------
        line
            The record, as the learner gave it or as it was read.

        Raises
        ------
        RecordError
            If it is damaged, or belongs to nothing here.
        """
        record = Record.parse(line)
        if record.id in self.scenarios:
            return fourps.scenario.engine.decode(self.scenarios[record.id], record)
        if record.id in self.quizzes:
            return fourps.quiz.marking.decode(self.quizzes[record.id], record)
        raise RecordError.of("record-unknown")


def players(root: CourseRoot) -> Players:
    """Read every scenario, quiz and form of the test.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> known = players(content_root())
    >>> "card-desk" in known.scenarios, list(known.quizzes)[-3:]
    (True, ['before', 'after', 'later'])
    """
    folders = modules(root)
    scenarios = [folder / "scenario.yaml" for folder in folders]
    quizzes = [
        path
        for folder in folders
        for path in fourps.quiz.files.quizzes(folder)
        if path.name != fourps.quiz.files.DECISIONS
    ]
    forms = [root / "book" / "forms" / f"{name}.yaml" for name in FORMS]
    read = [fourps.scenario.model.load(path)[0] for path in scenarios if path.is_file()]
    asked = [fourps.quiz.model.load(path)[0] for path in (*quizzes, *forms) if path.is_file()]
    return Players({scenario.id: scenario for scenario in read}, {quiz.id: quiz for quiz in asked})


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
        key, about = "record-left-out", ""
        try:
            record = Record.parse(line)
            key, about = "record-of-left-out", record.id
            known.replay(record)
        except RecordError as error:
            refused.append(words[key].format(id=about, why=error.reason.said(words)))
        else:
            accepted.append(str(record))
    return list(dict.fromkeys(accepted)), refused
