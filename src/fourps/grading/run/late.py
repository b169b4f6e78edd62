"""Work out again what lateness takes off, without executing anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat

from fourps.grading.gradebook import lateness

if TYPE_CHECKING:
    from fourps.grading.gradebook.session import RunGradebook
    from fourps.grading.run.stages import Stages


def late(stages: Stages, gradebook: RunGradebook, assignment: str) -> list[str]:
    """Return from whom lateness takes off something else by now. Nothing is written.

    Dates, extensions, marks given by hand and the configuration change without a hand-in.
    """
    waiting = gradebook.waiting(assignment)
    changed = {*waiting} & gradebook.graded(assignment)
    steps = [step(parent=stages.exporter) for step in stages.after if lateness.usual(step)]
    for one in lateness.read(gradebook.session, assignment, waiting) if steps else ():
        # nbgrader looks only at what was graded
        if stages.is_graded(assignment, one.student, one.notebook):
            taken = lateness.penalty(steps[-1], one, assignment, gradebook.book)
            if (taken or 0.0) != (one.penalty or 0.0):
                changed.add(one.student)
    return sorted(changed)


def penalize(stages: Stages, gradebook: RunGradebook, assignment: str, student: str) -> None:
    """Have the course's own steps take off what they take off by now."""
    gradebook.grant(assignment, student)
    for notebook in gradebook.notebooks(assignment):
        if stages.is_graded(assignment, student, notebook):
            names = {"student": student, "assignment": assignment, "notebook": notebook}
            about = {"nbgrader": names | {"db_url": stages.coursedir.db_url}}
            for step in filter(lateness.usual, stages.after):
                step(parent=stages.exporter).preprocess(nbformat.v4.new_notebook(), about)
