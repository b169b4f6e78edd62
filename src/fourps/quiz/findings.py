"""Finds what a careful reader would object to in a quiz."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING

from fourps.course.outcomes import Known
from fourps.course.source import Remark, problems
from fourps.quiz.model import Match, Order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fourps.course.problem import Problem
    from fourps.course.source import Source
    from fourps.quiz.model import Question, Quiz

LONGEST_RIGHT = 0.4


class Finding(StrEnum):
    """Stable names; ``silence: [name]`` on the question or quiz silences one."""

    REPEATED_FEEDBACK = "repeated-feedback"
    LONGEST_RIGHT = "longest-right"
    UNKNOWN_SOURCE = "unknown-source"
    UNKNOWN_OBJECTIVE = "unknown-objective"
    UNASKED_OBJECTIVE = "unasked-objective"


def feedbacks(question: Question) -> dict[str, tuple[str, str]]:
    """Return for each part of a question the key of its group and its feedback."""
    return {name: (question.group, part.feedback) for name, part in question.parts.items()}


def check(quiz: Quiz, source: Source, known: Known | None = None) -> list[Problem]:
    """Examine a quiz that loads: all that is not silenced where it stands, as the file has it.

    Parameters
    ----------
    quiz, source
        As returned by `fourps.quiz.model.load`.
    known
        Citation keys and outcomes of the course.

    Examples
    --------
    >>> from pathlib import Path
    >>> from fourps.course.files import find
    >>> from fourps.quiz.model import load
    >>> check(*load(find("protection", "quiz.yaml", Path())))
    []
    """
    return problems(source, (*_texts(quiz), *_names(quiz, known or Known())))


def _texts(quiz: Quiz) -> Iterator[Remark]:
    written = Counter(
        " ".join(text.split())
        for question in quiz.questions.values()
        for _, text in feedbacks(question).values()
    )
    repeated = "this feedback stands more than once; say what is particular to this answer"
    choosing = longest = 0
    for name, question in quiz.questions.items():
        for key, (group, text) in feedbacks(question).items():
            if written[" ".join(text.split())] > 1:
                at = ("questions", name, group, key, "feedback")
                yield Remark(Finding.REPEATED_FEEDBACK, at, repeated)
        if not isinstance(question, Order | Match):
            choosing += 1
            ranked = sorted(question.options.values(), key=lambda option: len(option.text))
            longest += ranked[-1].correct
    if choosing and longest > LONGEST_RIGHT * choosing:
        message = f"a right option is the longest in {longest} of {choosing} questions, more than "
        message += f"{LONGEST_RIGHT:.0%}; length gives the answer away"
        yield Remark(Finding.LONGEST_RIGHT, ("questions",), message)


def _names(quiz: Quiz, known: Known) -> Iterator[Remark]:
    sources = ((("questions", name), asked.source) for name, asked in quiz.questions.items())
    yield from known.unknown(quiz.objectives, sources)
    for index, objective in enumerate(quiz.objectives):
        if all(question.objective != objective for question in quiz.questions.values()):
            message = f"no question asks about '{objective}'"
            yield Remark(Finding.UNASKED_OBJECTIVE, ("objectives", index), message)
    for name, question in quiz.questions.items():
        again = known.elsewhere is None or question.objective in known.elsewhere
        if question.objective not in quiz.objectives and not again:
            message = f"'{question.objective}' is neither among the quiz's objectives nor an "
            message += "outcome of another module"
            yield Remark(Finding.UNKNOWN_OBJECTIVE, ("questions", name, "objective"), message)
