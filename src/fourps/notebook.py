"""What a notebook cell calls."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fourps.course.files import content_root, find

if TYPE_CHECKING:
    from fourps.quiz.widget import QuizWidget
    from fourps.scenario.widget import ScenarioWidget


def play(reference: str, language: str = "en") -> ScenarioWidget:
    """Show a scenario.

    The widget's ``path`` and ``attempt`` follow the player, and the player follows them.

    Parameters
    ----------
    reference
        A module of the course, such as ``"protection"``, or the path of a scenario's YAML file.
    language
        The language of the player's own words.

    Examples
    --------
    >>> widget = play("protection")
    >>> widget.attempt["scenario"]
    'card-desk'
    """
    from fourps.scenario.model import load
    from fourps.scenario.widget import ScenarioWidget

    scenario, _ = load(find(reference, "scenario.yaml", Path.cwd()))
    return ScenarioWidget(scenario, _labels(), reference, language)


def ask(reference: str, language: str = "en", seed: int | None = None) -> QuizWidget:
    """Show a quiz.

    The widget's ``tries`` follow the player, and the player follows them.

    Parameters
    ----------
    reference
        A module of the course, such as ``"protection"``, or the path of a quiz's YAML file.
    language
        The language of the player's own words.
    seed
        Decides the order of the options; by default another one each time.

    Examples
    --------
    >>> set(ask("protection").outcomes.values())
    {'open'}
    """
    from fourps.quiz.model import load
    from fourps.quiz.widget import QuizWidget

    quiz, _ = load(find(reference, "quiz.yaml", Path.cwd()))
    return QuizWidget(quiz, _labels(), reference, language, seed)


def _labels() -> dict[str, str]:
    from fourps.course.citations import labels

    return labels(content_root() / "book" / "references.bib")
