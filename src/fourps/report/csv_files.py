"""Learners and tasks in tables that a spreadsheet opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.csv_table import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fourps.csv_table import Row
    from fourps.report.analysis import Analysis
    from fourps.report.cohort_parts import Cohort


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
    yield ["part", "task", "title", "learners", "mean_share", "item_total"]
    for part, analysis, titles in _parts(cohort):
        for one in analysis.items:
            title = titles.get(one.name, "")
            yield [part, one.name, title, analysis.people, *one[1:]]


def _parts(cohort: Cohort) -> Iterator[tuple[str, Analysis, Mapping[str, str]]]:
    for marked in cohort.marked:
        yield marked.name, marked.analysis, marked.titles
    for asked in cohort.asked:
        yield asked.quiz.id, asked.analysis, {}
