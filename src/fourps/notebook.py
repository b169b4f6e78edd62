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
    from fourps.scenario.model import load
    from fourps.scenario.widget import ScenarioWidget

    path = find(reference, "scenario.yaml", Path.cwd())
    language, labels, say = _around(path, language)
    return ScenarioWidget(load(path)[0], labels, reference, language, say=say)


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
    from fourps.quiz.model import load
    from fourps.quiz.widget import QuizWidget

    path = find(reference, "quiz.yaml", Path.cwd())
    language, labels, say = _around(path, language)
    return QuizWidget(load(path)[0], labels, reference, language, seed, say=say)


def _around(path: Path, language: str) -> tuple[str, dict[str, str], Callable[[str], str]]:
    """Return the language to speak, and in it the labels of sources and the texts of a file."""
    from fourps.course import saying
    from fourps.course.bibliography import label_of
    from fourps.course.language import here

    root, language = content_root(), language or here()
    labels = label_of(root / "book" / "references.bib", language)
    return language, labels, saying.player(root, path.resolve(), language)
