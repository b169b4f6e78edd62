"""Mark answers: a pure function. ``front/marking.js`` is the same in JavaScript.

An answer is a list of ids: the chosen option (single), the chosen options (multiple), ``true`` or
``false`` and the reason (reason), the items in order (order), and for each pair in the file's order
the pair whose answer was chosen (match). Where a question asks for confidence, how sure the reader
is comes first: ``1`` not sure, ``2`` fairly sure, ``3`` very sure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from fourps.play_record import DIGITS, Record, RecordError
from fourps.quiz.model import Match, Multiple, Order, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fourps.quiz.model import Question, Quiz

Answer = tuple[str, ...]
AnswerState = Literal["first", "second", "shown", "open"]
CONFIDENCE = ("1", "2", "3")


class AnswerError(ValueError):
    """An answer that does not belong to the question."""


@dataclass(frozen=True)
class QuizAttempt:
    """Answers so far."""

    quiz: Quiz
    """What was answered."""
    tries: Mapping[str, tuple[Answer, ...]]
    """For each question up to two answers; the second only after a wrong first."""

    @property
    def outcomes(self) -> dict[str, AnswerState]:
        """For each question: right at the first or second try, shown after two, or still open."""
        result: dict[str, AnswerState] = {}
        for name, question in self.quiz.questions.items():
            answers = self.tries.get(name, ())
            if answers and right(question, answers[-1]):
                result[name] = "first" if len(answers) == 1 else "second"
            else:
                result[name] = "shown" if len(answers) == self.quiz.tries else "open"
        return result

    @property
    def summary(self) -> dict[str, int]:
        """Counts of first answers, as ``summary`` in ``front/marking.js`` gives them.

        ``count`` questions, ``right`` of them right; ``situations`` that ask for confidence,
        ``situationsRight``; ``sure``: of these answered as very sure, ``sureRight``.
        """
        total = dict.fromkeys(
            ("count", "right", "situations", "situationsRight", "sure", "sureRight"), 0
        )
        for name, question in self.quiz.questions.items():
            answer = (self.tries.get(name) or ((),))[0]
            good = int(bool(answer) and right(question, answer))
            total["count"] += 1
            total["right"] += good
            if question.confidence:
                sure = answer[:1] == (CONFIDENCE[-1],)
                total["situations"] += 1
                total["situationsRight"] += good
                total["sure"] += sure
                total["sureRight"] += sure and good
        return total

    @property
    def finished(self) -> bool:
        """Whether no question is open."""
        return "open" not in self.outcomes.values()


def options(question: Question) -> list[str]:
    """Return the ids that an answer may name, sorted: a record counts positions in this list."""
    return sorted(question.parts)


def check_answer(question: Question, answer: Answer) -> None:
    """Check that an answer has the form that its question asks for.

    Raises
    ------
    AnswerError
        If it has not.
    """
    ids = options(question)
    level, answer = _split(question, answer)
    if question.confidence and level not in CONFIDENCE:
        raise AnswerError(f"Say first how sure you are: {', '.join(CONFIDENCE)}.")
    named = answer[1:] if isinstance(question, Reason) else answer
    unknown = [name for name in named if name not in ids]
    if unknown:
        raise AnswerError(f"'{unknown[0]}' is not an option here. Options: {', '.join(ids)}")
    repeated = len(set(named)) != len(named)
    match question:
        case Order() | Match():
            wrong = repeated or len(named) != len(ids)
        case Multiple():
            wrong = repeated or not named
        case Reason():
            wrong = len(named) != 1 or answer[0] not in ("true", "false")
        case _:
            wrong = len(named) != 1
    if wrong:
        raise AnswerError(f"This is not a whole answer to a question of kind '{question.kind}'.")


def right(question: Question, answer: Answer) -> bool:
    """Say whether an answer is right.

    Examples
    --------
    >>> from pathlib import Path
    >>> from fourps.course.files import find
    >>> from fourps.quiz.model import Order, load
    >>> quiz, _ = load(find("protection", "quiz.yaml", Path()))
    >>> all(right(q, tuple(q.items)) for q in quiz.questions.values() if isinstance(q, Order))
    True
    """
    _, answer = _split(question, answer)
    match question:
        case Order():
            return all(
                answer.index(earlier) < answer.index(name)
                for name, before in question.before.items()
                for earlier in before
            )
        case Match():
            return answer == tuple(question.pairs)
        case Reason():
            return answer[0] == str(question.answer).lower() and question.options[answer[1]].correct
        case _:
            return set(answer) == {name for name, part in question.options.items() if part.correct}


def mark(quiz: Quiz, tries: Mapping[str, Sequence[Sequence[str]]]) -> QuizAttempt:
    """Mark the answers to a quiz.

    Parameters
    ----------
    quiz
        What was asked.
    tries
        For each question its answers, at most two, the second only after a wrong first; in a test
        one.

    Raises
    ------
    AnswerError
        If a question is unknown, an answer does not fit, or there is one too many.
    """
    result: dict[str, tuple[Answer, ...]] = {}
    for name, attempts in tries.items():
        if name not in quiz.questions:
            raise AnswerError(f"There is no question '{name}'.")
        question = quiz.questions[name]
        answers = tuple(tuple(answer) for answer in attempts)
        for index, answer in enumerate(answers):
            check_answer(question, answer)
            if index >= quiz.tries or (index and right(question, answers[index - 1])):
                raise AnswerError(f"'{name}' was answered once too often.")
        if answers:
            result[name] = answers
    return QuizAttempt(quiz, result)


def encode(attempt: QuizAttempt) -> str:
    """Write the record of a quiz: questions by sorted id, split by dots, tries by tildes."""
    quiz, tries = attempt.quiz, attempt.tries
    moves = (
        "~".join(_write(quiz.questions[name], answer) for answer in tries.get(name, ()))
        for name in sorted(quiz.questions)
    )
    return str(Record(quiz.id, quiz.version, ".".join(moves)))


def _write(question: Question, answer: Answer) -> str:
    level, answer = _split(question, answer)
    ids = options(question)
    if isinstance(question, Reason):
        return level + answer[0][0] + DIGITS[ids.index(answer[1])]
    named = sorted(answer) if isinstance(question, Multiple) else answer
    return level + "".join(DIGITS[ids.index(name)] for name in named)


def decode(quiz: Quiz, line: str | Record) -> QuizAttempt:
    """Read the record of a quiz.

    Raises
    ------
    RecordError
        If it is damaged, or belongs to another quiz or version; the message says which.

    Examples
    --------
    >>> from pathlib import Path
    >>> from fourps.course.files import find
    >>> from fourps.quiz.model import load
    >>> quiz, _ = load(find("protection", "quiz.yaml", Path()))
    >>> decode(quiz, encode(mark(quiz, {}))).finished
    False
    """
    record = Record.parse(line)
    record.require(quiz.id, quiz.version)
    fields = record.moves.split(".")
    names = sorted(quiz.questions)
    try:
        tries = {
            name: [_parse(quiz.questions[name], text) for text in field.split("~")]
            for name, field in zip(names, fields, strict=True)
            if field
        }
        return mark(quiz, tries)
    except (AnswerError, ValueError, IndexError) as error:
        raise RecordError.of("record-answer") from error


def _parse(question: Question, text: str) -> Answer:
    ids = options(question)
    level = (text[0],) if question.confidence else ()
    text = text[len(level) :]
    if isinstance(question, Reason):
        level, text = (*level, {"t": "true", "f": "false"}.get(text[0], "")), text[1:]
    return (*level, *(ids[DIGITS.index(character)] for character in text))


def _split(question: Question, answer: Answer) -> tuple[str, Answer]:
    """Return how sure the reader is, or nothing where that is not asked, and the rest."""
    return ("".join(answer[:1]), answer[1:]) if question.confidence else ("", answer)
