"""A quiz as its player reads it (``Quiz`` in ``front/marking.js``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fourps.quiz.model import Match, Order, Reason
from fourps.scenario.player import paragraphs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fourps.quiz.model import Question, Quiz


def spec(quiz: Quiz, labels: Mapping[str, str]) -> dict[str, Any]:
    """Return everything that a player needs, as plain JSON values: see ``front/marking.js``.

    Parameters
    ----------
    quiz
        What to ask.
    labels
        The printed label of each citation key.
    """
    return {
        "id": quiz.id,
        "version": quiz.version,
        "title": quiz.title,
        **({"test": True} if quiz.test else {}),
        "questions": {name: _question(one, labels) for name, one in quiz.questions.items()},
    }


def _question(question: Question, labels: Mapping[str, str]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "kind": question.kind,
        "objective": question.objective,
        "text": paragraphs(question.text),
        "why": paragraphs(question.why),
        "sources": [{"label": labels.get(key, key)} for key in question.source],
    }
    if question.confidence:
        result["confidence"] = True
    match question:
        case Order():
            result["items"] = {
                name: {"text": _line(one.text), "feedback": _line(one.feedback)}
                for name, one in question.items.items()
            }
            result["before"] = question.before
        case Match():
            result["pairs"] = {
                name: {
                    "text": _line(one.text),
                    "answer": _line(one.answer),
                    "feedback": _line(one.feedback),
                }
                for name, one in question.pairs.items()
            }
        case _:
            result["options"] = {
                name: {
                    "text": _line(one.text),
                    "feedback": _line(one.feedback),
                    "correct": one.correct,
                }
                for name, one in question.options.items()
            }
            if isinstance(question, Reason):
                result["answer"] = question.answer
    return result


def _line(text: str) -> str:
    return " ".join(text.split())
