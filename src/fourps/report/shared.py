"""The part of a report that may be passed on: about groups, and about no single answer.

Three things see to it. It stands until five people have something new (`fourps.report.standing`);
one answer in five is replaced by chance before anything is counted (`fourps.report.chance`); and
what is printed is rounded and never about a few (`fourps.report.disclosure`). ``docs/sharing.md``
says why these, and what was measured.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from fourps.grading.moodle.stable_ids import key
from fourps.handin.players import FORMS
from fourps.quiz.marking import QuizAttempt
from fourps.quiz.marking import encode as encode_quiz
from fourps.report import chance
from fourps.report.analysis import Analysis, OptionShares, TaskStatistics, chosen, rights, usable
from fourps.report.chance import LEVELS, corrected, luck
from fourps.report.change import GainInterval
from fourps.report.cohort import EDGES, QUARTERS, compared
from fourps.report.cohort_parts import Changed, Cohort, Marked, Played, QuizResult
from fourps.report.csv_files import shared_tables
from fourps.report.disclosure import ENOUGH, bars, coarse, stepped
from fourps.report.html_page import shared_page
from fourps.report.replaced import replaced_answers, replaced_plays
from fourps.report.standing import StandingPart, standing
from fourps.report.ways import Ways, ways
from fourps.scenario.engine import Attempt
from fourps.scenario.engine import encode as encode_play

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from fourps.grading.gradebook.snapshot import Exercise
    from fourps.handin.players import Players
    from fourps.quiz.model import Quiz
    from fourps.report.cohort_parts import Sources
    from fourps.scenario.model import Scenario

_MIDDLE = 0.5


def files(found: Cohort, course: Path, today: date, language: str) -> dict[str, bytes]:
    """Return page and tables that may be passed on, by the names of their files.

    Parameters
    ----------
    found
        The report.
    course
        nbgrader's folder, which keeps what was passed on last, and the secret.
    today
        When it is made.
    language
        One of `fourps.report.words.languages`.
    """
    made = standing(course, parts(found.sources, today.isoformat()))
    cohort = shared(found, made, key(course))
    day = max((part.day for part in made.values() if part.day), default=today.isoformat())
    page = shared_page(cohort, date.fromisoformat(day), language)
    return {**shared_tables(cohort), "report.html": page.encode()}


def parts(sources: Sources, day: str) -> dict[str, StandingPart]:
    """Return what there is to be passed on, part by part.

    Parameters
    ----------
    sources
        Of the report.
    day
        Of today, as ISO 8601 writes it.
    """
    known, found = sources.known, sources.found
    lines = {
        name: {who: encode_quiz(one) for who, one in given.items()}
        for name, given in found.answers.items()
    }
    result = {f"marks/{one.name}": _given(one, day) for one in sources.exercises}
    for name, quiz in known.quizzes.items():
        result[f"answers/{name}"] = StandingPart(quiz.version, lines.get(name, {}), day)
    for name, scenario in known.scenarios.items():
        plays = {who: encode_play(one) for who, one in found.plays.get(name, {}).items()}
        result[f"plays/{name}"] = StandingPart(scenario.version, plays, day)
    for second in FORMS[1:]:
        before, after = (lines.get(name, {}) for name in (FORMS[0], second))
        both = {who: [before[who], after[who]] for who in before.keys() & after.keys()}
        # who did both is another group than who did the first
        result[f"pairs/{second}"] = StandingPart(None, both, day)
    return result


def _given(exercise: Exercise, day: str) -> StandingPart:
    marks = [[None if np.isnan(one) else float(one) for one in row] for row in exercise.marks]
    tasks = [[*task] for task in exercise.tasks]
    return StandingPart(tasks, dict(zip(exercise.learners, marks, strict=True)), day)


def shared(found: Cohort, made: Mapping[str, StandingPart], secret: bytes) -> Cohort:
    """Return the part of a report that may be passed on: no people, no names, nothing that waits.

    Parameters
    ----------
    found
        The report.
    made
        What it is made of, from `fourps.report.standing`.
    secret
        What decides which answers are replaced; whoever has it could undo that.
    """
    sources, known = found.sources, found.sources.known

    def lines(kind: str, name: str) -> dict[str, str]:
        return made.get(f"{kind}/{name}", StandingPart()).people

    answers = {
        name: replaced_answers(name, lines("answers", name), known, secret)
        for name in known.quizzes
    }
    plays = {
        name: replaced_plays(name, lines("plays", name), known, secret) for name in known.scenarios
    }
    changes = (_changed(second, made, known, secret) for second in FORMS[1:])
    return replace(
        found,
        people=[],
        names={},
        refused=[],
        marked=[
            _marked(one.name, sources.titles[one.name], made, secret) for one in sources.exercises
        ],
        asked=[_asked(known.quizzes[name], given) for name, given in answers.items() if given],
        played=[_played(known.scenarios[name], given) for name, given in plays.items() if given],
        changed=[one for one in changes if one],
    )


def _marked(
    name: str, titles: dict[str, str], made: Mapping[str, StandingPart], secret: bytes
) -> Marked:
    part = made.get(f"marks/{name}", StandingPart())
    tasks = part.head or []
    names, points = [task[1] for task in tasks], np.array([task[2] for task in tasks], float)
    rows = []
    for who, given in part.people.items():
        of = [
            None if one is None else one / (most or 1)
            for one, most in zip(given, points, strict=True)
        ]
        rows.append(chance.marks(of, luck(secret, f"marks/{name}", who, part.head, given)))
    levels = np.array(rows, float).reshape(len(rows), len(tasks))
    counts, whole = usable(levels, points)
    left_out = [one for one, kept in zip(names, counts, strict=True) if not kept]
    items, totals = list[TaskStatistics](), list[float]()
    if whole.sum() >= ENOUGH and counts.any():
        means = levels[whole][:, counts].mean(axis=0)
        used = [one for one, kept in zip(names, counts, strict=True) if kept]
        items = [
            TaskStatistics(one, coarse(corrected(float(mean), _MIDDLE)), None, None)
            for one, mean in zip(used, means, strict=True)
        ]
    marked = levels[~np.isnan(levels).any(axis=1)]
    if len(marked) >= ENOUGH and points.sum() > 0:
        totals = [100 * coarse(float(one)) for one in _totals(marked, points)]
    return Marked(
        name=name,
        titles=titles,
        analysis=Analysis(int(whole.sum()), items, None, left_out),
        bars=bars(totals, EDGES),
        quarters=tuple(100 * coarse(one / 100) for one in np.quantile(totals, QUARTERS))
        if totals
        else (),
        waits=0,
    )


def _totals(levels: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return each learner's share of all points, spread about as much as it was before chance."""
    weights = points / points.sum()
    totals = corrected(levels @ weights, _MIDDLE)
    by_chance = float(np.mean(np.linspace(0, 1, LEVELS) ** 2))
    squares = corrected((levels**2).mean(axis=0), by_chance)
    added = (corrected(levels, _MIDDLE) ** 2).mean(axis=0) - squares
    spread = totals.var()
    true = max(0.0, spread - float((weights**2 * added).sum()))
    mean = totals.mean()
    return np.asarray(mean + (totals - mean) * np.sqrt(true / spread if spread else 0))


