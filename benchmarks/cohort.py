"""Make up a cohort: a gradebook filled in as nbgrader would, and records of random plays."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

from nbgrader import api
from sqlalchemy import create_engine, insert

from fourps.handin.records import FORMS, players
from fourps.quiz.marking import encode as encode_quiz
from fourps.quiz.marking import mark, options, right
from fourps.quiz.model import Match, Multiple, Order, Reason
from fourps.scenario.engine import encode, offered, replay, start, step
from fourps.scenario.model import END

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from fourps.handin.records import Players
    from fourps.quiz.model import Question, Quiz
    from fourps.scenario.model import Scenario

MODULES = (
    *("foundations", "prevention", "protection", "prosecution"),
    *("partnership", "response", "frameworks", "capstone"),
)
POINTS = (5, 4, 4, 6, 5, 4, 5, 4, 3, 15, 15, 5, 5, 5, 5, 5, 5)
WRITTEN = (10, 11)
CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "kettover"\n'


class Grade(NamedTuple):
    """What a gradebook holds of one task of one learner."""

    auto_score: float | None = None
    manual_score: float | None = None
    extra_credit: float | None = None
    needs_manual_grade: bool = False


def enter(
    url: str,
    tasks: Mapping[str, Sequence[tuple[str, float]]],
    grades: Mapping[str, Mapping[str, Sequence[Grade]]],
) -> None:
    """Fill in a gradebook.

    Parameters
    ----------
    url
        Of the database; its tables are made.
    tasks
        For each exercise, the names and points of its tasks.
    grades
        For each learner and exercise that was handed in, one for each task.
    """
    engine = create_engine(url)
    api.Base.metadata.create_all(engine)
    with engine.begin() as connection:
        rows: dict[type, list[dict[str, object]]] = {
            kind: []
            for kind in (
                *(
                    api.Course,
                    api.Assignment,
                    api.Notebook,
                    api.BaseCell,
                    api.GradeCell,
                    api.Student,
                ),
                *(api.SubmittedAssignment, api.SubmittedNotebook, api.Grade),
            )
        }
        rows[api.Course].append({"id": "kettover"})
        for name, cells in tasks.items():
            rows[api.Assignment].append({"id": name, "name": name, "course_id": "kettover"})
            rows[api.Notebook].append({"id": name, "name": "exercise", "assignment_id": name})
            for cell, points in cells:
                key: dict[str, object] = {"id": f"{name}/{cell}"}
                base = {"name": cell, "notebook_id": name, "type": "GradeCell"}
                rows[api.BaseCell].append(key | base)
                rows[api.GradeCell].append(key | {"max_score": points, "cell_type": "code"})
        for learner, handed in grades.items():
            rows[api.Student].append({"id": learner})
            for name, given in handed.items():
                mine: dict[str, object] = {"id": f"{learner}/{name}"}
                rows[api.SubmittedAssignment].append(
                    mine | {"assignment_id": name, "student_id": learner}
                )
                rows[api.SubmittedNotebook].append(
                    mine | {"assignment_id": mine["id"], "notebook_id": name}
                )
                for (cell, _), grade in zip(tasks[name], given, strict=True):
                    ids = {"id": f"{learner}/{name}/{cell}", "cell_id": f"{name}/{cell}"}
                    rows[api.Grade].append(ids | {"notebook_id": mine["id"]} | grade._asdict())
        for kind, made in rows.items():
            if made:
                connection.execute(insert(kind.__table__), made)  # type: ignore[attr-defined]
    engine.dispose()


def cohort(folder: Path, root: Path, learners: int, seed: int = 1) -> None:
    """Make a course in a folder, with a gradebook and records.

    Parameters
    ----------
    folder
        Becomes nbgrader's folder; it exists.
    root
        The folder of the course.
    learners
        How many there are. The further a module, the fewer have handed it in.
    seed
        For the same cohort each time.
    """
    chance = random.Random(seed)  # noqa: S311 - the same each time is the point
    known = players(root)
    ability = {f"kettover-{number:03}": chance.betavariate(9, 2) for number in range(learners)}
    tasks = {
        name: [(f"task-{number}", float(points)) for number, points in enumerate(POINTS, 1)]
        for name in MODULES
    }
    grades: dict[str, dict[str, list[Grade]]] = {}
    for learner, able in ability.items():
        last = chance.choices(range(len(MODULES) + 1), [1, 1, 1, 1, 1, 1, 2, 4, 20])[0]
        by_hand = chance.random() < 0.98
        grades[learner] = {
            name: [_grade(chance, able, task, by_hand=by_hand) for task in enumerate(POINTS, 1)]
            for name in MODULES[:last]
        }
        _records(folder / "submitted" / learner, [*grades[learner]], known, able, chance)
    (folder / "nbgrader_config.py").write_text(CONFIG, "utf-8")
    enter(f"sqlite:///{folder / 'gradebook.db'}", tasks, grades)


def _grade(chance: random.Random, able: float, task: tuple[int, int], *, by_hand: bool) -> Grade:
    number, points = task
    hard = 0.7 + 0.6 * ((number * 7) % 10) / 10
    got = float(sum(chance.random() < able**hard for _ in range(points)))
    if number in WRITTEN:
        return Grade(manual_score=got) if by_hand else Grade(needs_manual_grade=True)
    return Grade(auto_score=got)


def _records(
    folder: Path, modules: Sequence[str], known: Players, able: float, chance: random.Random
) -> None:
    """Write records as collected hand-ins have them, one scenario and quiz a module."""
    plays, quizzes = list(known.scenarios.values()), list(known.quizzes.values())
    for number, name in enumerate(modules):
        lines = [encode(replay(plays[number], _play(plays[number], able, chance)))]
        lines.append(_answers(quizzes[number], able, chance))
        if not number:
            lines.append(_answers(known.quizzes[FORMS[0]], 0.7 * able, chance))
        if number == len(MODULES) - 1:
            lines.append(_answers(known.quizzes[FORMS[1]], able, chance))
        (folder / name).mkdir(parents=True)
        (folder / name / "records.txt").write_text("".join(f"{one}\n" for one in lines), "utf-8")


def _play(scenario: Scenario, able: float, chance: random.Random) -> list[str]:
    """Return a way to an end: the able choose what scores more often."""
    state, path = start(scenario), list[str]()
    while state.node != END:
        choices = offered(scenario, state)
        best = max(choices, key=lambda one: sum(choices[one].score.values()))
        path.append(best if chance.random() < able**2 else chance.choice(list(choices)))
        state = step(scenario, state, path[-1])
    return path


def _answers(quiz: Quiz, able: float, chance: random.Random) -> str:
    tries = {}
    for name, question in quiz.questions.items():
        tries[name] = [_answer(question, chance, good=chance.random() < able)]
        if quiz.tries > 1 and not right(question, tries[name][0]):
            tries[name].append(_answer(question, chance, good=True))
    return encode_quiz(mark(quiz, tries))


def _answer(question: Question, chance: random.Random, *, good: bool) -> tuple[str, ...]:
    level = (chance.choice("123"),) if question.confidence else ()
    while True:
        answer = level + (_right(question) if good else _any(question, chance))
        if right(question, answer) == good:
            return answer


def _right(question: Question) -> tuple[str, ...]:
    match question:
        case Order():
            return tuple(question.items)
        case Match():
            return tuple(question.pairs)
    good = tuple(name for name, option in question.options.items() if option.correct)
    return (str(question.answer).lower(), *good) if isinstance(question, Reason) else good


def _any(question: Question, chance: random.Random) -> tuple[str, ...]:
    ids = options(question)
    match question:
        case Order() | Match():
            return tuple(chance.sample(ids, len(ids)))
        case Multiple():
            return tuple(sorted(chance.sample(ids, chance.randint(1, len(ids)))))
        case Reason():
            return (chance.choice(("true", "false")), chance.choice(ids))
    return (chance.choice(ids),)
