"""The rules that staff keep in the invented country: one answer wherever a thing comes up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from fourps.course.source import Identifier, Silencing, Source, Strict, Text

if TYPE_CHECKING:
    from pathlib import Path


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        message = f"is no regular expression: {error}"
        raise ValueError(message) from error
    return text


Pattern = Annotated[Text, AfterValidator(_pattern)]


class Rule(Silencing):
    """One rule, and where a learner meets it."""

    kind: Literal["law", "policy", "advice"]
    """Law and policy are others elsewhere, so a host has a line of its own beside them; advice on
    safety has none, since a host must not override it."""
    clause: Annotated[int, Field(ge=1)] | None = None
    """Of the law of the invented country: which one says it."""
    rule: Text
    """What staff do, as it holds in the invented country."""
    says: Pattern | None = None
    """What each part that teaches it says, as a regular expression, whatever the case."""
    never: list[Pattern] = []
    """What no text of the course says, because it tells the rule in another way."""
    taught: list[Text] = []
    """Parts of pages, from the course's folder: ``modules/ferry/lesson.md#the-child-rule``."""
    practised: list[Text] = []
    """Nodes of scenarios, each after its module: ``ferry/lane-four``."""
    assessed: list[Text] = []
    """Questions, each after its quiz or test, ``ferry-quiz/nineteen``, or cells of exercises,
    ``exercises/ferry/exercise.md#task-7``."""

    @model_validator(mode="after")
    def _clause_of_a_law(self) -> Self:
        if self.clause and self.kind != "law":
            raise ValueError(
                f"a clause is law: drop `clause`, or write `kind: law`, not {self.kind}"
            )
        return self


class Rules(Strict):
    """All of them, by id."""

    rules: Annotated[dict[Identifier, Rule], Field(min_length=1)]


def load(path: Path) -> tuple[Rules, Source]:
    """Read the rules of a course.

    Parameters
    ----------
    path
        Its ``book/rules.yaml``.

    Raises
    ------
    BrokenSourceError
        With file, line and field of each thing that is wrong.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "rules.yaml"
    >>> _ = file.write_text("rules: {child: {kind: law, rule: Tell the office., clause: 3}}")
    >>> load(file)[0].rules["child"].clause
    3
    """
    return Source.load(path, Rules)
