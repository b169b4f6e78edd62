"""A quiz as its player reads it (``Quiz`` in ``front/marking.js``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fourps.quiz.model import Order, Reason
from fourps.scenario.player import paragraphs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fourps.quiz.model import Item, Option, Pair, Question, Quiz


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
        "questions": {name: _question(asked, labels) for name, asked in quiz.questions.items()},
    }


def only(table: dict[str, Any], *keys: str) -> dict[str, Any]:
    """Return what a table has under these keys, in their order.

    Examples
    --------
    >>> only({"a": 1, "b": 2}, "b", "c")
    {'b': 2}
    """
    return {key: table[key] for key in keys if key in table}


def marking(full: dict[str, Any]) -> dict[str, Any]:
    """Return what marks a quiz, without the texts that ask and explain.

    Examples
    --------
    >>> asked = {"kind": "single", "text": ["Now?"], "options": {"no": {"text": "No."}}}
    >>> marking({"id": "q", "questions": {"now": asked}})["questions"]
    {'now': {'kind': 'single', 'options': {'no': {}}}}
    """
    questions = {}
    for name, question in full["questions"].items():
        bare = only(question, "kind", "objective", "confidence", "answer", "before")
        for key, parts in only(question, "options", "items", "pairs").items():
            bare[key] = {part: only(parts[part], "correct") for part in parts}
        questions[name] = bare
    return {**full, "title": "", "questions": questions}


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
    if question.rule:
        result["rule"] = question.rule
    result[question.group] = {name: _part(part) for name, part in question.parts.items()}
    if isinstance(question, Order):
        result["before"] = question.before
    if isinstance(question, Reason):
        result["answer"] = question.answer
    return result


def _part(part: Option | Item | Pair) -> dict[str, Any]:
    fields = part.model_dump(exclude={"after"}).items()
    return {key: " ".join(text.split()) if isinstance(text, str) else text for key, text in fields}
