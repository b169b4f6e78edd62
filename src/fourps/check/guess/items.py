"""The options that a reader chooses from, of every node and of every question."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import fourps.course.outcomes
import fourps.quiz.model
import fourps.scenario.model
from fourps.check.gathered import Gathered
from fourps.course.catalogue import Catalogue, files
from fourps.quiz.files import of_the_course
from fourps.quiz.model import Match, Order, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from fourps.course.source import Source
    from fourps.quiz.model import Quiz
    from fourps.scenario.model import Scenario

    Said = Callable[[str], str]


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
        """How often a blind choice is a best one.

        Examples
        --------
        >>> from pathlib import Path
        >>> two = {"go": "Go.", "stay": "Stay."}
        >>> Item("questions", "m", Path("quiz.yaml"), 1, "questions.q", two, {"go"}).chance
        0.5
        """
        return len(self.best) / len(self.options)


class Course(NamedTuple):
    """What a reader can choose from, and what is told true or false.

    Attributes
    ----------
    items
        All options that can be chosen from.
    statements
        Whether each statement to judge is true.
    """

    items: list[Item]
    statements: list[bool]


def gather(root: Path) -> Gathered:
    """Read what is guessed at, for who looks at nothing else.

    Parameters
    ----------
    root
        The folder of the course.

    Returns
    -------
    Gathered
        The outcomes, scenarios and quizzes.

    Raises
    ------
    BrokenSourceError
        If a file cannot be used; ``fourps check`` says more.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> sorted(gather(content_root()).scenarios)[:2]
    ['capstone', 'foundations']
    """
    gathered = Gathered(root)
    for path in sorted(root.glob("modules/*/outcomes.yaml")):
        gathered.taught[path.parent.name], _ = fourps.course.outcomes.load(path)
    for path in sorted(root.glob("modules/*/scenario.yaml")):
        scenario, gathered.sources_of[path] = fourps.scenario.model.load(path)
        gathered.scenarios[path.parent.name] = scenario
    for path in of_the_course(root):
        gathered.quizzes[path], gathered.sources_of[path] = fourps.quiz.model.load(path)
    return gathered


def chosen_from(gathered: Gathered, said: Said = str) -> Course:
    """Return all that can be guessed at in a course.

    Parameters
    ----------
    gathered
        What was read of it.
    said
        What gives a text in the reader's language; by default as it is written.

    Returns
    -------
    Course
        Options and statements.

    Examples
    --------
    >>> from pathlib import Path
    >>> chosen_from(gather(Path("nowhere")))
    Course(items=[], statements=[])
    """
    sources = gathered.sources_of
    course = Course([], [])
    for name, scenario in gathered.scenarios.items():
        source = sources[gathered.root / "modules" / name / "scenario.yaml"]
        course.items.extend(_nodes(scenario, source, said))
    for path, quiz in gathered.quizzes.items():
        course.items.extend(_questions(quiz, sources[path], gathered.owners, said))
        asked = quiz.questions.values()
        course.statements.extend(claim.answer for claim in asked if isinstance(claim, Reason))
    return course


def _nodes(scenario: Scenario, source: Source, said: Said) -> Iterator[Item]:
    """Yield each node that has better options and worse ones; what repairs is not counted."""
    for name, node in scenario.nodes.items():
        if node.best:
            options = {key: said(node.choices[key].text) for key in node.worth}
            module = source.path.parent.name
            line = source.line(("nodes", name))
            yield Item("scenarios", module, source.path, line, f"nodes.{name}", options, node.best)


def _questions(quiz: Quiz, source: Source, owners: Mapping[str, str], said: Said) -> Iterator[Item]:
    """Yield each question of which options are chosen."""
    for name, question in quiz.questions.items():
        if not isinstance(question, Order | Match):
            options = {key: said(option.text) for key, option in question.options.items()}
            best = frozenset(key for key, option in question.options.items() if option.correct)
            module = owners.get(question.objective, source.path.parent.name)
            line = source.line(("questions", name))
            yield Item("questions", module, source.path, line, f"questions.{name}", options, best)


def texts(root: Path, language: str) -> Callable[[str], str]:
    """Return what gives a text of the course in a language.

    Parameters
    ----------
    root
        The folder of the course; translations are catalogues in ``locale/<language>``.
    language
        Its code.

    Returns
    -------
    callable
        A text without a translation stays as it is written.

    Raises
    ------
    BrokenSourceError
        If a catalogue is broken.

    Examples
    --------
    >>> from pathlib import Path
    >>> texts(Path("nowhere"), "fr")("Go now.")
    'Go now.'
    """
    known: dict[str, str] = {}
    for path in files(root, language).values():
        known |= {entry.text: entry.said for entry in Catalogue.read(path).entries if entry.said}
    return lambda text: known.get(text.replace("\n", " ").strip(), text)
