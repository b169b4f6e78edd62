"""The same as the page in tables that a spreadsheet opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.grading.table import table
from fourps.report.disclosure import ENOUGH, about

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fourps.grading.table import Row
    from fourps.report.analysis import Analysis
    from fourps.report.cohort import Cohort

UNDER_FIVE = "<5"


def tables(cohort: Cohort, shown: Mapping[str, str]) -> dict[str, bytes]:
    """Return the tables of a report.

    Parameters
    ----------
    cohort
        What it says.
    shown
        What each learner is called in it, by id.

    Returns
    -------
    dict
        Content by the file's name. What is withheld on the page is withheld here too: counts are
        rounded to five, ``<5`` stands for one to four, and a blank for what cannot be computed;
        shares and other statistics have the digits that they have there.
    """
    return {
        "learners.csv": table(_learners(cohort, shown)),
        "tasks.csv": table(_tasks(cohort)),
        "answers.csv": table(_answers(cohort)),
        "ways.csv": table(_ways(cohort)),
        "change.csv": table(_change(cohort)),
    }


def _learners(cohort: Cohort, shown: Mapping[str, str]) -> Iterator[Row]:
    exercises = [one.name for one in cohort.marked]
    yield ["learner", "started", "finished", "records", "reasons", *exercises]
    for one in sorted(cohort.people, key=lambda one: shown[one.id].casefold()):
        reasons = "; ".join(
            " ".join([key.removeprefix("help-"), *which]) for key, which in one.reasons.items()
        )
        states = [one.states[name] for name in exercises]
        yield [shown[one.id], one.started, one.finished, one.records, reasons, *states]


def _tasks(cohort: Cohort) -> Iterator[Row]:
    yield ["part", "task", "learners", "mean_share", "item_total", "upper_less_lower", "alpha"]
    for marked in cohort.marked:
        yield from _items(marked.name, marked.analysis)
    for asked in cohort.asked:
        yield from _items(asked.quiz.id, asked.analysis)


def _items(part: str, analysis: Analysis) -> Iterator[Row]:
    for item in analysis.items:
        yield [part, item.name, _count(analysis.people), *item[1:], analysis.reliability]


def _answers(cohort: Cohort) -> Iterator[Row]:
    yield ["quiz", "question", "answer", "right", "learners", "upper", "lower"]
    for asked in cohort.asked:
        for name, options in asked.options.items():
            for one in options:
                counts = [_count(one.people), *map(_count, one.groups or ())]
                yield [asked.quiz.id, name, one.text, one.right, *counts]


def _ways(cohort: Cohort) -> Iterator[Row]:
    yield ["scenario", "node", "choice", "leads_to", "learners"]
    for played in cohort.played:
        scenario, ways = played.scenario, played.ways
        if ways.people < ENOUGH:
            continue
        for name, node in scenario.nodes.items():
            for key, choice in node.choices.items():
                yield [scenario.id, name, key, choice.to, _count(about(ways.choices[key]))]
        for name in scenario.endings:
            yield [scenario.id, "", "", name, _count(about(ways.endings[name]))]


def _change(cohort: Cohort) -> Iterator[Row]:
    yield ["first", "second", "learners", "before", "after", "gain", "low", "high"]
    for one in cohort.changed:
        interval = one.interval or (None, None)
        means = [one.before, one.after, one.gain]
        yield [one.first, one.second, _count(one.people), *means, *interval]


def _count(people: int | None) -> int | str:
    return UNDER_FIVE if people is None else people
