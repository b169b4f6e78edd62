"""``nbgrader export`` for Moodle's worksheet, and for one table of all exercises."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.plugins import ExportPlugin
from traitlets import Bool, Unicode

from fourps.csv_table import table
from fourps.grading.giveback.export import fill, overview
from fourps.grading.gradebook.marks import read_marks
from fourps.grading.moodle.learners import Learners
from fourps.grading.moodle.worksheet import Worksheet
from fourps.whole_files import write_whole


class MoodleExporter(ExportPlugin):  # type: ignore[misc] # nbgrader has no types
    """Fill Moodle's grading worksheet of one assignment."""

    worksheet = Unicode("grades.csv", help="the worksheet that Moodle gave").tag(config=True)
    comments = Bool(default_value=False, help="fill in comments too").tag(config=True)

    def export(self, gradebook: Any) -> None:
        if len(self.assignment) != 1:
            raise ValueError("a worksheet is for one assignment: --assignment=['protection']")
        course = Path(self.parent.coursedir.root)
        filled = fill(
            Worksheet(Path(self.worksheet)),
            read_marks(gradebook, str(self.assignment[0])),
            Learners(course),
            comments=self.comments,
        )
        write_whole(Path(self.to or "moodle.csv"), filled.data)
        for line in filled.left:
            self.log.warning("%s", line)


class OverviewExporter(ExportPlugin):  # type: ignore[misc] # nbgrader has no types
    """Write one table with a line for each learner."""

    def export(self, gradebook: Any) -> None:
        made = overview(gradebook)
        write_whole(Path(self.to or "marks.csv"), table(made.rows))
        for line in made.left:
            self.log.warning("%s", line)