def _asked(quiz: Quiz, attempts: list[QuizAttempt]) -> QuizResult:
    if len(attempts) < ENOUGH:
        return QuizResult(quiz, Analysis(len(attempts), [], None, []), {})
    anyhow = chance.answers_by_chance(quiz)
    shares = corrected(rights(quiz, attempts).mean(axis=0), rights(quiz, anyhow).mean(axis=0))
    items = [
        TaskStatistics(question.text, coarse(float(share)), None, None)
        for question, share in zip(quiz.questions.values(), shares, strict=True)
    ]
    drawn = chosen(quiz, anyhow)
    options = {
        name: [
            OptionShares(text, right, _people(given.mean(), by_chance.mean(), len(attempts)), None)
            for (text, right, given), (_, _, by_chance) in zip(answers, drawn[name], strict=True)
        ]
        for name, answers in chosen(quiz, attempts).items()
    }
    return QuizResult(quiz, Analysis(len(attempts), items, None, []), options)


def _people(seen: float, by_chance: float, people: int) -> int:
    return round(people * min(1.0, max(0.0, corrected(float(seen), float(by_chance)))))


def _played(scenario: Scenario, plays: list[Attempt]) -> Played:
    found = ways(scenario, plays)
    if found.people < ENOUGH:
        return Played(scenario, found)
    anyhow = ways(scenario, chance.plays_by_chance(scenario))

    def counts(seen: Counter[Any], drawn: Counter[Any]) -> Counter[Any]:
        return Counter(
            {
                key: _people(seen[key] / found.people, drawn[key] / anyhow.people, found.people)
                for key in seen
            }
        )

    return Played(
        scenario,
        Ways(
            found.people,
            counts(found.nodes, anyhow.nodes),
            counts(found.choices, anyhow.choices),
            counts(found.endings, anyhow.endings),
            counts(found.steps, anyhow.steps),
        ),
    )


def _changed(
    second: str, made: Mapping[str, StandingPart], known: Players, secret: bytes
) -> Changed | None:
    people = made.get(f"pairs/{second}", StandingPart()).people
    names = (FORMS[0], second)
    both = [
        replaced_answers(name, {who: lines[at] for who, lines in people.items()}, known, secret)
        for at, name in enumerate(names)
    ]
    if not both[0] or len(both[0]) != len(both[1]):
        return None
    quizzes = [known.quizzes[name] for name in names]
    before, after = (_scores(*one) for one in zip(quizzes, both, strict=True))
    found = compared(quizzes[0].title, quizzes[1].title, before, after)
    return found._replace(
        before=None if found.before is None else coarse(found.before),
        after=None if found.after is None else coarse(found.after),
        gain=None if found.gain is None else stepped(found.gain),
        interval=found.interval and GainInterval(*map(stepped, found.interval)),
    )


def _scores(quiz: Quiz, attempts: list[QuizAttempt]) -> NDArray[np.float64]:
    by_chance = float(rights(quiz, chance.answers_by_chance(quiz)).mean())
    return corrected(rights(quiz, attempts).mean(axis=1), by_chance)
