"""The rules that staff keep in the invented country: one answer wherever a thing comes up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from fourps.course.source import Identifier, Source, Strict, Text

if TYPE_CHECKING:
    from pathlib import Path

Names = Annotated[list[Text], Field(min_length=1)]


class Rule(Strict):
    """One rule, and where a learner meets it."""

    rule: Text
    """What staff do, as it holds in Selvarra."""
    taught: Names
    """Pages, from the course's folder: `modules/protection/lesson/child.md`."""
    practised: Names
    """Situations of scenarios: `protection/timing`."""
    assessed: Names
    """Questions of quizzes and tests, `protection-quiz/eighteen`, or pages of exercises."""


class Rules(Strict):
    """All of them, by id."""

    rules: Annotated[dict[Identifier, Rule], Field(min_length=1)]


def load(path: Path) -> tuple[Rules, Source]:
    """Read the rules of a course.

    Parameters
    ----------
    path
        Its ``book/rules.yaml``.
    """
    return Source.load(path, Rules)
