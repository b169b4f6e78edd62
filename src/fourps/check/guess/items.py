"""What a reader chooses from: the options of every node and of every question."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import fourps.course.outcomes
import fourps.quiz.model
import fourps.scenario.model
from fourps.check.guess.texts import texts
from fourps.quiz.model import Match, Order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from fourps.quiz.model import Quiz
    from fourps.scenario.model import Scenario


class Item(NamedTuple):
    """Options of which some are best, as a reader meets them.

    Attributes
    ----------
    kind
        ``scenarios`` or ``questions``.
    module
        Whose matter it is; a question of a test belongs to the module of its outcome.
    path, line
        Where it stands.
    place
        Its field in the file, with a dot between names.
    options
        The text of each option by id, in the order of the file.
    best
        The ids of the best ones.
    """

    kind: str
    module: str
    path: Path
    line: int
    place: str
    options: Mapping[str, str]
    best: frozenset[str]

    @property
    def chance(self) -> float:
        """How often a blind choice is a best one."""
        return len(self.best) / len(self.options)


class Course(NamedTuple):
    """What `read` found.

    Attributes
    ----------
    items
        All options that can be chosen from.
    scenarios
        The scenario of each module.
    statements
        Whether each statement to judge is true.
    sources
        What rationales and questions cite, as often as they do.
    """

    items: list[Item]
    scenarios: dict[str, Scenario]
    statements: list[bool]
    sources: list[str]


def read(root: Path, language: str = "en") -> Course:
    """Read every scenario, quiz and test of a course.

    Parameters
    ----------
    root
        The folder that holds ``modules/``.
    language
        In which options are read.

    Returns
    -------
    Course
        Options, scenarios, statements and sources.

    Raises
    ------
    BrokenSourceError
        If a file cannot be used; ``fourps check`` says more.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> sorted(read(content_root()).scenarios)[:2]
    ['capstone', 'foundations']
    """
    course = Course([], {}, [], [])
    said = texts(root, language)
    owners: dict[str, str] = {}
    folders = sorted(path.parent for path in root.glob("modules/*/outcomes.yaml"))
    for folder in folders:
        outcomes, _ = fourps.course.outcomes.load(folder / "outcomes.yaml")
        owners |= dict.fromkeys(outcomes.outcomes, folder.name)
        if (folder / "scenario.yaml").is_file():
            scenario, source = fourps.scenario.model.load(folder / "scenario.yaml")
            course.scenarios[folder.name] = scenario
            for choice in scenario.choices.values():
                course.sources.extend(choice.source)
            for name, node in scenario.nodes.items():
                loc = ("nodes", name)
                options = {key: said(node.choices[key].text) for key in node.worth}
                if node.best:
                    at = ("scenarios", folder.name, source.path, source.line(loc), ".".join(loc))
                    course.items.append(Item(*at, options, node.best))
    for path in sorted((*root.glob("modules/*/*.yaml"), *root.glob("book/forms/*.yaml"))):
        if path.name not in ("outcomes.yaml", "scenario.yaml"):
            _questions(path, owners, course, said)
    return course


def _questions(
    path: Path, owners: Mapping[str, str], course: Course, said: Callable[[str], str]
) -> None:
    quiz, source = fourps.quiz.model.load(path)
    for question in quiz.questions.values():
        course.sources.extend(question.source)
        if isinstance(question, fourps.quiz.model.Reason):
            course.statements.append(question.answer)
    for name, options, best in _choosing(quiz, said):
        loc = ("questions", name)
        module = owners.get(quiz.questions[name].objective, path.parent.name)
        at = ("questions", module, path, source.line(loc), ".".join(loc))
        course.items.append(Item(*at, options, best))


def _choosing(
    quiz: Quiz, said: Callable[[str], str]
) -> Iterator[tuple[str, dict[str, str], frozenset[str]]]:
    for name, question in quiz.questions.items():
        if not isinstance(question, Order | Match):
            options = {key: said(one.text) for key, one in question.options.items()}
            yield name, options, frozenset(k for k, one in question.options.items() if one.correct)
