"""The same as the page in tables that a spreadsheet opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.csv_table import table
from fourps.report.disclosure import ENOUGH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fourps.csv_table import Row
    from fourps.report.analysis import Analysis
    from fourps.report.cohort_parts import Cohort

_TAILS = ("upper", "lower")


def tables(cohort: Cohort, shown: Mapping[str, str]) -> dict[str, bytes]:
    """Return the tables of a facilitator's own report, by the names of their files.

    Counts are exact; a blank stands for what cannot be computed.

    Parameters
    ----------
    cohort
        What it says.
    shown
        What each learner is called in it, by id.
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
            " ".join([key.removeprefix("help-"), *(cue.said() for cue in cues)])
            for key, cues in one.reasons.items()
        )
        states = [one.states[name] for name in exercises]
        yield [shown[one.id], one.started, one.finished, one.records, reasons, *states]


def _tasks(cohort: Cohort) -> Iterator[Row]:
    head = ["part", "task", "title", "learners", "mean_share"]
    yield [*head, "item_total", "upper_less_lower", "alpha"]
    for part, analysis, titles in _parts(cohort):
        for one in analysis.items:
            title = titles.get(one.name, "")
            yield [part, one.name, title, analysis.people, *one[1:], analysis.reliability]


def _parts(cohort: Cohort) -> Iterator[tuple[str, Analysis, Mapping[str, str]]]:
    for marked in cohort.marked:
        yield marked.name, marked.analysis, marked.titles
    for asked in cohort.asked:
        yield asked.quiz.id, asked.analysis, {}


def _answers(cohort: Cohort) -> Iterator[Row]:
    yield ["quiz", "question", "answer", "right", "learners", *_TAILS]
    for asked in cohort.asked:
        for name, options in asked.options.items():
            for one in options:
                yield [asked.quiz.id, name, one.text, one.right, one.people, *(one.groups or ())]


def _ways(cohort: Cohort) -> Iterator[Row]:
    yield ["scenario", "node", "choice", "leads_to", "learners"]
    for played in cohort.played:
        scenario, ways = played.scenario, played.ways
        if ways.people < ENOUGH:
            continue
        for name, node in scenario.nodes.items():
            for key, choice in node.choices.items():
                yield [scenario.id, name, key, choice.to, ways.choices[key]]
        for name in scenario.endings:
            yield [scenario.id, "", "", name, ways.endings[name]]


def _change(cohort: Cohort) -> Iterator[Row]:
    yield ["first", "second", "learners", "before", "after", "gain", "low", "high"]
    for one in cohort.changed:
        interval = one.interval or (None, None)
        means = [one.before, one.after, one.gain]
        yield [one.first, one.second, one.people, *means, *interval]
