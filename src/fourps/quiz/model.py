"""A quiz as its author writes it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from fourps.course.source import Identifier, Rules, Silencing, Source, Sources, Strict, Text
from fourps.play_record import version_of

if TYPE_CHECKING:
    from pathlib import Path


SEVERAL = 2


class Option(Strict):
    """One answer among several."""

    text: Text
    feedback: Text
    correct: bool = False


class Item(Strict):
    """One thing to put in order; `after` names those that must come before it."""

    text: Text
    feedback: Text
    after: list[Identifier] = []


class Pair(Strict):
    """A thing and what it is matched with."""

    text: Text
    answer: Text
    feedback: Text


class _Question(Silencing):
    # the key under which its parts stand
    group: ClassVar[str] = "options"

    confidence: bool = False
    objective: Text
    source: Sources = []
    text: Text
    rule: Rules = []
    why: Text

    @property
    def parts(self) -> dict[str, Option | Item | Pair]:
        """What an answer may name, by id."""
        return dict(getattr(self, self.group))


class _OneRight(_Question):
    options: Annotated[dict[Identifier, Option], Field(min_length=2)]

    @model_validator(mode="after")
    def _one_right(self) -> Self:
        right = sum(option.correct for option in self.options.values())
        if right != 1:
            raise ValueError(f"expected exactly one option with 'correct: true', found {right}")
        return self


class Single(_OneRight):
    """One right option."""

    kind: Literal["single"]


class Multiple(_Question):
    """Two or more right options, and at least one wrong."""

    kind: Literal["multiple"]
    options: Annotated[dict[Identifier, Option], Field(min_length=3)]

    @model_validator(mode="after")
    def _several_right(self) -> Self:
        right = sum(option.correct for option in self.options.values())
        if right < SEVERAL or right == len(self.options):
            raise ValueError(
                "expected at least two options with 'correct: true' and one without, "
                f"found {right} right of {len(self.options)}"
            )
        return self


class Reason(_OneRight):
    """True or false, with the one right reason."""

    kind: Literal["reason"]
    answer: bool


class Order(_Question):
    """Things to put in order; without any `after`, only the file's order is right."""

    group: ClassVar[str] = "items"
    kind: Literal["order"]
    items: Annotated[dict[Identifier, Item], Field(min_length=3)]

    @model_validator(mode="after")
    def _possible(self) -> Self:
        seen: set[str] = set()
        for name, item in self.items.items():
            for earlier in item.after:
                if earlier not in self.items:
                    raise ValueError(f"'{name}' comes after '{earlier}', which is no item")
                if earlier not in seen:
                    raise ValueError(
                        f"'{name}' comes after '{earlier}', which stands below it; "
                        "list the items in an order that is right"
                    )
            seen.add(name)
        return self

    @cached_property
    def before(self) -> dict[str, list[str]]:
        """For each item those that must come before it."""
        if any(item.after for item in self.items.values()):
            return {name: list(item.after) for name, item in self.items.items()}
        names = list(self.items)
        return {name: names[:index] for index, name in enumerate(names)}


class Match(_Question):
    """Things to match with answers that are all different."""

    group: ClassVar[str] = "pairs"
    kind: Literal["match"]
    pairs: Annotated[dict[Identifier, Pair], Field(min_length=3)]

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        answers = [pair.answer for pair in self.pairs.values()]
        for answer in answers:
            if answers.count(answer) > 1:
                raise ValueError(f"two pairs have the same answer, {answer!r}; make them differ")
        return self


Question = Annotated[Single | Multiple | Reason | Order | Match, Field(discriminator="kind")]


class Quiz(Silencing):
    """A whole quiz, its questions keyed by stable ids.

    A test (``test: true``) gives each question one try, and its feedback at the end; a question in
    it with ``confidence: true`` also asks how sure the reader is.
    """

    id: Identifier
    title: Text
    test: bool = False
    objectives: Annotated[list[Text], Field(min_length=1)]
    questions: Annotated[dict[Identifier, Question], Field(min_length=1)]

    @model_validator(mode="after")
    def _in_tests(self) -> Self:
        for name, question in self.questions.items():
            if question.rule and self.test:
                raise ValueError(
                    f"'{name}' names a rule: a test shows no line of the reader's own place"
                )
            if question.confidence and not self.test:
                raise ValueError(
                    f"'{name}' asks for confidence, which only a test does: add 'test: true'"
                )
        return self

    @property
    def tries(self) -> int:
        """How often a question may be answered."""
        return 1 if self.test else 2

    @cached_property
    def version(self) -> str:
        """Eight hexadecimal digits that change with ids and right answers, never with text."""
        return version_of(self.structure())

    def structure(self) -> dict[str, Any]:
        """Return all that marking needs and no text."""
        questions = {name: _key(question) for name, question in self.questions.items()}
        return {"id": self.id, "questions": questions} | ({"test": True} if self.test else {})


def _key(question: Question) -> dict[str, Any]:
    key: dict[str, Any] = {"kind": question.kind, "objective": question.objective}
    if question.confidence:
        key["confidence"] = True
    match question:
        case Single() | Multiple() | Reason():
            key["options"] = {name: int(part.correct) for name, part in question.options.items()}
            if isinstance(question, Reason):
                key["answer"] = question.answer
        case Order():
            key["before"] = question.before
        case Match():
            key["pairs"] = list(question.pairs)
    return key


def decision(quiz: Quiz, name: str = "") -> tuple[str, Single]:
    """Return the question that stands as a decision within a page, and its name.

    Parameters
    ----------
    quiz
        What the page names.
    name
        One of its questions; without it, the quiz has only one.

    Raises
    ------
    ValueError
        If there is no such question, or it has not exactly one right option.

    Examples
    --------
    >>> from pathlib import Path
    >>> from fourps.course.files import content_root
    >>> path = content_root() / "modules" / "protection" / "decides.yaml"
    >>> decision(load(path)[0], "ladder")[0]
    'ladder'
    """
    if name and name not in quiz.questions:
        raise ValueError(f"there is no question '{name}'. Questions: {', '.join(quiz.questions)}")
    chosen, *others = [name] if name else quiz.questions
    question = quiz.questions[chosen]
    if others or not isinstance(question, Single):
        raise ValueError("a decision is one question of the kind 'single'; name one of several")
    return chosen, question


def load(path: Path) -> tuple[Quiz, Source]:
    """Read a quiz.

    Parameters
    ----------
    path
        A quiz's YAML file.

    Examples
    --------
    >>> from pathlib import Path
    >>> from fourps.course.files import find
    >>> load(find("protection", "quiz.yaml", Path()))[0].id
    'protection-quiz'
    """
    return Source.load(path, Quiz)
