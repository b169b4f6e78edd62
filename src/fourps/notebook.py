"""The functions that a notebook cell calls."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fourps.course.files import content_root, find

if TYPE_CHECKING:
    from collections.abc import Callable

    from fourps.quiz.widget import QuizWidget
    from fourps.scenario.widget import ScenarioWidget


def play(reference: str, language: str = "") -> ScenarioWidget:
    """Show a scenario.

    The widget's ``path`` and ``attempt`` follow the player, and the player follows them.

    Parameters
    ----------
    reference
        A module of the course, such as ``"protection"``, or the path of a scenario's YAML file.
    language
        A code such as ``fr``, by default that of the notebook; what is not translated is English.

    Examples
    --------
    >>> widget = play("protection")
    >>> widget.attempt["scenario"]
    'card-desk'
    """
    from fourps.course.language import here
    from fourps.scenario.model import load
    from fourps.scenario.widget import ScenarioWidget

    path = find(reference, "scenario.yaml", Path.cwd())
    scenario, _ = load(path)
    language = language or here()
    sources, say = _labels(language), _say(path, language)
    return ScenarioWidget(scenario, sources, reference, language, say=say)


def ask(reference: str, language: str = "", seed: int | None = None) -> QuizWidget:
    """Show a quiz.

    The widget's ``tries`` follow the player, and the player follows them.

    Parameters
    ----------
    reference
        A module of the course, such as ``"protection"``, or the path of a quiz's YAML file.
    language
        A code such as ``fr``, by default that of the notebook; what is not translated is English.
    seed
        Decides the order of the options; by default another one each time.

    Examples
    --------
    >>> set(ask("protection").outcomes.values())
    {'open'}
    """
    from fourps.course.language import here
    from fourps.quiz.model import load
    from fourps.quiz.widget import QuizWidget

    path = find(reference, "quiz.yaml", Path.cwd())
    quiz, _ = load(path)
    language = language or here()
    sources, say = _labels(language), _say(path, language)
    return QuizWidget(quiz, sources, reference, language, seed, say=say)


def _say(path: Path, language: str) -> Callable[[str], str]:
    from fourps.course import saying

    return saying.player(content_root(), path.resolve(), language)


def _labels(language: str) -> dict[str, str]:
    from fourps.course.bibliography import label_of

    return label_of(content_root() / "book" / "references.bib", language)
